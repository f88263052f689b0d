"""A schedule: what is done with which pair on which release, and what happens on the way.

A run of the transaction is a row of *events*: a login, a line typed, a write of the journal. A strike names
its place (the second `save` on b in the process that takes up) and what happens there. So a schedule is a
small frozen value; the same one always plays the same, and means the same when the transaction gets one more
step.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from inventory.errors import IntentError

RELEASES = ("v8r22", "v8r13", "v8r12", "v8r5")
"""Trial with persist id and label, trial with persist id alone, trial bound to its session, no trial."""
TRIALLESS = RELEASES[-1]


class What(StrEnum):
    """What an event is."""

    LOGIN = "login"
    LINE = "line"
    DISK = "disk"


class Kind(StrEnum):
    """What happens at an event."""

    LOST = "lost reply"
    LATE = "late reply, in time"
    LATER = "late reply, after the time-out"
    LATEST = "late reply, after every time-out"
    GARBLED = "garbled reply"
    IGNORED = "line not taken, without an error"
    DROP_BEFORE = "session dropped before"
    DROP_DURING = "session dropped during"
    DROP_AFTER = "session dropped after"
    KILL = "killed"
    DIE = "host dead, sessions hang on"
    POWER = "host without power, what is not synced is lost"
    INTERRUPT = "Ctrl-C"
    PAUSED = "host stands still for minutes"
    FROZEN = "host stands still for hours"
    REBOOT = "reboot"
    REBOOT_BOTH = "reboot of both"
    SILENT = "link silent for a while"
    GONE = "link silent for hours"
    HELD = "line that holds all back, and carries it in time"
    HELD_LONG = "line that holds all back, and carries it after the time-out"
    FAST = "clock of a device ahead and fast"
    SLOW = "clock of a device behind and slow"
    STRANGER = "another's commit elsewhere"
    RIVAL = "another's commit in our lines"
    TRIAL = "another's trial"
    LOCK = "another's lock"
    VTY_FULL = "VTY full"
    FOREIGN = "an error that is not ours"
    DISK_FULL = "disk full"
    SHORT_WRITE = "short write"
    TORN = "killed in the midst of a line"


OF_REPLY = (
    Kind.LOST,
    Kind.LATE,
    Kind.LATER,
    Kind.LATEST,
    Kind.GARBLED,
    Kind.DROP_BEFORE,
    Kind.DROP_DURING,
    Kind.DROP_AFTER,
)
"""They happen to the reply of the line that the event is."""
OF_CANDIDATE = (Kind.IGNORED,)
"""They happen to a line of a candidate."""
OF_US = (
    Kind.KILL,
    Kind.DIE,
    Kind.POWER,
    Kind.INTERRUPT,
    Kind.PAUSED,
    Kind.FROZEN,
    Kind.REBOOT_BOTH,
)
"""They concern no member more than the other."""
OF_MEMBER = (
    Kind.REBOOT,
    Kind.SILENT,
    Kind.GONE,
    Kind.HELD,
    Kind.HELD_LONG,
    Kind.FAST,
    Kind.SLOW,
    Kind.STRANGER,
    Kind.RIVAL,
    Kind.TRIAL,
    Kind.LOCK,
    Kind.VTY_FULL,
)
"""They happen on a or on b, whatever the event is."""
OF_LIBRARY = (Kind.FOREIGN,)
"""They come out of the library that connects, at a login or a line."""
OF_DISK = (Kind.DISK_FULL, Kind.SHORT_WRITE, Kind.TORN)
DEADLY = frozenset({Kind.KILL, Kind.DIE, Kind.POWER, Kind.TORN})
"""The process ends there."""


class Next(StrEnum):
    """Who takes up what a process left."""

    RESUME = "resume"
    ADOPT = "adopt"
    ABORT = "abort"
    """Somebody wants it taken back; where that is refused, it is resumed."""
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Place:
    """An event of a run, by a name that does not move when others come before it.

    Args:
        process: 0 for the first process, 1 for the one that takes up, and so on.
        side: `a` or `b`; empty for a write of the journal.
        command: what is done there, without ids and numbers.
        nth: which one of its kind on that side in that process, from 1.
    """

    process: int
    side: str
    command: str
    nth: int

    def __str__(self) -> str:
        """Say it in words."""
        where = f" on {self.side}" if self.side else ""
        return f"process {self.process}, {self.command}{where}, no. {self.nth}"


@dataclass(frozen=True, slots=True)
class Strike:
    """One thing that happens.

    Args:
        place: where.
        kind: what happens.
        side: `a` or `b`; empty where the kind says whom it concerns.
    """

    place: Place
    kind: Kind
    side: str = ""

    def __str__(self) -> str:
        """Say it in words."""
        whom = f" on {self.side}" if self.side else ""
        return f"{self.place}: {self.kind}{whom}"


@dataclass(frozen=True, slots=True)
class Schedule:
    """One run from the first line to the end.

    Args:
        flow: name of what is done, see `pairs.FLOWS`.
        release: of both devices.
        strikes: what happens.
        then: who takes up what is left.
        after_s: seconds until somebody does.
    """

    flow: str
    release: str
    strikes: tuple[Strike, ...] = ()
    then: Next = Next.RESUME
    after_s: float = 0.0

    def words(self) -> str:
        """Return the schedule as a script, a line each."""
        lines = [f"{self.flow} on {self.release}", *map(str, self.strikes)]
        if any(strike.kind in DEADLY for strike in self.strikes):
            lines.append(f"after {self.after_s:g} s: {self.then}")
        return "\n".join(lines)

    @property
    def code(self) -> str:
        """Return the schedule as one word for a shell, from which it can be played again."""
        strikes = (
            "/".join(
                (
                    str(at.process),
                    at.side or "-",
                    at.command,
                    str(at.nth),
                    strike.kind.name,
                    strike.side or "-",
                )
            )
            for strike in self.strikes
            for at in (strike.place,)
        )
        parts = (self.flow, self.release, f"{self.then}@{self.after_s:g}", *strikes)
        return ";".join(parts).replace(" ", "_")


def schedule_from(code: str) -> Schedule:
    """Read the code of a schedule.

    Raises:
        IntentError: it is none.
    """
    try:
        flow, release, later, *strikes = code.replace("_", " ").split(";")
        then, _, after = later.partition("@")
        return Schedule(flow, release, tuple(map(_strike, strikes)), Next(then), float(after))
    except (ValueError, KeyError) as error:
        raise IntentError(
            "no code of a schedule", wanted="what `hotpair certify` printed", found=code
        ) from error


def _strike(text: str) -> Strike:
    process, at, command, nth, kind, side = text.split("/")
    place = Place(int(process), at.strip("-"), command, int(nth))
    return Strike(place, Kind[kind.replace(" ", "_")], side.strip("-"))


CANDIDATE_LINE = "candidate line"
_ID = re.compile(r"hp-[0-9a-f]+\S*")
_HEAD = re.compile(r" @\d+\b")
"""Newest commit of the other member, in our description."""
_NUMBER = re.compile(r"\b\d+\b")
_ACTS = re.compile(
    r"(?:display|commit|abort|save|rollback|load|refresh|clear configuration|set configuration|screen-length"
    r"|system-view|quit|return|configuration)\b"
)
_ANSWER = re.compile(r"(?i)(?:y|n|c|yes|no|cancel)")


@lru_cache(maxsize=4096)
def command_of(what: What, text: str) -> str:
    """Name what is done at an event, without ids and numbers; all lines of a candidate are one command."""
    if what is What.LOGIN:
        return "login"
    if what is What.DISK:
        return f"journal: {text}"
    if _ACTS.match(text) or _ANSWER.fullmatch(text):
        return _NUMBER.sub("N", _ID.sub("ID", _HEAD.sub("", text)))
    return CANDIDATE_LINE
