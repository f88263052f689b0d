"""`hotpair status`, `history`, `runs` and `diff`: what the archive tells, without dialling any device."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hotpair.cli import completion
from hotpair.cli.fleet import HERE, JOURNALS, InventoryOption
from hotpair.cli.output import Format, FormatOption, keep_in, out, show_next, was_typed, write_json
from hotpair.exit_codes import ExitCode
from inventory.quantities import quantity

if TYPE_CHECKING:
    from inventory.secrets import Secret
    from runbooks.archive.opening import Archive

ArchiveOption = Annotated[
    str | None,
    typer.Option(
        "--archive",
        help="File or URL of the archive, or secret:NAME; `archive.db` in the inventory without it.",
        envvar="HOTPAIR_ARCHIVE",
    ),
]
_NAMED = 20
"""Names that are written out of pairs that were never looked at."""
AllOption = Annotated[bool, typer.Option("--all", help="All rows, not the first 50 alone.")]


@contextmanager
def archive_of(wish: str | None, inventory: Path, *, make: bool = False) -> Iterator[Archive]:
    """Open the archive that was asked for.

    Args:
        wish: see `--archive`.
        inventory: folder of the inventory.
        make: make a file that is not there.

    Raises:
        IntentError: there is none.
        ArchiveError: it cannot be used.
    """
    from inventory.errors import IntentError
    from runbooks.archive.opening import open_archive

    place = place_of(wish, inventory)
    if isinstance(place, Path) and not make and not place.exists():
        raise IntentError(
            "nothing is archived there yet",
            wanted="an archive that `hotpair check` made",
            where=str(place),
            next_command="hotpair check",
        )
    with open_archive(place) as archive:
        yield archive


def _require_looked_at(archive: Archive, pair: str | None, inventory: Path) -> None:
    """Refuse to tell of a pair that nobody ever looked at, or whose name is another one.

    Raises:
        IntentError: no run of it is kept.
    """
    from inventory.errors import IntentError
    from runbooks.archive.files import files_of
    from runbooks.archive.queries import run_rows, standings

    if run_rows(archive, pair=pair, limit=1):
        return
    described = files_of(inventory, {}).names
    look = "hotpair check" if pair is None else f"hotpair check {pair}"
    known = [row.pair for row in standings(archive, limit=None)]
    raise IntentError(
        "no run is kept" if pair is None else "no run of that pair is kept",
        wanted=", ".join(known) or None,
        found=pair,
        next_command=look if pair is None or not described or pair in described else "hotpair list",
    )


def place_of(wish: str | None, inventory: Path) -> Path | str:
    """Tell where the archive is that was asked for.

    Raises:
        IntentError: the URL holds a password, or there is no such secret.
    """
    from runbooks.archive.place import archive_place

    def secret(name: str) -> Secret:
        import os

        from inventory.host_access import SECRETS_FILE
        from inventory.secrets import store

        return store(os.environ, file=inventory / SECRETS_FILE)(name)

    place = archive_place(wish, inventory, secret)
    if wish is not None and was_typed("--archive"):
        keep_in(wish)
    return place


def status(
    inventory: InventoryOption = HERE,
    archive: ArchiveOption = None,
    *,
    every: AllOption = False,
    fmt: FormatOption = Format.TABLE,
) -> int:
    """Show where each pair stands, the worst first, with ages; no device is asked.

    A pair is in sync, drifted, failed (more than drift), not deployed (nothing of it is on either member, and
    it was taken away or never deployed from here), split (a transaction left its members apart), or unknown.
    After a rollback it is `as before`, after a transaction that was taken up `as planned`: both members were
    seen so, and nobody has looked since. `in transaction` is one on which this host has a transaction that is
    not finished, `no file` one that nobody looks at any more: it stays until `hotpair archive forget`.
    `broken file` is one whose file is no pair any more, so that nobody looks at it until that is mended.
    Pairs of the inventory that were never looked at are named below.

    Ends with 1 when a pair has findings, 3 when one could not be told, was never looked at or is in
    transaction, 0 otherwise.

    Examples:
      hotpair status
      hotpair status --all --format json
    """
    from runbooks.archive.files import BROKEN_FILE, NO_FILE, files_of
    from runbooks.archive.grid import known_pairs
    from runbooks.archive.queries import SHOWN, standings
    from runbooks.archive.states import states
    from runbooks.report.over_time import plain, standings_view
    from tasks.checks.model import Outcome

    with archive_of(archive, inventory) as opened:
        rows = standings(opened, limit=None if every else SHOWN)
        known = states(opened, None if every else [row.pair for row in rows])
        looked_at = known_pairs(opened)
    busy, files = _busy(inventory / JOURNALS), files_of(inventory, {row.pair: row.at for row in rows})
    marks = {"in transaction": busy, NO_FILE: files.gone, BROKEN_FILE: files.broken}
    said = {
        row.pair: ", ".join([known[row.pair], *(mark for mark, of in marks.items() if row.pair in of)])
        for row in rows
    }
    never = sorted(files.names - looked_at)
    if fmt is Format.JSON:
        pairs = [{**row, "state": said[row["pair"]]} for row in plain(rows)]
        write_json({"pairs": pairs, "never_looked_at": never})
    else:
        out.print(standings_view(rows, datetime.now(UTC), said))
        _show_never(never)
        for name in sorted(files.gone):
            show_next(f"hotpair archive forget {name}")
        for file in sorted(files.broken.values()):
            show_next(shlex.join(("hotpair", "lint", str(file))))
    verdicts = {row.verdict for row in rows}
    if Outcome.FAILURE in verdicts:
        return ExitCode.FINDINGS
    told = verdicts == {Outcome.SUCCESS} and not never and busy.isdisjoint(row.pair for row in rows)
    return ExitCode.DONE if told else ExitCode.UNKNOWN


def _show_never(names: Sequence[str]) -> None:
    """Name pairs that nobody has looked at yet: nothing is known of them."""
    if names:
        more = [quantity(len(names) - _NAMED, "other")] if len(names) > _NAMED else []
        out.print(f"never looked at: {', '.join([*names[:_NAMED], *more])}", markup=False)
        show_next(shlex.join(("hotpair", "check", *(names[:_NAMED]))))


def _busy(journals: Path) -> frozenset[str]:
    """Return the pairs with an unfinished transaction; what reads journals is loaded where one lies."""
    if not any(journals.glob("*.jsonl")):
        return frozenset()
    from tasks.transaction.listing import unfinished_pairs

    return unfinished_pairs(journals)


def history(
    pair: Annotated[
        str | None, typer.Argument(help="Pair; all without it.", autocompletion=completion.pairs)
    ] = None,
    inventory: InventoryOption = HERE,
    archive: ArchiveOption = None,
    *,
    every: AllOption = False,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Show what was wrong, since when, when it was last well, and until when; no device is asked.

    Examples:
      hotpair history metro-1
      hotpair history --all --format json
    """
    from runbooks.archive.queries import SHOWN, findings_of
    from runbooks.report.over_time import findings_view, plain

    with archive_of(archive, inventory) as opened:
        _require_looked_at(opened, pair, inventory)
        rows = findings_of(opened, pair=pair, ended=True, limit=None if every else SHOWN)
    if fmt is Format.JSON:
        write_json({"findings": plain(rows)})
    elif rows:
        out.print(findings_view(rows, datetime.now(UTC)))
    else:
        out.print("Nothing was ever found wrong." if pair is None else f"{pair}: nothing was found wrong.")


def runs(
    pair: Annotated[
        str | None, typer.Argument(help="Pair; all without it.", autocompletion=completion.pairs)
    ] = None,
    inventory: InventoryOption = HERE,
    archive: ArchiveOption = None,
    *,
    every: AllOption = False,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """List the runs that are kept, the newest first.

    Examples:
      hotpair runs metro-1
    """
    from runbooks.archive.queries import SHOWN, run_rows
    from runbooks.report.over_time import plain, runs_view

    with archive_of(archive, inventory) as opened:
        _require_looked_at(opened, pair, inventory)
        rows = run_rows(opened, pair=pair, limit=None if every else SHOWN)
    if fmt is Format.JSON:
        write_json({"runs": plain(rows)})
    else:
        out.print(runs_view(rows))


def diff(
    before: Annotated[str, typer.Argument(help="Id of the earlier run.", autocompletion=completion.archived)],
    after: Annotated[str, typer.Argument(help="Id of the later run.", autocompletion=completion.archived)],
    inventory: InventoryOption = HERE,
    archive: ArchiveOption = None,
    fmt: FormatOption = Format.TABLE,
) -> int:
    """Show what changed between two runs of a pair: rows by their names, configurations line by line.

    Ends with 1 when something changed, with 3 where the runs looked at nothing alike. `hotpair runs` lists
    the ids.

    Examples:
      hotpair diff 20261121T040000000000Z-check-metro-1 20261122T040000000000Z-check-metro-1
    """
    from runbooks.archive.kept import load_run
    from runbooks.compare import compare_runs

    with archive_of(archive, inventory) as opened:
        changes = compare_runs(load_run(opened, before), load_run(opened, after))
    if fmt is Format.JSON:
        write_json({"differences": [change.as_dict() for change in changes]})
    else:
        for change in changes:
            out.print(str(change), markup=False)
        if not changes:
            out.print("Nothing changed in what both runs looked at.")
    return ExitCode.FINDINGS if changes else ExitCode.DONE
