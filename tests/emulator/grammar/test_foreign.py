from __future__ import annotations

import pytest

from emulator.grammar import FOREIGN, Fault, Match, load

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
        ("foreign:bgp", "interface GigabitEthernet0/1/1"),
        ("foreign:bgp", "remote-backup-service s1"),
    ],
)
def test_what_the_vocabulary_does_not_know_and_what_is_ours_is_refused(view: str, typed: str) -> None:
    assert isinstance(GRAMMAR.read(view, typed), Fault)


@pytest.mark.parametrize(
    ("view", "typed", "enters"),
    [
        ("system", "mpls ldp", "foreign:mpls ldp"),
        ("if-ge", "mpls ldp", ""),
        ("vsi-ldp", "peer 192.0.2.9", ""),
        ("aaa", "authentication-scheme lab", "foreign:authentication-scheme"),
        ("aaa-domain", "authentication-scheme lab", ""),
        ("foreign:bgp", "ipv4-family unicast", "foreign:ipv4-family unicast"),
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
