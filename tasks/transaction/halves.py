"""A pair that was left half changed and half saved: the gate refuses to build on it.

Where a host died between two saves, or somebody saved one member half-way, nothing on that member alone tells
it: it holds a finished commit of ours, saved. The other member tells, on which the same transaction was taken
back, or which holds no commit of it though its list reaches back to before it.
"""

from __future__ import annotations

from collections.abc import Mapping

from inventory.errors import RefusedError
from parsers.replies import CommitPoint
from tasks.transaction.known import TAKEN_BACK, telling
from tasks.transaction.link import Link
from tasks.transaction.owned import lines_in
from tasks.transaction.residue import OUR_LABEL
from tasks.transaction.seeing import SIDES
from tasks.transaction.since import never_had
from tasks.transaction.tracing import Found, record_of, trace


def refuse_half_pair(
    links: Mapping[str, Link], points: Mapping[str, tuple[CommitPoint, ...]], pair: str, undoes: str
) -> None:
    """Refuse where a member holds what a transaction made of it, and the other one holds nothing of it.

    The devices are asked again only where the newest label of ours stands on one of them alone, or where it
    was taken back on one.

    Args:
        links: ways to the members, by side.
        points: newest commits of each, newest first, by side.
        pair: name of the pair.
        undoes: id of the transaction that is to be taken back: a half one too; empty for a deployment.

    Raises:
        DeviceError: a member is out of reach.
        RefusedError: the pair is half changed.
    """
    for side, other in (SIDES, SIDES[::-1]):
        transaction = _newest(points[side])
        if transaction in {"", undoes} or _made_and_kept(transaction, points[other]):
            continue
        found = trace(links, transaction)
        holder, lacking = found[side], found[other]
        if _runs(holder, made=True) and (never_had(lacking, holder) or _runs(lacking, made=False)):
            raise _half(transaction, holder, lacking, pair)


def _newest(points: tuple[CommitPoint, ...]) -> str:
    """Return the transaction of the newest commit of ours; empty where that one took another back."""
    newest = next((point.label for point in points if point.label and _id_in(point.label)), "")
    return "" if newest.startswith(TAKEN_BACK) else _id_in(newest)


def _made_and_kept(transaction: str, points: tuple[CommitPoint, ...]) -> bool:
    """Tell whether the list of a member shows a transaction, and not that it was taken back."""
    labels = [point.label for point in points if point.label and _id_in(point.label) == transaction]
    return bool(labels) and not any(label.startswith(TAKEN_BACK) for label in labels)


def _id_in(label: str) -> str:
    ours = OUR_LABEL.fullmatch(label)
    return ours["id"] if ours else ""


def _runs(one: Found, *, made: bool) -> bool:
    """Tell whether a member runs what our commits made of it, or again what it ran before them."""
    record = record_of(one, idle=False)
    if not one.commits or record.made == record.base:
        return False
    return lines_in(one.running).within(telling(record)) == (record.made if made else record.base)


def _half(transaction: str, holder: Found, lacking: Found, pair: str) -> RefusedError:
    return RefusedError(
        f"the pair is half changed: {holder.member} holds what transaction {transaction} made of it,"
        f" {lacking.member} does not; nothing was sent",
        wanted="a finished change, made on both members",
        found=f"{holder}; {lacking}",
        member=holder.member,
        next_command=f"hotpair rollback {transaction} --pair {pair}",
    )
