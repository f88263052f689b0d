from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inventory.errors import IntentError
from inventory.load import load_pair, load_pairs, parse_pair
from inventory.problems import InvalidIntentError, Problem

GOOD = """\
pair: harbour
members: {a: north, b: south}
system:
  lacp:
    e_trunk_system_id: E0-FC01-2
bfd:
  sessions:
    - name: keel
      address: {a: 198.51.100.1, b: 198.51.100.2}
      discriminator: {a: 41, b: 42}
e_trunks:
  - id: 3
    address: {a: 198.51.100.1, b: 198.51.100.2}
    priority: {a: 5, b: 6}
    security_key: {secret: harbour-key}
    bfd: keel
    members:
      - {eth_trunk: 30, mode: lacp-static, ports: {a: [ge 0/1/0], b: [ge 0/1/1]}}
backup_services:
  - {name: quay, address: {a: 198.51.100.1, b: 198.51.100.2}, port: 2020}
backup_profiles:
  - name: crane
    backup_id: 5
    service: quay
    services: [arp]
    track: {e_trunk: {e_trunk: 3, eth_trunk: 30}}
    interfaces: [eth-trunk 30]
"""


def problems(text: str) -> tuple[Problem, ...]:
    with pytest.raises(InvalidIntentError) as caught:
        parse_pair(text, "harbour.yaml")
    return caught.value.problems


def test_values_become_canonical_and_mirrored_ones_are_spread() -> None:
    pair = parse_pair(GOOD, "harbour.yaml")

    assert pair.system.lacp.e_trunk_system_id.a == "00e0-fc01-0002"
    assert pair.system.lacp.e_trunk_system_id.same
    assert pair.e_trunks[0].members[0].ports.b == ("GigabitEthernet0/1/1",)
    assert pair.backup_profiles[0].interfaces.a == ("Eth-Trunk30",)
    assert pair.backup_services[0].port.of("b") == 2020
    assert not pair.e_trunks[0].priority.same


def test_a_path_is_placed_at_its_line_or_at_the_nearest_one_above() -> None:
    pair = parse_pair(GOOD, "harbour.yaml")

    assert str(pair.place("e_trunks[0].priority")) == "harbour.yaml:14 (e_trunks[0].priority)"
    assert pair.place("e_trunks[0].revert_delay").line == 12
    assert pair.place("e_trunks[0].members[0].mode").line == 18


@pytest.mark.parametrize(
    ("old", "new", "line", "path", "says"),
    [
        ("priority: {a", "prority: {a", 14, "e_trunks[0].prority", "did you mean 'priority'?"),
        ("port: 2020", "port: 80", 20, "backup_services[0].port", "should be greater than or equal to 1024"),
        (
            "port: 2020",
            "port: {a: 2020, b: 99999}",
            20,
            "backup_services[0].port.b",
            "less than or equal to 55535",
        ),
        ("port: 2020", "port: {a: 2020}", 20, "backup_services[0].port", "member b has no value"),
        ("port: 2020", "port: '2020'", 20, "backup_services[0].port", "valid integer"),
        ("port: 2020", "port: true", 20, "backup_services[0].port", "valid integer"),
        (", port: 2020", "", 20, "backup_services[0]", "key 'port' is missing"),
        ("E0-FC01-2", "e0:fc:01", 5, "system.lacp.e_trunk_system_id", "not a MAC address"),
        ("E0-FC01-2", "0-0-0", 5, "system.lacp.e_trunk_system_id", "is not an address of its own"),
        ("b: south", "b: north", 2, "members", "a pair has two members"),
        ("id: 3", "id: 129", 12, "e_trunks[0].id", "less than or equal to 128"),
        ("services: [arp]", "services: arp", 25, "backup_profiles[0].services", "should be a list"),
        (
            "members: {a: north, b: south}",
            "members: [north]",
            2,
            "members",
            "should be a set of keys and values",
        ),
        ("[arp]", "[arp, apr]", 25, "backup_profiles[0].services[1]", "'arp'"),
        ("[eth-trunk 30]", "[trunk 30]", 27, "backup_profiles[0].interfaces[0]", "not an interface name"),
        ("service: quay", "service: quai", 24, "backup_profiles[0].service", "did you mean 'quay'?"),
        ("bfd: keel", "bfd: hull", 16, "e_trunks[0].bfd", "no BFD session 'hull'"),
        ("eth_trunk: 30}}", "eth_trunk: 31}}", 26, "backup_profiles[0].track.e_trunk", "no Eth-Trunk 31"),
        (
            "discriminator: {a: 41, b: 42}",
            "discriminator: {a: 0, b: 42}",
            10,
            "bfd.sessions[0].discriminator.a",
            "1",
        ),
        ("b: 198.51.100.2}, port", "b: '2001:db8::2'}, port", 20, "backup_services[0]", "of one family"),
    ],
)
def test_a_mistake_is_told_with_line_and_path(old: str, new: str, line: int, path: str, says: str) -> None:
    assert GOOD.count(old)
    found = problems(GOOD.replace(old, new, 1))

    assert len(found) == 1, found
    assert says in str(found[0])
    assert (found[0].place.source, found[0].place.line) == ("harbour.yaml", line)
    assert found[0].place.path == path


@pytest.mark.parametrize(
    ("old", "new", "path", "says"),
    [
        (
            "system:\n",
            "system:\n  igmp_snooping_instances: [{instance: vsi a b c}]\n",
            "system.igmp_snooping_instances[0].instance",
            "'vsi a b c'; write it as `vlan 100`, `vsi v123` or `vsi v123 static`",
        ),
        (
            "system:\n",
            "system:\n  igmp_snooping_instances: [{instance: vlan 4095}]\n",
            "system.igmp_snooping_instances[0].instance",
            "there is no VLAN 4095; give 1 to 4094",
        ),
        (
            "system:\n",
            "system:\n  igmp_snooping_instances: [{instance: vsi tv}, {instance: vsi tv auto, version: 3}]\n",
            "system.igmp_snooping_instances[1].instance",
            "snooping in vsi tv stands at system.igmp_snooping_instances[0].instance already",
        ),
        (
            "    priority:",
            "    description: ' to the south'\n    priority:",
            "e_trunks[0].description",
            "a blank at its beginning or end, which the device does not keep",
        ),
        (
            "discriminator: {a: 41, b: 42}",
            "{0}\n      source: '2001:db8::1'",
            "bfd.sessions[0]",
            "peer 198.51.100.2 and source 2001:DB8::1 must be of one family",
        ),
        (
            "backup_services:\n",
            "interfaces: [{name: GE0/1/0, igmp_static_groups: [{group: 10.1.1.1}]}]\nbackup_services:\n",
            "interfaces[0].igmp_static_groups[0].group",
            "10.1.1.1 is outside 224.0.1.0 to 239.255.255.255",
        ),
        (
            "backup_services:\n",
            "interfaces: [{name: GE0/1/0, igmp_snooping_router_port_vlans: 20 to 10}]\nbackup_services:\n",
            "interfaces[0].igmp_snooping_router_port_vlans",
            "20 to 10 runs backwards",
        ),
        (
            "backup_services:\n",
            "interfaces: [{name: GE1, igmp_snooping_router_port_vlans: 1 2 3 4 5 6 7 8 9 10 to 12 14}]\n{0}",
            "interfaces[0].igmp_snooping_router_port_vlans",
            "11 VLANs and ranges; the line takes 10",
        ),
    ],
)
def test_what_no_line_can_say_is_refused_where_it_stands(old: str, new: str, path: str, says: str) -> None:
    text = GOOD.replace(old, new.replace("{0}", old), 1)
    found = problems(text)

    assert [one.place.path for one in found] == [path], found
    assert says in str(found[0])
    assert found[0].place.line


def test_all_problems_are_told_at_once_in_the_order_of_the_file() -> None:
    text = (
        GOOD.replace("id: 3", "id: x")
        .replace("port: 2020", "port: 1")
        .replace("pair: harbour", "pear: harbour")
    )
    found = problems(text)

    assert [one.place.line for one in found] == sorted(one.place.line or 0 for one in found)
    assert {"pear", "e_trunks[0].id", "backup_services[0].port"} <= {one.place.path for one in found}


def test_a_secret_written_by_mistake_is_not_repeated() -> None:
    for wrong in (
        "hunter2-plain",
        "{secret: [hunter2-plain]}",
        "{sekret: hunter2-plain}",
        "{secret: hunter2 plain}",
    ):
        with pytest.raises(InvalidIntentError) as caught:
            parse_pair(GOOD.replace("{secret: harbour-key}", wrong), "harbour.yaml")
        assert "hunter2" not in str(caught.value)
        assert "hunter2" not in str([one.as_dict() for one in caught.value.problems])


@pytest.mark.parametrize(
    ("old", "new", "line", "path"),
    [
        ("id: 3", 'description: "x <secret:lab-password>"\n    id: 3', 12, "e_trunks[0].description"),
        ("id: 3", "description: {a: ok, b: <SECRET:k> y}\n    id: 3", 12, "e_trunks[0].description.b"),
        ("bfd: keel", "bfd: <secret:any>", 16, "e_trunks[0].bfd"),
        ("eth-trunk 30]", "eth-trunk 30]\ndescription: <secret:half", 28, "description"),
    ],
)
def test_a_secret_in_a_text_is_refused_where_it_stands(old: str, new: str, line: int, path: str) -> None:
    found = [one for one in problems(GOOD.replace(old, new, 1)) if "cannot stand in a text" in one.message]

    assert [(one.place.path, one.place.line) for one in found] == [(path, line)]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a: [1, 2", ":1: not YAML: a bracket that does not end, or no comma between two values"),
        ("a: {b: 1\nc: 2\n", "2: not YAML: a bracket that does not end"),
        ("a: 1\na: s3cret\n", ':2: not YAML: the key "a" stands twice'),
        ("a:\n\tb: 1\n", ":2: not YAML: a tab; wanted blanks, which alone indent a line"),
        ("a: @x\n", ":1: not YAML: a value that begins with '@'; wanted quotes around it"),
        ("a: b: c\n", ":1: not YAML: a `: ` where no key can be"),
        ("a:\n  - x\n b: 1\n", ":3: not YAML: the line is indented otherwise than those it belongs to"),
        ("a: 'x\nb: 1\n", "not YAML: a quote that does not end"),
        ("a: 1\nb\n", "not YAML: no `: ` after the key"),
        ("a: *x\n", ":1: not YAML: found undefined alias"),
        ("", "should hold keys and values; found nothing"),
        ("- 1\n", "should hold keys and values; found a list"),
        ("just text", "should hold keys and values; found text"),
        ("pair: &x [*x]\n", ""),
        ("pair: !!python/object:os.system x\n", ""),
    ],
)
def test_what_is_no_pair_file_is_told(text: str, says: str) -> None:
    assert says in str(problems(text)[0])
    assert "s3cret" not in str(problems(text)[0])


def test_objects_that_stand_twice_are_told() -> None:
    twice = GOOD + "  - {name: Crane, backup_id: 6, service: quay, interfaces: [Eth-Trunk30]}\n"
    messages = [one.message for one in problems(twice)]

    assert any("backup profile crane stands at backup_profiles[0].name already" in one for one in messages)
    assert any("profile of interface Eth-Trunk30" in one for one in messages)


def test_an_object_of_one_member_may_bear_a_name_that_the_other_one_uses_too() -> None:
    text = GOOD.replace("{name: quay,", "{name: {a: quay, b: pier},").replace(
        "service: quay", "service: {a: quay, b: pier}"
    )

    assert parse_pair(text, "x").backup_services[0].name.b == "pier"
    assert "no backup service 'quay'" in str(problems(text.replace("{a: quay, b: pier}\n", "quay\n"))[0])


def test_a_missing_file_is_an_intent_error(tmp_path: Path) -> None:
    with pytest.raises(IntentError, match="cannot be read"):
        load_pair(tmp_path / "none.yaml")
    (tmp_path / "latin.yaml").write_bytes(b"pair: h\xe4fen\n")
    with pytest.raises(IntentError, match="not UTF-8"):
        load_pair(tmp_path / "latin.yaml")


def test_problems_of_all_files_of_a_folder_are_told(tmp_path: Path) -> None:
    (tmp_path / "one.yaml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "two.yaml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "three.yaml").write_text(GOOD.replace("port: 2020", "port: 1"), encoding="utf-8")
    (tmp_path / "four.yaml").write_text(GOOD.replace("harbour", "quay"), encoding="utf-8")
    read = load_pairs(tmp_path)

    assert list(read.good) == ["quay"]
    told = str(read.broken["harbour"])
    for one, other in (("one", "two"), ("two", "one"), ("three", "one")):
        assert re.search(rf"{one}\.yaml \(pair\): pair 'harbour' stands in \S*.*{other}\.yaml", told)
    assert "three.yaml:" in told


def test_pairs_lie_in_folders_and_end_in_yml_too(tmp_path: Path) -> None:
    read = ("one.yml", "north/two.yaml", "north/bay/three.yml")
    for place in (*read, ".git/four.yaml", "north/.#five.yaml", "six.txt"):
        file = tmp_path / place
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(GOOD.replace("harbour", file.stem), encoding="utf-8")
    elsewhere = tmp_path.with_name(tmp_path.name + "-elsewhere")
    elsewhere.mkdir()
    (elsewhere / "seven.yaml").write_text(GOOD.replace("harbour", "seven"), encoding="utf-8")
    (tmp_path / "south").symlink_to(elsewhere)
    (elsewhere / "back").symlink_to(tmp_path)

    assert sorted(load_pairs(tmp_path).good) == ["one", "seven", "three", "two"]


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="pair:membs{}[]ab-&*!|>\n\t '\"#%@0.x", max_size=80))
def test_any_text_gives_a_pair_or_our_error(text: str) -> None:
    with pytest.raises(InvalidIntentError):
        parse_pair(text, "fuzz.yaml")


LINES = GOOD.splitlines(keepends=True)


@settings(max_examples=100, deadline=None)
@given(
    st.integers(0, len(LINES) - 1), st.sampled_from(["", "  - 1\n", "x: y\n", "{\n", "    - {}\n", "null\n"])
)
def test_a_damaged_file_gives_a_pair_or_our_error(index: int, instead: str) -> None:
    try:
        parse_pair("".join((*LINES[:index], instead, *LINES[index + 1 :])), "fuzz.yaml")
    except InvalidIntentError as error:
        assert all(problem.message for problem in error.problems)  # noqa: PT017 - both outcomes are right


def test_link_local_among_the_global_addresses_is_told_where_it_belongs() -> None:
    text = (
        "pair: p\nmembers: {a: North-1, b: South-1}\ninterfaces:\n  - name: GigabitEthernet0/3/1\n"
        "    vrrp6:\n      - {vrid: 19, virtual_ips: [FE80::9:FE, 2001:DB8:9::FE]}\n"
    )
    with pytest.raises(IntentError, match="write it as `link_local: FE80::9:FE`"):
        parse_pair(text, "p.yaml")


SESSION = 'pair: p\nmembers: {a: N1, b: S1}\nbfd:\n  sessions:\n    - name: "NAME"\n'
SESSION += "      address: {a: 10.0.0.1, b: 10.0.0.2}\n      discriminator: {a: 1, b: 2}\n"
SESSION += '      description: "TEXT"\n'


@pytest.mark.parametrize("where", ["NAME", "TEXT"])
@pytest.mark.parametrize(
    ("written", "said"),
    [
        (r"\u2028", "U+2028 (line separator)"),
        (r"\u2029", "U+2029"),
        (r"\u0085", "U+0085 (a control character)"),
        (r"\0", "U+0000"),
        (r"\t", "U+0009"),
        (r"\e", "U+001B"),
        (r"\u202e", "U+202E (right-to-left override)"),
        (r"\u2066", "U+2066"),
        (r"\u200b", "U+200B (zero width space)"),
        (r"\ufeff", "U+FEFF"),
    ],
)
def test_characters_that_are_not_seen_are_refused_in_free_text(where: str, written: str, said: str) -> None:
    good = SESSION.replace("NAME", "to-peer").replace("TEXT", "the peer, caf\u00e9 \u5317 #1")
    assert parse_pair(good, "p.yaml").bfd is not None
    spoilt = SESSION.replace(where, f"ab{written}c").replace("NAME", "to-peer").replace("TEXT", "t")
    with pytest.raises(InvalidIntentError) as caught:
        parse_pair(spoilt, "p.yaml")
    (problem,) = caught.value.problems
    assert problem.place.line == (5 if where == "NAME" else 8)
    assert said in problem.message or (where == "NAME" and "none of them a blank" in problem.message)


def test_unknown_keys_hide_nothing_else_that_is_wrong() -> None:
    text = """\
pair: quay
members: {a: Quay-1, b: Quay-2}
colour: red
backup_services:
  - {name: ferry, port: 4300, address: {a: 203.0.113.1, b: 203.0.113.2}, hue: 1}
backup_profiles:
  - name: homes
    backup_id: 4
    service: fery
    services: [igmp]
    track: {e_trunk: {e_trunk: 7, eth_trunk: 30}}
    interfaces: [Eth-Trunk30]
    shade: 7
"""
    with pytest.raises(InvalidIntentError) as caught:
        parse_pair(text, "quay.yaml")
    assert [(one.place.line, one.message.partition(";")[0]) for one in caught.value.problems] == [
        (3, "unknown key 'colour'"),
        (5, "unknown key 'hue'"),
        (9, "no backup service 'fery' in this pair"),
        (11, "no Eth-Trunk 30 in E-Trunk 7 of this pair"),
        (13, "unknown key 'shade'"),
    ]
