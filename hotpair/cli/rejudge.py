"""`hotpair rejudge`: what a new rule, policy or release makes of the evidence that is kept."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from hotpair.cli import completion
from hotpair.cli.fleet import HERE, InventoryOption, PolicyOption, policy_of
from hotpair.cli.output import Format, FormatOption, out, show_error, write_json
from hotpair.cli.over_time import ArchiveOption, archive_of
from hotpair.exit_codes import ExitCode
from inventory.errors import IntentError
from inventory.quantities import quantity

if TYPE_CHECKING:
    from runbooks.rejudge import Rejudged

_AGE = re.compile(r"(?P<count>[1-9]\d{0,4})(?P<unit>[dwmy])")
_DAYS = {"d": 1, "w": 7, "m": 31, "y": 366}


def rejudge(
    pairs: Annotated[
        list[str] | None,
        typer.Argument(help="Pairs; all that are kept without it.", autocompletion=completion.pairs),
    ] = None,
    inventory: InventoryOption = HERE,
    archive: ArchiveOption = None,
    policy: PolicyOption = None,
    since: Annotated[str, typer.Option(help="Age of the oldest run, e.g. 30d, 8w, 6m or 1y.")] = "1y",
    fmt: FormatOption = Format.TABLE,
) -> int:
    """Judge kept evidence anew by the policy and the rules of today, and tell which verdicts changed.

    No device is dialled, and nothing in the archive is changed. Each run is judged by the intent of its own
    day. Ends with 1 when a verdict is another one now, 3 when some evidence could not be judged.

    Examples:
      hotpair rejudge
      hotpair rejudge metro-1 --since 30d --policy stricter.yaml
    """
    from runbooks.rejudge import rejudge as judge_anew

    oldest = datetime.now(UTC) - _age(since)
    rules = policy_of(inventory, policy)
    with archive_of(archive, inventory) as opened:
        ends = judge_anew(opened, rules, since=oldest, pairs=tuple(pairs or ()))
    judged = [one for one in ends if one.error is None]
    turned = [one for one in judged if one.turned]
    broken = [one for one in ends if one.error is not None]
    for one in broken:
        if one.error is not None:
            show_error(one.error)
    if fmt is Format.JSON:
        write_json({"judged": len(judged), "runs": [one.as_dict() for one in (*turned, *broken)]})
    else:
        _show(turned, len(judged), len(broken))
    if turned:
        return ExitCode.FINDINGS
    return ExitCode.DONE if ends and not broken else ExitCode.UNKNOWN


def _age(text: str) -> timedelta:
    read = _AGE.fullmatch(text)
    if read is None:
        raise IntentError("not an age", wanted="--since 30d, 8w, 6m or 1y", found=text)
    return timedelta(days=int(read["count"]) * _DAYS[read["unit"]])


def _show(turned: list[Rejudged], judged: int, broken: int) -> None:
    """Show each run whose results are other ones now, and how many were judged and could not be."""
    for one in turned:
        out.print(f"{one.run} ({one.runs} alike): {one.before} -> {one.after}", markup=False)
        for result in one.turned:
            was = "not judged" if result.before == "unset" else result.before
            out.print(f"  {result.check} {result.subject}: {was} -> {result.after}", markup=False)
    left = f", {broken} not judged" if broken else ""
    out.print(f"{quantity(judged, 'different run')} judged anew, {len(turned)} with other results{left}")
