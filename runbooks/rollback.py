"""Take a finished transaction back: shown first, agreed to, and carried out as a pair transaction."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from inventory.errors import IntentError, RefusedError
from inventory.lines.impact import Impact
from inventory.model import SIDES, Pair
from runbooks import interrupts
from runbooks.ended import run_of_end
from runbooks.hitless.model import Hitless
from runbooks.hitless.results import hitless_of, results_of
from runbooks.hitless.sampler import Around, Sampler, Sampling, sampled, standing_by
from runbooks.refusals import keep_refusal
from runbooks.report.run import Change, Run, RunKind
from runbooks.secret_marks import doubt_marks
from runbooks.site import Openers
from runbooks.transactions import find
from tasks.clock import REAL
from tasks.transaction.ends import Decider, End
from tasks.transaction.journal import journal_path, new_transaction_id
from tasks.transaction.model import Notify, Outcome, require_ticket
from tasks.transaction.tools import Tools, silent
from tasks.transaction.undo import MemberUndo, PairUndo, plan_undo, undo

_NOT_AGREED = "the rollback was not agreed to"
KEY = "<key>"
"""What stands in the place of a key in the lines of a preview."""


@dataclass(frozen=True, slots=True)
class Subject:
    """The transaction that is to be taken back.

    Args:
        transaction: its id.
        pair: name of its pair.
        members: its devices, a first.
    """

    transaction: str
    pair: str
    members: tuple[str, str]


@dataclass(frozen=True, slots=True)
class RollbackOptions:
    """How a transaction is to be taken back.

    Args:
        journals: folder of the journals.
        notify: told each step.
        ticket: of the change that takes it back.
        announce: told the id of the new transaction before anything else is said of it.
        agree: asked with the preview before anything is sent; false refuses.
        intent: of the pair, where it is known: without it nobody knows what to sample.
        sampling: how the pair is sampled meanwhile; nothing: it is not.
        traffic: file of a witness of the traffic.
    """

    journals: Path
    notify: Notify
    ticket: str = ""
    announce: Callable[[str], None] = field(default=lambda _transaction: None)
    agree: Callable[[PairUndo], bool] = field(default=lambda _planned: True)
    intent: Pair | None = None
    sampling: Sampling | None = None
    traffic: Path | None = None


@dataclass(frozen=True, slots=True)
class RolledBack:
    """A rollback that came to its end.

    Args:
        outcome: how it ended.
        run: for the archive.
        hitless: what a sampler saw meanwhile; nothing without one.
    """

    outcome: Outcome
    run: Run
    hitless: Hitless | None = None


def known_here(journals: Path, transaction: str) -> Subject | None:
    """Tell what this host knows of a transaction; nothing where another host made it.

    Raises:
        IntentError: that is no id, or its journal cannot be read.
    """
    if not journal_path(journals, transaction).is_file():
        return None
    opening = find(journals, transaction).opening
    if opening is None:
        raise IntentError("the journal does not tell the members", found=transaction)
    return Subject(transaction, opening.pair, opening.members)


def roll_back(subject: Subject, openers: Openers, options: RollbackOptions) -> RolledBack:
    """Take a transaction back on both members, or on neither; what others committed since stays.

    Args:
        subject: the transaction, its pair and its devices.
        openers: ways to log in, by device name.
        options: how.

    Raises:
        IntentError: the ticket is none.
        DeviceError: a member is out of reach.
        RefusedError: nothing is there to take back, more would go than its own lines, or it was not agreed.
    """
    require_ticket(options.ticket)
    started_at = REAL.now()
    members: dict[str, str] = dict(zip(SIDES, subject.members, strict=True))
    planned = plan_undo(subject.transaction, subject.pair, members, lambda name: openers[name]())
    transaction = new_transaction_id()
    options.announce(transaction)
    refused = partial(
        keep_refusal,
        options.journals,
        transaction,
        subject.pair,
        subject.members,
        ticket=options.ticket,
        undoes=subject.transaction,
    )
    if not options.agree(planned):
        refused(_NOT_AGREED, by=Decider.OPERATOR)
        raise RefusedError(f"{_NOT_AGREED}; nothing was sent")
    bare = Around(openers, options.notify, REAL)
    with _standing_by(options) as sampler, sampled(sampler, bare) as around:
        outcome = undo(
            planned,
            lambda name: around.openers[name](),
            options.journals,
            ticket=options.ticket,
            tools=Tools(around.notify or silent, REAL.sleep, REAL.now),
            interrupted=interrupts.came,
            new_id=lambda: transaction,
        )
        interrupts.ended()
    hitless = hitless_of(around.sampler, options.traffic, REAL)
    if outcome.end is End.REFUSED:
        refused(outcome.reason)
    if outcome.end is End.DONE and _moves_keys(planned):
        doubt_marks(options.journals, subject.pair)
    run = run_of_end(RunKind.ROLLBACK, outcome, started_at, REAL.now())
    results = (*run.results, *results_of(hitless, asked=False))
    changes = (_change(planned.a), _change(planned.b))
    return RolledBack(
        outcome,
        replace(run, results=results, hitless=hitless, changes=changes, ticket=options.ticket),
        hitless,
    )


def _change(one: MemberUndo) -> Change:
    """Return the lines that a member loses and gets back, for the reports."""
    # what is undone is not typed line by line: its impact is not known, which counts as affecting
    lines = (*(f"- {line}" for line in one.going), *(f"+ {line}" for line in one.coming))
    return Change(one.plan.member, lines, tuple(Impact.AFFECTS_SERVICE.value for _ in lines))


def _standing_by(options: RollbackOptions) -> AbstractContextManager[Sampler | None]:
    """Have a sampler ready, where the intent of the pair is known."""
    return nullcontext() if options.intent is None else standing_by(options.intent, options.sampling)


def _moves_keys(planned: PairUndo) -> bool:
    return any(KEY in line for one in (planned.a, planned.b) for line in (*one.going, *one.coming))
