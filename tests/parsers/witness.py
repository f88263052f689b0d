"""What the emulator prints of a state, read by the parsers, beside the state."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from emulator.displays import show
from emulator.displays.layouts import Layout
from emulator.protocols.states import (
    DeviceState,
)
from parsers.api import parse
from parsers.values import Parsed
from tests.emulator.displays.cases import CASES
from tests.emulator.displays.states import LAYOUTS, view

TYPED = {
    "display dhcpv6 relay userinfo table": (
        "display dhcpv6 relay userinfo table interface GigabitEthernet0/2/4.7"
    ),
    "display eth-trunk 70 interface GE3-0-3": "display eth-trunk 70 interface GigabitEthernet3/0/3",
    "display vrrp state-change": "display vrrp state-change interface GigabitEthernet3/0/1.10 vrid 5",
}
"""Cases whose name is no command."""

EVERY_LAYOUT = pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)


def seen(case: str, state: DeviceState, layout: Layout) -> Parsed:
    """Show a display of a state and read it."""
    command, params = CASES[case]
    text = "\n".join(show(command, params, view(state, layout)))
    parsed = parse(TYPED.get(case, case), text)
    assert (parsed.unparsed, parsed.lacks) == ((), ()), text
    return parsed


def differences(record: Any, wanted: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Return each field that is not as wanted, with both values."""
    return {
        name: (found, value) for name, value in wanted.items() if (found := getattr(record, name)) != value
    }
