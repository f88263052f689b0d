"""Syntax that a release lacks: forms of `commit` and `abort` without its kind of trial, `screen-width`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from emulator.grammar import Fault
from emulator.personalities import TrialSupport

if TYPE_CHECKING:
    from collections.abc import Sequence

    from emulator.grammar import Match
    from emulator.personalities import Personality

_WORD = re.compile(r"\S+")


def unfinished(fault: Fault, line: str, release: Personality) -> Fault:
    """Return the fault of a line that ends early; a release does not wait for more of a word it lacks."""
    first, trial = line.split(maxsplit=1)[:1], release.trial
    lacks = [] if trial.persists else ["persist"]
    lacks += ["trial"] if trial is TrialSupport.NONE else []
    commits = bool(first) and "commit".startswith(first[0].lower())
    place = _place_of(line, lacks) if commits and fault.kind == "incomplete" else 0
    return Fault("unrecognized", place) if place else fault


def unsupported(match: Match, line: str, release: Personality) -> Fault | None:
    """Return the syntax error of a release that does not know a command, or a form of it."""
    if match.command == "cm.screen-width" and not release.screen_width:
        return Fault("unrecognized", len(line) - len(line.lstrip()))
    trial = release.trial
    if match.command not in ("cm.commit", "cm.abort-trial") or trial is TrialSupport.NAMED:
        return None
    if trial is TrialSupport.PERSIST:
        named = "trial" in match.params and "persist" in match.params
        beside = [name for name in ("label", "description") if named and name in match.params]
        place = _place_of(line, beside)
        return Fault("too-many", place) if place else None
    unknown = ["persist"] if "persist" in match.params else []
    if trial is TrialSupport.NONE and ("trial" in match.params or match.command == "cm.abort-trial"):
        unknown.append("trial")
    place = _place_of(line, unknown)
    return Fault("unrecognized", place) if place else None


def _place_of(line: str, keywords: Sequence[str]) -> int:
    """Return the column of the first word behind the command that abbreviates one of these; 0 for none."""
    later = list(_WORD.finditer(line))[1:]
    found = (word for word in later if any(name.startswith(word.group().lower()) for name in keywords))
    return next((word.start() for word in found), 0)
