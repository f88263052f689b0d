"""A changed secret is known by its mark; the mark does not hold it."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from inventory.errors import IntentError
from inventory.secrets import Secret
from runbooks.secret_marks import (
    changed_secrets,
    doubt_marks,
    drop_marks,
    has_marks,
    keep_marks,
    marking,
    settle_marks,
    write_marks,
)
from tasks.transaction.ends import OPEN, End
from tasks.transaction.machine import State
from tasks.transaction.model import Outcome

OLD = {"west-key": Secret("first-canary"), "other": Secret("same-canary")}
NEW = {"west-key": Secret("second-canary"), "other": Secret("same-canary")}


def test_a_changed_secret_is_known_by_its_mark(tmp_path: Path) -> None:
    keep_marks(tmp_path, "west", OLD)
    assert changed_secrets(tmp_path, "west", OLD) == frozenset()
    assert changed_secrets(tmp_path, "west", NEW) == {"west-key"}


def test_marks_that_were_begun_are_nowhere_until_they_are_kept(tmp_path: Path) -> None:
    marked = marking(OLD)
    marked()
    assert not has_marks(tmp_path, "west")
    write_marks(tmp_path, "west", marked())
    assert changed_secrets(tmp_path, "west", NEW) == {"west-key"}
    write_marks(tmp_path, "east", marking({})())
    assert not has_marks(tmp_path, "east")


def test_what_was_never_deployed_from_here_is_not_changed(tmp_path: Path) -> None:
    keep_marks(tmp_path, "west", OLD)
    assert changed_secrets(tmp_path, "east", NEW) == frozenset()
    assert changed_secrets(tmp_path, "west", {"new": Secret("x")}) == frozenset()


def test_marks_hold_no_secret_and_are_for_their_owner(tmp_path: Path) -> None:
    keep_marks(tmp_path, "west", OLD)
    (path,) = tmp_path.iterdir()
    assert "canary" not in path.read_text(encoding="utf-8")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_two_deployments_of_one_secret_leave_different_marks(tmp_path: Path) -> None:
    keep_marks(tmp_path / "1", "west", OLD)
    keep_marks(tmp_path / "2", "west", OLD)
    first, second = ((tmp_path / name / "west.secrets.json").read_text(encoding="utf-8") for name in "12")
    assert first != second


@pytest.mark.parametrize("text", ["", "[]", '{"west-key": {"salt": "zz", "digest": ""}}', '{"west-key": {}}'])
def test_marks_that_cannot_be_read_are_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "west.secrets.json").write_text(text, encoding="utf-8")
    with pytest.raises(IntentError, match="cannot be read"):
        changed_secrets(tmp_path, "west", OLD)


def test_doubted_marks_let_every_secret_count_as_changed(tmp_path: Path) -> None:
    doubt_marks(tmp_path, "west")
    assert not has_marks(tmp_path, "west")
    keep_marks(tmp_path, "west", OLD)
    doubt_marks(tmp_path, "west")
    assert changed_secrets(tmp_path, "west", OLD) == set(OLD)


def test_marks_of_a_transaction_become_the_pairs_only_when_it_is_done(tmp_path: Path) -> None:
    def ended(end: End) -> Outcome:
        return Outcome("hp-1", "west", ("x", "y"), State.START, end)

    for end in End:
        keep_marks(tmp_path, "west", OLD)
        keep_marks(tmp_path, "hp-1", NEW)
        settle_marks(tmp_path, ended(end))
        assert bool(changed_secrets(tmp_path, "west", NEW)) is (end is not End.DONE)
        assert has_marks(tmp_path, "hp-1") is (end in OPEN)
        drop_marks(tmp_path, "hp-1")
