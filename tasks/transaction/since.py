"""What befell a member without a commit of a transaction since that began on the other member."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial

from inventory.errors import RefusedError
from parsers.commits import CommitRecord
from tasks.transaction.link import Link, Work, results, side_by_side
from tasks.transaction.owned import lines_in
from tasks.transaction.tracing import Found, changes_of, record_of, transaction_of


def refuse_overtaken(links: Mapping[str, Link], transaction: str, found: Mapping[str, Found]) -> None:
    """Refuse where a member without a commit of a transaction holds what another one made of it since.

    Taking the commits of the transaction back on the other member would then leave half a pair.

    Args:
        links: ways to the members, by side.
        transaction: its id.
        found: what both devices say of it, by side.

    Raises:
        DeviceError: a member is out of reach.
        RefusedError: there is such a member.
    """
    for side, one in found.items():
        since = tuple(other for other in _since(found, side) if transaction_of(other))
        if not since:
            continue
        changes = links[side].ask(partial(changes_of, commits=since))
        record = record_of(replace(one, commits=since, changes=changes), idle=False)
        if lines_in(one.running).within({*record.base, *record.made}) == record.base != record.made:
            continue  # it was taken back
        raise RefusedError(
            f"{one.member} was changed by another transaction since {transaction} began on the other member",
            wanted=f"{one.member} as it was before {transaction}",
            found=", ".join(
                f"{other.label or transaction_of(other)} (commit {other.commit_id} at {other.at})"
                for other in since
            ),
            member=one.member,
            next_command=f"hotpair rollback {transaction_of(since[-1])}",
        )


def never_had(one: Found, other: Found) -> bool:
    """Tell whether a member surely never had a commit of a transaction that stands on the other one.

    Its list of commits must reach back to before the transaction: our description on the other member tells
    the newest commit of that moment; where it was cut off, the devices' clocks do.
    """
    if one.anything or not other.commits or other.alone:
        return False
    if other.other_head is not None:
        return any(commit.commit_id == other.other_head for commit in one.others)
    return any(_is_before(commit.at, other.commits[0].at) for commit in one.others)


def changed_since(links: Mapping[str, Link], found: Mapping[str, Found]) -> dict[str, tuple[str, ...]]:
    """Ask members without a commit of a transaction what others changed since it began on the other member.

    Args:
        links: ways to the members, by side.
        found: what both devices say of it, by side.

    Raises:
        DeviceError: a member is out of reach.

    Returns:
        What each of those commits changed, as the device shows it, oldest first, by side.
    """
    since = {side: commits for side in found if (commits := _since(found, side))}
    work: dict[str, Work[tuple[str, ...]]] = {
        side: partial(changes_of, commits=commits) for side, commits in since.items()
    }
    return results(side_by_side(links, work))


def _since(found: Mapping[str, Found], side: str) -> tuple[CommitRecord, ...]:
    """Return the commits on a member without any of ours that are younger than ours on the other one.

    Our description there tells the newest commit that was here; where it was cut off, the devices' clocks do.
    A trial that bears our id alone has no commit with our name yet: it began with the newest one, or after.
    """
    one, other = found[side], next(other for name, other in found.items() if name != side)
    first = (other.commits or (other.others[-1:] if other.on_trial else ()))[:1]
    if one.anything or not first or other.alone:
        return ()
    head, began = other.other_head, first[0].at
    if head is not None:
        return tuple(commit for commit in one.others if commit.commit_id > head)
    return tuple(commit for commit in one.others if not _is_before(commit.at, began))


def _is_before(one: str, other: str) -> bool:
    """Tell whether a moment is surely before another one; what cannot be read is not."""
    try:
        return datetime.fromisoformat(one) < datetime.fromisoformat(other)
    except (ValueError, TypeError):
        return False
