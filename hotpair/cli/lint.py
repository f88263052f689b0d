"""`hotpair lint`: what is wrong with an intent or with two configurations, without a device."""

from __future__ import annotations

import sys
from collections import Counter
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from hotpair.cli.output import Format, chosen, out, show_error, show_next, typed_again, write_json
from hotpair.cli.pair_file import require_files
from hotpair.exit_codes import ExitCode
from inventory.quantities import quantity

if TYPE_CHECKING:
    from inventory.rules import Finding
    from runbooks.lint import Linted


class FailOn(StrEnum):
    """The least severe finding that counts as a failure."""

    ERROR = "error"
    WARNING = "warning"
    NEVER = "never"

    def counts(self, findings: tuple[Finding, ...]) -> bool:
        """Tell whether one of the findings counts."""
        if self is FailOn.NEVER:
            return False
        counting = {"error"} if self is FailOn.ERROR else {"error", "warning"}
        return any(finding.severity in counting for finding in findings)


_TO_EXPLAIN = ("error", "warning")


def _rank(finding: Finding) -> int:
    return _TO_EXPLAIN.index(finding.severity)


class LintFormat(StrEnum):
    """How findings are written."""

    TABLE = "table"
    JSON = "json"
    GITHUB = "github"
    SARIF = "sarif"


def _asked(fmt: LintFormat) -> LintFormat:
    """Remember whether an error is told as JSON too."""
    chosen(Format.JSON if fmt is LintFormat.JSON else Format.TABLE)
    return fmt


STYLE = {"error": "bold red", "warning": "yellow", "advice": "cyan"}


def lint(
    files: Annotated[
        list[Path],
        typer.Argument(
            help="Pair files and folders of them; or configuration files: two of a pair, or one of a device."
        ),
    ],
    fail_on: Annotated[
        FailOn, typer.Option("--fail-on", help="Findings that end with exit code 1.")
    ] = FailOn.ERROR,
    fmt: Annotated[
        LintFormat,
        typer.Option(
            "--format",
            "-f",
            help="For people, as JSON, as annotations of a GitHub workflow, or as SARIF 2.1.0.",
            envvar="HOTPAIR_LINT_FORMAT",
            callback=_asked,
        ),
    ] = LintFormat.TABLE,
) -> int:
    """Apply the rules of hot backup to pair files or to configuration files; no network.

    Every finding has its rule, its severity, both values and its place. A pair with warnings can be
    deployed all the same. Ends with 1 when there is an error (see --fail-on), 2 when a file is no pair.

    Examples:
      hotpair lint pairs/metro-1.yaml
      hotpair lint pairs --fail-on warning
      hotpair lint DeviceA.cfg DeviceB.cfg
      hotpair lint pairs --format github
    """
    from runbooks.lint import lint_files
    from runbooks.report.annotations import to_github, to_sarif

    require_files(files)
    linted = lint_files(files)
    for error in linted.errors:
        show_error(error)
    if fmt is LintFormat.JSON:
        findings = [finding.as_dict() for finding in linted.findings]
        write_json(
            {
                "findings": findings,
                "errors": [error.as_dict() for error in linted.errors],
                "coverage": [one.as_dict() for one in linted.coverage],
                "empty": list(linted.empty),
            }
        )
    elif fmt is LintFormat.SARIF:
        write_json(to_sarif(linted))
    elif fmt is LintFormat.GITHUB:
        sys.stdout.write(to_github(linted))
    else:
        _show_table(linted)
    if linted.errors:
        show_next(typed_again())
    worst = min((one for one in linted.findings if one.severity in _TO_EXPLAIN), key=_rank, default=None)
    if worst is not None:
        show_next(f"hotpair explain {worst.rule}")
    if linted.errors:
        return ExitCode.USAGE
    return ExitCode.FINDINGS if fail_on.counts(linted.findings) else ExitCode.DONE


def _show_table(linted: Linted) -> None:
    """Show what was found, and what a pair or a configuration has nothing of."""
    for name in linted.empty:
        out.print(f"{escape(name)}: the intent asks for nothing, no line is typed")
    if linted.findings or not linted.errors:
        _show(linted.findings)
    for one in linted.coverage:
        out.print(f"[dim]{escape(str(one))}[/]")


def _show(findings: tuple[Finding, ...]) -> None:
    """Show each finding with its values and places."""
    for finding in findings:
        style = STYLE[finding.severity]
        out.print(f"[{style}]{finding.severity} {finding.rule}[/] {escape(finding.message)}")
        if finding.wanted:
            out.print(f"  wanted {escape(finding.wanted)}")
        for member, value in finding.found.items():
            out.print(f"  found  {escape(value)} on {escape(member)}")
        for place in finding.places:
            out.print(f"  [dim]at {escape(str(place))}[/]")
    counts = Counter(str(finding.severity) for finding in findings)
    advice = f", {counts['advice']} advice" if counts["advice"] else ""
    out.print(f"{quantity(counts['error'], 'error')}, {quantity(counts['warning'], 'warning')}{advice}")
