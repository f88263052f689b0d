"""Which pairs are meant: by name, tag, site and pattern; what fits nothing is told."""

from __future__ import annotations

import pytest

from inventory.errors import IntentError
from inventory.load import Pairs, parse_pair
from inventory.model import Pair
from inventory.problems import InvalidIntentError
from runbooks.fleet.choice import Choice, chosen


def pair(name: str, more: str = "") -> Pair:
    return parse_pair(f"pair: {name}\nmembers: {{a: {name}-1, b: {name}-2}}\n{more}", f"{name}.yaml")


FLEET = Pairs(
    {
        one.name: one
        for one in (
            pair("metro-1", "site: BER\ntags: [gold, bng]\n"),
            pair("metro-2", "site: MUC\ntags: [gold]\n"),
            pair("core-1", "site: BER\n"),
        )
    },
    {"metro-9": InvalidIntentError("metro-9", [])},
)


@pytest.mark.parametrize(
    ("choice", "good", "broken"),
    [
        (Choice(), ["core-1", "metro-1", "metro-2"], ["metro-9"]),
        (Choice(names=("metro-2",)), ["metro-2"], []),
        (Choice(names=("metro-9",)), [], ["metro-9"]),
        (Choice(tags=("gold",)), ["metro-1", "metro-2"], ["metro-9"]),
        (Choice(sites=("BER",)), ["core-1", "metro-1"], ["metro-9"]),
        (Choice(tags=("gold",), sites=("BER",)), ["metro-1"], ["metro-9"]),
        (Choice(match="core-*"), ["core-1"], []),
        (Choice(match="metro-?"), ["metro-1", "metro-2"], ["metro-9"]),
        (Choice(sites=("BER", "MUC"), match="metro-*"), ["metro-1", "metro-2"], ["metro-9"]),
        (Choice(tags=("silver", "bng")), ["metro-1"], ["metro-9"]),
    ],
)
def test_pairs_are_chosen_by_all_that_is_said(choice: Choice, good: list[str], broken: list[str]) -> None:
    taken = chosen(FLEET, choice)
    assert list(taken.good) == good
    assert list(taken.broken) == broken


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        (Choice(names=("metro-3",)), "no pair is named metro-3"),
        (Choice(tags=("silver",)), "no tag is named silver.*broken files: metro-9"),
        (Choice(tags=("bng", "silver"), match="metro-1"), "no tag is named silver"),
        (Choice(sites=("ber",)), "no site is named ber"),
        (Choice(match="edge-*"), "no pair fits"),
        (Choice(sites=("MUC",), match="core-*"), "no pair fits"),
    ],
)
def test_what_fits_nothing_is_told(choice: Choice, words: str) -> None:
    with pytest.raises(IntentError, match=words):
        chosen(FLEET, choice)
