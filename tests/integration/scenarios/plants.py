"""Ways to spoil a deployed pair, as frozen values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from emulator.clock import Clock
from emulator.fault_reading import fault_from
from emulator.faults import Fault
from emulator.lab import TerminalUser
from tests.integration.scenarios.bridge import Stage
from tests.integration.scenarios.pairs import edit

Plant = Callable[[Stage], None]
"""Spoils a lab."""


@dataclass(frozen=True, slots=True)
class Typed:
    """Somebody changed a device at its terminal.

    Args:
        device: where.
        lines: typed from the system view on.
        save: saved for the next restart.
    """

    device: str
    lines: tuple[str, ...]
    save: bool = True

    def __call__(self, stage: Stage) -> None:
        """Type, commit, save."""
        edit(stage, self.device, *self.lines, save=self.save)


@dataclass(frozen=True, slots=True)
class Struck:
    """A fault of the emulator happened.

    Args:
        device: where; empty for one of the network.
        fault: what.
    """

    device: str
    fault: Fault

    def __call__(self, stage: Stage) -> None:
        """Let it happen."""
        stage.lab.inject(self.fault, self.device)


@dataclass(frozen=True, slots=True)
class LeftOpen:
    """Somebody typed and stays logged in.

    Args:
        device: where.
        lines: typed from the user view on.
    """

    device: str
    lines: tuple[str, ...]

    def __call__(self, stage: Stage) -> None:
        """Type, and stay."""
        shown = TerminalUser(stage.lab, self.device, "night-shift").types(*self.lines)
        assert "Error" not in shown, shown


@dataclass(frozen=True, slots=True)
class ClockOff:
    """The clock of a device is wrong.

    Args:
        device: where.
        seconds: ahead.
    """

    device: str
    seconds: float

    def __call__(self, stage: Stage) -> None:
        """Turn the clock."""
        device = stage.lab.device(self.device)
        device.clock = Clock(device.clock.epoch + timedelta(seconds=self.seconds))


def typed(device: str, *lines: str, save: bool = True) -> Typed:
    """Change a device at its terminal."""
    return Typed(device, lines, save)


def struck(device: str, name: str, /, **values: object) -> Struck:
    """Let a fault happen on a device; a fault of the network names its own devices."""
    return Struck(device, fault_from(name, values))
