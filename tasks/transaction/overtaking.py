"""Who touched the lines of a transaction since it was made, and what of them would be lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from inventory.errors import RefusedError
from parsers.commits import CommitRecord
from tasks.sessions.protocol import Session
from tasks.sessions.steps import Step
from tasks.transaction.owned import shown_lines
from tasks.transaction.records import MemberRecord
from tasks.transaction.tracing import Found, changes_of, record_of, transaction_of

_NAMED = 5
"""How many lines of a commit are named."""


@dataclass(frozen=True, slots=True)
class Touch:
    """A later commit that touched lines of a transaction.

    Args:
        commit: of somebody else, or of a later transaction.
        gone: lines that it took away.
        come: lines that it brought.
    """

    commit: CommitRecord
    gone: frozenset[str]
    come: frozenset[str]

    @property
    def who(self) -> str:
        """Show as `commit 1000000007 by admin at 2026-03-01 02:11:07 (hp-31b8e04b98)`."""
        name = self.commit.label or transaction_of(self.commit)
        by = f"commit {self.commit.commit_id} by {self.commit.user} at {self.commit.at}"
        return f"{by} ({name})" if name else by

    def __str__(self) -> str:
        """Show who it was, and the lines."""
        took = [f"it took away {_some(self.gone)}"] if self.gone else []
        brought = [f"it brought {_some(self.come)}, which would be lost"] if self.come else []
        return f"{self.who}: {'; '.join((*took, *brought))}"


def _some(lines: Iterable[str]) -> str:
    """Name the first of some lines."""
    given = sorted(lines)
    more = f" and {len(given) - _NAMED} more" if len(given) > _NAMED else ""
    return ", ".join(f"`{line}`" for line in given[:_NAMED]) + more


def touches(session: Session, found: Found) -> Step[tuple[Touch, ...]]:
    """Ask which commits after ours touched our lines, or stand in objects that we made; oldest first.

    Args:
        session: with the member.
        found: what it says of the transaction.
    """
    record = record_of(found, idle=False)
    ours = {*record.made} ^ {*record.base}
    made = tuple(f"{line} / " for line in {*record.made} - {*record.base} if " / " not in line)
    later = tuple(one for one in found.others if one.commit_id > found.commits[0].commit_id)
    texts = yield from changes_of(session, later)
    read = (
        Touch(
            commit, _telling(shown_lines(text, "-"), ours, made), _telling(shown_lines(text, "+"), ours, made)
        )
        for commit, text in zip(later, texts, strict=True)
    )
    return tuple(one for one in read if one.gone or one.come)


def _telling(lines: Iterable[str], ours: set[str], made: tuple[str, ...]) -> frozenset[str]:
    return frozenset(line for line in lines if line in ours or line.startswith(made))


def gone_already(found: Found, touched: Iterable[Touch]) -> RefusedError:
    """Return the refusal to take a transaction back on a member that does not hold its lines any more."""
    given = tuple(touched)
    record = record_of(found, idle=False)
    taker = next((one for one in given if _is_inverse(one, record)), None)
    if taker is not None and given[-1] is taker:
        return RefusedError(
            f"transaction {found.transaction} was taken back on {found.member} already; nothing was sent",
            wanted="its lines",
            found=f"taken back by {taker.who}",
            member=found.member,
        )
    return RefusedError(
        f"{found.member} does not hold what transaction {found.transaction} made; nothing was sent",
        wanted="its lines; take the later change back first",
        found="; ".join(map(str, given)) or "other lines, and no commit in the list tells whose",
        member=found.member,
        next_command=_first_of(given),
    )


def _is_inverse(touch: Touch, record: MemberRecord) -> bool:
    """Tell whether a commit took all of our lines away, and put all back that we had taken."""
    brought, taken = {*record.made} - {*record.base}, {*record.base} - {*record.made}
    return brought <= touch.gone and taken <= touch.come


def too_much(found: Found, differences: Iterable[str], touched: Iterable[Touch]) -> RefusedError:
    """Return the refusal to take back what would take more, or less, than the transaction's own lines."""
    given = tuple(touched)
    return RefusedError(
        f"taking the transaction back on {found.member} would take more than its own lines; nothing was sent",
        wanted="its lines and no other; take the later change back first",
        found="; ".join((*differences, *map(str, given))),
        member=found.member,
        where="display configuration candidate changes",
        next_command=_first_of(given),
    )


def _first_of(touched: tuple[Touch, ...]) -> str | None:
    """Return what to type about the last one that touched our lines: it goes first."""
    return next(_about(reversed(touched)), None)


def _about(touched: Iterable[Touch]) -> Iterator[str]:
    for one in touched:
        later = transaction_of(one.commit)
        shown = f"display configuration commit changes at {one.commit.commit_id}"  # on the device
        yield f"hotpair rollback {later}" if later else shown
