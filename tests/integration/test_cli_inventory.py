"""Inventories as they grow: many files, folders, and one that is broken among good ones."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from runbooks.lab import LAB, LAB_PAIR, lab_devices, sample_file, sample_pairs
from tests.integration.conftest import Command
from tests.integration.lab import OTHER_PAIR, Lab, edit, told, typed
from tests.integration.processes import heard, started

pytestmark = pytest.mark.ssh
SOUTH = """\
pair: south
members: {a: DeviceA, b: DeviceB}
backup_services:
  - {name: chan1, port: 4100, address: {a: 1.1.1.1, b: 3.3.3.3}}
"""


@pytest.fixture
def copy(deployed_lab: Lab, tmp_path: Path) -> Path:
    """Return an inventory of one's own for the shared routers."""
    folder = tmp_path / "copy"
    shutil.copytree(deployed_lab.folder, folder, ignore=shutil.ignore_patterns("runs", "journals"))
    return folder


def test_a_broken_pair_file_harms_no_other_pair(copy: Path, command: Command) -> None:
    broken = copy / "pairs" / "north.yaml"
    broken.write_text(OTHER_PAIR.replace("port:", "prot:"))
    for words in (("plan", LAB_PAIR), ("verify", LAB_PAIR), ("check", LAB_PAIR), ("learn", LAB_PAIR)):
        ended = command(*words, "-i", copy)
        assert ended.code == 0, ended.said
        assert "north" not in ended.said
    told(command("plan", "north", "-i", copy), 2, f"{broken}:4", "did you mean 'port'?")
    every = command("check", "-i", copy, "-f", "json")
    told(every, 2, f"{broken}:4", f"next:    hotpair check -i {copy} -f json")
    told(command("list", "-i", copy), 2, f"{broken}:4", f"next:    hotpair list -i {copy}")
    assert [run["pair"] for run in every.document()["runs"]] == [LAB_PAIR]
    (error,) = every.document()["errors"]
    assert error["pair"] == "north"
    assert {"file": str(broken), "line": 4} == {key: error["problems"][0][key] for key in ("file", "line")}


def test_pairs_in_folders_are_checked_too(copy: Path, command: Command) -> None:
    (copy / "pairs" / "metro").mkdir()
    (copy / "pairs" / f"{LAB_PAIR}.yaml").rename(copy / "pairs" / "metro" / "first.yml")
    assert command("plan", LAB_PAIR, "-i", copy).code == 0
    assert f"{LAB_PAIR}: success" in command("check", "-i", copy).out


def test_a_misspelt_pair_is_told_with_the_nearest(copy: Path, command: Command) -> None:
    told(command("check", LAB_PAIR, "seed-imgp", "-i", copy), 2, f"did you mean {LAB_PAIR}?")
    assert not (copy / "runs").exists() or not list((copy / "runs").iterdir())


def test_two_pairs_that_own_the_same_object_are_both_refused(copy: Path, command: Command) -> None:
    south = copy / "pairs" / "south.yaml"
    south.write_text(SOUTH.replace("chan1", "service1"))
    line = "`remote-backup-service service1` of DeviceA"
    told(command("plan", LAB_PAIR, "-i", copy), 2, line, "pair south's too", str(south))
    told(command("plan", "south", "-i", copy), 2, line, f"pair {LAB_PAIR}'s too", f"{LAB_PAIR}.yaml")
    told(command("lint", copy), 2, line)
    south.write_text(SOUTH)
    assert command("plan", "south", "-i", copy).code == 10
    assert command("plan", LAB_PAIR, "-i", copy).code == 0


def test_a_missing_username_is_a_fault_of_the_inventory(copy: Path, command: Command) -> None:
    edit(copy / "hosts.yaml", lambda hosts: hosts["DeviceB"].pop("username"))
    edit(copy / "defaults.yaml", lambda defaults: defaults.pop("username"))
    told(command("plan", LAB_PAIR, "-i", copy), 2, "'DeviceB' has no username", f"{copy / 'hosts.yaml'}:")


def test_a_misspelt_key_of_a_host_is_told_at_its_line(copy: Path, command: Command) -> None:
    edit(copy / "hosts.yaml", lambda hosts: hosts["DeviceB"].update(prot=hosts["DeviceB"].pop("port")))
    told(command("plan", LAB_PAIR, "-i", copy), 2, "DeviceB.prot", "did you mean 'port'?", "hosts.yaml:")


def test_an_empty_file_beside_the_hosts_is_fine(copy: Path) -> None:
    edit(copy / "hosts.yaml", lambda hosts: [host.pop("groups") for host in hosts.values()])
    (copy / "groups.yaml").write_text("# none yet\n")
    ended = typed("plan", LAB_PAIR, "-i", copy)
    assert (ended.code, ended.err) == (0, "")


def test_nothing_of_nornir_is_said_when_a_router_is_out_of_reach(copy: Path) -> None:
    edit(copy / "hosts.yaml", lambda hosts: hosts["DeviceB"].update(port=9))
    ended = typed("plan", LAB_PAIR, "-i", copy)
    told(ended, 3, "DeviceB")
    assert "nornir" not in ended.said.replace(str(copy), "").casefold()
    assert ended.err.count("\n") <= 6


def test_lint_takes_files_and_folders(command: Command, tmp_path: Path) -> None:
    shutil.copytree(LAB / "pairs", tmp_path / "pairs")
    files = sorted((tmp_path / "pairs").iterdir())
    assert len(files) == len(sample_pairs())
    one = [command("lint", file, "-f", "json").document()["findings"] for file in files]
    for given in (files, [tmp_path / "pairs"], [tmp_path]):
        every = command("lint", *given, "-f", "json")
        assert every.code == 0
        told_of = every.document()
        assert told_of["findings"] == [finding for found in one for finding in found]
        assert told_of["errors"] == []
    files[0].write_text("pair: 7\n")
    told(command("lint", tmp_path), 2, f"{files[0]}:1")
    told(command("lint", tmp_path / "pairs", tmp_path / "a.cfg"), 2, "folders")
    (tmp_path / "none").mkdir()
    told(command("lint", tmp_path / "none"), 2, "no pair file", str(tmp_path / "none"))


@pytest.mark.parametrize(
    ("name", "spoilt", "codes"),
    [
        ("user-vrrp-arp", "", {"error": 0, "warning": 0, "never": 0}),
        (LAB_PAIR, "", {"error": 0, "warning": 1, "never": 0}),
        (LAB_PAIR, "  multicast: true\n", {"error": 1, "warning": 1, "never": 0}),
    ],
)
def test_what_counts_as_a_failure_is_chosen(
    command: Command, tmp_path: Path, name: str, spoilt: str, codes: dict[str, int]
) -> None:
    file = tmp_path / "north.yaml"
    text = (LAB / "pairs" / f"{name}.yaml").read_text()
    assert spoilt in text
    file.write_text(text.replace(spoilt, ""))
    assert {word: command("lint", file, "--fail-on", word).code for word in codes} == codes
    assert command("lint", file).code == codes["error"]


def test_pairs_are_listed_with_members_and_file(copy: Path, command: Command) -> None:
    shown = command("list", "-i", copy)
    assert shown.code == 0
    (row,) = [line.split() for line in shown.out.splitlines() if LAB_PAIR in line]
    assert row == [LAB_PAIR, "DeviceA", "DeviceB", str(copy / "pairs" / f"{LAB_PAIR}.yaml")]
    (copy / "pairs" / "north.yml").write_text("pair: north\n")
    listed = command("list", "-i", copy, "-f", "json")
    told(listed, 2, "north.yml:1", "members")
    assert [pair["pair"] for pair in listed.document()["pairs"]] == [LAB_PAIR]
    assert listed.document()["pairs"][0]["members"] == {"a": "DeviceA", "b": "DeviceB"}
    assert [error["pair"] for error in listed.document()["errors"]] == ["north"]


def test_emulated_routers_come_with_an_inventory(tmp_path: Path) -> None:
    """As a user would: serve the routers of a sample pair, put the pair beside them, plan it."""
    folder, name = tmp_path / "mine", "user-vrrp-dhcp"
    words = [f"{device}={file}" for device, file in lab_devices(sample_file(name)).items()]
    with started("emulate", *words, "--inventory", folder, folder=tmp_path) as process:
        said = heard(process.stdout, words[-1].partition("=")[0])
        told(typed("emulate", "X=", "--inventory", folder), 4, "a lab runs in that folder")
        shutil.copy(sample_file(name), folder / "pairs")
        planned = typed("plan", name, "-i", folder)
        process.terminate()
        assert process.stderr is not None
        assert process.stderr.read() == ""
        process.wait()
    assert process.returncode == 0
    assert planned.code == 10, planned.said
    assert [json.loads(line)["device"] for line in said.splitlines()] == [
        word.partition("=")[0] for word in words
    ]
