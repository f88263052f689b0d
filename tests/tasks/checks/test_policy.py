"""The policy file: selection, thresholds, waivers with owner, reason and last day."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from inventory.errors import IntentError
from inventory.lines.impact import Impact
from tasks.checks.check import Limits
from tasks.checks.freeze import frozen_at
from tasks.checks.model import CheckResult, Complaint, Outcome
from tasks.checks.policy import NO_POLICY, Policy, Severity
from tasks.checks.policy_file import SCHEMA_PATH, load_policy, policy_schema
from tasks.checks.weighing import waive, weigh_extra

TEXT = """\
checks: {tags: [rbs], names: [ports-up]}
limits: {missing_entries: 0.25, lost_pings: 2}
waivers:
  - {check: ports-up, subject: ports of North-1, owner: jane, reason: card on order, expires: 2026-12-24}
"""
FROZEN = "deployment: {{freezes: [{{begins: {}, ends: {}, time_zone: {}, reason: fair}}]}}"
FAILED = CheckResult("ports-up", "ports of North-1", Outcome.FAILURE, complaints=(Complaint("down"),))


def policy(folder: Path, text: str) -> Policy:
    file = folder / "policy.yaml"
    file.write_text(text, encoding="utf-8")
    return load_policy(file)


def test_file_gives_selection_thresholds_and_waivers(tmp_path: Path) -> None:
    read = policy(tmp_path, TEXT)

    assert (read.selection.tags, read.selection.names) == (("rbs",), ("ports-up",))
    assert read.limits == Limits(missing_entries=0.25, lost_pings=2)
    assert read.waivers[0].owner == "jane"


def test_empty_file_is_no_policy(tmp_path: Path) -> None:
    assert policy(tmp_path, "") == NO_POLICY


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("waiver: []", "policy.yaml:1 (waiver): unknown key 'waiver'; did you mean 'waivers'?"),
        ("limits:\n  missing_entries: 2", "policy.yaml:2 (limits.missing_entries)"),
        ("waivers: [{check: ports-up, owner: x, expires: 2026-01-01}]", "key 'reason' is missing"),
        ('waivers: [{check: drift, owner: x, reason: "a\\e", expires: 2026-01-01}]', "U+001B"),
        (
            "limits: {}\nwaivers:\n- {check: port-up, owner: x, reason: y, expires: 2026-01-01}",
            "policy.yaml:3 (waivers[0].check): no check is named 'port-up'; did you mean",
        ),
        (
            "grace: [{check: port-up, minutes: 5}]",
            "policy.yaml:1 (grace[0].check): no check is named 'port-up'",
        ),
        ("severities: {port-up: minor}", "no check is named 'port-up'"),
        ("drift: {extra: tell}", "policy.yaml:1 (drift.extra)"),
        ("checks: {tags: [unicorn]}", "no tag is named 'unicorn'"),
        ("checks: {names: [unicorn]}", "no check is named 'unicorn'"),
        ("a: [", "not YAML"),
        ("- 1", "set of keys and values"),
        ("deployment: {highest_impact: reset}", "deployment.highest_impact"),
        (FROZEN.format("2026-12-18 18:00", "2026-12-18 18:00", "Europe/Oslo"), "before it begins"),
        (FROZEN.format("2026-12-18 18:00", "2026-12-19", "Oslo"), "no time zone is named 'Oslo'"),
        (FROZEN.format("2026-12-18", "2026-12-19", "../etc/passwd"), "no time zone is named"),
        (FROZEN.format("2026-12-18 18:00:00+01:00", "2026-12-19", "Europe/Oslo"), "begins"),
    ],
)
def test_mistake_is_named(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(IntentError) as error:
        policy(tmp_path, text)

    assert says in str(error.value)


def test_what_may_be_deployed_is_read(tmp_path: Path) -> None:
    read = policy(tmp_path, f"{FROZEN.format('2026-12-18 18:00', '2026-12-19', 'Asia/Tokyo')}")
    assert str(read.freezes[0]) == "2026-12-18 18:00 to 2026-12-19 00:00 Asia/Tokyo: fair"
    assert read.highest_impact is Impact.AFFECTS_SERVICE
    resets = policy(tmp_path, "deployment: {highest_impact: resets}")
    assert resets.highest_impact is Impact.RESETS_SESSION


@pytest.mark.parametrize(
    ("begins", "ends", "zone", "utc", "frozen"),
    [
        ("2026-12-18 18:00", "2026-12-19 06:00", "Asia/Tokyo", "2026-12-18 08:59:59", False),
        ("2026-12-18 18:00", "2026-12-19 06:00", "Asia/Tokyo", "2026-12-18 09:00:00", True),
        ("2026-12-18 18:00", "2026-12-19 06:00", "Asia/Tokyo", "2026-12-18 20:59:59", True),
        ("2026-12-18 18:00", "2026-12-19 06:00", "Asia/Tokyo", "2026-12-18 21:00:00", False),
        # the clock of New York shows 01:30 twice on 1 November 2026: at 05:30 and at 06:30 UTC
        ("2026-11-01 01:30", "2026-11-01 03:00", "America/New_York", "2026-11-01 05:30:00", True),
        ("2026-10-31 20:00", "2026-11-01 01:30", "America/New_York", "2026-11-01 06:29:59", True),
        ("2026-10-31 20:00", "2026-11-01 01:30", "America/New_York", "2026-11-01 06:30:00", False),
        # the clock of Amsterdam goes from 02:00 to 03:00 on 29 March 2026, at 01:00 UTC
        ("2026-03-29 01:30", "2026-03-29 02:30", "Europe/Amsterdam", "2026-03-29 00:30:00", True),
        ("2026-03-29 01:30", "2026-03-29 02:30", "Europe/Amsterdam", "2026-03-29 01:29:59", True),
        ("2026-03-29 01:30", "2026-03-29 02:30", "Europe/Amsterdam", "2026-03-29 01:30:00", False),
        ("2026-03-29 02:30", "2026-03-29 04:00", "Europe/Amsterdam", "2026-03-29 00:30:00", True),
    ],
)
def test_a_freeze_holds_on_the_clock_that_it_names(
    tmp_path: Path, begins: str, ends: str, zone: str, utc: str, *, frozen: bool
) -> None:
    freezes = policy(tmp_path, FROZEN.format(begins, ends, zone)).freezes
    moment = datetime.fromisoformat(f"{utc}+00:00")
    assert bool(frozen_at(freezes, moment)) is frozen
    assert bool(frozen_at(freezes, moment.astimezone(ZoneInfo("Australia/Perth")))) is frozen


def test_the_shipped_schema_is_that_of_the_file() -> None:
    assert json.loads(SCHEMA_PATH.read_text(encoding="utf-8")) == policy_schema()


def test_the_example_of_the_page_is_a_policy(tmp_path: Path) -> None:
    page = (Path(__file__).parents[3] / "docs" / "policy.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    read = policy(tmp_path, example)
    assert read.freezes
    assert read.waivers
    keys = set(_keys(policy_schema()))
    assert {key for key in keys if f"`{key}`" not in page} == set()


def _keys(schema: dict[str, Any]) -> Iterator[str]:
    for part in (schema, *schema["$defs"].values()):
        yield from part.get("properties", ())


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(IntentError, match="cannot be read"):
        load_policy(tmp_path / "none.yaml")


def test_waiver_skips_until_its_last_day_and_says_why(tmp_path: Path) -> None:
    waivers = policy(tmp_path, TEXT).waivers

    (held,) = waive([FAILED], waivers, date(2026, 12, 24))
    (late,) = waive([FAILED], waivers, date(2026, 12, 25))

    assert (held.outcome, held.note) == ("skipped", "waived until 2026-12-24 by jane: card on order")
    assert late.outcome == "failure"
    assert str(late.complaints[-1]) == "its waiver by jane ended on 2026-12-24"


@pytest.mark.parametrize(
    "result",
    [
        CheckResult("ports-up", "ports of South-1", Outcome.FAILURE),
        CheckResult("ports-up", "ports of North-1", Outcome.ERROR),
        CheckResult("ports-up", "ports of North-1", Outcome.SUCCESS),
        CheckResult("rbs-connected", "ports of North-1", Outcome.FAILURE),
    ],
)
def test_waiver_touches_nothing_else(tmp_path: Path, result: CheckResult) -> None:
    waivers = policy(tmp_path, TEXT).waivers

    assert waive([result], waivers, date(2026, 1, 1)) == (result,)


def test_drift_may_be_waived_too(tmp_path: Path) -> None:
    path = tmp_path / "policy.yaml"
    waiver = "{check: drift, owner: jane, reason: migration, expires: 2031-01-02}"
    path.write_text(f"waivers: [{waiver}]\n", encoding="utf-8")
    assert [one.check for one in load_policy(path).waivers] == ["drift"]


EXTRA = """\
drift:
  sections:
    - {section: interface *, line: description *, extra: ignore}
    - {section: interface *, extra: warn}
"""


def extra(*lines: str, wanted: str = "absent", check: str = "drift") -> CheckResult:
    complaints = tuple(Complaint("not in the intent", wanted, line, "North-1") for line in lines)
    return CheckResult(check, "configuration of North-1", Outcome.FAILURE, complaints=complaints)


@pytest.mark.parametrize(
    ("result", "ends"),
    [
        (extra("e-trunk 7 / priority 9"), ["failure"]),
        (extra("interface Eth-Trunk3 / description a / b"), ["success"]),
        (extra("interface Eth-Trunk3 / mtu 9000"), ["success", "skipped"]),
        (extra("interface Eth-Trunk3 / mtu 9000", check="owned-lines"), ["success", "skipped"]),
        (extra("interface Eth-Trunk3 / mtu 9000", check="of-others"), ["failure"]),
        (extra("interface Eth-Trunk3 / mtu 9000", "e-trunk 7"), ["failure", "skipped"]),
        (extra("interface Eth-Trunk3 / mtu 9000", wanted="interface Eth-Trunk3 / mtu 1500"), ["failure"]),
    ],
)
def test_extra_lines_fail_warn_or_are_ignored_by_section(
    tmp_path: Path, result: CheckResult, ends: list[str]
) -> None:
    weighed = weigh_extra([result], policy(tmp_path, EXTRA).extra)
    assert [one.outcome for one in weighed] == ends
    assert weigh_extra([result], NO_POLICY.extra) == (result,)


def test_a_warned_line_is_told_with_its_complaint_and_why(tmp_path: Path) -> None:
    _, warned = weigh_extra([extra("interface Eth-Trunk3 / mtu 9000")], policy(tmp_path, EXTRA).extra)
    assert [one.found for one in warned.complaints] == ["interface Eth-Trunk3 / mtu 9000"]
    assert warned.note == "the policy warns of them"


def test_severity_and_grace_are_those_of_the_check(tmp_path: Path) -> None:
    read = policy(tmp_path, "severities: {ports-up: minor}\ngrace: [{check: ports-up, minutes: 15}]")
    assert (read.severity_of("ports-up"), read.severity_of("drift")) == (Severity.MINOR, Severity.MAJOR)
    assert (read.grace_of("ports-up"), read.grace_of("drift")) == (timedelta(minutes=15), timedelta())
