"""BFD sessions of each kind."""

from __future__ import annotations

import pytest

from emulator.protocols.states import BfdKind, BfdState, RbsState
from tests.emulator.protocols.pairs import NORTH, SOUTH, Pair, converged, vrrp_pair


def session(pair: Pair, bind: dict[str, str], *, discriminators: bool = True) -> None:
    """Add one session to each device; the discriminators mirror."""
    for device, local, remote in ((NORTH, 7, 8), (SOUTH, 8, 7)):
        lines = f" discriminator local {local}\n discriminator remote {remote}\n" if discriminators else ""
        pair.edit(device, "return\n", f"bfd probe bind {bind[device]}\n{lines}#\nreturn\n")
    pair.run(10)


def states(pair: Pair) -> tuple[BfdState, BfdState]:
    return pair.bfd(NORTH).state, pair.bfd(SOUTH).state


def test_single_hop_follows_the_link() -> None:
    pair = vrrp_pair()
    assert states(pair) == (BfdState.UP, BfdState.UP)
    assert (pair.bfd(NORTH).local, pair.bfd(NORTH).remote) == (11, 21)
    assert pair.bfd(NORTH).detect_ms == 30
    pair.world.cut(NORTH, SOUTH, "GigabitEthernet0/4/0")
    pair.run(0.1)
    assert states(pair) == (BfdState.DOWN, BfdState.DOWN)
    pair.world.restore(NORTH, SOUTH)
    pair.run(4)
    assert states(pair) == (BfdState.UP, BfdState.UP)


def test_detection_time_is_the_peers_multiplier_times_the_slower_interval() -> None:
    pair = vrrp_pair()
    pair.insert(SOUTH, " discriminator local 21", " min-tx-interval 200", " detect-multiplier 5")
    pair.edit(NORTH, " discriminator local 11\n", " discriminator local 11\n min-rx-interval 100\n")
    pair.run(10)
    assert (pair.bfd(NORTH).detect_ms, pair.bfd(SOUTH).detect_ms) == (1000, 30)
    pair.world.one_way(SOUTH, NORTH)
    pair.run(0.9)
    assert pair.bfd(NORTH).state is BfdState.UP
    pair.run(0.2)
    assert pair.bfd(NORTH).diagnostic == "Control Detection Time Expired"
    assert pair.bfd(SOUTH).diagnostic == "Neighbor Signaled Session Down"
    pair.run(60)
    assert states(pair) == (BfdState.DOWN, BfdState.INIT)


@pytest.mark.parametrize(
    ("north", "south", "kind"),
    [
        ("peer-ip 192.0.2.2", "peer-ip 192.0.2.1", BfdKind.PEER_IP),
        (
            "peer-ipv6 2001:db8:2::2 source-ipv6 2001:db8:2::1",
            "peer-ipv6 2001:db8:2::1 source-ipv6 2001:db8:2::2",
            BfdKind.PEER_IP,
        ),
        (
            "peer-ip 192.0.2.2 track-interface interface Eth-Trunk21",
            "peer-ip 192.0.2.1 track-interface interface Eth-Trunk21",
            BfdKind.TRACK_INTERFACE,
        ),
        (
            "peer-ip default-ip interface GigabitEthernet0/4/0",
            "peer-ip default-ip interface GigabitEthernet0/4/0",
            BfdKind.DEFAULT_IP,
        ),
        (
            "peer-ip default-ip interface Eth-Trunk21",
            "peer-ip default-ip interface Eth-Trunk21",
            BfdKind.DEFAULT_IP,
        ),
    ],
    ids=["several hops", "IPv6", "tracked interface", "default address", "default address to the edge"],
)
def test_kinds_come_up(north: str, south: str, kind: BfdKind) -> None:
    pair = converged()
    session(pair, {NORTH: north, SOUTH: south})
    assert states(pair) == (BfdState.UP, BfdState.UP)
    assert pair.bfd(NORTH).kind is kind


def test_automatic_sessions_learn_the_discriminator() -> None:
    pair = converged()
    bindings = {
        NORTH: "peer-ip 192.0.2.2 source-ip 192.0.2.1 auto",
        SOUTH: "peer-ip 192.0.2.1 source-ip 192.0.2.2 auto",
    }
    session(pair, bindings, discriminators=False)
    assert states(pair) == (BfdState.UP, BfdState.UP)


def test_static_and_automatic_do_not_talk() -> None:
    pair = converged()
    bindings = {
        NORTH: "peer-ip 192.0.2.2 source-ip 192.0.2.1 auto",
        SOUTH: "peer-ip 192.0.2.1 source-ip 192.0.2.2",
    }
    session(pair, bindings)
    assert states(pair) == (BfdState.DOWN, BfdState.DOWN)


def test_one_arm_echo_needs_no_session_at_the_other_end() -> None:
    pair = vrrp_pair()
    pair.edit(
        NORTH,
        "return\n",
        "bfd echo bind peer-ip 10.9.0.2 interface GigabitEthernet0/4/0 one-arm-echo\n"
        " discriminator local 99\n#\nreturn\n",
    )
    pair.run(10)
    assert {view.name: view.state for view in pair.state(NORTH).bfd}["echo"] is BfdState.UP


def test_shutdown_is_admin_down_and_seen_by_the_peer_as_down() -> None:
    pair = vrrp_pair()
    pair.edit(NORTH, " discriminator local 11\n", " discriminator local 11\n shutdown\n")
    pair.run(1)
    assert states(pair) == (BfdState.ADMIN_DOWN, BfdState.DOWN)


def test_wait_to_restore_keeps_followers_waiting() -> None:
    pair = vrrp_pair()
    for device, local in ((NORTH, 11), (SOUTH, 21)):
        pair.edit(device, f" discriminator local {local}\n", f" discriminator local {local}\n wtr 2\n")
    pair.run(10)
    pair.edit(SOUTH, " peer 10.9.0.1", " track bfd-session 21\n peer 10.9.0.1")
    pair.run(30)
    assert pair.rbs(SOUTH).state is RbsState.CONNECTED
    pair.world.cut(NORTH, SOUTH)
    pair.run(1)
    assert pair.rbs(SOUTH).state is RbsState.INITIAL
    pair.world.restore(NORTH, SOUTH)
    pair.run(60)
    assert pair.bfd(SOUTH).state is BfdState.UP
    assert pair.bfd(SOUTH).wait_to_restore
    assert pair.rbs(SOUTH).state is RbsState.INITIAL
    pair.run(100)
    assert pair.rbs(SOUTH).state is pair.rbs(NORTH).state is RbsState.CONNECTED


def test_e_trunk_makes_a_session_of_its_own() -> None:
    pair = converged()
    for device in (NORTH, SOUTH):
        pair.insert(
            device,
            " security-key",
            " e-trunk bfd enable",
            " e-trunk bfd min-tx-interval 40 detect-multiplier 8",
        )
    pair.run(10)
    dynamic = pair.e_trunk(NORTH).dynamic_bfd
    assert dynamic is not None
    assert (dynamic.up, dynamic.tx_ms, dynamic.multiplier) == (True, 40, 8)
    assert pair.bfd(NORTH).applications == ("ETRUNK",)
    pair.world.stop(NORTH)
    pair.run(1)
    assert pair.election(SOUTH) == "Master/BFD_DOWN"


def test_delay_up_holds_a_session_back_each_time() -> None:
    pair = vrrp_pair()
    pair.edit(NORTH, "bfd\n#", "bfd\n delay-up 40\n#")
    assert states(pair) == (BfdState.UP, BfdState.UP)
    pair.world.cut(NORTH, SOUTH, "GigabitEthernet0/4/0")
    pair.run(1)
    pair.world.restore(NORTH, SOUTH)
    pair.run(39)
    assert pair.bfd(NORTH).state is not BfdState.UP
    pair.run(8)
    assert states(pair) == (BfdState.UP, BfdState.UP)


def test_delay_up_starts_anew_when_the_other_end_is_lost_meanwhile() -> None:
    pair = vrrp_pair()
    pair.edit(NORTH, "bfd\n#", "bfd\n delay-up 40\n#")
    for _ in range(3):
        pair.world.cut(NORTH, SOUTH, "GigabitEthernet0/4/0")
        pair.run(1)
        pair.world.restore(NORTH, SOUTH)
        pair.run(30)
        assert pair.bfd(NORTH).state is not BfdState.UP
    pair.run(20)
    assert pair.bfd(NORTH).state is BfdState.UP


def test_session_can_take_its_interface_down() -> None:
    pair = vrrp_pair()
    for device, local, remote in ((NORTH, 5, 6), (SOUTH, 6, 5)):
        pair.insert(
            device,
            "return\n",
            "bfd wire bind peer-ip default-ip interface GigabitEthernet0/6/2",
            f" discriminator local {local}",
            f" discriminator remote {remote}",
            " process-interface-status",
            "#",
        )
    pair.run(10)
    assert pair.interface(NORTH, "GigabitEthernet0/6/2").protocol
    pair.world.cut(NORTH, SOUTH, "GigabitEthernet0/6/2")
    pair.run(1)
    assert pair.interface(NORTH, "GigabitEthernet0/6/2").down_by == "b"
    assert not pair.interface(NORTH, "GigabitEthernet0/6/2").protocol
