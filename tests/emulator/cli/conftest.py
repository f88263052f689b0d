"""The device of these tests."""

from __future__ import annotations

import pytest

from emulator.device import Device
from tests.emulator.client import PAIR_MEMBER


@pytest.fixture
def device() -> Device:
    return Device("first", PAIR_MEMBER)
