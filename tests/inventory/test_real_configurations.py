"""Whole configurations of worked examples go through lint unharmed, where they lie beside the repository."""

from __future__ import annotations

from pathlib import Path

import pytest

from inventory.rules import lint
from parsers.tree import read_tree
from tasks.render.members import configured_member

SAMPLES = Path(__file__).parents[3] / "shared" / "samples"
PAIRS = [
    ("dhcp-server", "Device"),
    ("igmp-snooping-vsi", "Device"),
    ("rui-automatic-routes", "Device"),
    ("e-trunk-vpls", "PE"),
]


@pytest.mark.shared
@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the reference material does not lie beside the repository")
@pytest.mark.parametrize(("folder", "stem"), PAIRS)
def test_lint_judges_a_worked_example(folder: str, stem: str) -> None:
    names = ("A", "B") if stem == "Device" else ("1", "2")
    files = [SAMPLES / folder / f"{stem}{name}.cfg" for name in names]
    trees = [read_tree(file.read_text(encoding="utf-8"), file.name) for file in files]
    members = [configured_member(file.stem, tree) for file, tree in zip(files, trees, strict=True)]

    for finding in lint(members[0], members[1]):
        assert finding.found
        assert all(place.line for place in finding.places)
