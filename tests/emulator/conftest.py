"""A lab of the two routers, converged."""

from __future__ import annotations

import pytest

from emulator.lab import Lab
from tests.emulator.pair import CONFIGURATIONS, CONVERGED


@pytest.fixture
def lab() -> Lab:
    lab = Lab(CONFIGURATIONS)
    lab.advance(CONVERGED)
    return lab
