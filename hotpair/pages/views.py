"""What each page shows: values of the archive, the journals and the pair files, nothing of a device."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import takewhile
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup
from starlette.requests import Request

from hotpair.pages.live import is_over
from hotpair.pages.source import Intents, Source
from inventory.errors import ArchiveError, IntentError
from runbooks.archive.grid import MOST_DAYS, MOST_ROWS, Wanted, grid, known_pairs, open_counts
from runbooks.archive.kept import load_run
from runbooks.archive.queries import TransactionRow, findings_of, run_rows, transaction_rows
from runbooks.compare import compare_runs
from runbooks.report.html import drift_lines, run_values
from runbooks.report.picture import Way, picture
from runbooks.report.roles import roles_of
from runbooks.report.run import RunKind
from tasks.checks.model import Outcome

ROWS = 50
"""Rows of a page unless more are asked for."""
SPANS = (7, 30, MOST_DAYS)
ENDS = (Outcome.FAILURE, Outcome.ERROR, Outcome.SUCCESS)
NAMED = 20
"""Names that a page lists of pairs that were never looked at."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked of the fleet page.

    Args:
        text: part of a name.
        end: end of the newest run; empty for any.
        site, tag: of the pair file; empty for any.
        days: how many.
        rows: how many.
        page: from 1.
    """

    text: str
    end: str
    site: str
    tag: str
    days: int
    rows: int
    page: int

    def link(self, **other: object) -> str:
        """Return the address of this page with something else."""
        fields = {
            "text": self.text, "end": self.end, "site": self.site, "tag": self.tag, "days": self.days,
            "rows": self.rows, "page": self.page,
        }  # fmt: skip
        return "/?" + urlencode({name: value for name, value in {**fields, **other}.items() if value})


def fleet(source: Source, request: Request) -> dict[str, Any]:
    """Show the fleet as a grid over time, the worst first."""
    asked = _asked(request)
    intents = source.intents()
    ends = (Outcome(asked.end),) if asked.end else ()
    wanted = Wanted(asked.text, ends, _names(intents, asked))
    with source.archive() as archive:
        shown = grid(
            archive,
            wanted,
            until=datetime.now(UTC).date(),
            days=asked.days,
            skip=(asked.page - 1) * asked.rows,
            rows=asked.rows,
        )
        never = sorted(set(intents.good) - known_pairs(archive))
        troubles = open_counts(archive)
    return {
        "asked": asked,
        "grid": shown,
        "pages": max(-(-shown.total // asked.rows), 1),
        "intents": intents,
        "sites": sorted({pair.site for pair in intents.good.values() if pair.site}),
        "tags": sorted({tag for pair in intents.good.values() for tag in pair.tags}),
        "never": never,
        "never_named": never[:NAMED],
        "troubles": troubles,
        "spans": SPANS,
        "ends": ENDS,
        "unfinished": [one for one in source.transactions() if not one.finished],
    }


def _asked(request: Request) -> Asked:
    words = request.query_params
    end = words.get("end", "")
    if end not in ("", *ENDS):
        raise IntentError("no run ends so", wanted=", ".join(ENDS), found=end[:60])
    return Asked(
        words.get("text", "")[:100],
        end,
        words.get("site", "")[:100],
        words.get("tag", "")[:100],
        _number(request, "days", 30, MOST_DAYS),
        _number(request, "rows", ROWS, MOST_ROWS),
        _number(request, "page", 1, 1_000_000),
    )


def _number(request: Request, name: str, usual: int, most: int) -> int:
    """Read a number of the address."""
    given = request.query_params.get(name, str(usual))
    digits = given.lstrip("0")
    is_number = given.isascii() and given.isdigit() and 0 < len(digits) <= len(str(most))
    if not is_number or int(digits) > most:
        raise IntentError(f"{name} cannot be that", wanted=f"a number from 1 to {most}", found=given[:60])
    return int(digits)


def _names(intents: Intents, asked: Asked) -> tuple[str, ...] | None:
    """Return the pairs of a site or with a tag; nothing when neither was asked for."""
    if not asked.site and not asked.tag:
        return None
    return tuple(
        pair.name
        for pair in intents.good.values()
        if (not asked.site or pair.site == asked.site) and (not asked.tag or asked.tag in pair.tags)
    )


def pair(source: Source, request: Request) -> dict[str, Any]:
    """Show one pair: its picture, what is wrong since when, its runs and transactions."""
    name = request.path_params["pair"]
    intents = source.intents()
    with source.archive() as archive:
        newest = run_rows(archive, pair=name, limit=ROWS)
        if not newest and name not in {*intents.good, *intents.broken}:
            raise IntentError("no pair of that name was looked at, and no pair file has it", found=name)
        found = findings_of(archive, pair=name, ended=True, limit=ROWS)
        last = load_run(archive, newest[0].id) if newest else None
    drawn: dict[str, Any] = {}
    if last is not None:
        roles = roles_of(last)
        drawn = {
            "picture": Markup(picture(last, roles)),  # noqa: S704 - built by ElementTree, escaped there
            "upright": Markup(picture(last, roles, Way.UPRIGHT)),  # noqa: S704 - as above
            "drift": drift_lines(last.results),
        }
    alike = list(takewhile(lambda row: row.verdict is newest[0].verdict, newest))
    own = [one for one in source.transactions() if one.opening is not None and one.opening.pair == name]
    return {
        "name": name,
        "intent": intents.good.get(name),
        "broken": intents.broken.get(name),
        "last": last,
        "runs": newest,
        "since": alike[-1].started_at if 0 < len(alike) < len(newest) else None,
        "findings": found,
        "transactions": own,
        **drawn,
    }


def all_findings(source: Source, request: Request) -> dict[str, Any]:
    """List what is wrong now, the newest first."""
    rows = _number(request, "rows", ROWS, 1_000)
    with source.archive() as archive:
        return {"findings": findings_of(archive, limit=rows), "rows": rows}


def runs(source: Source, request: Request) -> dict[str, Any]:
    """List runs, the newest first; with `pair` those of one pair."""
    name = request.query_params.get("pair") or None
    rows = _number(request, "rows", ROWS, 1_000)
    with source.archive() as archive:
        return {"runs": run_rows(archive, pair=name, limit=rows), "name": name, "rows": rows}


def run(source: Source, request: Request) -> dict[str, Any]:
    """Show one run with its evidence."""
    with source.archive() as archive:
        return run_values(load_run(archive, request.path_params["run"]))


def proof(source: Source, request: Request) -> dict[str, Any]:
    """List drills and rehearsals with what each of them showed, and certificates."""
    rows = _number(request, "rows", ROWS, 1_000)
    with source.archive() as archive:
        listed = run_rows(archive, kinds=(RunKind.DRILL, RunKind.REHEARSE), limit=rows)
        shown = [(row, load_run(archive, row.id).judged) for row in listed]
    return {"drills": shown, "certificates": source.certificates()}


def compare(source: Source, request: Request) -> dict[str, Any]:
    """Show what changed between two runs of a pair."""
    chosen = request.query_params.getlist("run")
    if len(chosen) != 2:  # noqa: PLR2004 - before and after
        raise IntentError("two runs are compared", wanted="two of one pair", found=f"{len(chosen)} chosen")
    with source.archive() as archive:
        before, after = sorted((load_run(archive, one) for one in chosen), key=lambda one: one.started_at)
    return {"before": before, "after": after, "changes": compare_runs(before, after)}


def due(source: Source, request: Request) -> dict[str, Any]:
    """List the next looks of the watcher."""
    return {"moments": source.coming(_number(request, "rows", ROWS, 1_000))}


def transactions(source: Source, request: Request) -> dict[str, Any]:
    """List the transactions of this host, unfinished ones first, and those that are archived beside them."""
    rows = _number(request, "rows", ROWS, 1_000)
    here = source.transactions()
    kept: tuple[TransactionRow, ...] = ()
    trouble = None
    try:
        if source.is_archived():
            with source.archive() as archive:
                kept = transaction_rows(archive, limit=rows)
    except ArchiveError as error:  # what is unfinished here is shown all the same
        trouble = error
    mine = {one.id for one in here}
    others = [one for one in kept if one.id not in mine]
    return {"transactions": here, "others": others, "trouble": trouble}


def transaction(source: Source, request: Request) -> dict[str, Any]:
    """Show a transaction as a time line."""
    shown = source.transaction(request.path_params["id"])
    return {"one": shown.listed, "entries": shown.entries, "over": is_over(shown)}
