"""The sample of the flows that `draw.PARTS` names at place 3."""

from __future__ import annotations

from runbooks.certify.schedule import Kind
from tests.runbooks.certify.sampling import OfTheSample


class TestSample(OfTheSample):
    number = 3
    without = frozenset({Kind.IGNORED})  # neither a rollback nor an adoption types the lines of a candidate
