"""Displays of configuration management, as lines.

Layouts: commands `display configuration commit list`, `commit changes`, `candidate`, `trial status`,
`sessions`, `display startup`, `display current-configuration`, `display this`. Pure functions of the store
and the clock.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from emulator.clock import Clock
from emulator.config import diff
from emulator.entry import printing
from emulator.management import lock
from emulator.management.candidate import Candidate, Path
from emulator.management.history import CommitPoint
from emulator.management.store import Store
from emulator.personalities import Personality

BUILDING = "Building configuration"
_WIDE, _NARROW = (5, 13, 65, 16), (5, 14, 21, 16)
_WIDE_RULE, _NARROW_RULE = "-" * 131, "-" * 81
_SESSION_RULE = "-" * 74
_FIRST_VTY = 34
"""Index of line VTY 0 among all user interfaces."""


@dataclass(frozen=True, slots=True)
class Terminal:
    """One session as the displays of sessions and users show it.

    Args:
        line: number of its VTY line; none for a controller over NETCONF.
        mode: `TWO_PHASE` in a configuration view, `UNKNOW` (the documented spelling) elsewhere.
        idle: seconds since something was typed; `age` since the login.
    """

    id: int
    line: int | None
    user: str
    origin: str
    since: float
    locked: bool
    own: bool
    mode: str
    idle: float
    age: float

    @property
    def interface(self) -> str:
        """The line as displays name it; empty for a controller, as for SNMP (derived)."""
        return "" if self.line is None else f"VTY {self.line}"


def current(store: Store, release: Personality, clock: Clock, *, include_default: bool = False) -> list[str]:
    """Return `display current-configuration`: what is committed, under the header of the release."""
    header = [
        f"!Software Version {release.software}",
        f"!Last configuration was updated at {clock.stamp(store.updated_at)}",
    ]
    return header + printing.lines(store.running, include_default=include_default)


def sections(lines: Sequence[str], head: str, *, exact: bool) -> list[str]:
    """Keep the sections of a configuration whose head is, or begins with, the words given."""
    wanted = head.lower()
    kept = ["#"]
    for block in _blocks(lines):
        title = block[0].lower()
        if title == wanted or (not exact and (title + " ").startswith(wanted + " ")):
            kept += [*block, "#"]
    return [*kept, "return"]


def interfaces(lines: Sequence[str]) -> list[str]:
    """Keep the sections of the interfaces."""
    return sections(lines, "interface", exact=False)


def _blocks(lines: Sequence[str]) -> Iterator[list[str]]:
    block: list[str] = []
    for line in lines:
        if line == "#":
            if block:
                yield block
            block = []
        elif not line.startswith("!") and line != "return":
            block.append(line)


def candidate_lines(candidate: Candidate) -> list[str]:
    """Return the uncommitted lines as typed, each under its view."""
    if candidate.replaced:
        return diff.lines(candidate.base, candidate.configuration)
    lines: list[str] = []
    shown: Path = ()
    for edit in candidate.edits:
        common = next(
            (n for n, pair in enumerate(zip(shown, edit.path, strict=False)) if pair[0] != pair[1]), None
        )
        start = min(len(shown), len(edit.path)) if common is None else common
        lines += [" " * depth + edit.path[depth] for depth in range(start, len(edit.path))]
        lines.append(" " * len(edit.path) + edit.match.text)
        shown = (*edit.path, edit.match.text) if edit.match.enters else edit.path
    return lines


def candidate_changes(candidate: Candidate) -> list[str]:
    """Return what the candidate would change, as a diff."""
    body = diff.lines(candidate.base, candidate.configuration)
    return [BUILDING, *body] if body else []


def commit_list(points: Sequence[CommitPoint], release: Personality, clock: Clock) -> list[str]:
    """Return the table of commit points, newest first."""
    narrow = release.narrow_commit_list
    rule = _NARROW_RULE if narrow else _WIDE_RULE
    rows = [
        _columns(
            (str(number), _listed(point), point.label or "-", point.user, clock.stamp(point.at)),
            narrow=narrow,
        )
        for number, point in enumerate(points, 1)
    ]
    header = _columns(("No.", "CommitId", "Label", "User", "TimeStamp"), narrow=narrow)
    return [rule, header, rule, *rows, rule] if rows else [rule, header, rule]


def _listed(point: CommitPoint) -> str:
    return f"{point.id}*" if point.detached else str(point.id)


def _columns(cells: Sequence[str], *, narrow: bool) -> str:
    widths = _NARROW if narrow else _WIDE
    padded = (f"{cell} ".ljust(width) for cell, width in zip(cells, widths, strict=False))
    return "".join(padded) + cells[-1]


def commit_details(points: Sequence[CommitPoint], clock: Clock) -> list[str]:
    """Return every commit point with user line, type and description."""
    lines: list[str] = []
    for number, point in enumerate(points, 1):
        lines += [
            f"{number}) CommitId: {_listed(point)}",
            f"        Label: {point.label or '-'}",
            f"        User: {point.user}",
            f"        User-Intf: {point.interface}",
            f"        Type: {point.type}",
            f"        TimeStamp: {clock.stamp(point.at)}",
            f"        Description: {point.description}".rstrip(),
        ]
    return lines


def commit_changes(points: Sequence[CommitPoint], clock: Clock, *, titled: bool) -> list[str]:
    """Return what commits changed, newest first; with a title each unless one was asked for by id."""
    lines = [BUILDING]
    for point in points:
        if titled:
            lines.append(f"Commit changes of commitId {point.id} {clock.plain(point.at)}")
        lines += diff.lines(point.before, point.after)
    return lines


def trial_status(store: Store, clock: Clock, now: float) -> list[str]:
    """Return whether a trial runs, its persist id and the seconds left."""
    if store.trial is None:
        return ["Trial status: INACTIVE", "Trial time left (sec): 0"]
    persist = [f"Persist id: {store.trial.persist}"] if store.trial.persist else []
    left = store.trial.seconds_left(now, clock.rate)
    return ["Trial status: ACTIVE", *persist, f"Trial time left (sec): {left}"]


def sessions(terminals: Sequence[Terminal], clock: Clock) -> list[str]:
    """Return the table of configuration sessions; `*` marks the own one and the lock."""
    rows = [
        f"{str(one.id) + (' *' if one.own else ''):<8}{one.interface:<13}{one.user:<21}"
        f"{clock.plain(one.since):<23}{'*' if one.locked else '-'}"
        for one in terminals
    ]
    header = f"{'Session':<8}{'User-Intf':<13}{'User':<21}{'Date':<20}Lock"
    return [_SESSION_RULE, header, _SESSION_RULE, *rows, _SESSION_RULE]


def session_details(terminals: Sequence[Terminal], clock: Clock) -> list[str]:
    """Return every configuration session with its mode, an empty line between two."""
    lines: list[str] = []
    for one in terminals:
        values = (
            ("Session", f"{one.id}{' *' if one.own else ''}"),
            ("User-Intf", one.interface),
            ("User", one.user),
            ("Date", clock.plain(one.since)),
            ("Lock", "*" if one.locked else ""),
            ("Cfg-Mode", one.mode),
            ("Client", "NETCONF" if one.line is None else "CLI"),
            ("Elapsed-Time", _elapsed(one.age)),
        )
        lines += [*([""] if lines else []), *(f"{label:<13}: {value}".rstrip() for label, value in values)]
    return lines


def _elapsed(seconds: float) -> str:
    whole = int(seconds)
    return f"{whole // 86400} days, {whole // 3600 % 24}:{whole // 60 % 60:02}:{whole % 60:02}"


def netconf_sessions(terminals: Sequence[Terminal], clock: Clock) -> list[str]:
    """Return the controllers that are logged in over NETCONF."""
    lines: list[str] = []
    for one in terminals:
        values = (
            ("NETCONF Session ID", one.id),
            ("Transport", "netconf-ssh"),
            ("User Name", one.user),
            ("Host Identifier", one.origin),
            ("Login Time", clock.plain(one.since)),
            *(
                (label, 0)
                for label in ("Input Rpc", "Input Bad Rpc", "Output Rpc Error", "Output Notification")
            ),
        )
        lines += [_SESSION_RULE, *(f"{label:<21}: {value}" for label, value in values)]
    return [*lines, _SESSION_RULE] if lines else []


def users(terminals: Sequence[Terminal]) -> list[str]:
    """Return who is logged in; `+` marks the own line."""
    lines = ["User-Intf    Delay    Type   Network Address     AuthenStatus    AuthorcmdFlag"]
    for one in terminals:
        place = f"{_FIRST_VTY + (one.line or 0)}  {one.interface}"
        row = f"{'+' if one.own else ' '} {place:<11} {_clockwise(one.idle)}  SSH    {one.origin:<23}"
        lines += [f"{row}pass           yes", f"  Username : {one.user}", ""]
    return lines[:-1]


def _clockwise(seconds: float) -> str:
    whole = int(seconds)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}"


def lock_owner(store: Store, clock: Clock) -> list[str]:
    """Return who holds the exclusive lock; nothing when nobody does."""
    if store.lock is None:
        return []
    owner = store.lock.owner
    return [
        f"User Index: {_FIRST_VTY + int(owner.interface.split()[-1])}",
        f"User Session Name: {owner.interface}",
        f"User Name: {owner.user}",
        f"IP Address: {store.lock.origin}",
        f"Locked Time: {clock.plain(store.lock.taken_at)}",
        f"Last Configuration Time: {clock.plain(store.lock.active_at)}",
        f"The time out value of configuration right locked is: {lock.timeout(store.running)} second(s)",
    ]


def startup(store: Store, release: Personality) -> list[str]:
    """Return the files of the last and the next start; `NULL` when nothing is saved."""
    software = f"cfcard:/{release.software.lower()}.cc"
    values = (
        ("Configured startup system software", software),
        ("Startup system software", software),
        ("Next startup system software", software),
        ("Startup saved-configuration file", store.startup_file or "NULL"),
        ("Next startup saved-configuration file", store.next_file or "NULL"),
        ("Startup paf file", "default"),
        ("Next startup paf file", "default"),
        ("Startup patch package", "NULL"),
        ("Next startup patch package", "NULL"),
    )
    return [f"{'MainBoard':<40}:", *(f"  {label:<38}: {value}" for label, value in values)]


def rollback_result(store: Store) -> list[str]:
    """Return what the last rollback could not reach; nothing when it reached everything."""
    if store.leftovers:
        return ["!There are still several differences as follow:", *store.leftovers]
    return []
