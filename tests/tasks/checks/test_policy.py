"""The policy file: selection, thresholds, waivers with owner, reason and last day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from inventory.errors import IntentError
from tasks.checks.check import Limits
from tasks.checks.model import CheckResult, Complaint, Outcome
from tasks.checks.policy import NO_POLICY, Policy, load_policy, waive

TEXT = """\
checks: {tags: [rbs], names: [ports-up]}
limits: {missing_entries: 0.25, lost_pings: 2}
waivers:
  - {check: ports-up, subject: ports of North-1, owner: jane, reason: card on order, expires: 2026-12-24}
"""
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
        ("colour: red", "colour: Extra inputs are not permitted"),
        ("limits: {missing_entries: 2}", "limits.missing_entries"),
        ("waivers: [{check: ports-up, owner: x, expires: 2026-01-01}]", "waivers.0.reason: Field required"),
        ("waivers: [{check: no-such, owner: x, reason: y, expires: 2026-01-01}]", "found: no-such"),
        ("checks: {tags: [unicorn]}", "no such tag"),
        ("checks: {names: [unicorn]}", "no such check"),
        ("a: [", "no YAML"),
    ],
)
def test_mistake_is_named(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(IntentError) as error:
        policy(tmp_path, text)

    assert says in str(error.value)


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
