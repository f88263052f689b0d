"""What the operator of a fleet allows is what each worker allows, with its reason."""

from __future__ import annotations

import pytest

from hotpair.cli.asked import asked
from hotpair.cli.temporal import told_words
from inventory.errors import IntentError
from runbooks.workers.activities import permission_of
from tasks.checks.policy import NO_POLICY


@pytest.mark.parametrize(
    ("accept", "force", "forced"),
    [(["R16"], False, ""), ([], True, "a window"), (["R16"], True, "a window")],
)
def test_what_is_accepted_and_forced_reaches_a_worker(accept: list[str], *, force: bool, forced: str) -> None:
    words = asked(
        "", ticket="", remove=False, retype_keys=False, allow=None, accept=accept, why="a window",
        unqualified=False, force=force,
    )  # fmt: skip

    permission = permission_of(told_words(words, "a window"), NO_POLICY)

    assert permission.forced == forced
    assert [(one.rule, one.why) for one in permission.accepted] == [(rule, "a window") for rule in accept]


def test_nothing_is_forced_without_a_reason() -> None:
    with pytest.raises(IntentError, match="what is forced has a reason"):
        asked(
            "", ticket="", remove=False, retype_keys=False, allow=None, accept=None, why=None,
            unqualified=False, force=True,
        )  # fmt: skip
