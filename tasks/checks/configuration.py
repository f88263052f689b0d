"""Checks of configuration management: nothing pending, nothing locked, everything saved, clocks agree.

Source: manual pages display configuration trial status, display configuration sessions, display startup,
display saved-configuration, display clock.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from inventory.model import SIDES, Pair, Side
from tasks.checks.check import Answers, CannotTellError, Check, Need, on_both
from tasks.checks.model import Complaint

TRIAL: Final = "display configuration trial status"
SESSIONS: Final = "display configuration sessions"
STARTUP: Final = "display startup"
RUNNING: Final = "display current-configuration"
SAVED: Final = "display saved-configuration"
CLOCK: Final = "display clock"
ZONE = re.compile(r"(?: ?UTC)? ?(?=[+-]\d\d:\d\d$)")
"""What some releases put before the zone of a moment."""
FRAME: Final = ("!", "#", "return")
"""Beginnings of lines that are no configuration: comments, separators, the end."""

_Line = tuple[tuple[str, ...], str]
"""The views above a line, and the line."""


def _members(pair: Pair) -> Mapping[str, Side]:
    """Return both members."""
    return {pair.members.of(side): side for side in SIDES}


def _no_trial(answers: Answers, side: Side) -> Iterator[Complaint]:
    """Find a trial commit that still runs."""
    show = answers.records(side, TRIAL)[0]
    left = f", {show.left_s} s left" if show.left_s else ""
    if show.status != "inactive":
        yield answers.complaint(side, TRIAL, "a trial commit is running", "inactive", f"{show.status}{left}")


def _no_lock(answers: Answers, side: Side) -> Iterator[Complaint]:
    """Find a session of someone else that holds the configuration lock."""
    for row in answers.records(side, SESSIONS):
        if row.lock and not row.own:
            found = f"{row.user} on {row.user_interface or 'a channel'} since {row.time}"
            yield answers.complaint(side, SESSIONS, "the configuration is locked", "no lock", found)


def _saved(answers: Answers, side: Side) -> Iterator[Complaint]:
    """Find a running configuration that a restart would lose."""
    show = answers.records(side, STARTUP)[0]
    if show.next_configuration is None:
        yield answers.complaint(side, STARTUP, "nothing is saved", "a configuration file", "none")
        return
    running, saved = (_lines(answers.records(side, command)) for command in (RUNNING, SAVED))
    unsaved, lost = (
        Counter(map(_place, _without(these, those))) for these, those in ((running, saved), (saved, running))
    )
    changed = unsaved | lost  # the larger count of each: a line that has another value is on both sides
    if changed:
        text = "the running configuration is not saved"
        count = f"{changed.total()} line{'s differ' if changed.total() > 1 else ' differs'}"
        yield answers.complaint(side, SAVED, text, "equal", f"{count}, first in {next(iter(changed))}")


def _without(lines: Sequence[_Line], others: Sequence[_Line]) -> Iterator[_Line]:
    """Yield the lines that the others lack, in order; where lines and views stand makes no difference."""
    there = Counter(others)
    for line in lines:
        if there[line]:
            there[line] -= 1
        else:
            yield line


def _lines(records: tuple[Any, ...]) -> list[_Line]:
    """Return the lines with the views above them, without what is no configuration."""
    path: list[tuple[int, str]] = []
    lines: list[_Line] = []
    for record in records:
        if record.text.startswith(FRAME):
            continue
        while path and path[-1][0] >= record.indent:
            path.pop()
        lines.append((tuple(text for _, text in path), record.text))
        path.append((record.indent, record.text))
    return lines


def _place(line: _Line) -> str:
    """Name a line by its view and its keyword; what follows may be a secret."""
    views, text = line
    return " / ".join((*views, text.split(maxsplit=1)[0]))


def _clocks(answers: Answers, _pair: Pair) -> Iterator[Complaint]:
    """Find clocks that differ, so that logs of the members cannot be compared."""
    skew_s = abs((moment_of(answers, "a") - moment_of(answers, "b")).total_seconds())
    taken = [answers.observation(side, CLOCK) for side in SIDES]
    apart_s = abs((taken[0].taken_at - taken[1].taken_at).total_seconds()) if taken[0] and taken[1] else 0.0
    if skew_s > answers.limits.clock_skew_s + apart_s:
        wanted = f"{answers.limits.clock_skew_s:g} s or less apart"
        yield answers.complaint(None, CLOCK, "clocks of the members differ", wanted, f"{skew_s:g} s")


def moment_of(answers: Answers, side: Side) -> datetime:
    """Read the clock of a member.

    Raises:
        CannotTellError: its time or its zone is not understood.
    """
    show = answers.records(side, CLOCK)[0]
    text = ZONE.sub("", show.time.removesuffix(" DST"))
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise CannotTellError(
            answers.complaint(side, CLOCK, "the clock is no moment", "a moment", text)
        ) from None
    if moment.tzinfo is None:
        raise CannotTellError(
            answers.complaint(side, CLOCK, "the clock shows no time zone", "a time zone", text)
        )
    return moment


CHECKS: Final = (
    Check(
        "no-trial",
        "No trial commit is running",
        ("configuration-state",),
        _members,
        lambda _pair, side: (Need(side, TRIAL),),
        _no_trial,
    ),
    Check(
        "no-lock",
        "No other session holds the configuration lock",
        ("configuration-state",),
        _members,
        lambda _pair, side: (Need(side, SESSIONS),),
        _no_lock,
    ),
    Check(
        "saved",
        "The running configuration is saved for the next restart",
        ("configuration-state", "saved"),
        _members,
        lambda _pair, side: (Need(side, STARTUP), Need(side, RUNNING), Need(side, SAVED)),
        _saved,
    ),
    Check(
        "clocks-agree",
        "The clocks of the members agree",
        ("clock",),
        lambda pair: {pair.name: pair},
        lambda _pair, _subject: on_both(CLOCK),
        _clocks,
    ),
)
