"""`hotpair txn resume`, `adopt`, `abort` and `forget`: a transaction is brought to its end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hotpair.cli import completion
from hotpair.cli.deploy_shown import NEW, told_by_its_journal
from hotpair.cli.fleet import HERE, JOURNALS, Driver, DriverOption, InventoryOption, RunsOption
from hotpair.cli.live import live
from hotpair.cli.memory import memory_of_end, remember
from hotpair.cli.output import Format, FormatOption, err, out, show_next, write_json
from hotpair.cli.over_time import ArchiveOption
from hotpair.cli.txn import IdArgument
from inventory.errors import IntentError

if TYPE_CHECKING:
    from nornir.core import Nornir

    from inventory.model import Pair
    from runbooks.hitless.model import Hitless
    from runbooks.site import Openers
    from runbooks.transactions import Taken
    from tasks.transaction.listing import Listed
    from tasks.transaction.model import Notify, Outcome, Progress

    Work = Callable[[Listed, Openers, Notify], Taken]

OptionalId = Annotated[
    str | None,
    typer.Argument(
        help="Id; without it, the only unfinished one.",
        metavar="[ID]",
        autocompletion=completion.transactions,
    ),
]


def resume(
    transaction: OptionalId = None,
    inventory: InventoryOption = HERE,
    driver: DriverOption = None,
    runs: RunsOption = None,
    archive: ArchiveOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Bring a transaction that was cut off to its end: both members new, or both as before.

    Ends as the deployment would have: 0 both new and saved, 5 both as before, 3 not settled yet, 6 split. The
    run is kept like that of a deployment.

    Examples:
      hotpair txn resume
      hotpair txn resume hp-31b8e04b98
    """
    from runbooks.transactions import resume as act

    _end(transaction, _Where(inventory, driver, runs, archive), fmt, act)


def resume_shortly(
    transaction: OptionalId = None,
    inventory: InventoryOption = HERE,
    driver: DriverOption = None,
    runs: RunsOption = None,
    archive: ArchiveOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Bring a transaction that was cut off to its end; the short way to `hotpair txn resume`.

    Examples:
      hotpair resume
      hotpair resume hp-31b8e04b98
    """
    resume(transaction, inventory, driver, runs, archive, fmt)


def abort(
    transaction: IdArgument,
    inventory: InventoryOption = HERE,
    driver: DriverOption = None,
    runs: RunsOption = None,
    archive: ArchiveOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Take an unfinished transaction back, as long as a was not confirmed.

    Ends with 5 when both are as before, with 4 when a was confirmed.

    Examples:
      hotpair txn abort hp-31b8e04b98
    """
    from runbooks.transactions import abort as act

    _end(transaction, _Where(inventory, driver, runs, archive), fmt, act)


def forget(
    transaction: IdArgument,
    why: Annotated[str, typer.Option("--why", help="Why; the journal keeps it.")],
    inventory: InventoryOption = HERE,
    driver: DriverOption = None,
    runs: RunsOption = None,
    archive: ArchiveOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Have an unfinished transaction forgotten; what it left on the devices stays.

    For one that cannot be brought to an end. Refused with 4 while a timer of it runs.

    Examples:
      hotpair txn forget hp-31b8e04b98 --why "DeviceB was replaced"
    """
    from runbooks.transactions import forget as act

    if not why.strip() or not why.isprintable():
        raise IntentError(
            "nothing is forgotten without a reason", wanted="--why TEXT, printable, on one line"
        )
    _end(transaction, _Where(inventory, driver, runs, archive), fmt, partial(act, why))


def adopt(
    transaction: IdArgument,
    pair: Annotated[
        str, typer.Option("--pair", help="Pair of the transaction.", autocompletion=completion.pairs)
    ],
    inventory: InventoryOption = HERE,
    driver: DriverOption = None,
    runs: RunsOption = None,
    archive: ArchiveOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Bring a transaction of another host to its end, with its id alone.

    The devices tell what it was. Refused with 4 when neither device shows the id. The run is kept.

    Examples:
      hotpair txn adopt hp-31b8e04b98 --pair metro-1
    """
    from runbooks.inventory_pairs import pair_named
    from runbooks.site import on_devices, open_inventory
    from runbooks.transactions import adopt as act

    where, began = _Where(inventory, driver, runs, archive), datetime.now(UTC)
    nornir = open_inventory(inventory, driver.value if driver else None)
    intent = pair_named(nornir, pair)
    members = (intent.members.a, intent.members.b)
    with live(f"adopting {transaction}") as line:
        outcome = on_devices(
            nornir,
            members,
            lambda openers: act(transaction, pair, members, openers, where.journals, notify=line.step),
        )
    _keep(outcome, where, intent, began)
    show_outcome(outcome, fmt)


@dataclass(frozen=True, slots=True)
class _Where:
    """Where a transaction is found and its run is kept.

    Args:
        inventory: folder of the inventory.
        driver: library that connects.
        runs: folder of runs that was asked for.
        archive: archive that was asked for.
    """

    inventory: Path
    driver: Driver | None
    runs: Path | None
    archive: str | None

    @property
    def journals(self) -> Path:
        """Return the folder of the journals."""
        return self.inventory / JOURNALS


def _end(transaction: str | None, where: _Where, fmt: Format, work: Work) -> None:
    """Find a transaction, work on its devices, keep the run, and show what became of it."""
    from runbooks.inventory_pairs import pairs_in
    from runbooks.site import on_devices, open_inventory
    from runbooks.transactions import find, members_of

    found, began = find(where.journals, transaction), datetime.now(UTC)
    if found.finished:
        show_outcome(work(found, {}, _silent).outcome, fmt, earlier=True)
        return
    nornir = open_inventory(where.inventory, where.driver.value if where.driver else None)
    with live(f"taking up {found.id}") as line:
        taken = on_devices(nornir, members_of(found), lambda openers: work(found, openers, line.step))
    if not taken.earlier:
        _keep(taken.outcome, where, pairs_in(nornir).good.get(taken.outcome.pair), began)
    undoes = found.opening.undoes if found.opening else ""
    show_outcome(taken.outcome, fmt, earlier=taken.earlier, undoes=undoes)
    _back_up(taken.outcome, nornir)


def _keep(outcome: Outcome, where: _Where, intent: Pair | None, began: datetime) -> None:
    """Keep the run of a transaction that was taken up, so that history and status know its end."""
    from runbooks.ended import kind_of, run_of_end
    from runbooks.transactions import find

    kind = kind_of(find(where.journals, outcome.transaction).opening)
    run = run_of_end(kind, outcome, began, datetime.now(UTC))
    remember(run, memory_of_end(where.inventory, where.runs, where.archive, intent, outcome.ticket))


def _back_up(outcome: Outcome, nornir: Nornir) -> None:
    """Start the batch backups of a pair that is new now, where the inventory still knows it.

    Raises:
        DeviceError: one does not start.
    """
    from runbooks.inventory_pairs import pair_named
    from runbooks.site import on_pair
    from runbooks.transactions import after_done, wants_batches
    from tasks.transaction.ends import End

    if outcome.end is not End.DONE:
        return
    try:
        intent = pair_named(nornir, outcome.pair)
    except IntentError:  # its file is gone or broken: nobody says which backups are wanted
        return
    if not wants_batches(outcome, intent):
        return
    try:
        problem = on_pair(nornir, intent, after_done)
    except KeyboardInterrupt:  # before a member was dialled: the transaction has ended well all the same
        err.print("Warning: batch backup is not begun: interrupted", markup=False)
        show_next(f"hotpair backup now {intent.name}")
        return
    if problem is not None:
        raise problem


def _silent(_step: Progress) -> None:
    """Tell nobody: nothing is done."""


def _said(outcome: Outcome, undoes: str) -> str:
    """Say a good end in the words of what was done."""
    from tasks.transaction.ends import End

    if outcome.end is not End.DONE:
        return outcome.end.value
    return f"{undoes} is taken back on both members, which are saved" if undoes else NEW


def show_outcome(
    outcome: Outcome,
    fmt: Format,
    *,
    earlier: bool = False,
    undoes: str = "",
    hitless: Hitless | None = None,
) -> None:
    """Show how a transaction ended; a bad end is the command's error, unless it was told before.

    Args:
        outcome: how it ended.
        fmt: form on standard output.
        earlier: it had ended before.
        undoes: id of the transaction that it takes back; empty for a deployment.
        hitless: what a sampler saw meanwhile; nothing without one.

    Raises:
        HotpairError: the end is not the wanted one.
    """
    from runbooks.report.transactions import outcome_as_dict
    from tasks.transaction.ends import End

    problem = None if earlier else outcome.problem()
    if fmt is Format.JSON:
        sampled = {} if hitless is None else {"hitless": asdict(hitless)}
        write_json({**outcome_as_dict(outcome), "ended_before": earlier, **sampled})
    elif earlier:
        out.print(f"{outcome.transaction}: ended before: {outcome.end.value}.", markup=False)
    elif problem is None:
        out.print(f"{outcome.transaction}: {_said(outcome, undoes)}.", markup=False)
    for left in outcome.residue:
        out.print(f"  {left}", markup=False) if fmt is Format.TABLE else None
    if outcome.end is End.ABANDONED and outcome.residue and fmt is Format.TABLE:
        show_next(f"hotpair plan {outcome.pair}")
    if problem is not None:
        raise told_by_its_journal(problem, outcome.transaction)
