"""What a healthy pair shows, as texts of devices, for tests of checks to spoil.

The pair is not the worked example's: other names, numbers, and an IPv6 channel; member b is the master of
the second E-Trunk.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache

from inventory.load import parse_pair
from inventory.model import Pair
from parsers.api import parse
from tasks.checks.catalog import judge
from tasks.checks.check import Check
from tasks.checks.model import CheckResult, Observation

A, B = "North-1", "South-1"
NOON = datetime(2026, 3, 4, 12, 0, 0, tzinfo=UTC)

Texts = Mapping[tuple[str, str], str]


def pair_of(text: str) -> Pair:
    """Read a pair of the two members."""
    return parse_pair(f"pair: metro-7\nmembers: {{a: {A}, b: {B}}}\n{text}", "metro-7.yaml")


def observed(texts: Texts) -> tuple[Observation, ...]:
    """Make observations of texts by (device, command)."""
    return tuple(
        Observation(device, command, text, _parsed(command, text), NOON, 0.1)
        for (device, command), text in texts.items()
    )


_parsed = lru_cache(maxsize=1024)(parse)
"""Whoever spoils one display after another leaves the others as they are."""


def outcomes(checks: Sequence[Check], pair: Pair, texts: Texts) -> dict[str, str]:
    """Judge texts and give the outcome of each check and subject that is no success."""
    return {
        f"{result.check} {result.subject}": str(result.outcome)
        for result in judge(checks, pair, observed(texts))
        if result.outcome != "success"
    }


def complaints(results: Sequence[CheckResult]) -> list[str]:
    """Return every complaint as shown to the operator."""
    return [str(complaint) for result in results for complaint in result.complaints]


def spoiled(texts: Texts, device: str, command: str, old: str, new: str) -> Texts:
    """Return the same texts with one text changed; the old part must stand in it."""
    before = texts[device, command]
    if old not in before:
        raise ValueError(f"{old!r} is not in the text of {command}")
    return {**texts, (device, command): before.replace(old, new)}
