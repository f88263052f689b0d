"""IGMP, MLD and PIM interfaces, and subscribers, as the machines of a pair make them."""

from __future__ import annotations

from emulator.lab import Lab
from emulator.protocols.states import MembershipView, Origin, PimView, UserEntry
from tests.fixtures.text import text_of

GATEWAY = text_of("configurations/multicast-gateway.cfg")


def gateways(more: str = "") -> Lab:
    """Return two gateways that stand before the same hosts; the one with the higher address is master."""
    lab = Lab({
        "One": GATEWAY.format(host=1, other=2, priority=100, more=more),
        "Two": GATEWAY.format(host=2, other=1, priority=120, more=more),
    })  # fmt: skip
    lab.advance(60)
    return lab


def igmp(lab: Lab, device: str) -> MembershipView:
    (found,) = lab.world.state(device).igmp_interfaces
    return found


def pim(lab: Lab, device: str) -> PimView:
    (found,) = lab.world.state(device).pim
    return found


def users(lab: Lab, device: str) -> list[UserEntry]:
    return list(lab.world.state(device).users)


def test_the_lowest_address_asks_unless_the_interface_follows_a_group() -> None:
    plain, following = gateways(), gateways(" multicast track vrrp vrid 44\n")

    assert [(igmp(plain, name).querier, igmp(plain, name).own) for name in ("One", "Two")] == [
        ("10.40.0.1", True),
        ("10.40.0.1", False),
    ]
    assert [(igmp(following, name).querier, igmp(following, name).own) for name in ("One", "Two")] == [
        ("10.40.0.2", False),
        ("10.40.0.2", True),
    ]
    assert igmp(plain, "One").version == 3


def test_an_interface_that_is_down_asks_nobody() -> None:
    lab = gateways()
    lab.world.shut("One", "GigabitEthernet0/6/2")
    lab.advance(5)

    assert (igmp(lab, "One").up, igmp(lab, "One").querier) == (False, "")
    assert igmp(lab, "Two").querier == "10.40.0.2"
    assert (pim(lab, "Two").neighbours, pim(lab, "Two").own) == (0, True)


def test_the_router_of_the_highest_priority_is_designated() -> None:
    lab = gateways()

    assert [pim(lab, name).designated for name in ("One", "Two")] == ["10.40.0.2", "10.40.0.2"]
    assert [pim(lab, name).neighbours for name in ("One", "Two")] == [1, 1]
    assert [pim(lab, name).own for name in ("One", "Two")] == [False, True]


def test_hosts_that_join_and_leave_are_counted() -> None:
    lab, port = gateways(), "GigabitEthernet0/6/2.1"
    lab.world.join("One", port, "225.1.1.1", "10.40.0.9")
    lab.world.join("One", port, "225.1.1.2", "10.40.0.9")
    lab.advance(5)
    lab.world.leave("One", port, "225.1.1.1", "10.40.0.9")
    lab.advance(5)

    found = igmp(lab, "One")
    assert (found.joins, found.leaves, found.groups) == (2, 1, 1)


def test_a_subscriber_is_local_on_the_master_and_remote_on_the_backup() -> None:
    lab, port = gateways(), "GigabitEthernet0/6/2.2"
    lab.world.add_host("One", port, "10.50.0.7", "00e0-fc01-0007")
    lab.advance(10)

    (backup,), (master,) = users(lab, "One"), users(lab, "Two")
    assert (backup.address, master.address) == ("10.50.0.7", "10.50.0.7")
    assert (backup.origin, master.origin) == (Origin.REMOTE, Origin.LOCAL)
    assert (master.domain, master.service) == ("res", "link")
    lab.world.stop("Two")
    lab.advance(30)
    assert [one.origin for one in users(lab, "One")] == [Origin.LOCAL]
