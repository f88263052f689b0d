"""Every display of one router's state, byte for byte, in the layout of each release.

The kept texts follow the layouts of the command reference with a router of our own.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from emulator.displays import show
from emulator.displays.table import DISPLAYS
from tests.emulator.displays.cases import CASES, OTHER_LAYOUTS
from tests.emulator.displays.states import LAYOUTS, view

GOLDEN = Path(__file__).parent / "golden"
WANTED = [(case, "newer") for case in CASES] + [
    (case, layout) for case in OTHER_LAYOUTS for layout in ("reference", "older")
]


def kept(case: str, layout: str) -> Path:
    return GOLDEN / f"{case.replace(' ', '_')}.{layout}.txt"


@pytest.mark.parametrize(("case", "layout"), WANTED)
def test_display_is_laid_out_as_kept(case: str, layout: str) -> None:
    command, params = CASES[case]
    shown = "\n".join(show(command, params, view(layout=LAYOUTS[layout]))) + "\n"
    assert shown == kept(case, layout).read_text(encoding="utf-8")


def test_every_display_has_a_kept_text() -> None:
    # what follows mVRRP6 groups has the shape of mVRRP; its log likewise
    assert set(DISPLAYS) - {command for command, _ in CASES.values()} == {"d.vrrp6-changes"}


def test_no_kept_text_is_left_over() -> None:
    assert {path.name for path in GOLDEN.iterdir()} == {kept(*wanted).name for wanted in WANTED}


@pytest.mark.parametrize("case", CASES)
def test_no_line_breaks_the_terminal(case: str) -> None:
    command, params = CASES[case]
    for line in show(command, params, view()):
        assert line.replace("\t", "").isprintable()
