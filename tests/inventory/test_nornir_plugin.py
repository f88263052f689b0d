from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from nornir.core.inventory import Inventory

from inventory.errors import IntentError
from inventory.host_access import access
from inventory.nornir_plugin import HotpairInventory

LAB = Path(__file__).parents[2] / "inventory" / "lab"
PAIR = """\
pair: {name}
members: {{a: {a}, b: {b}}}
"""
KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f"
HOSTS = f"""\
spb1:
  {{hostname: 192.0.2.61, port: 8022, username: ops, groups: [edge],
   data: {{driver: scrapli, host_key: {KEY}}}}}
spb2: {{hostname: 192.0.2.62, groups: [edge]}}
spb3: {{hostname: 192.0.2.63, groups: [edge]}}
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
    assert first.extras["host_key"] == KEY
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


def test_a_member_that_is_no_host_is_told_with_its_line_and_never_mistaken_for_the_other(
    tmp_path: Path,
) -> None:
    folder = fleet(tmp_path, hosts=HOSTS.replace("spb1", "router").replace("spb3", "edge"))
    (folder / "pairs" / "ring.yaml").unlink()
    told = r"spur\.yaml:2 \(members\.b\): no host 'spb3' in hosts\.yaml; known here: router, edge$"
    with pytest.raises(IntentError, match=told):
        load(folder)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"groups": GROUPS.replace("password: {secret: edge-login}, ", "")}, "data.password"),
        ({"groups": GROUPS.replace("{secret: edge-login}", "letmein-canary")}, "data.password"),
        ({"groups": GROUPS.replace("timeout: 5", "timeout: -1")}, "data.timeout"),
        ({"hosts": HOSTS.replace("scrapli", "telnet")}, "data.driver"),
        ({"hosts": HOSTS.replace(KEY, "no key")}, "spb1.data.host_key): no key; wanted a public key"),
        ({"hosts": HOSTS.replace(KEY, KEY[:16])}, "spb1.data.host_key): no key; wanted a public key"),
        ({"hosts": HOSTS.replace(KEY, "[]")}, "data.host_key"),
        ({"defaults": "username: x\npassword: letmein-canary\n"}, "a password stands in the inventory"),
        ({"hosts": "spb1: [\n"}, "hosts.yaml:2: not YAML"),
        ({"hosts": HOSTS.replace("[edge]", "[edgy]")}, "hosts.yaml:2 (spb1.groups[0]): no group 'edgy'"),
        ({"hosts": HOSTS.replace("[edge]", "[edgy]")}, "did you mean 'edge'?"),
        ({"hosts": HOSTS.replace("port:", "prot:")}, "(spb1.prot): unknown key 'prot'; did you mean 'port'?"),
        ({"hosts": HOSTS.replace("8022", "ssh")}, "hosts.yaml:2 (spb1.port)"),
        ({"hosts": "- spb1\n"}, "hosts.yaml:1: should hold keys and values; found a list"),
        (
            {"hosts": HOSTS.replace("{hostname: 192.0.2.62, groups: [edge]}", "192.0.2.62")},
            "hosts.yaml:4 (spb2)",
        ),
        (
            {"hosts": HOSTS.replace("hostname: 192.0.2.62, ", "")},
            "hosts.yaml:4 (spb2): host 'spb2' has no hostname",
        ),
        (
            {"groups": "edge: {groups: [core]}\ncore: {groups: [edge]}\n"},
            "groups.yaml:1 (edge): group 'edge'",
        ),
        ({"groups": GROUPS.replace("password", "pasword")}, "'pasword' stands there"),
        ({"groups": GROUPS.replace("timeout: 5", "timeout: .inf")}, "(edge.data.timeout): should be"),
        ({"groups": GROUPS.replace("timeout: 5", "timeout: 1e12")}, "(edge.data.timeout): should be"),
        ({"groups": GROUPS.replace("timeout: 5", "timeout: true")}, "should be a number of seconds, as 30"),
        ({"groups": GROUPS.replace("timeout: 5", "logins: 5")}, "groups.yaml:1 (edge.data.logins): should"),
        (
            {"groups": GROUPS.replace("timeout: 5", "logins: {per_sec: 5}")},
            "(edge.data.logins.per_sec): unknown key 'per_sec'; did you mean 'per_second'?",
        ),
        (
            {"groups": GROUPS.replace("timeout: 5", "logins: {per_second: 0}")},
            "groups.yaml:1 (edge.data.logins.per_second): should be greater than 0; found 0",
        ),
        ({"groups": GROUPS.replace("timeout: 5", "timeout: soon")}, "groups.yaml:1 (edge.data.timeout)"),
        ({"groups": GROUPS.replace("secret:", "name:")}, "groups.yaml:1 (edge.data.password"),
        ({"defaults": "usrname: nobody\n"}, "defaults.yaml:1 (usrname): unknown key 'usrname'; did you mean"),
        (
            {"hosts": HOSTS.replace("192.0.2.62", '"192.0.2.62\\u200b"')},
            "hosts.yaml:4 (spb2.hostname): character 11 cannot be typed: U+200B (zero width space)",
        ),
        ({"defaults": "username: |\n  ops\n"}, "defaults.yaml:1 (username): character 4 cannot be typed"),
        ({"groups": GROUPS + 'core: {platform: "\\e[31m"}\n'}, "(core.platform): character 1 cannot be"),
        (
            {"hosts": HOSTS + '"spb4\\u202e": {groups: [edge]}\n'},
            "the name 'spb4\\u202e': character 5 cannot be typed: U+202E (right-to-left override)",
        ),
        ({"groups": GROUPS + '"c\\e": {}\n'}, "the name 'c\\x1b': character 2 cannot be typed: U+001B"),
        ({"defaults": ""}, "hosts.yaml:4 (spb2): host 'spb2' has no username"),
        ({"defaults": "username: x\ndata: {driver: ssh}\n"}, "defaults.yaml:2 (data.driver)"),
    ],
)
def test_what_is_wrong_is_told_without_secrets(tmp_path: Path, change: dict[str, str], says: str) -> None:
    with pytest.raises(IntentError) as caught:
        load(fleet(tmp_path, **change))
    assert says in str(caught.value)
    assert "letmein-canary" not in str(caught.value)


def test_all_problems_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    folder = fleet(
        tmp_path, hosts=HOSTS.replace("port:", "prot:"), groups="edge: {x: 1}\n", defaults="y: 1\n"
    )
    with pytest.raises(IntentError) as caught:
        load(folder)
    assert [word in str(caught.value) for word in ("'prot'", "'x'", "'y'")] == [True] * 3


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "---\n"])
def test_an_empty_file_is_fine(tmp_path: Path, text: str, capfd: pytest.CaptureFixture[str]) -> None:
    folder = fleet(tmp_path, groups=text, defaults=text, hosts=text)
    for pair in (folder / "pairs").iterdir():
        pair.unlink()
    assert load(folder).hosts == {}
    assert capfd.readouterr() == ("", "")


def test_a_group_that_says_nothing_is_fine(tmp_path: Path) -> None:
    assert load(fleet(tmp_path, groups=GROUPS + "south:\n")).groups["south"].data == {}


def test_a_broken_pair_keeps_nobody_from_the_others(tmp_path: Path) -> None:
    folder = fleet(tmp_path)
    (folder / "pairs" / "tail.yaml").write_text("pair: spur-2\nmembers: {a: spb1}\n")
    (folder / "pairs" / "lost.yaml").write_text("pair: [\n")
    (folder / "pairs" / "far.yaml").write_text(PAIR.format(name="far", a="spb1", b="spb9"))
    with pytest.raises(IntentError) as caught:
        load(folder)
    assert all(word in str(caught.value) for word in ("tail.yaml", "lost.yaml", "spb9"))
    data = HotpairInventory(str(folder), broken="keep").load().defaults.data
    assert sorted(data["pairs"]) == ["ring", "spur"]
    assert sorted(data["broken_pairs"]) == ["far", "lost", "spur-2"]


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


def test_a_folder_that_holds_inventories_names_the_command_that_reads_one(tmp_path: Path) -> None:
    (tmp_path / "my lab").mkdir()
    (tmp_path / "my lab" / "hosts.yaml").touch()
    with pytest.raises(IntentError, match="below it") as caught:
        HotpairInventory(str(tmp_path)).load()
    assert caught.value.next_command == f"hotpair list -i '{tmp_path}/my lab'"


def test_a_file_where_a_folder_is_wanted_is_told(tmp_path: Path) -> None:
    (tmp_path / "hosts.yaml").touch()
    with pytest.raises(IntentError, match="no inventory in that folder") as caught:
        HotpairInventory(str(tmp_path / "hosts.yaml")).load()
    assert caught.value.found == f"a file, and no folder; above it: {tmp_path}/hosts.yaml"
    assert caught.value.next_command == f"hotpair list -i {tmp_path}"


def test_a_folder_inside_an_inventory_names_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "hosts.yaml").touch()
    (tmp_path / "pairs" / "ber").mkdir(parents=True)
    for stand, typed, wanted in (
        ("pairs", ".", ".."),
        ("pairs/ber", ".", "../.."),
        (".", "pairs", "."),
        ("pairs", "ber", ".."),
    ):
        monkeypatch.chdir(tmp_path / stand)
        with pytest.raises(IntentError, match="above it") as caught:
            HotpairInventory(typed).load()
        assert caught.value.next_command == f"hotpair list -i {wanted}"
