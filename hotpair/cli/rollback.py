"""`hotpair rollback`: take a finished transaction back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hotpair.cli.asked import TicketOption
from hotpair.cli.deploy import YesOption, announced, ask
from hotpair.cli.fleet import HERE, JOURNALS, DriverOption, InventoryOption
from hotpair.cli.live import live
from hotpair.cli.output import Format, FormatOption, out
from hotpair.cli.txn import IdArgument, show_outcome
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
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Take a finished transaction back on both members, or on neither.

    Shows what goes and what comes back, and asks. Only its own commits are undone; it is a transaction of its
    own, on trial like any other. Refused with 4 where somebody changed the same lines since.

    Examples:
      hotpair rollback hp-31b8e04b98
      hotpair rollback hp-31b8e04b98 --pair metro-1 --yes
    """
    from functools import partial

    from runbooks.report.undo_view import undo_view
    from runbooks.rollback import BackWishes, roll_back
    from runbooks.site import on_devices, open_inventory

    if fmt is Format.JSON and not yes:
        raise IntentError("a program cannot be asked", wanted="--yes with --format json")
    nornir = open_inventory(inventory, driver.value if driver else None)
    subject = _subject(transaction, pair, inventory / JOURNALS, nornir)
    with live(f"reading what {transaction} did") as line:

        def agree(planned: PairUndo) -> bool:
            if fmt is Format.TABLE:
                out.print(undo_view(planned))
            if yes:
                return True
            line.progress.stop()
            agreed = ask("Take this back on both members?")
            line.progress.start()
            return agreed

        wishes = BackWishes(inventory / JOURNALS, line.step, ticket, partial(announced, fmt), agree)
        outcome = on_devices(nornir, subject.members, lambda openers: roll_back(subject, openers, wishes))
    show_outcome(outcome, fmt, undoes=transaction)


def _subject(transaction: str, pair: str | None, journals: Path, nornir: Nornir) -> Subject:
    """Tell which transaction is meant, from its journal or from the pair's name."""
    from runbooks.rollback import Subject, known_here
    from runbooks.site import pair_named

    known = known_here(journals, transaction)
    if known is not None:
        if pair not in {None, known.pair}:
            raise IntentError(
                f"{transaction} is a transaction of another pair", wanted=known.pair, found=pair
            )
        return known
    if pair is None:
        raise IntentError(
            f"no journal here knows transaction {transaction}", wanted="--pair PAIR, and the devices tell"
        )
    intent = pair_named(nornir, pair)
    return Subject(transaction, pair, (intent.members.a, intent.members.b))
