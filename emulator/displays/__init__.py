"""Displays of the emulated router: state in, lines out, in the layouts of the command reference."""

from __future__ import annotations

from emulator.displays.table import handles, show
from emulator.displays.view import DeviceView

__all__ = ["DeviceView", "handles", "show"]
