"""Ansible's inventory files are read as Ansible reads them."""

from __future__ import annotations

from pathlib import Path

import pytest

from inventory.errors import IntentError
from inventory.sources.ansible import AnsibleSource, ansible_hosts
from inventory.sources.ansible_files import expanded, read_inventory

INI = """\
# routers of two sites
jump ansible_host=198.51.100.1
[ams]
pe[01:03:2] ansible_port=2222 id=007 note="a b" # not of the value
[ams:vars]
ansible_user=ams
ansible_port=22
[fra]
pe04
[pe:children]
ams
fra
[pe:vars]
ansible_user=pe
seen=True
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "hosts").write_text(INI)
    return tmp_path


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("pe1", ["pe1"]),
        ("pe[1:3]", ["pe1", "pe2", "pe3"]),
        ("pe[09:11]", ["pe09", "pe10", "pe11"]),
        ("pe-[a:c]", ["pe-a", "pe-b", "pe-c"]),
        ("[1:5:2].x", ["1.x", "3.x", "5.x"]),
        ("a[1:2]b[x:y]", ["a1bx", "a1by", "a2bx", "a2by"]),
    ],
)
def test_ranges(pattern: str, names: list[str]) -> None:
    assert list(expanded(pattern)) == names


def test_a_range_that_is_none_is_told() -> None:
    with pytest.raises(IntentError, match="the range is none"):
        list(expanded("pe[1:c]"))


def test_hosts_groups_and_values_of_ini(home: Path) -> None:
    read = read_inventory(home / "hosts")
    assert list(read.hosts) == ["jump", "pe01", "pe03", "pe04"]
    assert read.around("pe01") == ["all", "pe", "ams"]
    assert read.around("jump") == ["all", "ungrouped"]
    assert read.hosts["pe01"].variables == {"ansible_port": 2222, "id": "007", "note": "a b"}
    assert read.groups["pe"].variables == {"ansible_user": "pe", "seen": True}


def test_what_stands_nearest_to_the_host_counts(home: Path) -> None:
    (home / "group_vars" / "ams").mkdir(parents=True)
    (home / "group_vars" / "ams" / "login.yml").write_text("ansible_user: nearer\n")
    (home / "group_vars" / "all.yml").write_text("ansible_user: everybody\nhotpair_pair: ''\n")
    (home / "host_vars").mkdir()
    (home / "host_vars" / "pe03").write_text("ansible_port: 830\n")
    hosts = {host.name: host for host in ansible_hosts(AnsibleSource(file=Path("hosts")), home).hosts}
    assert hosts["pe01"].entry == {"hostname": "pe01", "port": 2222, "username": "nearer"}
    assert hosts["pe03"].entry["port"] == 830
    assert hosts["pe04"].entry["username"] == "everybody"
    assert hosts["pe03"].line == 4


def test_a_group_chooses(home: Path) -> None:
    source = AnsibleSource(file=Path("hosts"), group="fra")
    assert [host.name for host in ansible_hosts(source, home).hosts] == ["pe04"]
    with pytest.raises(IntentError, match="there is no such group"):
        ansible_hosts(AnsibleSource(file=Path("hosts"), group="ber"), home)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("pe1 ansible_host='x\n", "the line cannot be read"),
        ("[routers\npe1 ansible_port=22\n", "the line opens no group"),
        ("pe1 and more\n", "the line has a word that is none"),
        ("[a:children]\nb\n[b:children]\na\n[a]\npe1\n", "is in itself"),
    ],
)
def test_what_is_no_inventory_is_told(text: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "hosts").write_text(text)
    with pytest.raises(IntentError) as told:
        ansible_hosts(AnsibleSource(file=Path("hosts")), tmp_path)
    assert said in str(told.value)


def test_what_only_ansible_could_fill_in_is_told(home: Path) -> None:
    (home / "group_vars").mkdir()
    (home / "group_vars" / "fra.yml").write_text("ansible_host: '{{ inventory_hostname }}.example.net'\n")
    with pytest.raises(IntentError, match="only Ansible can fill in ansible_host of pe04"):
        ansible_hosts(AnsibleSource(file=Path("hosts")), home)


def test_an_encrypted_file_is_told(home: Path) -> None:
    (home / "group_vars").mkdir()
    (home / "group_vars" / "fra.yml").write_text("$ANSIBLE_VAULT;1.1;AES256\n6162\n")
    with pytest.raises(IntentError, match="encrypted by ansible-vault"):
        ansible_hosts(AnsibleSource(file=Path("hosts")), home)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("routers: {host: {pe1: }}\n", "the group has a key that is none"),
        ("routers: [pe1]\n", "keys and values are wanted here"),
        ("routers: {hosts: [pe1]}\n", "keys and values are wanted here"),
    ],
)
def test_yaml_that_is_no_inventory_is_told(text: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "hosts.yml").write_text(text)
    with pytest.raises(IntentError) as told:
        read_inventory(tmp_path / "hosts.yml")
    assert said in str(told.value)
