"""One login: who sits where, in which view, with which candidate and settings of its terminal."""

from __future__ import annotations

from dataclasses import dataclass

from emulator.management.candidate import Candidate, Path
from emulator.management.history import Author


@dataclass(frozen=True, slots=True)
class Controller:
    """A NETCONF session, as the table of configuration sessions lists it beside the terminals.

    Args:
        id: session id, from the same numbers.
        user: login name.
        origin: address of the client.
        since: seconds on the device's clock.
    """

    id: int
    user: str
    origin: str
    since: float


@dataclass(slots=True)
class Session:
    """What a device remembers of a login until it ends.

    Args:
        id: session id, as lock messages and `display configuration sessions` show it.
        user: login name.
        line: number of the VTY line.
        origin: address of the client.
        since: seconds on the device's clock.
        candidate: uncommitted lines.
        path: lines of the views entered below the system view; none in the user view.
        active_at: when something was typed last.
        screen_length: set for this login; none leaves it to the line's configuration.
        immediate: one-stage mode, every line is committed when entered.
        timestamps: a timestamp line stands before each output.
        upper_views: a line that does not fit the view is tried in the views above.
        machine: no paging, questions are answered with yes.
        echo_by_line: what is typed is echoed when its line ends, not letter by letter.
        monitor: lines of the log are shown on the terminal.
    """

    id: int
    user: str
    line: int
    origin: str
    since: float
    candidate: Candidate
    path: Path | None = None
    active_at: float = 0.0
    screen_length: int | None = None
    immediate: bool = False
    timestamps: bool = False
    upper_views: bool = True
    machine: bool = False
    monitor: bool = True
    echo_by_line: bool = False

    @property
    def interface(self) -> str:
        """The line as displays name it."""
        return f"VTY {self.line}"

    @property
    def author(self) -> Author:
        """Who commits from here."""
        return Author(self.user, self.interface, self.id)
