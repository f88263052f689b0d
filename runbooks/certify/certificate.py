"""The certificate: what was found, as plain values and as a page; the same numbers in both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from runbooks.certify.certifying import Findings, commit, hash_of_tables
from runbooks.certify.schedule import RELEASES, Kind
from runbooks.certify.sweep import TAKEN_UP
from runbooks.certify.verdicts import Tally, Verdict, said_as
from tasks.transaction.machine import STEPS

MOST_ROWS = 500
MOST_FAILURES = 20
FLOOR = 20
"""How often each kind of fault must have taken effect, at least."""
CLAIM = (
    "Whatever of the listed faults happens at whatever command: both members end new and saved, or both as"
    " before, or Hotpair says that they are split; and every claim that it makes at its end (exit code, last"
    " lines, journal) is true of the devices."
)
NOT_CLAIMED = (
    "real hardware: every device here is emulated",
    f"releases other than those that the emulator plays: {', '.join(RELEASES)}",
    "behaviour of the emulator that no manual states and that is only derived from one",
    "several faults at one moment beyond those that were drawn",
)
UNREACHED: Mapping[tuple[str, str], str] = {}
"""Cells of the table that no schedule can reach, and why."""


def as_dict(found: Findings) -> dict[str, Any]:
    """Give the certificate as plain values, in the order of the page."""
    all_of = (found.counted, found.drawn, found.second, found.corpus)
    return {
        "claim": CLAIM,
        "holds": found.holds and not _below_floor(found) and not _unreached(found),
        "not_claimed": list(NOT_CLAIMED),
        "commit": commit(),
        "seed": found.wishes.seed,
        "tables": hash_of_tables(),
        "counted_out": {
            "schedules": found.counted.schedules,
            "formula": "events x faults at each x what may follow a death, for each flow and release; and the"
            f" same for what takes up after a death at each line of the journal ({', '.join(TAKEN_UP)})",
            "failed": len(found.counted.failed),
        },
        "drawn": _random_part(found.drawn),
        "second_generator": {**_random_part(found.second), "found_alone": found.alone},
        "virtual_hours": round(sum(tally.virtual_s for tally in all_of) / 3_600),
        "real_minutes": round(found.minutes, 1),
        "faults": _faults(all_of),
        "reach": _reach(all_of),
        "said_and_true": _crossed(found.verdicts),
        "liveness": _liveness(all_of),
        "canaries": [
            {"name": one.canary.name, "bug": one.canary.bug, "schedules": one.took, "by": one.complaint[:200]}
            for one in found.caught
        ],
        "determinism": {"played_twice": found.twice, "unequal": len(found.unequal)},
        "corpus": {"schedules": found.corpus.schedules, "failed": len(found.corpus.failed)},
        "failures": [_failure(verdict) for verdict in found.failed[:MOST_FAILURES]],
        "rows": list(_rows(found.verdicts))[:MOST_ROWS],
    }


def _random_part(tally: Tally) -> dict[str, Any]:
    bound = round(3 / tally.schedules, 6) if tally.schedules and not tally.failed else None
    return {"schedules": tally.schedules, "failed": len(tally.failed), "bound_3_over_n": bound}


def _faults(tallies: Iterable[Tally]) -> list[dict[str, Any]]:
    met = {kind: sum(tally.met[kind] for tally in tallies) for kind in Kind}
    took = {kind: sum(tally.took[kind] for tally in tallies) for kind in Kind}
    return [
        {"fault": kind.value, "met": met[kind], "took_effect": took[kind], "floor": FLOOR} for kind in Kind
    ]


def _below_floor(found: Findings) -> list[Kind]:
    tallies = (found.counted, found.drawn, found.second, found.corpus)
    return [kind for kind in Kind if sum(tally.took[kind] for tally in tallies) < FLOOR]


def _cells() -> list[tuple[str, str]]:
    return [(str(state), str(event)) for state, steps in STEPS.items() for event in steps]


def _reach(tallies: Iterable[Tally]) -> dict[str, Any]:
    steps = {step for tally in tallies for step in tally.steps}
    lines = sorted({event for _, event in steps})
    codes = sorted({code for tally in tallies for code in tally.codes if code >= 0})
    missing = [cell for cell in _cells() if cell not in steps]
    return {
        "cells": len(_cells()),
        "met": len(_cells()) - len(missing),
        "not_met": [
            {"state": state, "event": event, "why": UNREACHED.get((state, event), "")}
            for state, event in missing
        ],
        "journal_lines": lines,
        "exit_codes": codes,
    }


def _unreached(found: Findings) -> list[tuple[str, str]]:
    tallies = (found.counted, found.drawn, found.second, found.corpus)
    steps = {step for tally in tallies for step in tally.steps}
    return [cell for cell in _cells() if cell not in steps and cell not in UNREACHED]


def _crossed(verdicts: Iterable[Verdict]) -> list[dict[str, Any]]:
    counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for verdict in verdicts:
        cell = counts[said_as(verdict), _true(verdict)]
        cell[0] += 1
        cell[1] += any(complaint.startswith("false claim") for complaint in verdict.complaints)
    return [
        {"said": said, "true": true, "schedules": count, "false": false}
        for (said, true), (count, false) in sorted(counts.items())
    ]


def _true(verdict: Verdict) -> str:
    a, b = (one.partition(",")[0] for one in verdict.truth)
    return f"a {a}, b {b}"


def _liveness(tallies: Iterable[Tally]) -> dict[str, Any]:
    times = sorted(time for tally in tallies for time in tally.ended_s)
    unended = sum(
        any(complaint.startswith("no end") for complaint in verdict.complaints)
        for tally in tallies
        for verdict in tally.failed
    )
    return {
        "median_s": round(times[len(times) // 2], 1) if times else None,
        "most_s": round(times[-1], 1) if times else None,
        "without_end": unended,
    }


def _failure(verdict: Verdict) -> dict[str, Any]:
    return {
        "code": verdict.schedule.code,
        "script": verdict.schedule.words().splitlines(),
        "complaints": [complaint[:500] for complaint in verdict.complaints],
    }


def _rows(verdicts: Iterable[Verdict]) -> Iterator[dict[str, Any]]:
    """Give how single faults ended: rows of the same end are one, with the steps that lead to it."""
    steps: dict[tuple[str, str, str, str, int, str], set[str]] = defaultdict(set)
    for verdict in verdicts:
        if len(verdict.schedule.strikes) != 1:
            continue
        (strike,) = verdict.schedule.strikes
        end = (*verdict.truth, verdict.codes[-1], said_as(verdict))
        steps[verdict.schedule.flow, str(strike.kind), *end].add(strike.place.command)
    for (flow, fault, a, b, code, said), where in sorted(steps.items()):
        yield {
            "flow": flow,
            "fault": fault,
            "steps": sorted(where)[:4],
            "steps_in_all": len(where),
            "a": a,
            "b": b,
            "exit": code,
            "said": said,
        }


def as_page(values: Mapping[str, Any]) -> str:
    """Give the certificate as a page."""
    return "\n".join((*_head(values), *_numbers(values), *_proof(values), *_table_of_ends(values))) + "\n"


def _head(values: Mapping[str, Any]) -> list[str]:
    verdict = "holds" if values["holds"] else "**does not hold**"
    return [
        "# Certificate of the pair transaction",
        "",
        f"{values['claim']}",
        "",
        f"The claim {verdict}, as far as this sweep looked. Not claimed:",
        "",
        *(f"- {one}" for one in values["not_claimed"]),
        "",
        f"Commit {values['commit']}, seed {values['seed']}, tables and grammar {values['tables']}.",
        "Made by `hotpair certify`; `hotpair certify --replay CODE` plays one schedule step by step.",
        "",
    ]


def _numbers(values: Mapping[str, Any]) -> list[str]:
    counted, drawn, second = values["counted_out"], values["drawn"], values["second_generator"]
    rows = [
        ("counted out", counted["schedules"], counted["failed"], counted["formula"]),
        ("drawn", drawn["schedules"], drawn["failed"], _bound(drawn)),
        (
            "second generator",
            second["schedules"],
            second["failed"],
            f"{_bound(second)}; found alone: {second['found_alone']}",
        ),
    ]
    return [
        "## Schedules",
        "",
        *_table(("part", "schedules", "failed", "how"), rows),
        "",
        f"{values['virtual_hours']} virtual hours in {values['real_minutes']} real minutes.",
        "",
    ]


def _bound(part: Mapping[str, Any]) -> str:
    bound = part["bound_3_over_n"]
    return f"at most {bound} of this generator's schedules fail (3/n)" if bound else "no bound"


def _proof(values: Mapping[str, Any]) -> list[str]:
    reach = values["reach"]
    missing = [f"- `{one['state']}` + `{one['event']}`: {one['why']}" for one in reach["not_met"]]
    faults = [(one["fault"], one["met"], one["took_effect"], one["floor"]) for one in values["faults"]]
    crossed = [(one["said"], one["true"], one["schedules"], one["false"]) for one in values["said_and_true"]]
    canaries = [(one["name"], one["bug"], one["schedules"] or "**not caught**") for one in values["canaries"]]
    return [
        "## Faults that took effect",
        "",
        *_table(("fault", "met", "took effect", "floor"), faults),
        "",
        "## Reach",
        "",
        _reached(reach),
        "",
        *([*missing, ""] if missing else []),
        "## What was said and what is true",
        "",
        *_table(("said at the end", "true", "schedules", "of them false"), crossed),
        "",
        "## Liveness",
        "",
        _lived(values["liveness"]),
        "",
        "## Canaries",
        "",
        *_table(("planted bug", "what is wrong", "schedules until caught"), canaries),
        "",
        "## Determinism and corpus",
        "",
        _repeated(values["determinism"], values["corpus"]),
        "",
    ]


def _reached(reach: Mapping[str, Any]) -> str:
    codes = ", ".join(map(str, reach["exit_codes"]))
    cells = f"{reach['met']} of {reach['cells']} cells of the transaction's table"
    return f"{cells}; exit codes {codes}; {len(reach['journal_lines'])} lines of the journal."


def _lived(live: Mapping[str, Any]) -> str:
    times = f"median {live['median_s']} s, at most {live['most_s']} s"
    return f"From the last fault to the end: {times}; {live['without_end']} without an end."


def _repeated(twice: Mapping[str, Any], corpus: Mapping[str, Any]) -> str:
    traces = f"{twice['played_twice']} schedules played twice, {twice['unequal']} with another trace."
    return f"{traces} Corpus: {corpus['schedules']} schedules that once failed, {corpus['failed']} fail now."


def _table_of_ends(values: Mapping[str, Any]) -> list[str]:
    rows = [
        (
            one["flow"],
            _steps(one),
            one["fault"],
            one["a"],
            one["b"],
            "killed" if one["exit"] < 0 else one["exit"],
            one["said"],
        )
        for one in values["rows"]
    ]
    failures = [
        line
        for one in values["failures"]
        for line in ("", f"`{one['code']}`", "", *(f"- {text}" for text in one["complaints"]))
    ]
    return [
        *(["## Failures", *failures, ""] if failures else []),
        "## How single faults end",
        "",
        *_table(("flow", "steps", "fault", "end of a", "end of b", "exit", "said"), rows),
    ]


def _steps(row: Mapping[str, Any]) -> str:
    more = row["steps_in_all"] - len(row["steps"])
    return ", ".join(row["steps"]) + (f" and {more} more" if more else "")


def _table(head: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> list[str]:
    shown = [f"| {' | '.join(str(cell).replace('|', '/') for cell in row)} |" for row in rows]
    return [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}", *shown]
