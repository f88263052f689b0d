from __future__ import annotations

import pytest

from inventory.rules import (
    DEVICE_RULES,
    GENERAL_RULES,
    PAIR_RULES,
    Finding,
    Member,
    Severity,
    lint,
    lint_device,
)
from parsers.tree import read_tree
from tasks.render.members import configured_member
from tests.inventory.rules.bases import BASES
from tests.inventory.rules.cases import Case
from tests.inventory.rules.cases_of_trunk import CASES as TRUNK_CASES
from tests.inventory.rules.cases_of_vrrp import CASES as VRRP_CASES
from tests.inventory.rules.foreign_cases import CASES as FOREIGN_CASES

CASES = (*TRUNK_CASES, *VRRP_CASES, *FOREIGN_CASES)


def member(text: str, name: str) -> Member:
    return configured_member(name, read_tree(text, f"{name}.cfg"))


def pair(base: str, case: Case | None = None) -> tuple[Member, Member]:
    texts = dict(zip("ab", BASES[base], strict=True))
    for side in case.sides if case else "":
        assert case is not None
        assert case.old in texts[side], "the mistake was not planted"
        texts[side] = texts[side].replace(case.old, case.new)
    names = ("Oslo", "Bergen") if base == "trunk" else ("Lund", "Visby")
    return member(texts["a"], names[0]), member(texts["b"], names[1])


def of_rule(findings: tuple[Finding, ...], case: Case) -> list[Finding]:
    return [one for one in findings if one.rule == case.rule and case.says in one.message]


@pytest.mark.parametrize("base", BASES)
def test_a_clean_pair_has_no_finding(base: str) -> None:
    assert lint(*pair(base)) == ()


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}-{case.says}")
def test_a_planted_mistake_is_found_with_place_and_values(case: Case) -> None:
    found = of_rule(lint(*pair(case.base, case)), case)

    assert found, f"{case.rule} does not see it"
    first = found[0]
    assert first.page
    assert first.wanted
    assert first.found, "both values, or the value of the member that is wrong"
    lines = [place.line for place in first.places]
    absent_on_both = case.new == "" and not lines
    assert lines or absent_on_both
    assert all(place.source.endswith(".cfg") for place in first.places)


def test_each_rule_has_a_planted_mistake() -> None:
    over_pair = [rule.id for rule in (*PAIR_RULES, *GENERAL_RULES)]
    rows = [*over_pair, *(rule.id for rule in DEVICE_RULES)]
    planted = [case.rule for case in CASES]

    assert {rule: planted.count(rule) for rule in rows if planted.count(rule) < rows.count(rule)} == {}
    assert set(planted) <= set(rows)


def test_findings_do_not_depend_on_which_member_is_called_a() -> None:
    for case in CASES:
        a, b = pair(case.base, case)
        assert {one.rule for one in lint(a, b)} == {one.rule for one in lint(b, a)}, case


def test_errors_come_first() -> None:
    a, b = pair("trunk")
    worse = tuple(fact for fact in b.facts if fact.id not in {"et.priority", "et.sequence", "rbs.peer"})
    severities = [one.severity for one in lint(a, Member("Bergen", worse))]

    assert Severity.ERROR in severities
    assert severities == sorted(severities, key=lambda one: one is not Severity.ERROR)


def test_ciphertexts_are_never_compared_but_named_secrets_are() -> None:
    a, b = pair("trunk")

    def keyed(who: Member, key: str) -> Member:
        text = f"e-trunk 9\n security-key cipher {key}\n"
        own = [fact for fact in member(text, who.name).facts if fact.id == "et.security-key"]
        return Member(who.name, (*(f for f in who.facts if f.id != "et.security-key"), *own), who.underlay)

    assert lint(keyed(a, "%^%#x%^%#"), keyed(b, "%^%#y%^%#")) == ()
    assert [one.rule for one in lint(keyed(a, "<secret:one>"), keyed(b, "<secret:two>"))] == ["R75"]
    assert lint(keyed(a, "<secret:one>"), keyed(b, "<secret:one>")) == ()


def test_keys_in_clear_text_are_compared_and_not_shown() -> None:
    a, b = BASES["trunk"]
    keys = ("security-key simple alpha-key", "security-key simple beta-key")
    a = a.replace("security-key cipher %^%#Oslo-shows-another-text%^%#", keys[0])
    b = b.replace("security-key cipher %^%#Bergen-shows-another-text%^%#", keys[1])
    findings = lint(member(a, "Oslo"), member(b, "Bergen"))

    assert [one.rule for one in findings] == ["R75", "R144", "R144"]
    assert "alpha-key" not in str(findings)
    assert "beta-key" not in str([one.as_dict() for one in findings])


def test_a_service_towards_a_third_device_is_no_finding() -> None:
    third = "remote-backup-service third\n peer 198.51.100.9 source 192.0.2.11 port 4000\n#\n"
    a, b = BASES["trunk"]
    with_third = a.replace(
        "remote-backup-profile groups\n service", f"{third}remote-backup-profile groups\n service"
    )

    findings = lint(member(with_third, "Oslo"), member(b, "Bergen"))
    assert [one.message for one in findings] == ["remote-backup-service third is used by no line"]


def test_one_configuration_is_judged_alone() -> None:
    a, _ = BASES["vrrp"]

    assert lint_device(member(a, "Lund")) == ()
    alone = lint_device(member(a.replace("#\nbfd\n", ""), "Lund"))
    assert [one.rule for one in alone] == ["R14"]


def test_two_empty_configurations_have_no_finding() -> None:
    assert lint(member("#\nreturn\n", "A"), member("#\nreturn\n", "B")) == ()
