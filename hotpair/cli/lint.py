"""`hotpair lint`: what is wrong with an intent or with two configurations, without a device."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from hotpair.cli.output import Format, FormatOption, out, write_json
from hotpair.exit_codes import ExitCode

if TYPE_CHECKING:
    from inventory.rules import Finding

STYLE = {"error": "bold red", "warning": "yellow"}


def lint(
    files: Annotated[
        list[Path],
        typer.Argument(help="One pair file, the two configuration files of a pair, or one of a device."),
    ],
    fmt: FormatOption = Format.TABLE,
) -> int:
    """Apply the rules of hot backup to a pair file or to configuration files; no network.

    Every finding has its rule, its severity, both values and its place. A pair with warnings can be
    deployed all the same. Ends with 1 when there is any finding, 0 when there is none, 2 when a file is
    no pair.

    Examples:
      hotpair lint pairs/metro-1.yaml
      hotpair lint DeviceA.cfg DeviceB.cfg
    """
    from runbooks.lint import lint_files

    findings = lint_files(files)
    if fmt is Format.JSON:
        write_json({"findings": [finding.as_dict() for finding in findings]})
    else:
        _show(findings)
    return ExitCode.FINDINGS if findings else ExitCode.DONE


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
    errors = sum(finding.severity == "error" for finding in findings)
    out.print(f"{errors} errors, {len(findings) - errors} warnings")
