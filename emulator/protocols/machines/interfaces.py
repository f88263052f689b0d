"""Running state of interfaces."""

from __future__ import annotations

from dataclasses import dataclass

from emulator.protocols.states import DownBy, PhysicalState


@dataclass(slots=True)
class Interface:
    """Running state of an interface."""

    phys: PhysicalState = PhysicalState.DOWN
    protocol: bool = False
    down_by: DownBy = DownBy.NOTHING
    last_up: float | None = None
    last_down: float | None = None
    ever_up: bool = False

    @property
    def up(self) -> bool:
        """Tell whether it is physically up."""
        return self.phys is PhysicalState.UP
