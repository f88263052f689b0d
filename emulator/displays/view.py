"""What a display is written from: the state of the protocols, the configuration, the time and the release."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from emulator.config.statement import Configuration
from emulator.displays.layouts import NEWER, Layout

if TYPE_CHECKING:
    from emulator.protocols.states import DeviceState


@dataclass(frozen=True, slots=True)
class DeviceView:
    """One device at one moment.

    Args:
        name: the committed system name.
        state: the protocols' state; its times are virtual seconds.
        epoch: wall-clock time of virtual second zero, with its zone.
        running: the running configuration.
        software: release as `display version` prints it.
        layout: how this release lays out its displays.
    """

    name: str
    state: DeviceState
    epoch: datetime
    running: Configuration = field(default_factory=Configuration)
    software: str = "V800R022C00"
    layout: Layout = NEWER

    def moment(self, seconds: float | None) -> datetime | None:
        """Give the wall-clock time of a virtual second; None stays never."""
        return None if seconds is None else self.epoch + timedelta(seconds=seconds)

    @property
    def clock(self) -> datetime:
        """The device's wall clock now."""
        return self.epoch + timedelta(seconds=self.state.now)
