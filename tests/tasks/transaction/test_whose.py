"""A commit without a label is nobody's, above all at the gate, where the transaction has no commit yet."""

from __future__ import annotations

import pytest

from parsers.replies import read_commit_list
from tasks.transaction.known import Known
from tasks.transaction.records import MemberRecord

LIST = """\
No.  CommitId     Label            User            TimeStamp
1    1000000741   {label:<16} netops  2026-08-26 11:34:42+00:00
"""


@pytest.mark.parametrize(
    ("transaction", "label", "ours"),
    [
        ("", "-", False),
        ("", "mine", False),
        ("hp-1", "-", False),
        ("hp-1", "hp-1", True),
        ("hp-1", "hp-1-2", True),
        ("hp-1", "hp-12", False),
    ],
)
def test_a_commit_is_ours_by_its_label(transaction: str, label: str, *, ours: bool) -> None:
    points = read_commit_list(LIST.format(label=label))
    assert points
    assert Known(transaction, MemberRecord("Oslo-1")).is_ours(points[0]) is ours
