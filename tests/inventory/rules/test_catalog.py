"""Every rule is linted or listed with the reason, and says what it demands."""

from __future__ import annotations

from inventory.rules.catalog import NOT_LINTED, catalog

LAST = 175


def test_each_rule_is_linted_or_says_why_not() -> None:
    linted = {one.id for one in catalog() if one.severity}
    numbered = {f"R{number}" for number in range(1, LAST + 1)}
    assert numbered - linted == set(NOT_LINTED)
    assert linted - numbered == {"P1", "P2", "P3", "P4", "P5"}
    assert not linted & set(NOT_LINTED)


def test_each_rule_says_what_it_demands_and_where_it_is_written() -> None:
    for one in catalog():
        assert len(one.says) > 10, one
        assert one.page or not one.severity, one


def test_rules_are_listed_by_their_numbers() -> None:
    ids = [one.id for one in catalog()]
    assert ids[0] == "R1"
    assert ids[-1] == "P5"


def test_each_rule_over_both_says_how_the_members_relate_and_for_which_releases() -> None:
    for one in catalog():
        assert bool(one.relation) is (one.over in {"pair", "every line"}), one
        assert one.releases, one
    told = {one.id: (one.relation, one.releases) for one in catalog()}
    assert told["R70"] == ("mirrored", "all releases")
    assert told["R79"] == ("different", "all releases")
    assert told["R151"] == ("", "models M2F, M2H, M2K and M2K-B")
