"""Commit points in full, and rollback results: read whole, or not at all."""

from __future__ import annotations

import pytest

from parsers.commits import CommitRecord, RollbackResult, read_commit_records, read_rollback_result
from tests.fixtures.text import text_of

TWO = text_of("outputs/commit-list-verbose.txt")


def test_commit_points_are_read_with_label_and_description() -> None:
    assert read_commit_records(TWO) == (
        CommitRecord(
            1_000_000_207,
            "hp-1f -a",
            "ops",
            "VTY 3",
            "CLI",
            "2026-02-03 04:05:06+01:00",
            "hp-1f CHG#4711: both",
        ),
        CommitRecord(1_000_000_101, None, "nms", "", "NETCONF", "2026-02-03 04:00:00", ""),
    )


@pytest.mark.parametrize("text", ["", "Info: No commit point.", "\n-----\n"])
def test_a_device_without_points_has_none(text: str) -> None:
    assert read_commit_records(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Error: The system is busy.",
        "42 bottles",
        TWO.replace("        User: ops\n", ""),
        TWO.replace("TimeStamp: 2026-02-03 04:00:00", "TimeStamp:"),
        TWO + "\nNov 28 2026 10:11:12 PE1 %%01IFNET/4/X(l):text",
        "        Label: -\n" + TWO,
    ],
)
def test_what_is_not_wholly_a_list_is_none(text: str) -> None:
    assert read_commit_records(text) is None


def test_leftovers_and_warnings_of_a_rollback_are_told_apart() -> None:
    text = (
        "!There are still several differences as follow:\n- mtu 1400\n!warning information\nslot 3 is absent"
    )
    assert read_rollback_result(text) == RollbackResult(("- mtu 1400",), ("slot 3 is absent",))
    assert read_rollback_result("") == RollbackResult()
    assert read_rollback_result("Info: Nothing was left.") == RollbackResult()


@pytest.mark.parametrize(
    "text", ["Error: busy", "mtu 1400", "!There are still several differences as follow:"]
)
def test_a_strange_rollback_result_is_none(text: str) -> None:
    assert read_rollback_result(text) is None
