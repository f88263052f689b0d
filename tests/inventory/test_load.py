from __future__ import annotations

import re
from pathlib import Path

import pytest

from inventory.errors import IntentError
from inventory.load import load_pair, load_pairs, parse_pair
from tests.inventory.pair_texts import GOOD, problems


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
        ("port: 2020", "port: {a: 2020, b: 2021, c: 1}", 20, "backup_services[0].port.c", "known here: a, b"),
        ("port: 2020", "port: '2020'", 20, "backup_services[0].port", "valid integer"),
        ("port: 2020", "port: true", 20, "backup_services[0].port", "valid integer; found true"),
        ("port: 2020", "port: 2027-01-31", 20, "backup_services[0].port", "valid integer; found 2027-01-31"),
        (
            "port: 2020",
            "port: 2027-01-31T10:00:00Z",
            20,
            "backup_services[0].port",
            "found 2027-01-31 10:",
        ),
        ("port: 2020", "port: [2020, [1]]", 20, "backup_services[0].port", "valid integer; found a list"),
        ("pair: harbour", "pair:", 1, "pair", "valid string; found nothing"),
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
    read = ("one.yml", "north/two.yaml", "north/bay/three.yml", "eight.YAML")
    for place in (*read, ".git/four.yaml", "north/.#five.yaml", "six.txt"):
        file = tmp_path / place
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(GOOD.replace("harbour", file.stem), encoding="utf-8")
    elsewhere = tmp_path.with_name(tmp_path.name + "-elsewhere")
    elsewhere.mkdir()
    (elsewhere / "seven.yaml").write_text(GOOD.replace("harbour", "seven"), encoding="utf-8")
    (tmp_path / "south").symlink_to(elsewhere)
    (elsewhere / "back").symlink_to(tmp_path)

    assert sorted(load_pairs(tmp_path).good) == ["eight", "one", "seven", "three", "two"]


def test_link_local_among_the_global_addresses_is_told_where_it_belongs() -> None:
    text = (
        "pair: p\nmembers: {a: North-1, b: South-1}\ninterfaces:\n  - name: GigabitEthernet0/3/1\n"
        "    vrrp6:\n      - {vrid: 19, virtual_ips: [FE80::9:FE, 2001:DB8:9::FE]}\n"
    )
    with pytest.raises(IntentError, match="write it as `link_local: FE80::9:FE`"):
        parse_pair(text, "p.yaml")
