"""What an intent relies on and cannot express must stand on the device."""

from __future__ import annotations

import pytest

from inventory.errors import RefusedError
from inventory.facts import ConfigTree
from inventory.load import parse_pair
from inventory.model import Side
from parsers.tree import facts, read_tree
from tasks.plan import require_presence
from tasks.plan.pair import plan_pair, plan_side
from tests.fixtures.text import text_of

WANT = text_of("configurations/wanted-objects.cfg")
RUNNING = text_of("configurations/present-objects.cfg")


def check(running: str) -> None:
    require_presence("R1", facts(read_tree(WANT, "want"))[0], read_tree(running, "running"))


def test_a_complete_device_passes() -> None:
    check(RUNNING)


@pytest.mark.parametrize(
    ("line", "instead", "said"),
    [
        (" ip address 198.51.100.1 ", " ip address 198.51.100.10 ", "interface with address 198.51.100.1 "),
        (" ipv6 address 2001:DB8::1/", " ipv6 address 2001:DB8::1:1/", "interface with address 2001:DB8::1 "),
        ("ip pool Homes", "ip pool Homes2", "address pool homes"),
        (" certificate load", " cipher-suite", "SSL policy rbs_tls with a certificate"),
        (" ipv6 enable\n", "", "IPv6 on GigabitEthernet0/2/0"),
        (" l2 binding vsi tv\n", "", "VSI that Eth-Trunk9.40 is bound to"),
        (
            " undo shutdown",
            " ip address 192.0.2.1 255.255.255.0",
            "no address or link type on GigabitEthernet0/4/0",
        ),
    ],
)
def test_what_is_missing_is_named(line: str, instead: str, said: str) -> None:
    assert line in RUNNING
    with pytest.raises(RefusedError) as refused:
        check(RUNNING.replace(line, instead))
    assert said in (refused.value.wanted or "")
    assert (refused.value.wanted or "").count("(R") == 1


def test_everything_is_named_at_once() -> None:
    with pytest.raises(RefusedError) as refused:
        check("")
    assert (refused.value.wanted or "").count("(R") == 6


def test_what_both_members_lack_is_told_at_once() -> None:
    text = "pair: p\nmembers: {a: R1, b: R2}\nbackup_services:\n"
    text += "  - {name: s, port: 2020, address: {a: 192.0.2.1, b: 192.0.2.2}}\n"
    empty: dict[Side, ConfigTree] = {"a": read_tree("", "R1"), "b": read_tree("", "R2")}
    with pytest.raises(RefusedError, match="lacks what the intent relies on") as refused:
        plan_pair(parse_pair(text, "p.yaml"), empty)
    assert (refused.value.wanted or "").splitlines() == [
        "an interface with address 192.0.2.1 (R3), on R1",
        "an interface with address 192.0.2.2 (R3), on R2",
    ]
    empty["a"] = read_tree("interface LoopBack0\n ip address 192.0.2.1 32\n", "R1")
    with pytest.raises(RefusedError) as refused:
        plan_pair(parse_pair(text, "p.yaml"), empty)
    assert (refused.value.member, refused.value.wanted) == ("R2", "an interface with address 192.0.2.2 (R3)")


def test_what_the_plan_of_a_pair_refuses_names_the_member() -> None:
    text = "pair: p\nmembers: {a: R1, b: R2}\nsystem: {igmp_snooping_instances: [{instance: vsi tv}]}\n"
    with pytest.raises(RefusedError, match="not on the device") as refused:
        plan_side(parse_pair(text, "p.yaml"), "b", read_tree("", "R2"))
    assert refused.value.member == "R2"
