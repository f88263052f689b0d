"""Devices that have nothing to do with each other: unset is equal to nothing, and nobody pays for them."""

from __future__ import annotations

import gc
import sys
from types import FrameType

import pytest
from hypothesis import given, settings
from hypothesis.strategies import booleans, integers, lists, tuples

from emulator.entry import printing
from emulator.protocols.links import neighbours, wire
from emulator.protocols.states import BfdState, RbsState
from emulator.protocols.world import World
from tests.fixtures.text import text_of

BARE = text_of("configurations/bare.cfg")
"""Half-made: E-Trunk without addresses, channel without peer, profile without id, group without address."""

ONE_SIDED = text_of("configurations/one-sided.cfg")


def crowd(number: int) -> World:
    """Return a world of so many half-made devices, a minute old."""
    world = World()
    for index in range(number):
        text = BARE.format(number=index, high=index // 256, low=index % 256)
        world.configure(f"R{index}", printing.load(text), 0)
    world.advance(60)
    return world


def calls_of_a_commit(world: World) -> int:
    """Count the function calls of one commit on R1."""
    changed = BARE.format(number=1, high=0, low=1).replace("priority 10\n", "priority 20\n")
    configuration, calls = printing.load(changed), 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event == "call"

    gc.collect()  # what other tests left dies before we count
    before = sys.getprofile()
    sys.setprofile(count)
    try:
        world.configure("R1", configuration, world.now)
    finally:
        sys.setprofile(before)
    return calls


def test_half_made_devices_do_not_hear_each_other() -> None:
    world = crowd(4)
    for device in world.devices:
        state = world.state(device)
        trunk = state.e_trunks[0]
        assert (trunk.role, trunk.causation) == ("Master", "TIMEOUT"), "nobody answers"
        assert trunk.counters.received == 0
        assert trunk.counters.dropped == 0
        assert state.services[0].state is RbsState.UNSET
        assert not state.ospf_peers


@pytest.mark.parametrize("target", ["172.16.0.1", "10.0.1.1"])
def test_half_made_devices_do_not_reach_each_other(target: str) -> None:
    assert not any(reply.milliseconds for reply in crowd(3).ping("R0", target).replies)


def test_a_commit_costs_the_same_in_any_crowd() -> None:
    few, many = 3, 60
    calls_of_a_commit(crowd(few))  # what is read once is read before we count, whatever ran before us
    more = calls_of_a_commit(crowd(many)) - calls_of_a_commit(crowd(few))
    assert abs(more) < many - few  # less than a call a device; caches may save or cost some


def test_a_session_without_both_discriminators_stays_down() -> None:
    """The missing one of either end is not the missing one of the other."""
    world = World()
    ends = {"A": ("1", "2", "discriminator local 5"), "B": ("2", "1", "discriminator remote 5")}
    for name, (here, there, line) in ends.items():
        text = ONE_SIDED.format(here=here, there=there, discriminator=line)
        world.configure(name, printing.load(text), 0)
    world.advance(30)
    assert {world.state(name).bfd[0].state for name in ends} == {BfdState.DOWN}


SPOKE = text_of("configurations/spoke.cfg")


@settings(max_examples=40, deadline=None)
@given(
    steps=lists(tuples(integers(0, 4), integers(1, 4), integers(5, 8), booleans()), min_size=1, max_size=12)
)
def test_what_is_remembered_of_the_wires_is_what_would_be_derived(
    steps: list[tuple[int, int, int, bool]],
) -> None:
    """Only the neighbourhood of a change is derived afresh; nothing stale may stay anywhere else."""
    world = World()
    for number, one, two, cable in steps:
        if cable and len(world.devices) > 1:
            near, far = world.devices[0], world.devices[-1]
            world.link(near, "GigabitEthernet0/1/1", far, "GigabitEthernet0/1/2")
        text = SPOKE.format(one=one, two=two, host=number + 1)
        world.configure(f"R{number}", printing.load(text), world.now)
    remembered = [world.state(device) for device in world.devices]
    net = world._net  # the memory itself is what is tested
    known, near_by = dict(net.wire_cache), dict(net.neighbour_cache)
    net.forget_topology(world.devices)
    assert known == {port: wire(net, port) for port in known}
    assert near_by == {end: neighbours(net, end) for end in near_by}
    assert remembered == [world.state(device) for device in world.devices]


def test_a_host_outlives_the_interface_that_it_lived_behind() -> None:
    world = crowd(1)
    world.add_host("R0", "GigabitEthernet0/1/1", "10.0.0.9", "00e0-fc01-0203")
    world.configure("R0", printing.load("#\nsysname R0\n#\nreturn\n"), world.now)
    assert not world.state("R0").arp
