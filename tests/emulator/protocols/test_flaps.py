"""What goes down and comes back between two looks: the states are as before, counters and times are not."""

from __future__ import annotations

import re

import pytest

from emulator.fault_reading import FaultError, fault_from
from emulator.lab import Lab, TerminalUser
from emulator.network_faults import Flap, Flapping, RestoreBackup, SlowBackup
from emulator.protocols.errors import ProtocolError
from emulator.protocols.states import BfdState, Origin, RbsState, VrrpState
from tests.emulator.protocols.pairs import NORTH, SOUTH, Pair, converged, vrrp_pair

BOTH = (NORTH, SOUTH)


def seen_states(pair: Pair) -> list[object]:
    """What a look every second would compare."""
    return [
        (pair.bfd(one).state, pair.rbs(one).state, pair.vrrp(one).state, pair.rbp(one).role) for one in BOTH
    ]


@pytest.mark.parametrize("struck", BOTH)
def test_session_is_back_after_the_flap_and_both_ends_counted_it(struck: str) -> None:
    pair = vrrp_pair()
    before = seen_states(pair)
    pair.world.flap(struck, Flapping.BFD, "between", 0.3)
    assert BfdState.UP not in {pair.bfd(one).state for one in BOTH}
    pair.run(0.29)
    assert BfdState.UP not in {pair.bfd(one).state for one in BOTH}
    pair.run(0.01)
    assert seen_states(pair) == before
    for one in BOTH:
        session = pair.bfd(one)
        assert (session.downs, session.last_down, session.last_up) == (1, 30.0, 30.3)


@pytest.mark.parametrize("struck", BOTH)
def test_channel_is_back_after_the_flap_with_a_new_time(struck: str) -> None:
    pair = vrrp_pair()
    before = seen_states(pair)
    pair.world.flap(struck, Flapping.CHANNEL, "sync", 0.3)
    assert RbsState.CONNECTED not in {pair.rbs(one).state for one in BOTH}
    pair.run(0.3)
    assert seen_states(pair) == before
    assert {pair.rbs(one).last_up for one in BOTH} == {30.3}


def test_backup_group_was_master_for_the_flap_and_logs_it() -> None:
    pair = vrrp_pair()
    before = seen_states(pair)
    pair.world.flap(SOUTH, Flapping.VRRP, "GigabitEthernet0/6/2 44", 0.3)
    assert (pair.vrrp(NORTH).state, pair.vrrp(SOUTH).state) == (VrrpState.MASTER, VrrpState.MASTER)
    pair.run(0.3)
    pair.run(0.6)  # until the backup profile has followed, if it did
    assert seen_states(pair) == before
    assert [change.after for change in pair.vrrp(SOUTH).changes[:2]] == [VrrpState.BACKUP, VrrpState.MASTER]
    assert len(pair.vrrp(NORTH).changes) == 2


def test_port_shows_when_it_was_down_last() -> None:
    pair = vrrp_pair()
    pair.world.flap(NORTH, Flapping.PORT, "GigabitEthernet0/4/0", 0.3)
    assert not pair.interface(NORTH, "GigabitEthernet0/4/0").protocol
    assert not pair.interface(SOUTH, "GigabitEthernet0/4/0").protocol
    pair.run(0.3)
    for one in BOTH:
        interface = pair.interface(one, "GigabitEthernet0/4/0")
        assert (interface.protocol, interface.last_down, interface.last_up) == (True, 30.0, 30.3)


def test_without_a_flap_nothing_is_counted() -> None:
    pair = vrrp_pair()
    first = [(pair.bfd(one).downs, pair.bfd(one).last_up, pair.rbs(one).last_up) for one in BOTH]
    pair.run(3600)
    assert [(pair.bfd(one).downs, pair.bfd(one).last_up, pair.rbs(one).last_up) for one in BOTH] == first
    assert [downs for downs, _, _ in first] == [0, 0]


def test_packets_are_counted_on_both_ends_and_stand_still_at_a_deaf_one() -> None:
    pair = vrrp_pair()
    before = pair.bfd(NORTH)
    pair.run(10)
    after = pair.bfd(NORTH)
    assert after.sent - before.sent == after.received - before.received == 1000
    pair.world.one_way(SOUTH, NORTH, "GigabitEthernet0/4/0")
    pair.run(10)
    deaf = pair.bfd(NORTH)
    pair.run(10)
    assert pair.bfd(NORTH).received == deaf.received
    assert pair.bfd(NORTH).sent > deaf.sent


@pytest.mark.parametrize(
    ("what", "name"),
    [
        (Flapping.BFD, "nobody"),
        (Flapping.CHANNEL, "nobody"),
        (Flapping.PORT, "GigabitEthernet9/9/9"),
        (Flapping.PORT, "GigabitEthernet0/6/9"),
        (Flapping.VRRP, "GigabitEthernet0/6/2 45"),
        (Flapping.VRRP, "GigabitEthernet0/6/2"),
        (Flapping.VRRP, "GigabitEthernet0/6/2 44"),  # the Master hears nobody
    ],
)
def test_what_is_not_up_cannot_flap(what: Flapping, name: str) -> None:
    pair = vrrp_pair()
    before = seen_states(pair)
    with pytest.raises(ProtocolError, match="could flap now"):
        pair.world.flap(NORTH, what, name, 0.3)
    pair.run(1)
    assert seen_states(pair) == before


def test_order_of_the_control_channel_and_what_the_router_shows() -> None:
    texts = vrrp_pair().texts
    lab = Lab(texts)
    lab.advance(30)
    typist = TerminalUser(lab, NORTH)
    lab.inject(fault_from("flap", {"what": "bfd", "name": "between", "seconds": "0.3"}), SOUTH)
    lab.advance(1)
    shown = typist.types("display bfd statistics session all")
    assert "(One Hop) State : Up" in shown
    assert re.search(r"Down Count +: 1\b", shown)
    with pytest.raises(FaultError, match="no channel 'nothing'"):
        lab.inject(Flap(Flapping.CHANNEL, "nothing"), NORTH)
    with pytest.raises(FaultError, match="'sun' is not Flapping"):
        fault_from("flap", {"what": "sun", "name": "x"})


def copies(pair: Pair) -> int:
    return sum(entry.origin is Origin.REMOTE for entry in pair.state(SOUTH).igmp)


def joined(pair: Pair, count: int) -> None:
    for number in range(1, count + 1):
        pair.world.join(NORTH, "Eth-Trunk21", f"225.8.0.{number}", "203.0.113.77")


@pytest.mark.parametrize(("rate", "after_10_s"), [(2.0, 20), (0.5, 5), (0.0, 0)])
def test_standby_takes_in_copies_slowly_or_never_until_restored(rate: float, after_10_s: int) -> None:
    pair = converged()
    pair.world.take_in(SOUTH, rate)
    joined(pair, 40)
    pair.run(2)  # the first answers of the hosts
    start = copies(pair)
    pair.run(10)
    assert abs(copies(pair) - start - after_10_s) <= 1
    assert len(pair.state(NORTH).igmp) == 40
    pair.world.take_in(SOUTH, None)
    pair.run(10)
    assert copies(pair) == 40


def test_slow_standby_is_an_order_too() -> None:
    pair = converged()
    lab = Lab(pair.texts)
    lab.advance(30)
    lab.inject(fault_from("slow-backup", {}), SOUTH)
    lab.world.join(NORTH, "Eth-Trunk21", "225.8.0.1", "203.0.113.77")
    lab.advance(600)
    assert [len(lab.world.state(one).igmp) for one in BOTH] == [1, 0]
    lab.inject(RestoreBackup(), SOUTH)
    lab.advance(10)
    assert [len(lab.world.state(one).igmp) for one in BOTH] == [1, 1]
    assert isinstance(fault_from("slow-backup", {"rate": 3}), SlowBackup)
