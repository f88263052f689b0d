"""What a display is written from: the state of the protocols, the configuration, the time and the release."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from emulator.clock import Clock
from emulator.config.statement import Configuration
from emulator.displays.layouts import NEWER, Layout

if TYPE_CHECKING:
    from datetime import datetime

    from emulator.protocols.states import DeviceState


@dataclass(frozen=True, slots=True)
class DeviceView:
    """One device at one moment.

    Args:
        name: the committed system name.
        state: the protocols' state; its times are virtual seconds.
        clock: of the device.
        running: the running configuration.
        software: release as `display version` prints it.
        layout: how this release lays out its displays.
    """

    name: str
    state: DeviceState
    clock: Clock
    running: Configuration = field(default_factory=Configuration)
    software: str = "V800R022C00"
    layout: Layout = NEWER

    def moment(self, seconds: float | None) -> datetime | None:
        """Return the wall-clock time of a virtual second; None stays never."""
        return None if seconds is None else self.clock.at(seconds)

    @property
    def wall(self) -> datetime:
        """The date now."""
        return self.clock.at(self.state.now)
