"""Configuration text as a tree and back."""

from __future__ import annotations

from textwrap import dedent
from typing import TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inventory.facts import ConfigLine, ConfigTree, Foreign
from parsers.tree import add_line, facts, fold, read_tree, release_of, write_tree

MESSY = dedent(
    """\
    !Software Version V800R022C00SPC500
    !Last configuration was updated at 2026-03-01 10:00:00+00:00
    #
    sysname R7\t
    #
    interface Loopback0 \r
     ip address 192.0.2.7 255.255.255.255
    #
    isis 1
     network-entity 10.0000.0000.0007.00
     #
     ipv6 enable topology ipv6
     #
    #
    Remote-Backup-Service metro
      peer 192.0.2.8 source 192.0.2.7 port 2100
    # \x20
    aaa
     domain isp
      authentication-scheme default0
     domain other
    #
    return
    """
)


def test_the_release_is_kept_that_the_device_wrote_above_the_lines() -> None:
    assert read_tree(MESSY, "R7").release == "V800R022C00SPC500"
    assert read_tree("#\nsysname R7\n#\nreturn\n", "R7").release == ""


@pytest.mark.parametrize(
    "text",
    [MESSY, "#\nsysname R7\n#\nreturn\n", "", "!Software Version V8\n", "\n!A\n!Software Version V8\n#\n"],
)
def test_the_release_alone_is_the_one_of_the_tree(text: str) -> None:
    assert release_of(text) == read_tree(text, "R7").release


def test_a_real_devices_output_is_read_whole() -> None:
    tree = read_tree(MESSY, "r7.cfg")
    assert [line.text for line in tree.lines] == [
        "sysname R7",
        "interface LoopBack0",
        "isis 1",
        "remote-backup-service metro",
        "aaa",
    ]
    isis, aaa = tree.lines[2], tree.lines[4]
    assert [line.text for line in isis.children] == [
        "network-entity 10.0000.0000.0007.00",
        "ipv6 enable topology ipv6",
    ]
    assert [line.text for line in aaa.children] == ["domain isp", "domain other"]
    assert aaa.children[0].children == (
        ConfigLine(Foreign(("aaa", "domain isp"), "authentication-scheme default0")),
    )


def test_every_line_knows_its_place() -> None:
    tree = read_tree(MESSY, "r7.cfg")
    peer = tree.lines[3].children[0].place
    assert str(peer) == "r7.cfg:16"


def test_owned_lines_become_facts_and_the_rest_is_foreign() -> None:
    owned, foreign = facts(read_tree(MESSY, "r7.cfg"))
    assert [(fact.id, fact.path) for fact in owned] == [
        ("rbs.create", ()),
        ("rbs.peer", ("remote-backup-service metro",)),
    ]
    assert owned[1].params == {"peer-ip": "192.0.2.8", "source-ip": "192.0.2.7", "port": "2100"}
    assert [(found.path, found.text) for found in foreign] == [
        ((), "sysname R7"),
        (("interface LoopBack0",), "ip address 192.0.2.7 255.255.255.255"),
        ((), "isis 1"),
        ((), "aaa"),
    ]


def test_a_foreign_line_keeps_every_character() -> None:
    text = "aaa\n local-user x password irreversible-cipher $1c$a  b;#?!%$\n"
    assert read_tree(text, "x").lines[0].children[0].text == (
        "local-user x password irreversible-cipher $1c$a  b;#?!%$"
    )


def test_facts_are_folded_in_printing_order() -> None:
    text = dedent(
        """\
        interface Eth-Trunk4
         remote-backup-profile video
         e-trunk 3
         mode lacp-static
        remote-backup-profile video
         backup-id 4 remote-backup-service metro
         service-type igmp
        remote-backup-service metro
        e-trunk 3
        lacp e-trunk priority 5
        lacp e-trunk system-id 00e0-fc00-0009
        """
    )
    assert write_tree(fold(facts(read_tree(text, "x"))[0])) == dedent(
        """\
        #
        lacp e-trunk system-id 00e0-fc00-0009
        lacp e-trunk priority 5
        #
        e-trunk 3
        #
        remote-backup-service metro
        #
        remote-backup-profile video
         service-type igmp
         backup-id 4 remote-backup-service metro
        #
        interface Eth-Trunk4
         mode lacp-static
         e-trunk 3
         remote-backup-profile video
        #
        return
        """
    )


def test_the_lines_of_a_group_stand_together() -> None:
    tree = ConfigTree()
    for line in (
        "vrrp vrid 2 priority 130",
        "vrrp vrid 1 priority 120",
        "admin-vrrp vrid 1",
        "ip address 192.0.2.1 255.255.255.0",
        "vrrp vrid 2 virtual-ip 192.0.2.9",
        "vrrp vrid 1 virtual-ip 192.0.2.8",
    ):
        tree = add_line(tree, ("interface Vlanif40",), line)
    assert [line.text for line in tree.lines[0].children] == [
        "ip address 192.0.2.1 255.255.255.0",
        "vrrp vrid 1 virtual-ip 192.0.2.8",
        "admin-vrrp vrid 1",
        "vrrp vrid 1 priority 120",
        "vrrp vrid 2 virtual-ip 192.0.2.9",
        "vrrp vrid 2 priority 130",
    ]


words = st.text(alphabet="abcxyz0189-.", min_size=1, max_size=6).filter(lambda text: text != "return")


Drawn: TypeAlias = tuple[str, tuple["Drawn", ...]]


def lines(depth: int) -> st.SearchStrategy[Drawn]:
    text = st.lists(words, min_size=1, max_size=3).map(" ".join)
    below = st.lists(lines(depth - 1), max_size=3).map(tuple) if depth else st.just(())
    return st.tuples(text, below)


def foreign(drawn: Drawn, *path: str) -> ConfigLine:
    text, below = drawn
    return ConfigLine(Foreign(path, text), tuple(foreign(one, *path, text) for one in below))


@settings(max_examples=60, deadline=None)
@given(st.lists(lines(3), max_size=5))
def test_what_is_written_is_read_back(roots: list[Drawn]) -> None:
    tree = ConfigTree(tuple(map(foreign, roots)))
    assert read_tree(write_tree(tree), "x") == tree


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    tree = read_tree(text, "x")
    owned, foreign = facts(tree)
    assert len(owned) + len(foreign) <= len(list(tree.walk()))
