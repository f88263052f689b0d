"""Every machine moves by its table alone: what is not in it raises and changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emulator.protocols.errors import IllegalEventError
from emulator.protocols.machine import step
from emulator.protocols.machines import bfd, e_trunk, e_trunk_member, eth_trunk, monitor_group, rbs, vrrp
from emulator.protocols.states import BfdState, RbsState, VrrpState

Table = Mapping[Any, Mapping[Any, Any]]

MACHINES: dict[str, tuple[Table, type[Enum], type[Enum], Enum]] = {
    "BFD": (bfd.TABLE, BfdState, bfd.Event, BfdState.DOWN),
    "LACP": (eth_trunk.TABLE, eth_trunk.Lacp, eth_trunk.LacpEvent, eth_trunk.Lacp.SILENT),
    "monitor group": (
        monitor_group.TABLE,
        monitor_group.Trigger,
        monitor_group.Event,
        monitor_group.Trigger.RELEASED,
    ),
    "channel": (rbs.TABLE, RbsState, rbs.Event, RbsState.UNSET),
    "VRRP": (vrrp.TABLE, VrrpState, vrrp.Event, VrrpState.INITIALIZE),
}


@pytest.mark.parametrize("name", MACHINES)
def test_every_state_has_a_row_and_can_be_reached(name: str) -> None:
    table, states, events, start = MACHINES[name]
    assert set(table) == set(states)
    reached, waiting = {start}, [start]
    while waiting:
        for after in set(table[waiting.pop()].values()) - reached:
            reached.add(after)
            waiting.append(after)
    assert reached == set(states)
    used = {event for row in table.values() for event in row}
    assert used == set(events)


def test_an_event_says_what_becomes_of_an_e_trunk_and_of_a_member() -> None:
    assert set(e_trunk.PHASES) == set(e_trunk.Event)
    assert set(e_trunk.PHASES.values()) == set(e_trunk.Phase) - {e_trunk.Phase.INIT}
    assert set(e_trunk_member.PHASES) == set(e_trunk_member.Event)
    assert set(e_trunk_member.PHASES.values()) == set(e_trunk_member.Phase)


def test_an_e_trunk_that_has_not_elected_cannot_yield() -> None:
    with pytest.raises(IllegalEventError, match="PEER_DEAF cannot happen in INIT"):
        e_trunk.after(e_trunk.Phase.INIT, e_trunk.Event.PEER_DEAF)
    for phase in set(e_trunk.Phase) - {e_trunk.Phase.INIT}:
        assert e_trunk.after(phase, e_trunk.Event.PEER_DEAF) is e_trunk.Phase.BACKUP_UNHEARD


@settings(max_examples=40)
@given(data=st.data())
@pytest.mark.parametrize("name", MACHINES)
def test_a_machine_moves_by_its_table_or_not_at_all(name: str, data: st.DataObject) -> None:
    table, _, events, state = MACHINES[name]
    for event in data.draw(st.lists(st.sampled_from(list(events)), max_size=20)):
        if event in table[state]:
            state = step(table, state, event)
        else:
            with pytest.raises(IllegalEventError, match=event.name):
                step(table, state, event)
        assert state in table


@pytest.mark.parametrize(
    ("state", "event", "after"),
    [
        (BfdState.DOWN, bfd.Event.RX_DOWN, BfdState.INIT),
        (BfdState.DOWN, bfd.Event.RX_INIT, BfdState.UP),
        (BfdState.DOWN, bfd.Event.RX_UP, BfdState.DOWN),
        (BfdState.INIT, bfd.Event.RX_UP, BfdState.UP),
        (BfdState.INIT, bfd.Event.RX_DOWN, BfdState.INIT),
        (BfdState.UP, bfd.Event.RX_DOWN, BfdState.DOWN),
        (BfdState.UP, bfd.Event.RX_ADMIN_DOWN, BfdState.DOWN),
        (BfdState.UP, bfd.Event.TIMEOUT, BfdState.DOWN),
    ],
)
def test_bfd_follows_rfc_5880(state: BfdState, event: bfd.Event, after: BfdState) -> None:
    assert step(bfd.TABLE, state, event) is after


def test_bfd_must_be_unshut_before_it_hears() -> None:
    with pytest.raises(IllegalEventError, match="RX_UP cannot happen in ADMIN_DOWN"):
        step(bfd.TABLE, BfdState.ADMIN_DOWN, bfd.Event.RX_UP)
