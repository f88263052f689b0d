"""`hotpair rollback`: take a finished transaction back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hotpair.cli.asked import TicketOption
from hotpair.cli.asking import agreeing
from hotpair.cli.deploy_options import YesOption
from hotpair.cli.deploy_shown import announced
from hotpair.cli.fleet import (
    HERE,
    JOURNALS,
    DriverOption,
    InventoryOption,
    RunsOption,
    TrafficOption,
)
from hotpair.cli.live import live
from hotpair.cli.memory import memory_of_end, remember
from hotpair.cli.output import Format, FormatOption, out, show_next
from hotpair.cli.over_time import ArchiveOption
from hotpair.cli.txn import IdArgument
from hotpair.cli.txn_ends import show_outcome
from inventory.errors import IntentError

if TYPE_CHECKING:
    from nornir.core import Nornir

    from runbooks.rollback import Subject
    from tasks.transaction.undo import PairUndo


def rollback(
    transaction: IdArgument,
    pair: Annotated[
        str | None, typer.Option("--pair", help="Its pair, where no journal of this host knows it.")
    ] = None,
    inventory: InventoryOption = HERE,
    driver: DriverOption = None,
    *,
    yes: YesOption = False,
    ticket: TicketOption = "",
    traffic: TrafficOption = None,
    runs: RunsOption = None,
    archive: ArchiveOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Take a finished transaction back on both members, or on neither.

    Shows what goes and what comes back, and asks. Only its own commits are undone; it is a transaction of its
    own, on trial like any other. Refused with 4 where somebody changed the same lines since. Where the intent
    of the pair is known, one more session a member looks on: was it hitless? The run is kept like any other.

    Examples:
      hotpair rollback hp-31b8e04b98
      hotpair rollback hp-31b8e04b98 --pair metro-1 --yes
    """
    from functools import partial

    from runbooks.hitless.sampler import Sampling
    from runbooks.inventory_pairs import pairs_in
    from runbooks.report.undo_view import undo_view
    from runbooks.rollback import RollbackOptions, roll_back
    from runbooks.site import beside, on_devices, open_inventory

    if fmt is Format.JSON and not yes:
        raise IntentError("a program cannot be asked", wanted="--yes with --format json")
    nornir = open_inventory(inventory, driver.value if driver else None)
    subject = _subject(transaction, pair, inventory / JOURNALS, nornir)
    with live(f"reading what {transaction} did") as line:

        def show(planned: PairUndo) -> None:
            if fmt is Format.TABLE:
                out.print(undo_view(planned))

        agree = agreeing(line, show, "Take this back on both members?", yes=yes)
        intent = pairs_in(nornir).good.get(subject.pair)
        options = RollbackOptions(
            inventory / JOURNALS,
            line.step,
            ticket,
            partial(announced, fmt),
            agree,
            intent,
            None if intent is None else Sampling(beside(nornir, intent)),
            traffic,
        )
        back = on_devices(nornir, subject.members, lambda openers: roll_back(subject, openers, options))
    if fmt is Format.TABLE and back.hitless is not None:
        for text in (*back.hitless.lines(), *(f"  {row}" for row in back.hitless.told())):
            out.print(text, markup=False, soft_wrap=True)
    remember(back.run, memory_of_end(inventory, runs, archive, intent, ticket))
    show_outcome(back.outcome, fmt, undoes=transaction, hitless=back.hitless)
    if intent is not None:
        show_next(f"hotpair check {intent.name}")  # nobody has looked at the pair since


def _subject(transaction: str, pair: str | None, journals: Path, nornir: Nornir) -> Subject:
    """Tell which transaction is meant, from its journal or from the pair's name."""
    from runbooks.inventory_pairs import pair_named
    from runbooks.rollback import Subject, known_here
    from runbooks.transactions import not_here

    known = known_here(journals, transaction)
    if known is not None:
        if pair not in {None, known.pair}:
            raise IntentError(
                f"{transaction} is a transaction of another pair", wanted=known.pair, found=pair
            )
        return known
    if pair is None:
        raise not_here(
            journals,
            transaction,
            wanted="the id of one that `hotpair txn list` names; or --pair PAIR, and the devices tell",
            otherwise="hotpair txn list",
        )
    intent = pair_named(nornir, pair)
    return Subject(transaction, pair, (intent.members.a, intent.members.b))
