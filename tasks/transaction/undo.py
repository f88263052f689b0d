"""Take a finished transaction back: its commits and nothing else, as a pair transaction of its own.

Source: command reference, load configuration rollback changes at commit-id. The inverse of each of our
commits is loaded and compared with our own lines twice: for the preview, and again when it is carried out;
then it is on trial, confirmed and saved like any other change. What others committed since stays; where the
inverse would take more than our own lines, nothing is done, and what would be lost is told. The devices are
all that is needed: no journal, no intent.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from inventory.errors import RefusedError
from parsers.tree import read_tree
from tasks.plan.model import MemberPlan, Stage
from tasks.sessions.protocol import Session
from tasks.sessions.steps import Step
from tasks.transaction.journal import new_transaction_id
from tasks.transaction.link import Link, Work, results, side_by_side
from tasks.transaction.model import Converge, MemberChange, Outcome, PairChange, Verdict
from tasks.transaction.overtaking import gone_already, too_much, touches
from tasks.transaction.resume import Opener, link_to
from tasks.transaction.run import carry_out, never
from tasks.transaction.seeing import SIDES
from tasks.transaction.since import refuse_overtaken
from tasks.transaction.tools import DEFAULT, Tools
from tasks.transaction.tracing import Found, record_of, trace
from tasks.transaction.undoing import unlike_lines

_MERGED = "display configuration candidate merge"


@dataclass(frozen=True, slots=True)
class MemberUndo:
    """What taking a transaction back does on one member.

    Args:
        plan: from what runs to what runs without our lines; its stages hold no commands.
        commits: our commits, newest first; empty where the member had no part in it.
        base_commit: newest commit when this was read.
        going: lines that go, as `block / line`.
        coming: lines that come back.
    """

    plan: MemberPlan
    commits: tuple[int, ...]
    base_commit: int | None
    going: tuple[str, ...]
    coming: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PairUndo:
    """What taking a transaction back does on both members; the preview.

    Args:
        transaction: its id.
        pair: name of the pair.
        a: the intended master.
        b: the intended backup.
    """

    transaction: str
    pair: str
    a: MemberUndo
    b: MemberUndo


def _nothing_to_judge(_sessions: Mapping[str, Session]) -> Verdict:
    return Verdict(held=True, text="our lines are taken back")


def plan_undo(transaction: str, pair: str, members: Mapping[str, str], open_session: Opener) -> PairUndo:
    """Read what taking a transaction back would do; nothing is committed.

    Args:
        transaction: its id.
        pair: name of the pair.
        members: device names by side, `a` and `b`.
        open_session: logs in on a member.

    Raises:
        DeviceError: a member is out of reach.
        RefusedError: no device holds a commit of it, it was taken back already, a trial runs, or taking it
            back would take more than our own lines.
    """
    links = {side: link_to(members[side], open_session) for side in SIDES}
    try:
        found = trace(links, transaction)
        _refuse_nothing(links, transaction, found)
        refuse_overtaken(links, transaction, found)
        work: dict[str, Work[MemberUndo]] = {side: _Reading(found[side]).work for side in SIDES}
        read = results(side_by_side(links, work, patient=True))
    finally:
        for link in links.values():
            link.drop()
    return PairUndo(transaction, pair, read["a"], read["b"])


def undo(
    planned: PairUndo,
    open_session: Opener,
    journals: Path,
    *,
    budget_s: float = 0.0,
    converge: Converge = _nothing_to_judge,
    ticket: str = "",
    tools: Tools = DEFAULT,
    interrupted: Callable[[], bool] = never,
    new_id: Callable[[], str] = new_transaction_id,
) -> Outcome:
    """Take a transaction back on both members, or on neither.

    Args:
        planned: see `plan_undo`; refused where a device moved since.
        open_session: logs in on a member.
        journals: folder of the journals.
        budget_s: seconds that `converge` may take.
        converge: tells whether the pair holds what it then should.
        ticket: of the change that takes it back.
        tools: of the world.
        interrupted: asked between steps, as in `carry_out`.
        new_id: gives the id of the transaction that takes it back.
    """
    a, b = (_change(one, open_session) for one in (planned.a, planned.b))
    change = PairChange(planned.pair, a, b, converge, budget_s, ticket, undoes=planned.transaction)
    return carry_out(change, journals, tools=tools, interrupted=interrupted, new_id=new_id)


def _change(one: MemberUndo, open_session: Opener) -> MemberChange:
    member = one.plan.member
    return MemberChange(one.plan, lambda: open_session(member), one.base_commit, one.commits)


def _refuse_nothing(links: Mapping[str, Link], transaction: str, found: Mapping[str, Found]) -> None:
    """Refuse where there is nothing to take back, or where it is not finished."""
    for one in found.values():
        if one.anothers:
            raise RefusedError(
                f"{one.member} is on another trial",
                wanted="no trial",
                found=one.anothers,
                member=one.member,
            )
    unfinished = [str(one) for one in found.values() if one.on_trial or (one.commits and not one.complete)]
    if unfinished:
        raise RefusedError(
            f"transaction {transaction} is not finished",
            wanted="no trial, and its last commit on each member that holds one",
            found="; ".join(unfinished),
            next_command=f"hotpair txn resume {transaction}",
        )
    if not any(one.commits for one in found.values()):
        raise RefusedError(
            f"neither device holds a commit of transaction {transaction}",
            wanted="its label or description in the list of commits",
            found="; ".join(f"{one.member}: no commit of it" for one in found.values()),
        )
    for side, one in found.items():
        if one.commits and not one.holds_new(record_of(one, idle=False)):
            raise gone_already(one, links[side].ask(partial(touches, found=one)))


@dataclass(frozen=True, slots=True)
class _Reading:
    """Reads what taking our commits back does on one member."""

    found: Found

    def work(self, session: Session) -> Step[MemberUndo]:
        """Load the inverse of each commit, newest first, read what it makes, and drop it again."""
        member, record = self.found.member, record_of(self.found, idle=False)
        base = read_tree(self.found.running, member)
        newest = yield from session.commit_list.step(1)
        commits = tuple(commit.commit_id for commit in reversed(self.found.commits))
        stages: list[Stage] = []
        text = ""
        if commits:
            yield from session.clear_candidate.step()
        for commit in commits:
            yield from session.load_rollback.step(commit)
            merged = yield from session.run.step(_MERGED)
            stages.append(Stage((), read_tree(merged, member)))
        if commits:
            text = yield from session.candidate_changes.step()
            yield from session.clear_candidate.step()
            yield from session.leave.step()
        differences = unlike_lines(text, old=record.made, new=record.base)
        if differences:
            raise too_much(self.found, differences, (yield from touches(session, self.found)))
        return MemberUndo(
            MemberPlan(member, tuple(stages), (), base),
            commits,
            newest[0].commit_id if newest else None,
            tuple(sorted({*record.made} - {*record.base})),
            tuple(sorted({*record.base} - {*record.made})),
        )
