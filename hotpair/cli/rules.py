"""`hotpair rules`: every rule, what it demands, and which are not linted."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.markup import escape

from hotpair.cli import completion
from hotpair.cli.output import Format, FormatOption, out, write_json
from inventory.errors import IntentError


def rules(
    rule: Annotated[
        str | None, typer.Argument(help="Id of one rule, e.g. R69.", autocompletion=completion.rules)
    ] = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """List the rules of hot backup: id, severity, relation of the members, releases, demand, manual page.

    Examples:
      hotpair rules
      hotpair rules R69 --format json
    """
    from inventory.rules.catalog import catalog

    entries = [one for one in catalog() if rule is None or one.id == rule.upper()]
    if not entries:
        raise IntentError(
            "no such rule",
            wanted="an id that `hotpair rules` lists",
            found=rule,
            next_command="hotpair rules",
        )
    if fmt is Format.JSON:
        write_json({"rules": [one.as_dict() for one in entries]})
        return
    for one in entries:
        judged = f"{one.severity}, {one.over}" if one.severity else "not linted"
        relation = f", {one.relation}" if one.relation else ""
        where = f" ({one.releases}; {one.page})" if one.page else ""
        out.print(f"[bold]{one.id}[/] {judged}{relation}: {escape(one.says)}[dim]{escape(where)}[/]")
