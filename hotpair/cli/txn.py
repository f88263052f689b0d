"""`hotpair txn`: the pair transactions of this host, and those of another one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hotpair.cli import completion
from hotpair.cli.fleet import HERE, JOURNALS, Driver, DriverOption, InventoryOption
from hotpair.cli.live import live
from hotpair.cli.output import (
    Format,
    FormatOption,
    here,
    out,
    show_error,
    typed_again,
    write_json,
)
from hotpair.exit_codes import ExitCode
from inventory.errors import DeviceError, HotpairError, IntentError, RefusedError

if TYPE_CHECKING:
    from runbooks.site import Openers
    from runbooks.transactions import Taken
    from tasks.transaction.listing import Listed
    from tasks.transaction.look import Look
    from tasks.transaction.model import Notify

    Work = Callable[[Listed, Openers, Notify], Taken]

txn = typer.Typer(name="txn", help="See pair transactions and bring them to an end.", rich_markup_mode=None)
IdArgument = Annotated[
    str,
    typer.Argument(
        help="Id of the transaction, e.g. hp-31b8e04b98.",
        metavar="ID",
        autocompletion=completion.transactions,
    ),
]


def list_(
    inventory: InventoryOption = HERE,
    driver: DriverOption = None,
    *,
    ask: Annotated[bool, typer.Option("--live", help="Ask the members of unfinished ones.")] = False,
    fmt: FormatOption = Format.TABLE,
) -> int:
    """List the transactions of this host, unfinished ones first, and what is armed.

    Nothing is dialled: the seconds left are by the journal's clock; `--live` asks the devices. Ends with 3
    when a journal cannot be read or, with `--live`, a member cannot be asked.

    Examples:
      hotpair txn list
      hotpair txn list --live
    """
    from runbooks.report.transactions import transactions_as_dict, transactions_view
    from runbooks.transactions import transactions

    if not inventory.is_dir():
        raise IntentError(
            "there is no such folder", wanted="the folder of an inventory", where=str(inventory)
        )
    rows = transactions(inventory / JOURNALS)
    looks, errors = _looks(rows, inventory, driver) if ask else ({}, [])
    if fmt is Format.JSON:
        write_json(transactions_as_dict(rows, looks))
    else:
        out.print(transactions_view(rows, looks, here))
    troubles = [*(one.problem for one in rows if one.problem), *errors]
    for trouble in troubles:
        show_error(trouble)
    return ExitCode.UNKNOWN if troubles else ExitCode.DONE


def _looks(
    rows: tuple[Listed, ...], inventory: Path, driver: Driver | None
) -> tuple[dict[str, dict[str, Look]], list[HotpairError]]:
    """Ask the members of each unfinished transaction, one after the other."""
    from runbooks.site import on_devices, open_inventory
    from runbooks.transactions import look, members_of

    looks: dict[str, dict[str, Look]] = {}
    errors: list[HotpairError] = []
    nornir = open_inventory(inventory, driver.value if driver else None)
    for one in (row for row in rows if not row.finished and row.problem is None):
        try:
            with live(f"asking the members of {one.id}"):
                looks[one.id] = dict(on_devices(nornir, members_of(one), lambda openers: look(one, openers)))  # noqa: B023
        except (DeviceError, RefusedError, IntentError) as error:
            errors.append(error)
        else:
            errors += _away(one, looks[one.id].values())
    return looks, errors


def _away(one: Listed, looks: Iterable[Look]) -> Iterator[DeviceError]:
    """Tell which members of a transaction gave no answer."""
    from tasks.transaction.look import Seen

    for look in looks:
        if look.seen is Seen.UNSEEN:
            yield DeviceError(
                f"what {look.member} is to {one.id} is not known: {look.reason}",
                member=look.member,
                next_command=typed_again(),
            )


def show(
    transaction: IdArgument, inventory: InventoryOption = HERE, fmt: FormatOption = Format.TABLE
) -> None:
    """Show a transaction with every line of its journal; nothing is dialled.

    Examples:
      hotpair txn show hp-31b8e04b98
    """
    from runbooks.report.transactions import transaction_as_dict, transaction_view
    from runbooks.transactions import show as shown_from

    shown = shown_from(inventory / JOURNALS, transaction)
    if fmt is Format.JSON:
        write_json(transaction_as_dict(shown))
    else:
        out.print(transaction_view(shown, here))
