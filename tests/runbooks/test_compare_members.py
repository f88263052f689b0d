"""The two members of a pair side by side: each parameter, what was not compared, and what was understood."""

from __future__ import annotations

import pytest

from inventory.rules import Member
from parsers.tree import read_tree
from runbooks.compare_members import Compared, Row, Verdict, compare_members
from tasks.render.members import configured_member, intended_member
from tests.inventory.rules.bases import BASES
from tests.runbooks.pairs import west


def compared(*changes: tuple[str, str]) -> Compared:
    """Compare the clean pair with changes on the second member."""
    one, two = BASES["trunk"]
    for old, new in changes:
        assert old in two
        two = two.replace(old, new)
    a, b = (configured_member(name, read_tree(text, name)) for name, text in (("Oslo", one), ("Bergen", two)))
    return compare_members(a, b)


def row(told: Compared, what: str) -> Row:
    return next(one for one in told.rows if one.what == what)


def test_a_clean_pair_holds_and_a_hidden_key_is_not_known() -> None:
    told = compared()
    unsure = {one.what for one in told.rows if one.verdict in {Verdict.DIFFERS, Verdict.NOT_KNOWN}}
    assert unsure == {"cipher-key of `security-key` of e-trunk 9"}
    assert not told.differs
    peer = row(told, "peer-ip of `peer source port` of remote-backup-service chan")
    assert (peer.a, peer.b, peer.relation) == ("192.0.2.22", "192.0.2.22", "mirrored with source-ip")


def test_a_missing_line_says_what_to_type_and_where_it_stands() -> None:
    told = compared((" igmp enable\n", ""))
    missing = row(told, "`igmp enable` of Eth-Trunk7")
    assert told.differs
    assert (missing.a, missing.b, missing.harm) == ("present", "absent", "stops the service")
    assert missing.to_type == "Bergen: Eth-Trunk7: igmp enable"
    assert missing.a_at.startswith("Oslo:")
    assert not missing.b_at


def test_a_mirrored_line_is_typed_mirrored() -> None:
    told = compared((" port 4000", " port 4009"))
    port = row(told, "port of `peer source port` of remote-backup-service chan")
    assert port.to_type == ("Bergen: remote-backup-service chan: peer 192.0.2.11 source 192.0.2.22 port 4000")


def test_a_default_typed_on_one_member_is_no_difference() -> None:
    assert not compared((" priority 20\n", " priority 20\n timer hello 10\n")).differs


def test_what_nobody_states_is_named_and_not_judged() -> None:
    told = compared((" mode lacp-static\n", " mtu 1400\n mode lacp-static\n"))
    assert not told.differs
    assert "Eth-Trunk7: `mtu 1400` on Bergen only; nobody states how it relates" in told.not_compared
    assert any("display version" in text for text in told.not_compared)


def test_coverage_counts_every_line_once() -> None:
    one, two = compared().coverage
    assert one.lines == one.owned + one.known + one.unknown
    text = BASES["trunk"][0]
    assert one.lines == sum(line.strip() not in {"#", "", "return"} for line in text.splitlines())
    assert one.unknown < two.lines / 10


def test_the_intent_stands_beside_both_members() -> None:
    pair = west()
    a, b = intended_member(pair, "a"), intended_member(pair, "b")
    told = compare_members(a, b, (a, b))
    port = row(told, "port of `peer source port` of remote-backup-service chan")
    assert (port.a, port.b, port.intent) == ("4100", "4100", "4100")
    assert any("no configuration was read" in text for text in told.not_compared)


def test_a_line_to_type_says_which_value_is_the_member_s_own() -> None:
    told = compared((" e-trunk track bfd-session session-name core\n", ""))
    line = row(told, "`e-trunk track bfd-session session-name` of e-trunk 9")
    assert line.to_type == (
        "Bergen: e-trunk 9: e-trunk track bfd-session session-name core (with bfd-name of its own)"
    )


def test_a_discriminator_is_typed_as_the_other_end() -> None:
    told = compared((" discriminator local 502\n", ""))
    line = row(told, "`discriminator remote` of BFD session core")
    assert (line.a, line.b, line.to_type) == (
        "present",
        "absent",
        "Bergen: BFD session core: discriminator local 502",
    )


def test_each_its_own_stands_side_by_side_and_is_no_difference() -> None:
    own = row(compared(), "`priority` of e-trunk 9")
    assert (own.a, own.b, own.verdict) == ("priority 10", "priority 20", Verdict.OWN)


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        (" ipv6 enable\n", " ipv6 enable\n vlan-type dot1q 7\n", "the VLANs of Eth-Trunk7"),
        (" ipv6 enable\n", " ipv6 enable\n shutdown\n", "the state of Eth-Trunk7"),
        (" ipv6 enable\n", " ipv6 enable\n ip binding vpn-instance x\n", "the VPN instance of Eth-Trunk7"),
        ("ip address 172.20.0.1 ", "ip address 172.20.0.9 ", "the addresses of Eth-Trunk7"),
        ("mac-address 00e0-fc99-aaaa", "mac-address 00e0-fc99-bbbb", "the MAC address of Eth-Trunk7"),
    ],
)
def test_lines_around_the_pair_s_objects_are_compared_too(old: str, new: str, what: str) -> None:
    told = compared((old, new))
    line = row(told, what)
    assert told.differs
    assert (line.verdict, line.relation) == (Verdict.DIFFERS, "equal")
    assert "Bergen:" in line.b_at
    assert {one.what for one in told.rows if one.verdict is Verdict.DIFFERS} == {what}


def test_a_pair_in_two_subnets_differs() -> None:
    texts = [BASES["vrrp"][0], BASES["vrrp"][1].replace("172.21.2.2 255", "172.21.3.2 255")]
    a, b = (configured_member(name, read_tree(text, name)) for name, text in zip("ab", texts, strict=True))
    (line,) = (one for one in compare_members(a, b).rows if one.verdict is Verdict.DIFFERS)
    assert "in no common subnet" in line.what
    assert (line.a, line.b) == ("172.21.2.1/24", "172.21.3.2/24")


@pytest.mark.parametrize("base", BASES)
def test_each_line_that_is_missing_is_compared_without_a_fault(base: str) -> None:
    texts = BASES[base]
    whole = configured_member("a", read_tree(texts[0], "a"))
    other = configured_member("b", read_tree(texts[1], "b"))
    for fact in other.facts:
        less = Member("b", tuple(one for one in other.facts if one is not fact), other.underlay)
        for one, two in ((whole, less), (less, whole)):
            told = compare_members(one, two)
            assert all(line.to_type for line in told.rows if line.b == "absent" and _is_owned(line))


def _is_owned(line: Row) -> bool:
    return line.verdict is Verdict.DIFFERS and line.a == "present"


def test_lines_below_lines_and_in_views_of_others_are_named_too() -> None:
    told = compared(
        (" ipv6 enable\n", " ipv6 enable\n bas\n  access-type layer2-subscriber\n"),
        ("vlan 300\n", "vlan 300\n description x\n mac-limit maximum 5\n"),
    )
    assert [text for text in told.not_compared if "nobody states" in text] == [
        "vlan 300: `mac-limit maximum 5` on Bergen only; nobody states how it relates",
        "Eth-Trunk7: `bas` on Bergen only; nobody states how it relates",
        "Eth-Trunk7: `bas / access-type layer2-subscriber` on Bergen only; nobody states how it relates",
    ]


def test_what_each_member_has_as_it_likes_is_shown_and_not_judged() -> None:
    told = compared(("session-name core", "session-name core2"))
    name = row(told, "bfd-name of `e-trunk track bfd-session session-name` of e-trunk 9")
    assert (name.a, name.b, name.relation, name.verdict) == ("core", "core2", "own", Verdict.OWN)
    assert not told.differs


def test_lines_of_a_view_without_counterpart_are_named_as_not_compared() -> None:
    told = compared(("GigabitEthernet0/7/0", "GigabitEthernet0/8/0"))
    ends = [text for text in told.not_compared if "counterpart" in text]
    edge = "bfd edge bind peer-ip default-ip interface Eth-Trunk7"
    for name, port, local, other in (
        ("Oslo", "7", "901", "Bergen"),
        ("Bergen", "8", "902", "Oslo"),
    ):
        nothing = f"nothing of {other} is known to be its counterpart"
        assert f"GigabitEthernet0/{port}/0 of {name}: `eth-trunk 7`; {nothing}" in ends
        inside = f"`discriminator local {local}`; `discriminator remote 903`; `process-interface-status`;"
        assert f"{edge} of {name}: {inside} {nothing}" in ends
    assert len(ends) == 4


def test_an_object_that_one_member_alone_has_is_a_difference_and_not_among_what_was_not_compared() -> None:
    told = compared(("interface LoopBack0", "monitor-group south\n monitor enable\n#\ninterface LoopBack0"))
    assert row(told, "`monitor-group`").b == "present"
    assert [text for text in told.not_compared if "monitor-group" in text] == []


def test_a_session_that_says_too_little_to_be_mirrored_is_not_typed() -> None:
    one, two = (
        text.replace(f" source-ip {own}\n discr", "\n discr")
        for text, own in zip(BASES["trunk"], ("192.0.2.11", "192.0.2.22"), strict=True)
    )
    assert "bfd core bind peer-ip 192.0.2.11\n" in two
    two = two.replace("peer-ip 192.0.2.11\n", "peer-ip 192.0.2.11 auto\n")
    a, b = (configured_member(name, read_tree(text, name)) for name, text in (("a", one), ("b", two)))
    told = compare_members(a, b)
    auto = row(told, "auto of `bfd bind peer-ip` of BFD session core")
    assert (auto.verdict, auto.to_type) == (Verdict.DIFFERS, "")


@pytest.mark.parametrize("kind", ["ip", "ipv6"])
def test_a_pool_that_a_service_names_and_that_differs_is_named(kind: str) -> None:
    texts = [
        text.replace(
            "remote-backup-service chan\n", f"remote-backup-service chan\n {kind}-pool Homes\n"
        ).replace(
            "interface LoopBack0", f"{kind} pool homes bas local\n section 0 {first}\n#\ninterface LoopBack0"
        )
        for text, first in zip(BASES["trunk"], ("5", "6"), strict=True)
    ]
    a, b = (configured_member(name, read_tree(text, name)) for name, text in zip("ab", texts, strict=True))
    told = [text for text in compare_members(a, b).not_compared if "section" in text]
    assert told == [
        f"{kind} pool homes: `section 0 5` on a only; nobody states how it relates",
        f"{kind} pool homes: `section 0 6` on b only; nobody states how it relates",
    ]
    assert not [text for text in compare_members(a, a).not_compared if "section" in text]
