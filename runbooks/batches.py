"""Start the batch backups that an intent asks for, once both members are new and saved."""

from __future__ import annotations

from inventory.errors import DeviceError
from inventory.model import Pair
from runbooks.site import Openers, logged_in
from tasks.plan.model import PairPlan


def start_batches(plan: PairPlan, pair: Pair, openers: Openers) -> DeviceError | None:
    """Type what a plan has for afterwards; one that does not start takes nothing back, and is told.

    Args:
        plan: of the pair; of its lines nothing is typed.
        pair: its members.
        openers: ways to log in, by device name.
    """
    actions = {one.member: one.afterwards for one in (plan.a, plan.b) if one.afterwards}
    if not actions:
        return None
    try:
        for session in logged_in(pair, openers).values():
            if session.member in actions:
                session.stage(actions[session.member])
    except DeviceError as error:
        return DeviceError(
            f"both members are new and saved, but batch backup did not start: {error.message}",
            wanted="batch-backup on both members",
            found=error.found,
            member=error.member,
            where=error.where,
        )
    return None
