"""Which checks there are, and which of them run on a pair.

Checks come in by entry points of the group `hotpair.checks`, each naming a tuple of `Check`; ours come
in by the same door. One file is enough for a check of one's own:

    CHECKS = (
        Check(
            "loopback-named",
            "LoopBack0 is there on both members",
            ("naming",),
            lambda pair: {pair.name: pair},
            lambda _pair, _subject: on_both("display interface brief"),
            lambda answers, _subject: (
                answers.complaint(side, "display interface brief", "there is no LoopBack0")
                for side in SIDES
                if "LoopBack0" not in {row.name for row in answers.records(side, "display interface brief")}
            ),
        ),
    )
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.metadata import EntryPoint, entry_points
from threading import Lock
from typing import Final

from inventory.errors import IntentError
from inventory.explain import nearest
from inventory.model import SIDES, Pair, Side
from tasks.checks.check import DEFAULT_LIMITS, Answers, Check, Limits
from tasks.checks.model import CheckResult, Observation

GROUP: Final = "hotpair.checks"

BUILT_IN: Final = tuple(
    EntryPoint(name, f"tasks.checks.{module}:CHECKS", GROUP)
    for name, module in (
        ("remote-backup", "remote_backup"),
        ("e-trunk", "e_trunk"),
        ("eth-trunk", "eth_trunk"),
        ("bfd", "bfd"),
        ("vrrp", "vrrp"),
        ("interfaces", "interfaces"),
        ("services", "services"),
        ("entries", "entries"),
        ("configuration", "configuration"),
        ("lines", "lines"),
        ("boot", "boot"),
    )
)


@dataclass(frozen=True, slots=True)
class Selection:
    """Which checks run; without names and tags, all of them.

    Args:
        names: names of checks.
        tags: a check with any of these tags runs.
        side: only what this member alone can answer for, e.g. while the other is out of reach.
    """

    names: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    side: Side | None = None


EVERYTHING: Final = Selection()
CONVERGING: Final = Selection(tags=("converge",))
"""What must hold before a change is confirmed: all that can hold while it is on trial and not saved."""


_READING = Lock()


def all_checks() -> tuple[Check, ...]:
    """Return every check that is installed; threads that ask at once let one of them read.

    Raises:
        IntentError: an entry point gives something else, or two checks have one name.
    """
    with _READING:
        return _all_checks()


@cache
def _all_checks() -> tuple[Check, ...]:
    checks: dict[str, Check] = {}
    for door in (*BUILT_IN, *entry_points(group=GROUP)):
        for check in door.load():
            if not isinstance(check, Check):
                raise IntentError(f"entry point {door.name} gives no check", found=repr(check)[:80])
            if check.name in checks:
                raise IntentError("two checks have one name", found=check.name, where=door.value)
            checks[check.name] = check
    return tuple(checks.values())


def checks_for(selection: Selection = EVERYTHING) -> tuple[Check, ...]:
    """Return the checks of a selection, in the order of the catalog.

    Raises:
        IntentError: no check has a name or tag of the selection.
    """
    return _chosen(all_checks(), selection)


@lru_cache(maxsize=8)
def _chosen(checks: tuple[Check, ...], selection: Selection) -> tuple[Check, ...]:
    """Return the checks of a selection; the same ones for each pair of a fleet."""
    _require_known(checks, selection)
    everything = not selection.names and not selection.tags
    return tuple(
        replace(check, required=check.name in selection.names, side=selection.side)
        for check in checks
        if everything or check.name in selection.names or set(check.tags) & set(selection.tags)
    )


def _require_known(checks: tuple[Check, ...], selection: Selection) -> None:
    """Raise where no check has a name or tag of the selection."""
    known_names = {check.name for check in checks}
    known_tags = {tag for check in checks for tag in check.tags}
    for kind, asked, known in (
        ("check", selection.names, known_names),
        ("tag", selection.tags, known_tags),
    ):
        strange = sorted(set(asked) - known)
        if strange:
            raise IntentError(
                f"no such {kind}{nearest(strange[0], sorted(known))}",
                wanted=f"a {kind} that `hotpair checks` lists",
                found=", ".join(strange),
                next_command="hotpair checks",
            )


def displays_for(checks: Iterable[Check], pair: Pair, side: Side) -> tuple[str, ...]:
    """Return the commands that these checks need on a member, each once, in order."""
    return displays_on_both(checks, pair)[side]


def displays_on_both(checks: Iterable[Check], pair: Pair) -> dict[Side, tuple[str, ...]]:
    """Return the commands that these checks need on each member, each once, in order."""
    needed: dict[Side, dict[str, None]] = {side: {} for side in SIDES}
    for check in checks:
        for need in check.all_needs(pair):
            needed[need.side][need.command] = None
    return {side: tuple(commands) for side, commands in needed.items()}


def judge(
    checks: Iterable[Check],
    pair: Pair,
    observations: Sequence[Observation],
    limits: Limits = DEFAULT_LIMITS,
) -> tuple[CheckResult, ...]:
    """Judge what was observed; of several observations of one display the last counts.

    Args:
        checks: what is asked.
        pair: intent.
        observations: displays of both members, in order of time.
        limits: thresholds of the policy.

    Returns:
        One result for each check and subject, in the order of the checks.
    """
    latest = {(seen.member, seen.command): seen for seen in observations}
    answers = Answers(pair, latest, limits)
    return tuple(result for check in checks for result in check.results(answers))
