from __future__ import annotations

import re

import pytest

from emulator.grammar import FOREIGN, Fault, Match, load
from emulator.grammar.commands import text_of
from emulator.grammar.openers import Openers, pattern
from emulator.lab import Lab, TerminalUser

GRAMMAR = load()


@pytest.mark.parametrize(
    ("view", "typed", "text"),
    [
        ("system", "mpls lsr-id 192.0.2.9", "mpls lsr-id 192.0.2.9"),
        ("system", "ntp-serv unicast-server 192.0.2.1", "ntp-service unicast-server 192.0.2.1"),
        ("system", "undo mpls", "undo mpls"),
        ("if-ge", "traffic-policy in inbound", "traffic-policy in inbound"),
        ("foreign:bgp", "peer 192.0.2.2 as-number 65002", "peer 192.0.2.2 as-number 65002"),
        ("aaa", "local-user ops privilege level 3", "local-user ops privilege level 3"),
    ],
)
def test_a_line_of_the_vocabulary_is_accepted_as_it_stands(view: str, typed: str, text: str) -> None:
    found = GRAMMAR.read(view, typed)
    assert isinstance(found, Match)
    assert (found.command, found.text, found.kind == "exec") == (FOREIGN, text, False)


@pytest.mark.parametrize(
    ("view", "typed"),
    [
        ("system", "frobnicate all"),
        ("rbs", "mpls lsr-id 192.0.2.9"),
        ("e-trunk", "priority high"),
        ("if-ge", "vrrp vrid 1 sing"),
        ("if-ge", "port link-type access"),
        ("if-ge-l2", "ip address 10.1.1.1 24"),
        ("if-ge", "e-trunk 1"),
        ("if-loopback", "mode lacp-static"),
        ("if-eth-trunk", "lacp e-trunk system-id 00e0-fc00-0001"),
        ("if-eth-trunk", "undo lacp e-trunk system-id"),
        ("if-eth-trunk", "lacp e-trunk sys 00e0-fc00-0001"),
        ("if-eth-trunk", "multicast ipv6 routing-enable"),
        ("system", "multicast ipv6 track vrrp6 vrid 7"),
        ("foreign:bgp", "interface GigabitEthernet0/1/1"),
        ("foreign:bgp", "remote-backup-service s1"),
    ],
)
def test_what_the_vocabulary_does_not_know_and_what_is_ours_is_refused(view: str, typed: str) -> None:
    assert isinstance(GRAMMAR.read(view, typed), Fault)


@pytest.mark.parametrize(
    ("view", "typed", "enters"),
    [
        ("system", "mpls ldp", "foreign:mpls ldp@-mpls-ldp"),
        ("if-ge", "mpls ldp", ""),
        ("vsi-ldp", "peer 192.0.2.9", ""),
        ("aaa", "authentication-scheme lab", "foreign:authentication-scheme@-aaa-authen-<>"),
        ("aaa-domain", "authentication-scheme lab", ""),
        ("foreign:bgp", "ipv4-family unicast", "foreign:ipv4-family unicast@-bgp-af-ipv4"),
    ],
)
def test_a_line_opens_a_view_only_where_it_does(view: str, typed: str, enters: str) -> None:
    found = GRAMMAR.read(view, typed)
    assert isinstance(found, Match)
    assert found.enters == enters


def test_foreign_displays_and_actions_are_not_stored() -> None:
    shown = GRAMMAR.read("system", "display bgp peer")
    reset = GRAMMAR.read("user", "reset counters interface")
    assert isinstance(shown, Match)
    assert isinstance(reset, Match)
    assert (shown.kind, reset.kind) == ("display", "exec")


def test_a_file_line_is_taken_whatever_it_says() -> None:
    found = GRAMMAR.foreign("system", "wholly unknown 7", opens=True)
    assert (found.command, found.enters, found.suffix) == (FOREIGN, "foreign:wholly", "-wholly-unknown-7")


@pytest.mark.parametrize("view", ["user", "system", "rbs", "if-ge"])
@pytest.mark.parametrize("line", ["display nonsense", "reset nonsense"])
def test_a_verb_needs_a_second_keyword_that_is_known(view: str, line: str) -> None:
    found = GRAMMAR.read(view, line)
    assert isinstance(found, Fault)
    assert (found.kind, found.offset) == ("unrecognized", line.index("nonsense"))


def typed(*lines: str) -> list[str]:
    """Return the prompt after each line, typed one after the other from the system view."""
    typist = TerminalUser(Lab({"P": ""}), "P")
    typist.types("system-view", "sysname P", "commit")
    return [typist.types(line).splitlines()[-1].replace("*", "~") for line in lines]


@pytest.mark.parametrize(
    ("line", "prompt"),
    [
        ("acl 2001", "[~P-acl4-basic-2001]"),
        ("acl number 3100", "[~P-acl4-advance-3100]"),
        ("acl 6001", "[~P-acl-ucl-6001]"),
        ("acl name edge basic", "[~P-acl4-basic-edge]"),
        ("acl name edge", "[~P-acl4-advance-edge]"),
        ("acl ipv6 3001", "[~P-acl6-advance-3001]"),
        ("bgp 65001 instance west", "[~P-bgp-instance-west]"),
        ("cfm md field level 3", "[~P-md-field]"),
        ("traffic classifier c1", "[~P-classifier-c1]"),
    ],
)
def test_the_prompt_of_a_foreign_view_names_its_argument(line: str, prompt: str) -> None:
    assert typed(line) == [prompt]


def test_a_family_opens_below_its_protocol_and_never_in_itself() -> None:
    assert typed(
        "bgp 65001", "ipv4-family vpn-instance red", "ipv4-family vpn-instance blue", "ipv4-family vpnv4"
    ) == [
        "[~P-bgp]",
        "[~P-bgp-red]",
        "[~P-bgp-blue]",
        "[~P-bgp-af-vpnv4]",
    ]


def test_the_same_words_open_a_view_in_one_place_and_none_in_another() -> None:
    assert typed("mpls ldp", "mpls", "interface GigabitEthernet0/1/0", "mpls ldp", "mpls") == [
        "[~P-mpls-ldp]",
        "[~P-mpls]",
        "[~P-GigabitEthernet0/1/0]",
        "[~P-GigabitEthernet0/1/0]",
        "[~P-GigabitEthernet0/1/0]",
    ]


def test_every_row_opens_a_view_below_its_parent() -> None:
    openers = Openers()
    rows = [row.split("\t") for row in text_of("foreign-openers.tsv").splitlines() if not row.startswith("#")]
    assert len(rows) > 400
    for parent, notation, _suffix in rows:
        line = notation.replace(" &<>", "")
        while "{" in line or "[" in line:
            line = re.sub(r"\[[^\[\]{}]*\]", "", line)
            line = re.sub(r"\{ ?([^\[\]{}|]*)\|?[^\[\]{}]*\}", lambda found: found[1], line)
        line = re.sub(r"<(\d+)-\d+>|<[^>]*>", lambda found: found[1] or "7", " ".join(line.split()))
        place = "if-ge" if parent == "if-*" else parent
        view = place if place in GRAMMAR.views else f"foreign:x@{pattern(place)}"
        if not notation.startswith(("<", "[", "{")) and "..." not in notation:
            assert openers.find(line, view) is not None, (parent, notation, line)
