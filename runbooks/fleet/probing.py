"""Check configurations alone; a device whose newest commit is that of the last good look is asked no more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial

from nornir.core import Nornir

from inventory.errors import ArchiveError
from inventory.model import SIDES, Pair, Side
from runbooks.check import with_commit_authors
from runbooks.drift_asked import COMMAND, TAGS, TITLE, answered, subject_of
from runbooks.fleet.collect import Begin, GoOn, Tell, collect
from runbooks.fleet.known import PROBE, Known, Memory, head_of
from runbooks.fleet.looked import Looked
from runbooks.fleet.worker_pool import worker_pool_for
from runbooks.judging import CONFIGURATION, all_answered, drift_of, unreached
from runbooks.report.run import Run, RunKind, run_id
from tasks.checks.model import DRIFT, CheckResult, Complaint, Observation, Outcome
from tasks.checks.policy import NO_POLICY, Policy
from tasks.checks.weighing import waive, weigh_extra
from tasks.runner import DEFAULT_WORKERS


def check_configurations(
    nornir: Nornir,
    pairs: Sequence[Pair],
    memory: Memory,
    policy: Policy = NO_POLICY,
    *,
    workers: int = DEFAULT_WORKERS,
    tell: Tell = lambda _looked: None,
    begin: Begin = lambda _member: None,
    go_on: GoOn = lambda: True,
) -> tuple[Run, ...]:
    """Compare what runs on pairs with their intents; nothing is changed, and no state is looked at.

    A device is asked for its newest commit. Where that is the one of the last good look, and intent, policy
    and release are those of then, nothing more is asked; where it is another one, none, or cannot be read,
    the configuration is read in the same session.

    Args:
        nornir: inventory with the members.
        pairs: intents.
        memory: what is known of them.
        policy: waivers, extra lines, and how often a pair is looked at in full.
        workers: how many routers at a time.
        tell: told each router that is done.
        begin: told each router that is dialled now.
        go_on: whether to dial one more router; pairs that were not looked at whole are left out.
    """
    started_at = datetime.now(UTC)
    known = {pair.name: one for pair in pairs if (one := memory.of(pair, policy)) is not None}
    heads = _heads(pairs, known)
    with worker_pool_for(pairs, policy, workers=workers, share_here=False) as pool:
        look = partial(collect, nornir, workers=workers, pool=pool, go_on=go_on)
        looked = look(
            {member: CONFIGURATION if "" in wanted else (PROBE,) for member, wanted in heads.items()},
            heads={member: wanted for member, wanted in heads.items() if "" not in wanted},
            tell=tell,
            begin=begin,
        )

        def judged(pair: Pair, seen: Mapping[str, Looked]) -> Run:
            return _judged(
                pair, seen, known.get(pair.name), memory=memory, policy=policy, started_at=started_at
            )

        runs = {
            pair.name: judged(pair, looked)
            for pair in pairs
            if looked.keys() >= {pair.members.a, pair.members.b}
        }
        return with_commit_authors(pairs, runs, looked, judged, look)


def _heads(pairs: Sequence[Pair], known: Mapping[str, Known]) -> dict[str, frozenset[str]]:
    """Return the commits that each router is known by, an empty one where it is to be looked at in full."""
    heads: dict[str, set[str]] = {}
    for pair in pairs:
        for side in SIDES:
            one = known.get(pair.name)
            heads.setdefault(pair.members.of(side), set()).add(one.head(side) if one else "")
    return {member: frozenset(wanted) for member, wanted in heads.items()}


def _judged(
    pair: Pair,
    looked: Mapping[str, Looked],
    known: Known | None,
    *,
    memory: Memory,
    policy: Policy,
    started_at: datetime,
) -> Run:
    names = {side: pair.members.of(side) for side in SIDES}
    own = {side: _own(looked[name]) for side, name in names.items()}
    seen = tuple(one for side in SIDES for one in own[side].values())
    away = unreached(pair, looked)
    unread = {names[side]: side for side in SIDES if known and _is_known(own[side], known.head(side))}
    drift = () if len(unread) == len(SIDES) else _drift(pair, seen, away, unread.values(), memory)
    weighed = weigh_extra(drift, policy.extra)
    wrong = {one.subject for one in weighed if one.outcome is not Outcome.SUCCESS}
    same = [_unchanged(name, known) for name in unread if known and subject_of(name) not in wrong]
    told = {one.subject for one in same}
    drift = (*same, *(one for one in weighed if one.subject not in told))
    return Run(
        id=run_id(RunKind.CHECK, pair.name, started_at),
        kind=RunKind.CHECK,
        pair=pair.name,
        members=(pair.members.a, pair.members.b),
        started_at=started_at,
        ended_at=max((one.taken_at for one in seen), default=datetime.now(UTC)),
        results=(*(away or (all_answered(pair),)), *waive(drift, policy.waivers, started_at.date())),
        observations=seen,
        unread=tuple(unread),
    )


def _drift(
    pair: Pair,
    seen: Sequence[Observation],
    away: Sequence[CheckResult],
    unread: Iterable[Side],
    memory: Memory,
) -> tuple[CheckResult, ...]:
    """Judge what was read, with what is kept of a member that was not read again.

    With a member away only the one that was not read again can be told.
    """
    if away:
        told = drift_of(pair, seen, away)
        known = {subject_of(pair.members.of(side)) for side in unread}
        return tuple(one for one in told if one.subject not in known)
    try:
        kept = tuple(memory.configuration(pair.name, side) for side in unread)
    except ArchiveError as error:
        complaint = Complaint(error.message, error.wanted or "", error.found or "", pair.name, COMMAND)
        subjects = (subject_of(pair.members.of(side)) for side in SIDES)
        return tuple(
            CheckResult(DRIFT, subject, Outcome.ERROR, TITLE, TAGS, (complaint,)) for subject in subjects
        )
    return drift_of(pair, (*seen, *kept), away)


def _own(looked: Looked) -> dict[str, Observation]:
    """Return what a router said that is about its configuration, by command."""
    answers = {one.command: one for one in looked.seen}
    wanted = dict.fromkeys((PROBE, *CONFIGURATION, *answered(looked.seen)))
    return {command: answers[command] for command in wanted if command in answers}


def _is_known(own: Mapping[str, Observation], head: str) -> bool:
    """Tell whether a router was asked for its newest commit alone, and it is the known one."""
    return COMMAND not in own and head_of(own.get(PROBE)) == head


def _unchanged(name: str, known: Known) -> CheckResult:
    note = (
        "not read again: its newest commit is that of the last good look; both members were read at "
        f"{known.read_at:%Y-%m-%d %H:%M:%S} UTC"
    )
    return CheckResult(DRIFT, subject_of(name), Outcome.SUCCESS, TITLE, TAGS, note=note)
