"""The sample of the flows that `draw.PARTS` names at place 3."""

from __future__ import annotations

from tests.runbooks.certify.sampling import OfTheSample


class TestSample(OfTheSample):
    number = 3
