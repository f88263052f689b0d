from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from nornir.core.inventory import Inventory

from inventory.errors import IntentError
from inventory.nornir_plugin import HotpairInventory, access

LAB = Path(__file__).parents[2] / "inventory" / "lab"
PAIR = """\
pair: {name}
members: {{a: {a}, b: {b}}}
"""
HOSTS = """\
spb1:
  {hostname: 192.0.2.61, port: 8022, username: ops, groups: [edge],
   data: {driver: scrapli, host_key: ssh-ed25519 AAAAC3}}
spb2: {hostname: 192.0.2.62, groups: [edge]}
spb3: {hostname: 192.0.2.63, groups: [edge]}
"""
GROUPS = "edge: {data: {password: {secret: edge-login}, known_hosts: keys, timeout: 5}}\n"


def fleet(
    folder: Path, *, hosts: str = HOSTS, groups: str = GROUPS, defaults: str = "username: nobody\n"
) -> Path:
    (folder / "pairs").mkdir()
    for name, text in (("hosts", hosts), ("groups", groups), ("defaults", defaults)):
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    for name, a, b in (("ring", "spb1", "spb2"), ("spur", "spb2", "spb3")):
        (folder / "pairs" / f"{name}.yaml").write_text(PAIR.format(name=name, a=a, b=b), encoding="utf-8")
    return folder


def load(folder: Path, driver: str | None = None) -> Inventory:
    return HotpairInventory(str(folder), driver).load()


def test_each_host_knows_its_pairs(tmp_path: Path) -> None:
    inventory = load(fleet(tmp_path))

    assert inventory.hosts["spb1"]["pair"] == "ring"
    assert inventory.hosts["spb1"]["member"] == "a"
    assert inventory.hosts["spb2"]["pairs"] == {"ring": "b", "spur": "a"}
    assert list(inventory.defaults.data["pairs"]) == ["ring", "spur"]


def test_connection_options_come_from_host_group_and_defaults(tmp_path: Path) -> None:
    inventory = load(fleet(tmp_path))
    first = inventory.hosts["spb1"].get_connection_parameters("hotpair-scrapli")
    second = inventory.hosts["spb2"].get_connection_parameters("hotpair-netmiko")

    assert (first.hostname, first.port, first.username, first.password) == ("192.0.2.61", 8022, "ops", None)
    assert first.extras is not None
    assert second.extras is not None
    assert first.extras["host_key"] == "ssh-ed25519 AAAAC3"
    assert first.extras["password_secret"] == "edge-login"
    assert second.username == "nobody"
    assert second.extras["known_hosts"] == str(tmp_path / "keys")
    assert second.extras["timeout_s"] == 5


def test_the_driver_is_chosen_per_host_or_for_all(tmp_path: Path) -> None:
    hosts = load(fleet(tmp_path)).hosts

    assert access(hosts["spb1"]).driver == "scrapli"
    assert access(hosts["spb2"]).driver == "netmiko"
    assert hosts["spb2"]["driver"] == "netmiko"

    hosts = load(tmp_path, "scrapli").hosts
    assert {hosts[name]["driver"] for name in hosts} == {"scrapli"}


def test_a_member_that_is_no_host_is_told_with_its_line(tmp_path: Path) -> None:
    folder = fleet(tmp_path, hosts=HOSTS.replace("spb3", "spb4"))
    with pytest.raises(IntentError, match=r"spur\.yaml:2 \(members\.b\): no host 'spb3'"):
        load(folder)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"groups": GROUPS.replace("password: {secret: edge-login}, ", "")}, "data.password"),
        ({"groups": GROUPS.replace("{secret: edge-login}", "letmein-canary")}, "data.password"),
        ({"groups": GROUPS.replace("timeout: 5", "timeout: -1")}, "data.timeout"),
        ({"hosts": HOSTS.replace("scrapli", "telnet")}, "data.driver"),
        ({"hosts": HOSTS.replace("ssh-ed25519 AAAAC3", "no key")}, "data.host_key"),
        ({"defaults": "username: x\npassword: letmein-canary\n"}, "a password stands in the inventory"),
        ({"hosts": "spb1: [\n"}, "cannot be read"),
        ({"hosts": HOSTS.replace("[edge]", "[missing]")}, "cannot be read"),
    ],
)
def test_what_is_wrong_is_told_without_secrets(tmp_path: Path, change: dict[str, str], says: str) -> None:
    with pytest.raises(IntentError) as caught:
        load(fleet(tmp_path, **change))
    assert says in str(caught.value)
    assert "letmein-canary" not in str(caught.value)


def test_without_hosts_there_is_no_inventory(tmp_path: Path) -> None:
    with pytest.raises(IntentError, match=r"hosts\.yaml"):
        load(tmp_path)


def test_a_host_outside_all_pairs_needs_nothing(tmp_path: Path) -> None:
    folder = fleet(tmp_path, hosts=HOSTS + "probe: {hostname: 192.0.2.99, password: theirs}\n")

    assert "pairs" not in load(folder).hosts["probe"].data


def test_the_lab_is_an_inventory(tmp_path: Path) -> None:
    shutil.copytree(LAB, tmp_path / "lab")
    inventory = load(tmp_path / "lab")

    assert inventory.hosts["DeviceA"]["pairs"] == {"seed-igmp": "a"}
    assert len(inventory.defaults.data["pairs"]) >= 7
