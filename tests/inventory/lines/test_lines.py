"""The owned table: every form is written and read back, and undone as the device wants it."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from inventory.lines import OWNED, OwnedLine, read
from inventory.lines.form import FLAG, Part
from inventory.lines.values import KINDS, Kind
from inventory.lines.vrrp import VRRP, VRRP6

EXAMPLES = {
    "integer": st.integers(0, 65535).map(str),
    "ipv4": st.ip_addresses(v=4).map(str),
    "ipv6": st.ip_addresses(v=6).map(lambda address: str(address).upper()),
    "address": st.ip_addresses(v=4).map(str),
    "mask": st.integers(0, 32).map(lambda bits: KINDS["mask"].canonical(str(bits))),
    "mac": st.sampled_from(["00e0-fc00-0001", "0001-0002-0003"]),
    "interface": st.sampled_from(["Eth-Trunk7", "GigabitEthernet0/3/1.20", "100GE0/1/0", "Vlanif40"]),
    "name": st.sampled_from(["metro", "s.1_x-y", '"two words"']),
    "exact": st.sampled_from(["Group-1", '"two words"']),
    "time": st.sampled_from(["02:30:00"]),
    "text": st.sampled_from(["some text", "x"]),
    "secret": st.sampled_from(["%^%#a b;?%^%#", "<secret:metro>"]),
    "ranges": st.sampled_from(["10", "10 to 20 30"]),
}


def example(kind: Kind) -> st.SearchStrategy[str]:
    for name, usual in KINDS.items():
        if kind is usual:
            return EXAMPLES[name]
    words = kind.pattern.replace("\\s+", " ").replace("\\", "").split("|")
    return st.sampled_from(words if kind.folded else ["logic text"])


def parameters(row: OwnedLine) -> st.SearchStrategy[dict[str, str]]:
    def of(parts: tuple[Part, ...]) -> tuple[dict[str, st.SearchStrategy[str]], list[Part]]:
        needed = {
            part.param: example(known) for part in parts if part.param and (known := row.kind(part.param))
        }
        return needed, [part for part in parts if part.option]

    needed, options = of(row._line._read[0])
    sets = [st.fixed_dictionaries(needed)]
    for option in options:
        inner = {option.flag: st.just(FLAG)} if option.flag else of(option.option)[0]
        sets.append(st.one_of(st.just({}), st.fixed_dictionaries(inner)))
    return st.tuples(*sets).map(lambda drawn: {name: text for part in drawn for name, text in part.items()})


@pytest.mark.parametrize("row", OWNED.values(), ids=OWNED)
@settings(max_examples=8, deadline=None)
@given(data=st.data())
def test_a_line_is_read_as_it_was_written(row: OwnedLine, data: st.DataObject) -> None:
    params = data.draw(parameters(row))
    assume(len(params.keys() & {"simple-key", "cipher-key"}) < 2)  # alternatives of one line
    found = read(row.view, row.text(**params))
    assert found is not None
    assert (found.id, found.params) == (row.id, params)


@pytest.mark.parametrize(
    ("view", "line", "undo"),
    [
        ("rbs", "peer 192.0.2.2 source 192.0.2.1 port 2000", "undo peer 192.0.2.2"),
        (
            "rbs",
            "protect lsp-tunnel for-all-instance peer-ip 192.0.2.2",
            "undo protect lsp-tunnel peer-ip 192.0.2.2",
        ),
        (
            "rbs",
            "batch-backup service-type all daily 01:00:00",
            "undo batch-backup service-type all",
        ),
        ("e-trunk", "peer-address 192.0.2.2 source-address 192.0.2.1", "undo peer-address"),
        (
            "rbp",
            "backup-id 4 remote-backup-service metro",
            "undo backup-id 4 remote-backup-service metro",
        ),
        ("rbp", "e-trunk 3 eth-trunk 9", "undo e-trunk 3 eth-trunk 9"),
        ("rbp", "vrrp-id 6 interface Vlanif40 odd-mac", "undo vrrp-id 6"),
        ("interface", "e-trunk 3", "undo e-trunk"),
        ("interface", "remote-backup-profile video", "undo remote-backup-profile video"),
        ("interface", "vrrp vrid 6 preempt-mode disable", "undo vrrp vrid 6 preempt-mode"),
        ("system", "bfd ring bind peer-ip 192.0.2.2", "undo bfd ring"),
        ("rbp", "peer-backup virtual", ""),
    ],
)
def test_undo_forms_are_the_devices_own(view: str, line: str, undo: str) -> None:
    found = read(view, line)
    assert found is not None
    assert found.row.undo_text(found.params) == undo


@pytest.mark.parametrize(
    ("view", "typed", "printed"),
    [
        ("system", "interface gigabitethernet 0/1/0", "interface GigabitEthernet0/1/0"),
        ("system", "interface Loopback0", "interface LoopBack0"),
        ("system", "lacp e-trunk system-id e0-fc12-3456", "lacp e-trunk system-id 00e0-fc12-3456"),
        ("rbs", "PEER-IPV6 2001:db8::2 source-ipv6 2001:DB8:0:0::1 port 2000",
         "peer-ipv6 2001:DB8::2 source-ipv6 2001:DB8::1 port 2000"),
        ("interface", "vrrp6 vrid 1 virtual-ip fe80::a link-local",
         "vrrp6 vrid 1 virtual-ip FE80::A link-local"),
        ("rbp", "nas logic-port GigabitEthernet0/1/0", "nas logic-port gigabitethernet 0/1/0"),
        ("interface", "mode  lacp-static", "mode lacp-static"),
        ("interface", "vrrp vrid 4 track ip route 10.0.0.0 8 reduced 20",
         "vrrp vrid 4 track ip route 10.0.0.0 255.0.0.0 reduced 20"),
    ],
)  # fmt: skip
def test_canonical_spelling(view: str, typed: str, printed: str) -> None:
    found = read(view, typed)
    assert found is not None
    assert found.text == printed


@pytest.mark.parametrize(
    ("view", "line"),
    [
        ("system", "ospf 1"),
        ("interface", "ip address 192.0.2.1 255.255.255.0"),
        ("rbs", "nat-instance cgn1"),
        ("system", "peer 192.0.2.2 source 192.0.2.1 port 2000"),
        ("e-trunk", "priority"),
        ("interface", "vrrp vrid 4 something-new"),
        ("system", ""),
    ],
)
def test_foreign_lines_are_no_rows(view: str, line: str) -> None:
    assert read(view, line) is None


def test_names_and_secrets_do_not_tell_lines_apart_by_case() -> None:
    row = OWNED["rbs.create"]
    assert row.identity({"rbs-name": "Metro"}) == row.identity({"rbs-name": "metro"})
    group = OWNED["mg.create"]
    assert group.identity({"name": "Up"}) != group.identity({"name": "up"})


def test_a_form_that_lacks_a_parameter_is_not_written() -> None:
    with pytest.raises(KeyError):
        OWNED["rbs.peer"].text(port="2000")


def test_the_lines_of_both_families_differ_in_the_keyword_and_in_units() -> None:
    for one, six in zip(VRRP, VRRP6, strict=True):
        assert six.undo.replace("vrrp6", "vrrp").removesuffix(" [ link-local ]") == one.undo
        assert six.impact == one.impact
        assert six.relation == one.relation
    assert VRRP.initial_hold.text(vrid="7", seconds="60") == "vrrp vrid 7 initialize state-hold-time 60"
