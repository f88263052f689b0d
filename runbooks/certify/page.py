"""The certificate as a page; the numbers are those of its JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

Values = Mapping[str, Any]


def as_page(values: Values) -> str:
    """Return the certificate as Markdown, from `certificate.as_dict`."""
    parts = (
        _claim,
        _origin,
        _schedules,
        _faults,
        _reach,
        _said_and_true,
        _liveness,
        _canaries,
        _repeated,
        _ends,
    )
    return "\n".join(line for part in parts for line in part(values))


def part_in_words(values: Values) -> str:
    """Return what came of one part of what can be counted out, from `certificate.of_part`."""
    said = (
        f"Part {values['part']} of {values['of']}: {values['played']} of {values['there_are']} schedules,"
        f" {values['virtual_hours']} virtual hours in {values['real_minutes']} real minutes;"
        f" failed: {values['failed']}."
    )
    return "\n".join([said, "", *(line for one in values["failures"] for line in _failure(one))]).rstrip()


def _claim(values: Values) -> list[str]:
    holds = values["holds"]
    verdict = "The claim holds, as far as this sweep looked." if holds else "**The certificate is refused:**"
    return [
        "# Certificate of the pair transaction",
        "",
        values["claim"],
        "",
        verdict,
        "",
        *_list(values["refused_because"]),
        "Not claimed:",
        "",
        *_list(values["not_claimed"]),
    ]


def _origin(values: Values) -> list[str]:
    return [
        f"Commit {values['commit']}, seed {values['seed']}, tables and grammar {values['tables']}.",
        "Made by `hotpair certify`; all but the real minutes is the same for the same commit and seed.",
        "",
    ]


def _schedules(values: Values) -> list[str]:
    counted, drawn, second = values["counted_out"], values["drawn"], values["second_generator"]
    cells = f"{drawn['cells_drawn']} of {drawn['cells']} faults at commands of flows, each once"
    rows = [
        ("drawn", drawn["schedules"], drawn["failed"], f"{cells}, and tangled ones; {_bound(drawn)}"),
        (
            "second generator",
            second["schedules"],
            second["failed"],
            f"{_bound(second)}; kinds of failure found by it alone: {second['found_alone']}",
        ),
    ]
    return [
        "## Counted out",
        "",
        f"There are {counted['there_are']} schedules of one strike: {counted['formula']}.",
        f"Played as a whole: {counted['played']}; failed: {counted['failed']}.",
        "",
        "## Drawn at random",
        "",
        *_table(("part", "schedules", "failed", "how"), rows),
        f"{values['virtual_hours']} virtual hours in {values['real_minutes']} real minutes.",
        "",
    ]


def _bound(part: Values) -> str:
    bound = part["bound_3_over_n"]
    return f"at most {bound} of the schedules of this generator fail (3/n)" if bound else "no bound"


def _faults(values: Values) -> list[str]:
    rows = [(one["fault"], one["met"], one["took_effect"], one["floor"]) for one in values["faults"]]
    return ["## Faults that took effect", "", *_table(("fault", "met", "took effect", "floor"), rows)]


def _reach(values: Values) -> list[str]:
    parts = values["reach"].items()
    rows = [(name, one["there_are"], one["met"]) for name, one in parts]
    left = [row for _, one in parts for row in one["not_met"]]
    missing = [f"`{row['what']}`: {row['why'] or '**no reason**'}" for row in left]
    return [
        "## Reach",
        "",
        *_table(("what", "there are", "met"), rows),
        *(["Not met, and why:", "", *_list(missing)] if missing else []),
    ]


def _said_and_true(values: Values) -> list[str]:
    crossed = values["said_and_true"]
    rows = [(one["said"], one["true"], one["schedules"], one["false"]) for one in crossed]
    return [
        "## What was said and what is true",
        "",
        f"False claims in all: {sum(one['false'] for one in crossed)}.",
        "",
        *_table(("said at the end", "true", "schedules", "of them false"), rows),
    ]


def _liveness(values: Values) -> list[str]:
    live = values["liveness"]
    times = f"median {live['median_s']} s, at most {live['most_s']} s"
    return [
        "## Liveness",
        "",
        f"Virtual time from the last fault to the end: {times}; without an end: {live['without_end']}.",
        "",
    ]


def _canaries(values: Values) -> list[str]:
    rows = [
        (one["name"], one["bug"], one["schedules"] or "**not caught**", one["by"].partition(":")[0])
        for one in values["canaries"]
    ]
    head = ("planted bug", "what is wrong", "schedules until caught", "betrayed by")
    protected = [(one["mistake"], one["why"], f"`{one['test']}`") for one in values["protected"]]
    return [
        "## Canaries",
        "",
        *_table(head, rows),
        "Mistakes that no schedule can show, each planted by a test against the test that protects from it:",
        "",
        *_table(("mistake", "why no schedule shows it", "protected by"), protected),
    ]


def _repeated(values: Values) -> list[str]:
    twice, corpus = values["determinism"], values["corpus"]
    return [
        "## Determinism and corpus",
        "",
        f"{twice['played_twice']} schedules played twice, {len(twice['unequal'])} with another trace.",
        f"Corpus: {corpus['schedules']} schedules that once failed, {corpus['failed']} fail now.",
        "",
    ]


def _ends(values: Values) -> list[str]:
    head = ("flow", "steps", "fault", "end of a", "end of b", "exit", "said")
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
    failures = [line for one in values["failures"] for line in _failure(one)]
    return [
        *(["## Failures", "", *failures] if failures else []),
        "## How single faults end",
        "",
        f"{len(rows)} of {values['ends']} ends, those that most steps lead to.",
        "",
        *_table(head, rows),
    ]


def _failure(one: Values) -> list[str]:
    replay = f"hotpair certify --replay '{one['shortest']}'"
    return ["```text", *one["script"], replay, "```", "", *_list(one["complaints"])]


def _steps(row: Values) -> str:
    more = row["steps_in_all"] - len(row["steps"])
    return ", ".join(row["steps"]) + (f" and {more} more" if more else "")


def _list(items: Iterable[str]) -> list[str]:
    rows = [f"- {one}" for one in items]
    return [*rows, ""] if rows else []


def _table(head: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> list[str]:
    shown = [f"| {' | '.join(str(cell).replace('|', '/') for cell in row)} |" for row in rows]
    return [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}", *shown, ""]
