"""Batch backup now: send all entries again, and follow it to its end by what both members then show.

No display tells that a batch backup has ended; what it is for is that the backup has every entry. So the
entries are looked at until they are equal on both members and stay so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, get_args

from inventory.errors import DeviceError, IntentError, RefusedError
from inventory.explain import nearest
from inventory.model import SIDES, BackupService, Pair
from inventory.model.backup_service import NowService
from runbooks import interrupts
from runbooks.readiness import Entries, Readiness
from runbooks.ready import entries_of, look_ready
from runbooks.site import Openers, logged_in
from runbooks.verify import wait_for_pair
from tasks.checks.catalog import Selection, checks_for
from tasks.checks.check import Answers
from tasks.checks.model import CheckResult, Outcome
from tasks.checks.policy import Policy
from tasks.checks.waiting import Patience, Sample, Waited
from tasks.clock import REAL, Clock
from tasks.plan.batch import batch_commands
from tasks.plan.model import Command

TYPES: Final[tuple[NowService, ...]] = get_args(NowService)
_AS: Final[Mapping[str, NowService]] = {"igmp": "multicast", "mld": "multicast"}
"""What a service of a profile is called in a batch backup, where it is called otherwise."""


@dataclass(frozen=True, slots=True)
class Backed:
    """A batch backup that was followed to its end.

    Args:
        pair: name of the pair.
        typed: lines by member.
        before: entries here and there when it began.
        after: entries when it ended, or the time was over.
        results: of the checks of entries.
        took_s: seconds until the entries were equal and stayed so; the whole time where they did not.
    """

    pair: str
    typed: Mapping[str, tuple[str, ...]]
    before: tuple[Entries, ...]
    after: tuple[Entries, ...]
    results: tuple[CheckResult, ...]
    took_s: float

    @property
    def outcome(self) -> Outcome:
        """Success where entries were compared and are equal; error where nothing was there to compare."""
        ends = {one.outcome for one in self.results}
        if Outcome.FAILURE in ends:
            return Outcome.FAILURE
        return Outcome.SUCCESS if Outcome.SUCCESS in ends and Outcome.ERROR not in ends else Outcome.ERROR


def asked_for(pair: Pair, types: Sequence[str]) -> Pair:
    """Return the pair with the batch backups that are to be started now.

    Args:
        pair: intent.
        types: service types; without any, all that the profiles of each channel back up.

    Raises:
        IntentError: a type is not known, or the pair has no channel on both members.
    """
    for one in types:
        if one not in TYPES:
            known = sorted(TYPES)
            raise IntentError(
                f"no batch backup is named {one!r}{nearest(one, known)}", wanted=", ".join(known)
            )
    services = tuple(
        service.model_copy(update={"batch_backup_now": tuple(types) or _backed_up(pair, service)})
        for service in pair.backup_services
        if service.only is None
    )
    if not any(service.batch_backup_now for service in services):
        raise IntentError(f"{pair.name} backs up nothing", wanted="a backup profile with services")
    return pair.model_copy(update={"backup_services": services})


def _backed_up(pair: Pair, service: BackupService) -> tuple[NowService, ...]:
    """Return what the profiles of a channel back up, as a batch backup names it."""
    names = {
        _AS.get(one, one)
        for profile in pair.backup_profiles
        if profile.service.a == service.name.a
        for one in profile.services.a
    }
    return tuple(known for known in TYPES if known in names)


def plan_backup(pair: Pair, types: Sequence[str]) -> Mapping[str, tuple[Command, ...]]:
    """Return what is typed on each member; errors as for `asked_for`."""
    wanted = asked_for(pair, types)
    return {pair.members.of(side): batch_commands(wanted, side) for side in SIDES}


def backup_now(
    pair: Pair,
    openers: Openers,
    types: Sequence[str],
    *,
    policy: Policy,
    patience: Patience,
    progress: Callable[[Sample], None] = lambda _sample: None,
    clock: Clock = REAL,
) -> Backed:
    """Start batch backups on both members, and look until the entries are equal.

    Args:
        pair: intent.
        openers: ways to log in, by device name.
        types: service types; without any, all that is backed up.
        policy: thresholds and waivers.
        patience: how long to look.
        progress: told of each look.
        clock: by which is waited.

    Raises:
        IntentError: a type is not known.
        RefusedError: there is no standby that could take it; nothing was sent.
        DeviceError: a member did not answer, or refused the line; or a signal came when they were started.
    """
    lines = plan_backup(pair, types)
    sessions = logged_in(pair, openers)
    begun = look_ready(pair, sessions, policy)
    _require_channel(begun)
    interrupts.raise_if_interrupted()  # one that got lost on the way
    with interrupts.held_back():  # on both members, or on none
        for session in sessions.values():
            session.stage(lines[session.member])
            session.close()
    try:
        interrupts.raise_if_interrupted()
        waited = _waited(pair, openers, policy=policy, patience=patience, progress=progress, clock=clock)
    except KeyboardInterrupt:
        raise DeviceError(
            "interrupted: the batch backups are started on both members, and nobody has seen their end",
            next_command=f"hotpair ready {pair.name}",
        ) from None
    seen = {(one.member, one.command): one for one in waited.observations}
    return Backed(
        pair.name,
        {member: tuple(one.text for one in commands) for member, commands in lines.items()},
        begun.entries,
        tuple(entries_of(Answers(pair, seen, policy.limits))),
        waited.results,
        waited.took_s,
    )


def _waited(
    pair: Pair,
    openers: Openers,
    *,
    policy: Policy,
    patience: Patience,
    progress: Callable[[Sample], None],
    clock: Clock,
) -> Waited:
    """Look until the entries are equal on both members and stay so, or the time is over."""
    checks = checks_for(Selection(tags=("entries",)))
    sessions = logged_in(pair, openers)
    return wait_for_pair(
        pair, sessions, checks, patience=patience, policy=policy, progress=progress, clock=clock
    )


def _require_channel(begun: Readiness) -> None:
    """Refuse where nobody would take the entries."""
    if begun.fatal or begun.untold:
        found = [reason.text for reason in begun.fatal] or list(begun.untold)
        raise RefusedError(
            f"nothing of {begun.pair} can be backed up now; nothing was sent",
            wanted="a connected channel and clear roles",
            found="\n".join(found),
            next_command=f"hotpair ready {begun.pair}",
        )
