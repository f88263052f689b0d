"""Take up a transaction that was cut off, on this host or on another."""

from __future__ import annotations

from pathlib import Path

from inventory.model import SIDES, Pair
from runbooks.deploy import Deployment, adopt, resume
from runbooks.site import Openers
from tasks.transaction.model import Notify


def take_up(
    transaction: str,
    pair: Pair,
    openers: Openers,
    journals: Path,
    *,
    adopted: bool = False,
    notify: Notify | None = None,
) -> Deployment:
    """Bring a transaction to its end: both members new, or both as before.

    Args:
        transaction: its id.
        pair: its name and its members.
        openers: ways to log in, by device name.
        journals: folder of this host's journals.
        adopted: the journal lies on another host; the devices and the id are all there is.
        notify: told each step.

    Raises:
        IntentError: no such transaction.
        RefusedError: another process works on it, or this host has its journal and it was to be adopted.
        DeviceError: a member is out of reach.
    """
    if not adopted:
        return resume(transaction, openers, journals, notify=notify)
    members: dict[str, str] = {side: pair.members.of(side) for side in SIDES}
    return adopt(transaction, pair.name, members, openers, journals, notify=notify)
