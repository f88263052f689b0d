"""`hotpair compare`: the two members of a pair side by side."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from hotpair.cli import completion
from hotpair.cli.fleet import HERE, DriverOption, InventoryOption
from hotpair.cli.output import Format, FormatOption, out, write_json
from hotpair.cli.sources import Named, PairFile, TwoFiles, misunderstood, read_source, running_on
from hotpair.exit_codes import ExitCode

if TYPE_CHECKING:
    from runbooks.compare_members import Compared, Row, Verdict


def compare(
    source: Annotated[
        list[str] | None,
        typer.Argument(
            help="Two configuration files, a pair file, or the name of a pair in the inventory.",
            autocompletion=completion.pairs,
        ),
    ] = None,
    inventory: InventoryOption = HERE,
    driver: DriverOption = None,
    *,
    everything: Annotated[bool, typer.Option("--all", help="Show what holds too.")] = False,
    fmt: FormatOption = Format.TABLE,
) -> int:
    """Compare the two members of a pair, parameter by parameter; nothing is changed.

    Each parameter relates as its command says: equal on both, mirrored, or on one of both. A value that is
    not known is never called equal. What was not compared is said at the end. Ends with 1 where a
    difference stops or degrades the service.

    Examples:
      hotpair compare DeviceA.cfg DeviceB.cfg
      hotpair compare metro-1 --all
    """
    compared = _compared(source or [], inventory, driver.value if driver else None)
    if fmt is Format.JSON:
        write_json(compared.as_dict())
    else:
        _show(compared, everything=everything)
    return ExitCode.FINDINGS if compared.differs else ExitCode.DONE


def _compared(source: list[str], inventory: Path, driver: str | None) -> Compared:
    from runbooks.compare_members import compare_members
    from runbooks.configuration_file import read_both
    from tasks.render.members import configured_member, intended_member

    match read_source(source):
        case TwoFiles(a, b):
            of_a, of_b = read_both(a, b)
            return compare_members(configured_member(str(a), of_a), configured_member(str(b), of_b))
        case PairFile(file):
            from inventory.load import load_pair

            pair = load_pair(file)
            return compare_members(intended_member(pair, "a"), intended_member(pair, "b"))
        case Named(name):
            pair, running = running_on(name, inventory, driver)
            return compare_members(
                configured_member(pair.members.a, running["a"]),
                configured_member(pair.members.b, running["b"]),
                (intended_member(pair, "a"), intended_member(pair, "b")),
            )
        case None:
            raise misunderstood("compare", source, "one pair file, or the name of one pair")


def _show(compared: Compared, *, everything: bool) -> None:
    """Show each difference, then how many parameters hold, and what was not compared."""
    for row in compared.rows:
        if everything or row.verdict in {"differs", "not known"}:
            _show_row(row, compared.members)
    counts = {verdict: [row.verdict for row in compared.rows].count(verdict) for verdict in _verdicts()}
    out.print(", ".join(f"{count} {verdict}" for verdict, count in counts.items()))
    out.print("not compared:")
    for text in compared.not_compared:
        out.print(f"  {escape(text)}")
    for one in compared.coverage:
        out.print(f"[dim]{escape(str(one))}[/]")


def _verdicts() -> tuple[Verdict, ...]:
    from runbooks.compare_members import Verdict

    return tuple(Verdict)


def _show_row(row: Row, members: tuple[str, str]) -> None:
    """Show one parameter."""
    harm = f", {row.harm}" if row.verdict == "differs" else ""
    out.print(f"[bold]{escape(row.what)}[/]")
    out.print(f"  {row.verdict} ({row.relation}{harm})")
    for member, value, place in zip(members, (row.a, row.b), (row.a_at, row.b_at), strict=True):
        out.print(f"  {escape(member)}: {escape(value)}")
        if place:
            out.print(f"    [dim]at {escape(place)}[/]")
    if row.intent:
        out.print(f"  intent: {escape(row.intent)}")
    if row.to_type:
        out.print(f"  to type on {escape(row.to_type)}")
