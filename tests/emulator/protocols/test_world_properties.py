"""Whatever happens to a pair, its protocols come to rest and never show what cannot be."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from emulator.protocols.states import ETrunkRole, Origin, RbsState, Role, VrrpState
from tests.emulator.protocols.pairs import NORTH, SOUTH, Pair, converged, vrrp_pair

_ACTIONS = (
    "cut",
    "one_way north",
    "one_way south",
    "restore",
    "stop north",
    "start north",
    "stop south",
    "start south",
    "shut north",
    "unshut north",
    "shut south",
    "unshut south",
    "join",
)
_ACCESS = {
    "e-trunk": {NORTH: "GigabitEthernet0/5/1", SOUTH: "GigabitEthernet0/5/6"},
    "vrrp": {NORTH: "GigabitEthernet0/6/2", SOUTH: "GigabitEthernet0/6/2"},
}
steps = st.lists(
    st.tuples(st.sampled_from(_ACTIONS), st.sampled_from((0.0, 0.3, 2.0, 17.0, 130.0, 4000.0))),
    max_size=12,
)


def act(pair: Pair, kind: str, action: str) -> None:
    verb, _, who = action.partition(" ")
    device = SOUTH if who == "south" else NORTH
    other = NORTH if device == SOUTH else SOUTH
    match verb:
        case "cut":
            pair.world.cut(NORTH, SOUTH)
        case "one_way":
            pair.world.one_way(device, other)
        case "restore":
            pair.world.restore(NORTH, SOUTH)
        case "stop" | "start":
            getattr(pair.world, verb)(device)
        case "shut" | "unshut":
            getattr(pair.world, verb)(device, _ACCESS[kind][device])
        case _ if kind == "e-trunk":
            pair.world.join(NORTH, "Eth-Trunk21", "225.0.5.5", "203.0.113.9")
        case _:
            pair.world.add_host(NORTH, "GigabitEthernet0/6/2", "10.40.0.9", "00aa-0000-0009")


def assert_sound(pair: Pair) -> None:
    for device in (NORTH, SOUTH):
        state = pair.state(device)
        protocols = {entry.name: entry.protocol for entry in state.interfaces}
        for trunk in state.eth_trunks:
            selected = [port for port in trunk.ports if port.status == "Selected"]
            assert trunk.up == (len(selected) >= trunk.least_active)
            assert not (trunk.up and trunk.role is ETrunkRole.BACKUP)
        for group in state.vrrp:
            assert group.state is VrrpState.INITIALIZE or protocols[group.interface]
        heard = [(entry.origin, entry.interface) for entry in state.igmp]
        heard += [(entry.origin, entry.interface) for entry in state.arp]
        for origin, interface in heard:
            assert origin is not Origin.LOCAL or protocols[interface]


@settings(max_examples=40, deadline=None)
@given(steps)
def test_e_trunk_pair(actions: list[tuple[str, float]]) -> None:
    pair = converged()
    for action, wait in actions:
        act(pair, "e-trunk", action)
        pair.run(wait)
        if wait:
            assert_sound(pair)
    mend(pair, "e-trunk")
    assert (pair.election(NORTH), pair.election(SOUTH)) == ("Master/PRI", "Backup/PRI")
    assert (pair.trunk(NORTH).up, pair.trunk(SOUTH).up) == (True, False)
    assert pair.rbs(NORTH).state is pair.rbs(SOUTH).state is RbsState.CONNECTED
    assert {entry.group for entry in pair.state(NORTH).igmp} == {
        entry.group for entry in pair.state(SOUTH).igmp
    }


@settings(max_examples=40, deadline=None)
@given(steps)
def test_vrrp_pair(actions: list[tuple[str, float]]) -> None:
    pair = vrrp_pair()
    for action, wait in actions:
        act(pair, "vrrp", action)
        pair.run(wait)
        if wait:
            assert_sound(pair)
    mend(pair, "vrrp")
    assert (pair.vrrp(NORTH).state, pair.vrrp(SOUTH).state) == ("Master", "Backup")
    assert pair.rbs(NORTH).state is pair.rbs(SOUTH).state is RbsState.CONNECTED


def mend(pair: Pair, kind: str) -> None:
    """Undo every fault and let two hours pass."""
    pair.world.restore(NORTH, SOUTH)
    for device in (NORTH, SOUTH):
        pair.world.unshut(device, _ACCESS[kind][device])
        pair.world.start(device)
    pair.run(7200)


@settings(max_examples=20, deadline=None)
@given(steps)
def test_the_same_story_ends_the_same(actions: list[tuple[str, float]]) -> None:
    ends = []
    for _ in range(2):
        pair = converged()
        for action, wait in actions:
            act(pair, "e-trunk", action)
            pair.run(wait)
        ends.append((pair.state(NORTH), pair.state(SOUTH)))
    assert ends[0] == ends[1]


def _thinned(text: str, dropped: set[int]) -> str:
    return "".join(
        line for number, line in enumerate(text.splitlines(keepends=True)) if number not in dropped
    )


@settings(max_examples=60, deadline=None)
@given(
    start=st.sampled_from((converged, vrrp_pair)),
    north=st.sets(st.integers(0, 60), max_size=25),
    south=st.sets(st.integers(0, 60), max_size=25),
)
def test_any_part_of_a_configuration_can_run(
    start: Callable[[], Pair], north: set[int], south: set[int]
) -> None:
    pair = start()
    pair.load(NORTH, _thinned(pair.north, north))
    pair.run(1)
    pair.load(SOUTH, _thinned(pair.south, south))
    pair.run(600)
    for device in (NORTH, SOUTH):
        assert pair.state(device).now == pair.world.now
    pair.load(NORTH, pair.north)
    pair.load(SOUTH, pair.south)
    pair.run(7200)
    assert pair.rbs(NORTH).state is pair.rbs(SOUTH).state is RbsState.CONNECTED
    assert pair.rbp(NORTH).role is Role.MASTER
    assert pair.rbp(SOUTH).role is Role.SLAVE
