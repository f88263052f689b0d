"""The sample of the flows that `draw.PARTS` names at place 0."""

from __future__ import annotations

from tests.runbooks.certify.sampling import OfTheSample


class TestSample(OfTheSample):
    number = 0
