"""The picture of the demo needs nothing from elsewhere, and shows plan, transaction and verification."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

PICTURE = (Path(__file__).resolve().parents[2] / "docs" / "demo.svg").read_text(encoding="utf-8")


def test_nothing_is_fetched() -> None:
    assert "@font-face" not in PICTURE
    assert re.findall(r"url\((?!#)", PICTURE) == []
    assert re.findall(r'(?:href|src)="', PICTURE) == []


def test_it_has_a_background_of_its_own() -> None:
    """So that it can be read on a white page and on a black one."""
    assert re.search(r'<rect fill="#[0-9a-f]{6}" stroke=', PICTURE)


def test_it_has_three_acts() -> None:
    shown = unescape("".join(re.findall(r"<text[^>]*>([^<]*)</text>", PICTURE))).replace("\xa0", " ")
    acts = [shown.index(act) for act in ("The plan", "The deployment", "Verified")]
    assert acts == sorted(acts)
    assert "both members are new and saved" in shown or "both confirmed" in shown
