"""How well a line is known on a release."""

from __future__ import annotations

import pytest

from inventory.lines import OWNED, OwnedLine
from inventory.lines.evidence import GUIDE, REFERENCE, Evidence, Sources, said, weaker

DEVICE, MANUAL, OTHER, DERIVED = Evidence


@pytest.mark.parametrize(
    ("sources", "release", "known", "replaced"),
    [
        (said(REFERENCE), "V800R012C10", MANUAL, DERIVED),
        (said(REFERENCE), "V800R022C00SPC500", OTHER, DERIVED),
        (said(REFERENCE, replaces=True), "V800R022C00", OTHER, OTHER),
        (said(REFERENCE, GUIDE, replaces=True), "V800R022C00", MANUAL, MANUAL),
        (said(REFERENCE), "", OTHER, DERIVED),
        (said(), "V800R012C10", DERIVED, DERIVED),
        (said(), "", DERIVED, DERIVED),
        (said(seen=("V800R021C00",)), "V800R021C00SPC100", DEVICE, DERIVED),
        (said(REFERENCE, replaces=True, seen=("V800R012C10",)), "V800R012C10", DEVICE, DEVICE),
        (said(seen=("V800R021C00",)), "V800R022C00", OTHER, DERIVED),
        (said(seen=("V800R021C00",)), "", OTHER, DERIVED),
    ],
)
def test_a_line_is_known_by_release(
    sources: Sources, release: str, known: Evidence, replaced: Evidence
) -> None:
    assert sources.on(release) is known
    assert sources.replaced_on(release) is replaced


@pytest.mark.parametrize("row", OWNED.values(), ids=OWNED)
def test_each_line_stands_in_a_manual_that_was_read(row: OwnedLine) -> None:
    assert row.evidence.manuals
    assert set(row.evidence.manuals) <= {REFERENCE, GUIDE}


def test_what_is_derived_is_weaker_than_all_else() -> None:
    assert weaker(OTHER, MANUAL)
    assert not weaker(MANUAL, MANUAL)
    assert [one for one in Evidence if weaker(DERIVED, one)] == [DEVICE, MANUAL, OTHER]
