"""What is written lies where it belongs, and only the devices that were asked for are dialled."""

from __future__ import annotations

import json
import select
import shutil
import socket
import subprocess
from pathlib import Path

import pytest

from inventory.load import load_pair, parse_pair
from runbooks.lab import LAB_PAIR
from tests.integration.conftest import Command
from tests.integration.lab import Lab, command_line, edit, environment, told
from tests.integration.processes import heard, needs_proc, started

pytestmark = pytest.mark.ssh


@pytest.fixture
def copy(deployed_lab: Lab, tmp_path: Path) -> Path:
    """Return an inventory of one's own for the shared routers."""
    folder = tmp_path / "copy"
    shutil.copytree(deployed_lab.folder, folder, ignore=shutil.ignore_patterns("runs", "journals"))
    return folder


@pytest.mark.parametrize("name", ["../../x", "", "a/b", ".."])
def test_a_run_is_kept_nowhere_but_among_the_runs(copy: Path, command: Command, name: str) -> None:
    before = set(copy.parent.rglob("*"))
    told(command("verify", LAB_PAIR, "-i", copy, "--save", name), 2, "wanted", repr(name))
    assert set(copy.parent.rglob("*")) == before


@pytest.mark.parametrize("words", [["resume"], ["txn", "adopt", "--pair", LAB_PAIR]])
def test_a_journal_lies_nowhere_but_among_the_journals(
    copy: Path, command: Command, words: list[str]
) -> None:
    edit(copy / "hosts.yaml", lambda hosts: hosts["DeviceA"].update(port=9))  # nobody is dialled
    before = set(copy.parent.rglob("*"))
    told(command(*words, "../../x", "-i", copy), 2, "../../x", "wanted")
    assert set(copy.parent.rglob("*")) == before


def test_a_kept_run_is_found_by_its_name(copy: Path, command: Command) -> None:
    assert command("verify", LAB_PAIR, "-i", copy, "--save", "before").code == 0
    assert command("replay", "before", "-i", copy).code == 0
    assert command("replay", "before", "--runs", copy / "runs").code == 0
    told(command("replay", "never", "-i", copy), 2, "no kept run", str(copy / "runs" / "never"))


@pytest.mark.parametrize("name", ["run.json", "pair.yaml"])
def test_a_run_that_was_edited_is_not_judged(copy: Path, command: Command, name: str) -> None:
    assert command("verify", LAB_PAIR, "-i", copy, "--save", "before").code == 0
    file = copy / "runs" / "before" / name
    file.write_text(file.read_text() + "\n")
    told(command("replay", "before", "-i", copy), 2, "changed after it was kept", str(file))


def test_a_run_of_another_version_is_named(copy: Path, command: Command) -> None:
    assert command("verify", LAB_PAIR, "-i", copy, "--save", "before").code == 0
    file = copy / "runs" / "before" / "run.json"
    file.write_text(json.dumps({**json.loads(file.read_text()), "schema_version": 7}))
    told(command("replay", "before", "-i", copy), 2, "schema_version 1", "found:   7", str(file))


@pytest.mark.parametrize(("member", "other"), [("a", "DeviceB"), ("b", "DeviceA")])
def test_the_other_member_is_not_dialled(copy: Path, command: Command, member: str, other: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as bait:
        port = bait.getsockname()[1]
        edit(copy / "hosts.yaml", lambda hosts: hosts[other].update(port=port))
        ended = command("verify", LAB_PAIR, "-i", copy, "-m", member, "-f", "json")
        assert select.select([bait], [], [], 0)[0] == []
    assert ended.err == ""
    assert {seen["member"] for seen in ended.document()["evidence"]} == {"DeviceA", "DeviceB"} - {other}


def test_a_learned_intent_is_yaml_where_both_streams_are_one(deployed_lab: Lab, tmp_path: Path) -> None:
    file = tmp_path / "learned.yaml"
    with file.open("w") as both:
        subprocess.run(
            command_line("learn", LAB_PAIR, "-i", deployed_lab.folder),
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=both,
            stderr=subprocess.STDOUT,
            check=True,
        )
    text = file.read_text()
    assert text.startswith("pair: ")
    assert "seen and left alone" in text
    assert parse_pair(text, str(file)).members == load_pair(deployed_lab.pair_file).members


def test_a_lab_leaves_a_users_files_as_they_are(tmp_path: Path, command: Command) -> None:
    (tmp_path / "hosts.yaml").write_text("PE1: {hostname: pe1.example.net}\n")
    (tmp_path / "secrets.yaml").write_text("login: mine\n")
    told(command("lab", "--folder", tmp_path), 2, "hosts.yaml, secrets.yaml", str(tmp_path), "wanted")
    assert (tmp_path / "hosts.yaml").read_text() == "PE1: {hostname: pe1.example.net}\n"
    assert (tmp_path / "secrets.yaml").read_text() == "login: mine\n"
    assert len(list(tmp_path.iterdir())) == 2


@needs_proc
def test_a_second_lab_does_not_disturb_the_first(tmp_path: Path, command: Command) -> None:
    folder = tmp_path / "lab"
    with started("lab", "--folder", folder, folder=tmp_path) as process:
        heard(process.stdout, "Ctrl-C ends the lab")
        before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        told(command("lab", "--folder", folder), 4, "a lab runs in that folder", str(folder))
        assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


@needs_proc
def test_what_a_lab_names_next_works_for_a_plan_of_several_commits_too(
    tmp_path: Path, command: Command
) -> None:
    """Routers that were only booted from a file have no commit to go back to, which such a plan needs."""
    folder = tmp_path / "lab"
    with started("lab", "user-vrrp-bras", "--folder", folder, folder=tmp_path) as process:
        shown = heard(process.stdout, "Ctrl-C ends the lab")
        assert f"hotpair deploy user-vrrp-bras --inventory {folder}" in shown
        planned = command("plan", "user-vrrp-bras", "--inventory", folder)
        assert (planned.code, "2 commits" in planned.out) == (10, True)
        done = command("deploy", "user-vrrp-bras", "--inventory", folder, "--yes")
        told(done, 0, "both members are new and saved")


def test_an_unknown_sample_pair_is_told_with_the_nearest(tmp_path: Path, command: Command) -> None:
    told(command("lab", "user-vrrp-dhpc", "--folder", tmp_path), 2, "did you mean user-vrrp-dhcp?")
