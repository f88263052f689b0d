"""Reports of a run from the command line: on the terminal, as JSON, and as files by their ending."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hotpair.cli.output import Format, here, out, show_error, show_next, write_json
from hotpair.exit_codes import ExitCode
from inventory.errors import HotpairError, IntentError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from runbooks.compare import Difference
    from runbooks.report.fleet import Fleet
    from runbooks.report.run import Run

_NAMED = 3
"""How many checks a command names to look at again."""
ReportOption = Annotated[
    list[Path] | None,
    typer.Option(help="Write a report too: .html, .json, .xml (JUnit), .md or .csv; may be repeated."),
]


def run_folder(name: str, kept_in: Path) -> Path:
    """Return the folder of a kept run: the folder that was named, or that of its name below the runs."""
    return Path(name) if Path(name).is_dir() else kept_in / name


def require_forms(files: Sequence[Path] | None) -> None:
    """Refuse report files whose ending tells no form, or that lie nowhere.

    Raises:
        IntentError: an ending is not known, or there is no such folder.
    """
    for file in files or ():
        forms = _forms()
        if file.suffix not in forms:
            raise IntentError("no such form of report", wanted=", ".join(forms), found=str(file))
        require_folder(file)


def require_folder(file: Path) -> None:
    """Refuse a report file in a folder that is not there.

    Raises:
        IntentError: there is no such folder.
    """
    if not file.parent.is_dir():
        raise IntentError("the report cannot be written", wanted="a folder that is there", where=str(file))


def write_reports(
    run: Run, files: Sequence[Path] | None, fmt: Format, changes: Sequence[Difference] | None = None
) -> int:
    """Show a run, write its report files, and give the exit code of its verdict.

    Args:
        run: what was judged.
        files: report files; the ending tells the form.
        fmt: form on standard output.
        changes: what is otherwise than in an earlier run; nothing when it was not compared.

    Raises:
        IntentError: an ending is not known, or a file cannot be written.
    """
    from runbooks.report.as_json import run_as_dict
    from runbooks.report.terminal import run_view

    write_files(run, files)
    if fmt is Format.JSON:
        compared = {} if changes is None else {"differences": [change.as_dict() for change in changes]}
        write_json({**run_as_dict(run), **compared})
        return exit_code(run)
    out.print(run_view(run, here))
    if changes is not None:
        _show_changes(changes)
    show_next_of(run)
    return exit_code(run)


def write_files(run: Run, files: Sequence[Path] | None) -> None:
    """Write the report files of a run.

    Raises:
        IntentError: an ending is not known, or a file cannot be written.
    """
    require_forms(files)
    for file in files or ():
        _write(run, file)


def write_after(run: Run, files: Sequence[Path]) -> None:
    """Write the report files of a change; one that cannot be written is told and changes nothing."""
    try:
        write_files(run, files)
    except IntentError as error:
        show_error(error)


def show_next_of(run: Run) -> None:
    """Name what to type after a run that did not end well, unless one of its results does."""
    from tasks.checks.catalog import checks_for
    from tasks.checks.model import Outcome

    wrong = [one for one in run.results if one.outcome in {Outcome.FAILURE, Outcome.ERROR}]
    if not wrong or any(one.next_command for one in wrong):
        return
    known = {check.name for check in checks_for()}
    again = [f"--check {name}" for name in dict.fromkeys(one.check for one in wrong) if name in known]
    if again:
        show_next(" ".join(("hotpair verify", run.pair, *again[:_NAMED], "--wait 60")))
    else:
        show_next(f"hotpair check {run.pair}")


def write_fleet(fleet: Fleet, file: Path) -> None:
    """Write one report file of many pairs; the form is that of its ending.

    Raises:
        IntentError: it cannot be written.
    """
    from runbooks.report.fleet import FORMS

    put_report(file, FORMS[file.suffix](fleet))


def put_report(file: Path, text: str) -> None:
    """Write a report whole, whatever signal comes meanwhile, or leave what stands there.

    Raises:
        IntentError: it cannot be written.
    """
    from runbooks.whole_files import write_over

    try:
        write_over(file, text)
    except OSError as error:
        raise IntentError("the report cannot be written", found=error.strerror, where=str(file)) from error


def write_each(fleet: Fleet, files: Sequence[Path]) -> tuple[HotpairError, ...]:
    """Write report files of many pairs; those that cannot be written are told, and given back."""
    troubles = []
    for file in files:
        try:
            write_fleet(fleet, file)
        except IntentError as error:
            show_error(error)
            troubles.append(error)
    return tuple(troubles)


def exit_code(run: Run) -> ExitCode:
    """Return the exit code of a verdict."""
    from tasks.checks.model import Outcome

    codes = {Outcome.SUCCESS: ExitCode.DONE, Outcome.FAILURE: ExitCode.FINDINGS}
    return codes.get(run.verdict, ExitCode.UNKNOWN)


def _show_changes(changes: Sequence[Difference]) -> None:
    """List what is otherwise than in an earlier run."""
    if not changes:
        out.print("Nothing changed in what both runs looked at.")
        return
    out.print("\n[bold]Changed since the earlier run[/]")
    for change in changes:
        out.print(f"  {change}", markup=False)


def _write(run: Run, file: Path) -> None:
    """Write one report file."""
    put_report(file, _forms()[file.suffix](run))


def _forms() -> dict[str, Callable[[Run], str]]:
    """Return the writer of each form by the ending of its file."""
    from runbooks.report.as_csv import to_csv
    from runbooks.report.as_json import to_json
    from runbooks.report.html import to_html
    from runbooks.report.junit import to_junit
    from runbooks.report.markdown import to_markdown

    return {".html": to_html, ".json": to_json, ".xml": to_junit, ".md": to_markdown, ".csv": to_csv}
