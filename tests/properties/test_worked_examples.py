"""Whole configurations of the reference material, where it lies beside the repository."""

from __future__ import annotations

from pathlib import Path

import pytest

from inventory.load import parse_pair
from parsers.tree import facts, read_tree, write_tree
from tasks.learn import learn
from tasks.plan import plan_member
from tasks.render import facts as render

SHARED = Path(__file__).parents[3] / "shared" / "samples"
FOLDERS: list[Path | None] = [*sorted({file.parent for file in SHARED.glob("*/*.cfg")})] or [None]


@pytest.mark.shared
@pytest.mark.parametrize("folder", FOLDERS, ids=str)
def test_a_worked_example_is_learned_unharmed(folder: Path | None) -> None:
    if folder is None:
        pytest.skip("the reference material is not beside the repository")
    a, b = (read_tree(file.read_text(), file.name) for file in sorted(folder.glob("*.cfg"))[:2])
    pair = parse_pair(learn(a, b, "sample"), "learned")
    for want, running in ((render(pair, "a"), a), (render(pair, "b"), b)):
        plan = plan_member("x", want, running)
        assert not plan.forward
        assert read_tree(write_tree(running), "again") == running
        assert facts(running)[0]
