"""The two members of a pair side by side: each parameter, what was not compared, and what was understood."""

from __future__ import annotations

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
    assert {one.what for one in told.rows if one.verdict is not Verdict.HOLDS} == {
        "cipher-key of `security-key` of e-trunk 9"
    }
    assert not told.differs
    peer = row(told, "peer-ip of `peer source port` of remote-backup-service chan")
    assert (peer.a, peer.b, peer.relation) == ("192.0.2.22", "192.0.2.22", "mirrored")


def test_a_missing_line_says_what_to_type_and_where_it_stands() -> None:
    told = compared((" igmp enable\n", ""))
    missing = row(told, "`igmp enable` of Eth-Trunk7")
    assert told.differs
    assert (missing.a, missing.b, missing.harm) == ("present", "absent", "stops the service")
    assert missing.to_type == "Bergen: Eth-Trunk7: igmp enable"
    assert missing.places[0].startswith("Oslo:")


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
