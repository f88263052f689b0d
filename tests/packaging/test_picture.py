"""The picture of the demo needs nothing from elsewhere, and shows plan, transaction and verification."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

HOME = Path(__file__).resolve().parents[2]
PICTURE = (HOME / "docs" / "demo.svg").read_text(encoding="utf-8")
SAID = HOME / "tests" / "integration" / "spoken" / "said" / "elsewhere" / "demo.txt"
"""What the demo was heard to say."""
SHOWN = unescape("".join(re.findall(r"<text[^>]*>([^<]*)</text>", PICTURE))).replace("\xa0", " ")


def test_nothing_is_fetched() -> None:
    assert "@font-face" not in PICTURE
    assert re.findall(r"url\((?!#)", PICTURE) == []
    assert re.findall(r'(?:href|src)="', PICTURE) == []


def test_it_has_a_background_of_its_own() -> None:
    """So that it can be read on a white page and on a black one."""
    assert re.search(r'<rect fill="#[0-9a-f]{6}" stroke=', PICTURE)


def test_it_has_three_acts() -> None:
    acts = [SHOWN.index(act) for act in ("The plan", "The deployment", "Verified")]
    assert acts == sorted(acts)
    assert "both confirmed" in SHOWN


def test_it_shows_what_the_demo_says_today() -> None:
    """So that it is made anew, `python docs/picture.py`, when the demo speaks otherwise."""
    said = SAID.read_text(encoding="utf-8").partition("The plan: ")[2].partition("Try next")[0]
    form = re.sub(r"<(n|hp1|counts)>", ".{1,60}?", re.escape(re.sub(r"\s", "", said)))
    assert re.search(form, re.sub(r"\s", "", SHOWN))
