"""What stands before a deployment: lint errors, freezes, impact; and the words that let it through."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from inventory.errors import IntentError, RefusedError
from inventory.lines import state
from inventory.lines.impact import Impact
from inventory.lines.service import RBS_CREATE, RBS_PEER, RBS_SHUTDOWN
from inventory.load import parse_pair
from runbooks.gates import Accepted, Permission, accepted_rules, objections, pass_lint
from tasks.checks.policy_file import load_policy
from tasks.plan import plan_member
from tasks.plan.model import Command, MemberPlan, PairPlan, Stage
from tests.integration.keyed import OSLO, TYNE, Names, broken, intent
from tests.runbooks.pairs import BARE

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)


def planned(*impacts: Impact) -> PairPlan:
    lines = tuple(Command(f"line {number}", "", impact) for number, impact in enumerate(impacts))
    tree = BARE["a"]
    empty = MemberPlan("x-1", (), (), tree)
    forward = (Stage(lines, tree),) if lines else ()
    return PairPlan("x", empty, MemberPlan("x-2", forward, (), tree))


@pytest.mark.parametrize("names", [TYNE, OSLO])
def test_an_intent_that_breaks_a_rule_is_refused_with_rule_and_line(names: Names) -> None:
    pair = parse_pair(broken(names), "of-the-pair.yaml")
    with pytest.raises(RefusedError) as refused:
        pass_lint(pair, ())
    assert "--accept R95 --why" in str(refused.value.wanted)
    assert "of-the-pair.yaml:13" in str(refused.value.found)
    with pytest.raises(RefusedError):
        pass_lint(pair, [Accepted("R144", "not this one")])
    mine = Accepted("R95", "the old key goes next week")
    assert pass_lint(pair, [Accepted("R144", "not needed"), mine]) == (mine,)


def test_warnings_stand_in_nobodys_way() -> None:
    assert pass_lint(parse_pair(intent(OSLO, "simple"), "x.yaml"), ()) == ()


@pytest.mark.parametrize(
    ("rules", "why", "says"),
    [
        (["R69"], None, "--accept RULE --why TEXT"),
        (["R69"], "  ", "--accept RULE --why TEXT"),
        ([], "because", "--accept RULE --why TEXT"),
        (["R6999"], "because", "no rule is named 'R6999'"),
        (["R69"], "a\x1b[2Jb", "printable text"),
        (["R69"], "x" * 201, "printable text"),
    ],
)
def test_what_is_accepted_has_a_known_rule_and_a_reason(rules: list[str], why: str | None, says: str) -> None:
    with pytest.raises(IntentError) as refused:
        accepted_rules(rules, why)
    assert says in str(refused.value)


def test_a_rule_is_accepted_once_with_its_reason_in_one_line() -> None:
    assert accepted_rules(["R69", "R69"], " so\n said ") == (Accepted("R69", "so said"),)
    assert accepted_rules([], None) == ()


HITLESS, RESETS, AFFECTS = Impact.HITLESS, Impact.RESETS_SESSION, Impact.AFFECTS_SERVICE


@pytest.mark.parametrize(
    ("highest", "allow", "impacts", "refused"),
    [
        ("affecting", HITLESS, [AFFECTS], False),
        ("resets", HITLESS, [HITLESS, RESETS], False),
        ("resets", HITLESS, [HITLESS, AFFECTS], True),
        ("resets", RESETS, [AFFECTS], True),
        ("resets", AFFECTS, [AFFECTS], False),
        ("hitless", HITLESS, [HITLESS], False),
        ("hitless", HITLESS, [RESETS], True),
        ("hitless", RESETS, [RESETS], False),
        ("affecting", RESETS, [AFFECTS], False),
        ("hitless", HITLESS, [], False),
    ],
)
def test_impact_beyond_the_policy_needs_to_be_allowed(
    tmp_path: Path, highest: str, allow: Impact, impacts: list[Impact], *, refused: bool
) -> None:
    file = tmp_path / "policy.yaml"
    file.write_text(f"deployment: {{highest_impact: {highest}}}\n")
    said = objections(planned(*impacts), Permission(load_policy(file), allow=allow), NOW)
    assert bool(said) is refused
    for one in said:
        assert one.wanted in {"--allow resets", "--allow affecting"}
        assert "on x-2" in one.found


FIRST = "remote-backup-service tyne"


@pytest.mark.parametrize(
    ("lowest", "release", "line"),
    [
        ("derived", "", ""),
        ("other", "", ""),
        ("manual", "", FIRST),
        ("manual", "V800R022C00SPC500", "shutdown"),
        ("manual", "V800R012C10", ""),
        ("device", "V800R012C10", FIRST),
    ],
)
def test_lines_that_are_known_less_well_than_the_policy_wants_are_refused(
    tmp_path: Path, lowest: str, release: str, line: str
) -> None:
    file = tmp_path / "policy.yaml"
    file.write_text(f"deployment: {{lowest_evidence: {lowest}}}\n")
    plan = with_a_shut_channel(release)
    said = objections(plan, Permission(load_policy(file)), NOW)
    assert bool(said) is bool(line)
    for one in said:
        assert one.wanted == "--unqualified"
        assert one.found == f"{line} on x-2 ({release or 'release not known'})"
    assert objections(plan, Permission(load_policy(file), unqualified=True), NOW) == ()


def with_a_shut_channel(release: str) -> PairPlan:
    """A plan whose last line stands in the command reference alone."""
    running = replace(BARE["b"], release=release)
    channel = state(RBS_CREATE, {"rbs-name": "tyne"})
    ends = {"peer-ip": "198.51.100.2", "source-ip": "198.51.100.1", "port": "2046"}
    want = (channel, state(RBS_PEER, ends, channel), state(RBS_SHUTDOWN, {}, channel))
    plan = plan_member("x-2", want, running)
    return PairPlan("x", MemberPlan("x-1", (), (), running), plan)


def test_a_freeze_stands_in_the_way_of_lines_alone(tmp_path: Path) -> None:
    file = tmp_path / "policy.yaml"
    file.write_text(
        "deployment: {freezes: [{begins: 2026-05-01 13:30, ends: 2026-05-02 06:00, "
        "time_zone: Europe/Berlin, reason: fair}]}"
    )
    permission = Permission(load_policy(file))
    (said,) = objections(planned(HITLESS), permission, NOW)
    assert "2026-05-01 13:30 to 2026-05-02 06:00 Europe/Berlin: fair" in str(said.error())
    assert objections(planned(), permission, NOW) == ()
    assert objections(planned(HITLESS), permission, NOW.replace(hour=11, minute=29)) == ()
