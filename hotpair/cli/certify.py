"""`hotpair certify`: prove the pair transaction on an emulated pair, in virtual time."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from hotpair.cli.live import live
from hotpair.cli.output import Format, FormatOption, err, out, write_json
from hotpair.cli.reports import require_folder
from hotpair.exit_codes import ExitCode, exit_code_of
from inventory.errors import IntentError

if TYPE_CHECKING:
    from inventory.errors import HotpairError
    from runbooks.certify.play import Played


def code_of(error: HotpairError | None) -> int:
    """Return the exit code of a command that ended with an error, or well."""
    return int(ExitCode.DONE if error is None else exit_code_of(error))


def certify(
    seed: Annotated[int, typer.Option(help="Of everything random.")] = 1,
    count: Annotated[
        int | None,
        typer.Option(
            min=1, help="Schedules that are drawn; by default each fault at each command, and more."
        ),
    ] = None,
    workers: Annotated[int, typer.Option(min=1, help="Processes that play.")] = 2,
    page: Annotated[
        Path | None, typer.Option(help="Write the certificate as Markdown, and JSON beside it.")
    ] = None,
    replay: Annotated[
        str | None, typer.Option(help="Code of one schedule, to be played step by step.")
    ] = None,
    *,
    everything: Annotated[
        bool, typer.Option("--all", help="Play everything that can be counted out, too (hours).")
    ] = False,
    part: Annotated[
        str | None, typer.Option(help="Which part of what `--all` plays, and nothing else, e.g. 3/40.")
    ] = None,
    fmt: FormatOption = Format.TABLE,
) -> int:
    """Prove the pair transaction: thousands of bad days on an emulated pair, in virtual time.

    Loses, delays and garbles replies, drops sessions, kills this host at every line of its journal, restarts
    members, lets others commit, fills the disk; takes up what is left; and judges every claim by what the
    emulated devices truly are. No device of yours is touched. Ends with 0 when the claim holds, else with 1.

    Examples:
      hotpair certify --count 2000
      hotpair certify --page docs/certificate.md
      hotpair certify --all --part 3/40
      hotpair certify --replay 'deploy;v8r22;resume@0;0/a/save/1/KILL/-'
    """
    from runbooks.certify.certificate import as_dict, of_part
    from runbooks.certify.certifying import CertifyOptions, certify
    from runbooks.certify.draw import COUNTS
    from runbooks.certify.page import as_page, part_in_words
    from runbooks.whole_files import write_over

    if replay is not None:
        return _replayed(replay)
    if page is not None:
        require_folder(page)
    share = _share(part, everything=everything, page=page)
    drawn = sum(COUNTS) if count is None else count
    options = CertifyOptions(seed=seed, count=drawn, exhaustive=everything, part=share, workers=workers)
    with live("looking for every event of every flow") as line:
        found = certify(options, code_of, progress=lambda what, done, of: line.say(f"{what}: {done} of {of}"))
    if share is not None:
        played = of_part(found)
        if fmt is Format.JSON:
            write_json(played)
        else:
            out.print(part_in_words(played), markup=False)
        return ExitCode.FINDINGS if played["failed"] else ExitCode.DONE
    values = as_dict(found)
    if page is not None:
        write_over(page, as_page(values))
        write_over(page.with_suffix(".json"), json.dumps(values, indent=1) + "\n")
    if fmt is Format.JSON:
        write_json(values)
    else:
        out.print(as_page(values), markup=False)
    return ExitCode.DONE if values["holds"] else ExitCode.FINDINGS


def _share(part: str | None, *, everything: bool, page: Path | None) -> tuple[int, int] | None:
    """Read which part of how many is to be played."""
    if part is None:
        return None
    number, _, of = part.partition("/")
    if not (number.isdecimal() and of.isdecimal() and 1 <= int(number) <= int(of)):
        raise IntentError("no such part", wanted="e.g. 3/40: the third of forty", found=part)
    if not everything or page is not None:
        raise IntentError("`--part` goes with `--all`, and a certificate is of the whole: without `--page`")
    return int(number), int(of)


def _replayed(code: str) -> int:
    """Play one schedule and tell each step."""
    from runbooks.certify.replay import replayed

    played = replayed(code, code_of, lambda text: out.print(text, markup=False))
    _show_end(played)
    if played.complaints:
        return ExitCode.FINDINGS
    nothing = played.schedule.strikes and not played.effects
    return ExitCode.UNKNOWN if nothing else ExitCode.DONE


def _show_end(played: Played) -> None:
    out.print(f"in the end: a {played.truth[0]}, b {played.truth[1]}", markup=False)
    for complaint in played.complaints:
        err.print(f"[bold red]{escape(complaint.kind)}:[/] {escape(complaint.text)}")
