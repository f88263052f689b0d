"""Findings of lint for the places where changes are reviewed: GitHub's annotations, and SARIF 2.1.0."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from inventory.place import Place
from inventory.problems import InvalidIntentError
from runbooks.lint import Linted

BROKEN = "pair-file"
"""Stands for the rule where a file is no pair."""
_COMMAND = {"error": "error", "warning": "warning", "advice": "notice"}
"""Commands of a GitHub workflow by severity."""
_LEVEL = {"error": "error", "warning": "warning", "advice": "note"}
"""Levels of SARIF by severity."""


@dataclass(frozen=True, slots=True)
class _Note:
    """What is said at a place.

    Args:
        rule: id of the rule.
        severity: error, warning or advice.
        text: what is wrong, with what was wanted and found.
        places: where; none when it stands nowhere.
    """

    rule: str
    severity: str
    text: str
    places: tuple[Place, ...]


def _notes(linted: Linted) -> Iterator[_Note]:
    """Yield every finding, and every problem of a file that is no pair."""
    for error in linted.errors:
        if isinstance(error, InvalidIntentError):
            for problem in error.problems:
                tail = "" if problem.found is None else f"; found {problem.found}"
                yield _Note(BROKEN, "error", f"{problem.message}{tail}", (problem.place,))
        else:
            place = (Place(error.where),) if error.where else ()
            yield _Note(BROKEN, "error", error.message, place)
    for finding in linted.findings:
        wanted = (f"wanted {finding.wanted}",) if finding.wanted else ()
        found = (f"found {value} on {member}" for member, value in finding.found.items())
        text = "; ".join((finding.message, *wanted, *found))
        yield _Note(finding.rule, str(finding.severity), text, finding.places)


def to_github(linted: Linted) -> str:
    """Write a workflow command a finding, at its first place; the other places are named in its text."""
    return "".join(f"{_annotation(note)}\n" for note in _notes(linted))


def _annotation(note: _Note) -> str:
    first, *others = (*note.places, None)
    where = {"title": note.rule}
    if first is not None:
        where = {"file": first.source, **({"line": str(first.line)} if first.line else {}), **where}
    said = "".join(f"; also at {place}" for place in others if place is not None)
    properties = ",".join(f"{name}={_property(value)}" for name, value in where.items())
    return f"::{_COMMAND[note.severity]} {properties}::{_data(note.text + said)}"


def _data(text: str) -> str:
    """Write a text as a workflow command takes it."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def to_sarif(linted: Linted) -> dict[str, Any]:
    """Return a SARIF log of one run: every rule that found something, and a result for each finding."""
    notes = tuple(_notes(linted))
    ids = list(dict.fromkeys(note.rule for note in notes))
    driver = {
        "name": "hotpair",
        "version": version("hotpair"),
        "rules": [{"id": name, "shortDescription": {"text": _says(name)}} for name in ids],
    }
    results = [
        {
            "ruleId": note.rule,
            "ruleIndex": ids.index(note.rule),
            "level": _LEVEL[note.severity],
            "message": {"text": note.text},
            "locations": [_location(place) for place in note.places],
        }
        for note in notes
    ]
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "results": results}],
    }


def _says(rule: str) -> str:
    """Say what a rule demands."""
    from inventory.rules.catalog import catalog

    said = dict.fromkeys(one.says for one in catalog() if one.id == rule)
    return " ".join(said) or "The file describes a pair."


def _location(place: Place) -> dict[str, Any]:
    region = {"region": {"startLine": place.line}} if place.line else {}
    return {
        "physicalLocation": {"artifactLocation": {"uri": quote(PurePath(place.source).as_posix())}, **region}
    }
