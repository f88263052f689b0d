"""`hotpair checks` and `hotpair explain`: what is checked, why, by which page, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from hotpair.cli import completion
from hotpair.cli.output import Format, FormatOption, out, write_json
from inventory.errors import IntentError

if TYPE_CHECKING:
    from inventory.rules.catalog import Entry
    from tasks.checks.check import Check


def checks(
    tag: Annotated[
        list[str] | None,
        typer.Option("--tag", help="Only checks with this tag.", autocompletion=completion.tags),
    ] = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """List the checks: what passes, by which displays, and their tags.

    Examples:
      hotpair checks
      hotpair checks --tag entries --format json
    """
    from tasks.checks.catalog import Selection, checks_for

    found = checks_for(Selection(tags=tuple(tag or ())))
    if fmt is Format.JSON:
        write_json({"checks": [_check_as_dict(one) for one in found]})
        return
    width = max(len(one.name) for one in found)
    for one in found:
        reads = escape("; ".join(_reads(one)))
        out.print(f"[bold]{one.name:{width}}[/]  {escape(one.title)}", soft_wrap=True)
        out.print(f"{'':{width}}  [dim]{reads} ({', '.join(one.tags)})[/]", soft_wrap=True)


def explain(
    name: Annotated[
        str,
        typer.Argument(
            help="A check or a rule, e.g. rbs-connected or R69.", autocompletion=completion.explained
        ),
    ],
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Explain a check or a rule: what it looks at, why, by which page of the manual, and what to do.

    Examples:
      hotpair explain igmp-entries
      hotpair explain R69 --format json
    """
    from inventory.explain import nearest
    from inventory.rules.catalog import catalog
    from tasks.checks.catalog import all_checks

    found = {one.name: one for one in all_checks()}
    if name in found:
        told = _check_as_dict(found[name])
    else:
        rules = {one.id: one for one in catalog()}
        rule = rules.get(name.upper())
        if rule is None:
            near = nearest(name, sorted({*found, *rules}))
            raise IntentError(
                f"no check or rule is named {name!r}{near}",
                wanted="a check that `hotpair checks` lists, or a rule of `hotpair rules`",
                next_command="hotpair checks",
            )
        told = _rule_as_dict(rule)
    if fmt is Format.JSON:
        write_json(told)
        return
    width = max(map(len, told))
    for label, value in told.items():
        text = "; ".join(value) if isinstance(value, list) else value
        if text:
            out.print(f"[bold]{label:{width}}[/]  {escape(text)}", soft_wrap=True)


def _reads(check: Check) -> tuple[str, ...]:
    """Return the displays of a check; one from outside names them for a pair only."""
    from tasks.checks.explained import EXPLAINED

    known = EXPLAINED.get(check.name)
    return known.reads if known else ("see `hotpair verify PAIR --dry-run`",)


def _check_as_dict(check: Check) -> dict[str, str | list[str]]:
    """Return a check as plain values."""
    from tasks.checks.explained import EXPLAINED

    known = EXPLAINED.get(check.name)
    return {
        "check": check.name,
        "passes": check.title,
        "reads": list(_reads(check)),
        "tags": list(check.tags),
        "why": known.why if known else "",
        "page": known.page if known else "",
        "remedy": known.remedy if known else "",
    }


def _rule_as_dict(rule: Entry) -> dict[str, str | list[str]]:
    """Return a rule as plain values."""
    linted = bool(rule.severity)
    return {
        "rule": rule.id,
        "severity": rule.severity or "not linted",
        "demands" if linted else "not linted since": rule.says,
        "over": rule.over,
        "page": rule.page,
        "remedy": (
            f"Change the lines that `hotpair lint` names; `--accept {rule.id} --why TEXT` of plan and deploy "
            "lets a breach through."
            if linted
            else "Nothing to change in a file."
        ),
    }
