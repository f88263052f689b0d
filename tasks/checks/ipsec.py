"""IPsec: the instances that a profile protects, and how many IKE security associations are backed up.

A device counts the associations for which it is master and those of its peer, for the whole of itself and not
by profile. So the counts say something of a pair only where no instance is bound to a profile of another one.
Which IPsec SAs a backup holds is shown by no display.

Source: manual pages display ike sa, display ipsec instance.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from inventory.model import SIDES, BackupProfile, Pair, other
from tasks.checks.check import Answers, Check, Need, NothingToCompareError, NotProvableError
from tasks.checks.model import Complaint

IKE: Final = "display ike sa"
INSTANCES: Final = "display ipsec instance"
_ROLES: Final = ["master", "slave"]


def origins_of_ike(records: tuple[Any, ...]) -> tuple[int, int]:
    """Return for how many associations a member is master, and how many it has from the other one."""
    return (
        sum(row.multi_homing_master or 0 for row in records),
        sum(row.multi_homing_slave or 0 for row in records),
    )


def require_own(answers: Answers) -> None:
    """Refuse to judge counts of a device that has associations of another pair.

    Raises:
        NotProvableError: an instance is bound to a profile that is not of this pair, or to none.
    """
    for side in SIDES:
        own = {profile.name.of(side).casefold() for profile in answers.pair.backup_profiles}
        for row in answers.records(side, INSTANCES):
            if (row.profile or "").casefold() not in own:
                raise NotProvableError(
                    f"{answers.device(side)} counts for the whole of itself, and IPsec instance {row.id} is"
                    f" bound to {row.profile or 'no profile'}, which is none of this pair"
                )


def _protected(pair: Pair) -> Mapping[str, BackupProfile]:
    """Return the profiles that back up IPsec."""
    return {
        f"RBP {profile.name.a}": profile
        for profile in pair.backup_profiles
        if profile.only is None and "ipsec" in profile.services.a
    }


def _needs(_pair: Pair, _profile: BackupProfile) -> tuple[Need, ...]:
    return tuple(Need(side, INSTANCES, may_be_empty=True) for side in SIDES)


def _instances(answers: Answers, profile: BackupProfile) -> Iterator[Complaint]:
    """Find an instance of one member alone, two of one role, and a backup that is not at work."""
    rows = {
        side: [
            row
            for row in answers.records(side, INSTANCES)
            if (row.profile or "").casefold() == profile.name.of(side).casefold()
        ]
        for side in SIDES
    }
    if not any(rows.values()):
        raise NothingToCompareError("no IPsec instance is bound to the profile on either member")
    for side in SIDES:
        if not rows[side]:
            wanted = f"one, as on {answers.device(other(side))}"
            yield answers.complaint(
                side, INSTANCES, "no IPsec instance is bound to the profile", wanted, None
            )
        for row in rows[side]:
            yield from answers.compare(
                side,
                INSTANCES,
                (f"backup channel of IPsec instance {row.id}", "up", row.channel_state),
                (f"backup of IPsec instance {row.id}", "realupdate", row.fsm_state),
            )
    roles = sorted(row.vrrp_state or "" for found in rows.values() for row in found[:1])
    if all(rows.values()) and roles != _ROLES:
        yield answers.complaint(
            None, INSTANCES, "roles of the IPsec instances", "one master and one slave", roles
        )


CHECKS: Final = (
    Check(
        "ipsec-instances",
        "The IPsec instances of both members back each other up",
        ("entries", "ipsec"),
        _protected,
        _needs,
        _instances,
    ),
)
