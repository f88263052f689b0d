"""Readiness: does the standby hold what it would need in the next second? Said in numbers, and why not.

One look at both members, every check, and what only a switchover asks for: how long the channel has been
up, which entries are here and there, and delays that are too short. What no display shows is named.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from inventory.errors import RefusedError
from inventory.model import SIDES, Pair, Side, other
from parsers.replies import ABSENT
from runbooks.observe import observe
from runbooks.readiness import Entries, Readiness, Reason
from tasks.checks.catalog import checks_for, judge
from tasks.checks.check import Answers, CannotTellError, Check, NotProvableError
from tasks.checks.configuration import CLOCK, moment_of
from tasks.checks.e_trunk import DEFAULT_REVERT_S
from tasks.checks.entries import master_of_profile
from tasks.checks.entry_kinds import KINDS, Bound, Kind, bound_to
from tasks.checks.model import CheckResult, Observation, Outcome
from tasks.checks.policy import Policy
from tasks.checks.remote_backup import CONNECTED
from tasks.checks.vrrp import delays_left, groups_of
from tasks.checks.weighing import waive
from tasks.sessions.protocol import Session

FATAL: Final = frozenset(
    {
        "rbs-connected",
        "e-trunk-roles",
        "e-trunk-hears-peer",
        "e-trunk-members",
        "eth-trunk-state",
        "vrrp-roles",
        "rbp-roles",
        "no-trial",
        "no-lock",
    }
)
"""Checks whose failure no operator may override: there is no standby that could take over."""
SWITCHED: Final = frozenset({"e-trunk-roles", "e-trunk-members"})
"""Checks that fail while the intended master of an E-Trunk is backup, so that it may be waiting."""
REVERT_LEFT: Final = "how long until an E-Trunk switches back: no display tells"
FULL_BACKUP: Final = "when the last batch backup ended: no display tells"


def look_ready(pair: Pair, sessions: Mapping[Side, Session], policy: Policy) -> Readiness:
    """Look once at both members and tell whether the standby is ready.

    Raises:
        DeviceError: a member did not answer.
    """
    checks = checks_for()
    return judge_ready(pair, observe(checks, pair, sessions), policy, checks)


def judge_ready(
    pair: Pair, observations: Sequence[Observation], policy: Policy, checks: Sequence[Check]
) -> Readiness:
    """Judge what was seen of both members.

    Args:
        pair: intent.
        observations: every display of every check.
        policy: thresholds, waivers and what readiness wants.
        checks: that are asked.
    """
    seen = {(one.member, one.command): one for one in observations}
    answers = Answers(pair, seen, policy.limits)
    today = max((one.taken_at for one in observations), default=datetime.now(UTC)).date()
    results = waive(judge(checks, pair, observations, policy.limits), policy.waivers, today)
    shown = dict(_channels(answers))
    down = tuple(name for name, (is_up, _) in shown.items() if is_up is False)
    ages = {name: age for name, (is_up, age) in shown.items() if is_up}
    young = _young({name: age for name, (_, age) in shown.items()}, policy)
    reasons = (*_failed(results), *young, *_hasty(pair, policy))
    untold = tuple(_untold(results))
    worst = Outcome.FAILURE if reasons else Outcome.ERROR if untold else Outcome.SUCCESS
    hidden = tuple(f"{one.check} of {one.subject}: {one.note}" for one in results if one.unproven)
    silent = tuple(f"since when {name} is up: not shown" for name, age in ages.items() if age is None)
    waits = any(
        (said.wanted, said.found) == ("master", "backup")
        for one in results
        if one.check in SWITCHED
        for said in one.complaints
    )
    return Readiness(
        pair.name,
        worst,
        reasons,
        untold,
        (*hidden, *silent, *((REVERT_LEFT,) if waits else ()), FULL_BACKUP),
        tuple(entries_of(answers)),
        frozenset((tag, one.subject) for one in results if one.unproven for tag in one.tags),
        ages,
        down,
        dict(delays_left(answers)),
        _skew(answers),
        results,
        tuple(observations),
    )


def require_ready(readiness: Readiness, forced: str, excused: Sequence[Reason] = ()) -> None:
    """Refuse a standby that is not ready, unless what is wrong may be overridden, and is.

    Args:
        readiness: of the standby.
        forced: the reason why it is overridden; empty: it is not.
        excused: reasons that stand in nobody's way.

    Raises:
        RefusedError: it is not ready, or that cannot be told.
    """
    reasons = [one for one in readiness.reasons if one not in excused]
    fatal = [one for one in reasons if one.fatal]
    why = fatal or ([] if forced else reasons)
    said = [reason.text for reason in why] or ([] if forced else list(readiness.untold))
    if said:
        raise RefusedError(
            f"the standby of {readiness.pair} is not ready; nothing was sent",
            wanted="a standby that holds what it would need" + ("" if fatal else ", or --force --why TEXT"),
            found="\n".join(said),
            next_command=f"hotpair ready {readiness.pair}",
        )


def _failed(results: Sequence[CheckResult]) -> Iterator[Reason]:
    """Yield each complaint of a failed check."""
    for one in results:
        if one.outcome is Outcome.FAILURE:
            for complaint in one.complaints:
                yield Reason(
                    f"{one.check}: {complaint}", one.check in FATAL, complaint, "entries" in one.tags
                )


def _untold(results: Sequence[CheckResult]) -> Iterator[str]:
    for one in results:
        if one.outcome is Outcome.ERROR:
            yield from (f"{one.check}: {complaint}" for complaint in one.complaints)


def _channels(answers: Answers) -> Iterator[tuple[str, tuple[bool | None, float | None]]]:
    """Yield whether each channel is up, as far as is shown, and for how long, by the device's own clock.

    One of which nothing can be read is neither up nor down: its check says so.
    """
    for service in answers.pair.backup_services:
        if service.only is None:
            for side in SIDES:
                seen = answers.observation(side, f"display remote-backup-service {service.name.of(side)}")
                yield f"{service.name.of(side)} on {answers.device(side)}", _channel(answers, side, seen)


def _channel(answers: Answers, side: Side, seen: Observation | None) -> tuple[bool | None, float | None]:
    if seen is not None and ABSENT.match(seen.text):
        return False, 0.0
    show = next(iter(seen.parsed.records), None) if seen else None
    if show is None:
        return None, None
    if show.tcp_state not in {CONNECTED, None}:
        return False, 0.0
    return True, _age(answers, side, show.last_up_time)


def _age(answers: Answers, side: Side, since: str | None) -> float | None:
    try:
        now = moment_of(answers, side).replace(tzinfo=None)
        begun = datetime.fromisoformat(since.partition("+")[0].strip()) if since else None
    except (CannotTellError, ValueError, KeyError, IndexError):
        return None
    return None if begun is None else (now - begun.replace(tzinfo=None)).total_seconds()


def _young(ages: Mapping[str, float | None], policy: Policy) -> Iterator[Reason]:
    """Find channels that are up for too short a time; one that does not say so is not taken as old."""
    wanted = policy.readiness.channel_up_s
    for name, age in ages.items():
        if wanted and (age is None or age < wanted):
            found = "not shown" if age is None else f"{age:.0f} s"
            yield Reason(f"channel {name}: wanted up for {wanted:g} s, found {found}")


def _hasty(pair: Pair, policy: Policy) -> Iterator[Reason]:
    """Find delays that are shorter than the policy wants: who comes back would take over too early."""
    for group in groups_of(pair):
        for side in SIDES:
            delay = group.group.preempt_delay.of(side) or 0
            least = policy.readiness.preempt_delay_s
            follows = group.group.track.admin is not None or not group.group.preempt.of(side)
            if delay < least and not follows and side == _winner(group.group):
                text = f"preemption delay of {group.name} on {pair.members.of(side)}"
                yield Reason(f"{text}: wanted {least:g} s or more, found {delay} s")
    for e_trunk in pair.e_trunks:
        for side in SIDES:
            found = e_trunk.revert_delay.of(side)
            delay = DEFAULT_REVERT_S if found is None else found
            if e_trunk.on(side) and e_trunk.revert.of(side) and delay < policy.readiness.revert_delay_s:
                text = f"delay before E-Trunk {e_trunk.id.of(side)} on {pair.members.of(side)} switches back"
                wanted = f"{policy.readiness.revert_delay_s:g} s or more"
                yield Reason(f"{text}: wanted {wanted}, found {delay} s")


def _winner(group: Any) -> Side:
    """Return the member that takes over again: the larger priority."""
    return "b" if (group.priority.b or 100) > (group.priority.a or 100) else "a"


def entries_of(answers: Answers) -> Iterator[Entries]:
    """Count the entries of every kind here and there, where both members show them."""
    for name, kind in KINDS.items():
        for subject, bound in bound_to(kind, answers.pair).items():
            master = master_of_profile(answers.pair, bound.profile)
            try:
                have = {side: kind.entries(answers, side, bound.interfaces) for side in SIDES}
            except (KeyError, NotProvableError):  # not taken, or not the pair's alone; its check says so
                continue
            missing = sorted(have[master] - have[other(master)])
            yield Entries(
                name,
                bound.interfaces[master],
                answers.device(master),
                len(have[master]),
                len(have[master]) - len(missing),
                tuple(missing),
                subject,
                have[master],
                _behind(kind, answers, master, bound, missing),
            )


def _behind(kind: Kind, answers: Answers, master: Side, bound: Bound, missing: Sequence[str]) -> float | None:
    """Return how long the master has had the oldest of the entries that are missing; nothing: not shown."""
    if kind.ages is None:
        return None
    ages = kind.ages(answers.records(master, kind.display(bound.interfaces[master])))
    return max((ages[key] for key in missing if key in ages), default=None)


def _skew(answers: Answers) -> float | None:
    """Return by how much the clocks differ."""
    if any(answers.observation(side, CLOCK) is None for side in SIDES):
        return None
    try:
        return abs((moment_of(answers, "a") - moment_of(answers, "b")).total_seconds())
    except (CannotTellError, IndexError):
        return None
