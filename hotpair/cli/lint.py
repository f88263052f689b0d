"""`hotpair lint`: what is wrong with an intent or with two configurations, without a device."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from hotpair.cli.output import Format, FormatOption, out, show_error, write_json
from hotpair.exit_codes import ExitCode

if TYPE_CHECKING:
    from inventory.rules import Finding


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
    fmt: FormatOption = Format.TABLE,
) -> int:
    """Apply the rules of hot backup to pair files or to configuration files; no network.

    Every finding has its rule, its severity, both values and its place. A pair with warnings can be
    deployed all the same. Ends with 1 when there is an error (see --fail-on), 2 when a file is no pair.

    Examples:
      hotpair lint pairs/metro-1.yaml
      hotpair lint pairs --fail-on warning
      hotpair lint DeviceA.cfg DeviceB.cfg
    """
    from runbooks.lint import lint_files

    linted = lint_files(files)
    for error in linted.errors:
        show_error(error)
    if fmt is Format.JSON:
        findings = [finding.as_dict() for finding in linted.findings]
        write_json(
            {
                "findings": findings,
                "errors": [error.as_dict() for error in linted.errors],
                "coverage": [one.as_dict() for one in linted.coverage],
            }
        )
    else:
        _show(linted.findings)
        for one in linted.coverage:
            out.print(f"[dim]{escape(str(one))}[/]")
    if linted.errors:
        return ExitCode.USAGE
    return ExitCode.FINDINGS if fail_on.counts(linted.findings) else ExitCode.DONE


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
    out.print(f"{counts['error']} errors, {counts['warning']} warnings{advice}")
