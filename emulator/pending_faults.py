"""The faults that wait on one device for their moment."""

from __future__ import annotations

import re
from dataclasses import replace

from emulator.cli.terminal import Distortion
from emulator.faults import FailCommit, RebootAt, RefuseLine, StuckRollback, TerminalFault


class PendingFaults:
    """Faults in the order of their injection; each strikes as often as it says and is gone."""

    def __init__(self) -> None:
        self._waiting: list[TerminalFault] = []

    def add(self, fault: TerminalFault) -> None:
        """Let a fault wait."""
        self._waiting.append(fault)

    def refuses_line(self) -> str:
        """Count a configuration line; give the message of the fault that refuses it, if one does."""
        message = ""
        for fault in [one for one in self._waiting if isinstance(one, RefuseLine)]:
            self._waiting.remove(fault)
            if fault.nth > 1:
                self._waiting.append(replace(fault, nth=fault.nth - 1))
            else:
                message = fault.message
        return message

    def refuses_commit(self) -> str:
        """Return the message of a fault that fails this commit; empty when none waits."""
        fault = next((one for one in self._waiting if isinstance(one, FailCommit)), None)
        if fault is None:
            return ""
        self._struck(fault)
        return fault.message

    def sticks(self) -> re.Pattern[str] | None:
        """Return the lines that this rollback can't move; nothing when no fault waits."""
        fault = next((one for one in self._waiting if isinstance(one, StuckRollback)), None)
        if fault is None:
            return None
        self._struck(fault)
        return re.compile(fault.command)

    def distortion(self, line: str) -> Distortion | RebootAt | None:
        """Return the fault that strikes the reply to a line."""
        for fault in self._waiting:
            if isinstance(fault, RefuseLine | FailCommit | StuckRollback):
                continue
            if re.search(fault.command, line):
                self._struck(fault)
                return fault
        return None

    def _struck(self, fault: FailCommit | StuckRollback | Distortion | RebootAt) -> None:
        self._waiting.remove(fault)
        if fault.times > 1:
            self._waiting.insert(0, replace(fault, times=fault.times - 1))
