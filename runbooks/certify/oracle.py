"""The judge: every claim against what the devices truly are, and the end against what may be an end."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import dropwhile
from pathlib import Path

from runbooks.certify.pairs import SIDES, Flow, paths
from runbooks.certify.schedule import TRIALLESS, Kind, Strike, What
from runbooks.certify.subject import Said
from runbooks.certify.truth import Holds, Trial, Truth, holds, truth
from runbooks.certify.world import USER, World
from tasks.transaction.ends import End
from tasks.transaction.look import Saved, Seen

Pair = Mapping[str, Truth]
_CIPHERTEXT = "%^%#"
DONE, USAGE, UNSETTLED, REFUSED, ROLLED_BACK, SPLIT = 0, 2, 3, 4, 5, 6
"""Exit codes of a transaction: they are documented, and the judge reads them from no code."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """Something that must not be.

    Args:
        kind: `false claim`, `mixed end`, `residue`, `no end`, `secret seen`, `traceback`,
            `lost work of others`.
        text: what was said or found, and what is true.
    """

    kind: str
    text: str

    def __str__(self) -> str:
        """Say it in words."""
        return f"{self.kind}: {self.text}"


def _none_of_ours(now: Pair, before: Pair) -> bool:
    """Whether nothing of ours was committed: what runs of ours is what ran."""
    return all(
        (now[side].old or now[side].commits == before[side].commits) and now[side].trial is not Trial.OURS
        for side in SIDES
    )


_CLAIMS: tuple[tuple[re.Pattern[str], str, Callable[[Pair, Pair], bool]], ...] = (
    (
        re.compile(r"both members are new and saved"),
        "both are new and saved",
        lambda now, _: all(one.new and one.kept for one in now.values()),
    ),
    (
        re.compile(r"both members are new"),
        "both are new",
        lambda now, _: all(one.new for one in now.values()),
    ),
    (
        re.compile(r"both members are as before"),
        "both are as before",
        lambda now, _: all(one.old for one in now.values()),
    ),
    (re.compile(r"nothing was (sent|committed)"), "nothing of ours was committed", _none_of_ours),
)
"""Sentences, and what must be true of the devices where they are said."""


def claims(world: World, flow: Flow, said: Said, before: Pair) -> list[Complaint]:
    """Judge what a process said at its end.

    Args:
        world: as it is at that moment.
        flow: what was done.
        said: what the operator is told.
        before: the members before the process began.
    """
    if said.crash:
        return [Complaint("traceback", said.crash)]
    if said.code is None:
        return []
    now = {side: truth(world, flow, side, heard=world.seen_last(side)) for side in SIDES}
    found = [*_of_code(said, now, before), *_of_text(said, now, before), *_of_seen(said, now, flow)]
    shown = ", ".join(f"{side} {one}" for side, one in now.items())
    return [Complaint("false claim", f"{complaint}; true: {shown}") for complaint in found]


def _of_code(said: Said, now: Pair, before: Pair) -> list[str]:
    a, b = now["a"], now["b"]
    holds = {
        DONE: all(one.new and one.kept for one in now.values()),
        USAGE: _unmoved(now, before),
        UNSETTLED: True,
        REFUSED: _none_of_ours(now, before),
        ROLLED_BACK: all(_back(said, side, one) for side, one in now.items()),
        SPLIT: a.holds is not b.holds or said.end is End.SPLIT_HAZARD,
    }
    if said.code not in holds:
        return [f"an exit code that nobody knows: {said.code}"]
    return [] if holds[said.code] else [f"exit {said.code} ({said.last[:160]})"]


def _back(said: Said, side: str, one: Truth) -> bool:
    """Whether a member is as before, or said to be changed by somebody else with nothing of ours left."""
    look = said.looks.get(side)
    changed = look is not None and look.seen is Seen.OTHER and one.holds is Holds.OTHER
    return one.old or (changed and not one.ours and one.trial is not Trial.OURS)


def _unmoved(now: Pair, before: Pair) -> bool:
    return all(now[side].commits <= before[side].commits for side in SIDES)


def _of_text(said: Said, now: Pair, before: Pair) -> list[str]:
    return [
        f"said that {meaning}"
        for pattern, meaning, true in _CLAIMS
        if pattern.search(said.last) and not true(now, before)
    ]


_SEEN: Mapping[Seen, Callable[[Truth], bool]] = {
    Seen.OLD: lambda one: one.old,
    Seen.TRIAL: lambda one: one.trial is Trial.OURS,
    Seen.NEW: lambda one: one.new,
    Seen.UNSEEN: lambda _one: True,
    Seen.STAGE: lambda one: one.holds is Holds.STAGE,
    Seen.OTHER: lambda one: one.holds in {Holds.OTHER, Holds.SAME},
    Seen.ANOTHERS_TRIAL: lambda one: one.trial is Trial.ANOTHERS,
}
"""What must be true of a member that is said to be so."""
_KEPT: Mapping[Saved, Callable[[Truth], bool]] = {
    Saved.YES: lambda one: one.kept or one.trial is not Trial.NONE,
    Saved.NO: lambda one: not one.kept,
    Saved.UNKNOWN: lambda _one: True,
}


_NOT_TOLD = frozenset({Seen.UNSEEN, Seen.ANOTHERS_TRIAL})


def _of_seen(said: Said, now: Pair, flow: Flow) -> list[str]:
    if said.end is End.SPLIT_HAZARD and not any(look.seen in _NOT_TOLD for look in said.looks.values()):
        return ["said that a member is not seen, and saw both"]
    return [
        f"said that {side} is {look.seen}, {look.saved}"
        for side, look in said.looks.items()
        if not (_SEEN[look.seen](now[side]) and _KEPT[look.saved](now[side]))
        and not _untold(look.seen, now[side], flow)
    ]


def _untold(seen: Seen, one: Truth, flow: Flow) -> bool:
    """Whether nothing tells whose trial it is: without commit points there is no label to know it by."""
    return seen is Seen.ANOTHERS_TRIAL and one.trial is not Trial.NONE and not flow.points


def secrets_in(flow: Flow, texts: list[str], folders: list[Path]) -> list[Complaint]:
    """Look for secrets in what was said and written."""
    written = [path.read_text(errors="replace") for folder in folders for path in folder.glob("*.jsonl")]
    seen = [
        Complaint("secret seen", f"...{text[max(at - 60, 0) : at]}")
        for text in (*texts, *written)
        for secret in (*flow.secrets.values(), _CIPHERTEXT)
        if (at := text.find(secret)) >= 0
    ]
    return seen[:1]


def steps_in(folder: Path) -> list[tuple[str, str]]:
    """Read the journals of a host: the state before each line, and its event."""
    steps = []
    for path in sorted(folder.glob("*.jsonl")):
        before = ""
        for line in path.read_text(errors="replace").splitlines():
            try:
                row = json.loads(line)
            except ValueError:
                break  # torn off
            steps.append((before, str(row.get("event", ""))))
            before = str(row.get("state", ""))
    return steps


def damage_in(folders: list[Path]) -> list[Complaint]:
    """Look for journals that nobody can read: a line that is none, before the last one."""
    found = []
    for path in (path for folder in folders for path in folder.glob("*.jsonl")):
        whole = path.read_bytes().split(b"\n")[:-1]
        for line in whole:
            try:
                json.loads(line)
            except ValueError:
                found.append(Complaint("damaged journal", line[:80].decode("utf-8", "replace")))
    return found


def end(world: World, flow: Flow, said: Said, *, alone: bool) -> list[Complaint]:
    """Judge how it all ended.

    Args:
        world: after the last process, healed.
        flow: what was done.
        said: the last words.
        alone: nobody took it up; the timers had time enough.
    """
    now = {side: truth(world, flow, side) for side in SIDES}
    shown = ", ".join(f"{side} {one}" for side, one in now.items())
    rivals = any(e.took and e.strike.kind is Kind.RIVAL for e in world.effects)
    if _untold_to_another(flow, said):
        return [Complaint(kind, text) for kind, text in _residue(world, flow, said, now, alone=True)]
    found = [
        *_ended(said, now, rivals=rivals, alone=alone),
        *_mixed(world, flow, said, now, rivals=rivals, alone=alone),
        *_residue(world, flow, said, now, alone=alone),
        *_others(world, flow, said, now),
        *_unplanned(world, flow, rivals=rivals),
        *_pointless(world, flow, now),
    ]
    return [Complaint(kind, f"{text}; true: {shown}; said: {said}") for kind, text in found]


def _untold_to_another(flow: Flow, said: Said) -> bool:
    """Whether another host could not tell: without commit points no device knows what was confirmed."""
    return not flow.points and said.code == UNSETTLED and said.end is None


def _ended(said: Said, now: Pair, *, rivals: bool, alone: bool) -> list[tuple[str, str]]:
    if alone or said.code in {DONE, REFUSED, ROLLED_BACK, SPLIT} or said.crash:
        return []
    if said.code == USAGE and all(one.old for one in now.values()):
        return []  # nothing was begun that could be taken up
    if rivals and said.code == UNSETTLED and any(one.holds is Holds.OTHER for one in now.values()):
        return []
    return [("no end", "nothing is wrong any more, and it still does not end")]


def _mixed(
    world: World, flow: Flow, said: Said, now: Pair, *, rivals: bool, alone: bool
) -> list[tuple[str, str]]:
    a, b = now["a"], now["b"]
    if (a.old and b.old) or (a.new and b.new):
        return []
    if rivals and Holds.OTHER in {a.holds, b.holds}:
        return []
    honest = alone or said.code == SPLIT
    staged = len(flow.stages["a"]) > 1 or len(flow.stages["b"]) > 1
    if honest and ((a.new and b.old) or staged or world.release == TRIALLESS or not flow.points):
        return []
    return [("mixed end", "the members differ")]


def _residue(world: World, flow: Flow, said: Said, now: Pair, *, alone: bool) -> list[tuple[str, str]]:
    found = [("residue", f"{side} is on our trial") for side, one in now.items() if one.trial is Trial.OURS]
    unknown = said.code == REFUSED and not flow.points  # nothing on the devices tells an adoption of it
    if alone or said.code == SPLIT or unknown:
        return found
    found += [
        ("residue", f"{side} is not saved")
        for side, one in now.items()
        if not one.kept and one.holds is not Holds.OTHER
    ]
    return [
        *found,
        *(("residue", f"a session on {side} is left open") for side in sorted(world.opened.values())),
    ]


def _others(world: World, flow: Flow, said: Said, now: Pair) -> list[tuple[str, str]]:
    return [
        ("lost work of others", f"`{lines[-1]}` on {side} is gone")
        for side, lines in world.committed.items()
        if lines and not any(path.endswith(lines[-1]) for path in now[side].running)
        if not _in_that_moment(world, flow, said, side)
    ]


def _in_that_moment(world: World, flow: Flow, said: Said, side: str) -> bool:
    """Whether somebody committed between our last look and our commit, where no device can tell before.

    A trial takes itself back, and a list of commits tells it right after: where there is neither, or no trial
    and it is said that the members differ, nobody could have known.
    """
    if not any(_right_before_a_commit(world, strike) for strike in _rivals(world, side)):
        return False
    return not flow.points or (world.release == TRIALLESS and said.code == SPLIT)


def _rivals(world: World, side: str) -> list[Strike]:
    return [
        e.strike for e in world.effects if e.took and (e.strike.kind, e.strike.side) == (Kind.RIVAL, side)
    ]


def _right_before_a_commit(world: World, strike: Strike) -> bool:
    """Whether the next line that we typed to the member after a strike commits."""
    later = dropwhile(lambda event: event.place != strike.place, world.events)
    typed = (event.text for event in later if event.what is What.LINE and event.place.side == strike.side)
    return next(typed, "").startswith("commit")


def _unplanned(world: World, flow: Flow, *, rivals: bool) -> list[tuple[str, str]]:
    """Name commits of ours that made something else than the flow ever makes."""
    if rivals or not any(e.took and e.strike.kind is Kind.IGNORED for e in world.effects):
        return []
    return [
        ("unplanned commit", f"commit {point['id']} on {side} made what was not planned")
        for side in SIDES
        for point in world.order(ask=flow.members[side], **{"as": "history"})["commits"]
        if point["user"] == USER and holds(flow, side, paths("\n".join(point["after"]))) is Holds.OTHER
    ]


def _pointless(world: World, flow: Flow, now: Pair) -> list[tuple[str, str]]:
    """Say that something was committed where nothing could have taken it back."""
    if flow.points or world.release != TRIALLESS or not any(one.ours for one in now.values()):
        return []
    return [("no way back", "committed on a release without trial and a device without commit points")]
