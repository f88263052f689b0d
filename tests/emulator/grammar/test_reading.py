from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emulator.grammar import Fault, Match, load
from emulator.grammar.commands import Command
from tests.emulator.grammar import lines

GRAMMAR = load()
VIEWS = ["system", "rbs", "rbp", "e-trunk", "if-ge", "if-eth-trunk", "if-ge-sub", "bfd-session"]


def read(view: str, line: str) -> Match:
    found = GRAMMAR.read(view, line)
    assert isinstance(found, Match), (view, line, found)
    return found


@pytest.mark.parametrize(
    ("view", "typed", "command", "text"),
    [
        ("user", "sys", "cm.system-view", "system-view"),
        ("user", "dis cur", "d.current", "display current-configuration"),
        ("system", "int eth 12", "if.enter", "interface Eth-Trunk12"),
        ("system", "INTERFACE gigabitethernet 0/2/1.30", "if.enter", "interface GigabitEthernet0/2/1.30"),
        ("system", "interface loopback 7", "if.enter", "interface LoopBack7"),
        ("system", "interface null 0", "if.enter", "interface NULL0"),
        ("system", "interface vlanif 300", "if.enter", "interface Vlanif300"),
        ("system", "interface 100ge 0/5/0", "if.enter", "interface 100GE0/5/0"),
        (
            "system",
            "lacp e-trunk system-id a-FC9-34",
            "lacp.et-sysid",
            "lacp e-trunk system-id 000a-0fc9-0034",
        ),
        ("system", "ospf", "ospf.enter", "ospf 1"),
        (
            "system",
            "ip route-static 10.8.0.0 16 10.1.1.2",
            "rt.static",
            "ip route-static 10.8.0.0 255.255.0.0 10.1.1.2",
        ),
        (
            "system",
            "ipv6 route-static 2001:db8:: 32 2001:db8:1::1",
            "rt.static6",
            "ipv6 route-static 2001:DB8:: 32 2001:DB8:1::1",
        ),
        ("ospf", "area 10", "ospf.area", "area 0.0.0.10"),
        ("if-ge", "ip add 10.9.1.1 30", "if.ip", "ip address 10.9.1.1 255.255.255.252"),
        ("if-vlanif", "ipv6 address 2001:db8:a::1 64", "if.ipv6-addr", "ipv6 address 2001:DB8:A::1/64"),
        ("if-ge", "isis enable", "if.isis", "isis enable 1"),
        (
            "rbp",
            "vrrp-id 9 interface gi 0/1/2 even",
            "rbp.vrrp-id",
            "vrrp-id 9 interface GigabitEthernet0/1/2 even-mac",
        ),
        (
            "rbs",
            "switch uplink dur 3 fail 40",
            "rbs.switchover-uplink",
            "switchover uplink failure-ratio 40 duration 3",
        ),
        (
            "monitor-group",
            "binding interface eth 5",
            "mg.bind",
            "binding interface Eth-Trunk5 down-weight 10",
        ),
        ("system", "vlan batch 9 10 11 40", "vlan.batch", "vlan batch 9 to 11 40"),
        (
            "system",
            "bfd b7 bind peer-ip 192.0.2.1 track-interface interface eth-trunk 2",
            "bfd.bind-track-if",
            "bfd b7 bind peer-ip 192.0.2.1 track-interface interface Eth-Trunk2",
        ),
    ],
)
def test_a_line_reads_into_its_command_and_canonical_text(
    view: str, typed: str, command: str, text: str
) -> None:
    found = read(view, typed)
    assert (found.command, found.text) == (command, text)


@pytest.mark.parametrize(
    ("view", "typed", "kind", "offset"),
    [
        ("system", "foo bar", "unrecognized", 0),
        ("e-trunk", "priority 999", "wrong", 9),
        ("e-trunk", "priority 0", "wrong", 9),
        ("e-trunk", "  priority   255", "wrong", 13),
        ("e-trunk", "priority", "incomplete", 8),
        ("e-trunk", "timer hold-on-failure ", "incomplete", 22),
        ("system", "quit now", "too-many", 5),
        ("system", "in", "ambiguous", 0),
        ("rbs", "peer 192.0.2.1 source 192.0.2.300 port 2000", "wrong", 22),
        ("rbs", "peer 192.0.2.1 source 192.0.2.3 port 55536", "wrong", 37),
        ("rbs", "peer 192.0.2.1 sauce 192.0.2.3 port 5000", "unrecognized", 15),
        ("rbs", "undo peer 192.0.2.1 source 192.0.2.3 port 2000", "too-many", 20),
        ("if-ge", "vrrp vrid 256 virtual-ip 10.1.1.1", "wrong", 10),
        ("if-ge", "vrrp vrid 1 p 1", "ambiguous", 12),
        ("if-ge", "ip address 10.1.1.1 255.0.255.0", "wrong", 20),
        ("rbp", "service-type dhcp", "ambiguous", 13),
        ("system", "undo", "incomplete", 4),
        ("user", "", "incomplete", 0),
        ("rbs", "priority 10", "unrecognized", 0),
        ("system", "vlan batch 20 to 10", "wrong", 11),
        ("system", "vlan batch 4095", "wrong", 11),
    ],
)
def test_a_fault_points_at_the_failing_token(view: str, typed: str, kind: str, offset: int) -> None:
    assert GRAMMAR.read(view, typed) == Fault(kind, offset)  # type: ignore[arg-type]  # the table holds literals


@pytest.mark.parametrize(
    ("view", "typed", "params"),
    [
        ("rbp", "service-type mld", {"mld": "mld", "service": "mld"}),
        ("rbs", "backup block send l2tp", {"direction": "send", "service": "l2tp"}),
        ("if-eth-trunk", "mode manual backup", {"mode": "backup"}),
        ("if-eth-trunk", "e-trunk mode force-backup", {"mode": "force-backup"}),
        ("if-ge", "vrrp vrid 3 track bfd-session session-name s1 link", {"bfd-name": "s1", "role": "link"}),
        (
            "if-ge",
            "vrrp vrid 3 track interface gi 0/1/0 reduced 30",
            {"interface": "GigabitEthernet0/1/0", "change": "reduced", "n": "30"},
        ),
        ("if-ge", "ipv6 address 2001:db8::5/48", {"ipv6": "2001:DB8::5", "len": "48"}),
        (
            "user",
            "display vrrp interface eth 4 7 verbose",
            {"interface": "Eth-Trunk4", "vrid": "7", "verbose": "verbose"},
        ),
        ("system", "commit trial 90 persist tx-1", {"trial": "trial", "time": "90", "persist-id": "tx-1"}),
        ("e-trunk", "description two  words", {"text": "two  words"}),
    ],
)
def test_parameters_and_named_choices(view: str, typed: str, params: dict[str, str]) -> None:
    assert params.items() <= dict(read(view, typed).params).items()


@pytest.mark.parametrize(
    ("view", "typed", "enters", "suffix"),
    [
        ("system", "remote-backup-service Svc_1", "rbs", "-rm-backup-srv-Svc_1"),
        ("system", "remote-backup-profile p.9", "rbp", "-rm-backup-prf-p.9"),
        ("system", "e-trunk 44", "e-trunk", "-e-trunk-44"),
        ("system", "bfd", "bfd", "-bfd"),
        ("system", "bfd link1 bind peer-ip 192.0.2.5", "bfd-session", "-bfd-session-link1"),
        ("system", "pim-ipv6", "pim6", "-pim6"),
        ("system", "interface gi 0/1/3", "if-ge", "-GigabitEthernet0/1/3"),
        ("system", "interface eth 4.5", "if-eth-trunk-sub", "-Eth-Trunk4.5"),
        ("system", "user-interface vty 0 4", "vty", "-ui-vty0-4"),
        ("ospf", "area 0", "ospf-area", "-area-0.0.0.0"),
        ("if-ge-sub", "bas", "bas", "-bas"),
        ("system", "bgp 65001", "foreign:bgp@-bgp", "-bgp"),
        ("system", "ip vpn-instance blue", "foreign:ip vpn-instance@-vpn-instance-<>", "-vpn-instance-blue"),
    ],
)
def test_views_that_lines_open(view: str, typed: str, enters: str, suffix: str) -> None:
    found = read(view, typed)
    assert (found.enters, found.suffix) == (enters, suffix)


def test_exact_keyword_wins_over_longer_ones() -> None:
    assert read("rbp", "service-type igmp").params["service"] == "igmp"
    assert read("system", "bfd").command == "bfd.global"


def test_secret_in_cipher_form_is_taken_with_every_character() -> None:
    secret = '%^%#a"b;c ?|d%^%#'
    assert read("e-trunk", f"security-key cipher {secret}  ").params["cipher-key"] == secret


@pytest.mark.parametrize("command", GRAMMAR._commands, ids=lambda command: f"{command.id}-{command.views[0]}")
def test_every_form_compiles_and_names_only_known_parameters(command: Command) -> None:
    for form in (*command.syntax, *command.undo):
        assert form.start.words, form.notation
        assert set(re.findall(r"<([a-z0-9-]+)>", form.notation)) <= set(command.params)


def test_every_view_has_a_grammar_and_every_command_a_view() -> None:
    groups = {"@all", "@non-user"}
    named = {
        view for command in GRAMMAR._commands for name in command.views for view in GRAMMAR._expand(name)
    }
    assert named - groups <= set(GRAMMAR.views)
    opened = {command.enters for command in GRAMMAR._commands} - {"", "if-*"}
    assert opened <= set(GRAMMAR.views)


@settings(max_examples=250, deadline=None)
@given(st.data())
def test_a_canonical_line_reads_back_to_itself(data: st.DataObject) -> None:
    view = data.draw(
        st.sampled_from(
            ["system", "rbs", "rbp", "e-trunk", "if-ge", "if-eth-trunk", "if-ge-sub", "bfd-session"]
        )
    )
    line = data.draw(lines.typed(view))
    first = read(view, line)
    again = read(view, first.text)
    assert (again.command, again.text, again.undo) == (first.command, first.text, first.undo)
    assert dict(again.params) == dict(first.params)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(["user", "system", "rbs", "if-ge", "foreign:bgp", "vty"]), st.text(max_size=60))
def test_any_text_is_matched_or_faulted_within_the_line(view: str, line: str) -> None:
    found = GRAMMAR.read(view, line)
    assert isinstance(found, Match) or 0 <= found.offset <= len(line)
