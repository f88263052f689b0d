"""`hotpair check --config`: an unchanged device is asked for its newest commit and for nothing else."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from runbooks.archive.place import FILE
from runbooks.drift_asked import COMMAND, COMMITS
from runbooks.fleet.known import PROBE
from runbooks.lab import LAB_PAIR
from tests.integration.lab import Ended, Lab
from tests.integration.test_cli_archive import copied
from tests.integration.test_cli_pair import drifted

Command = Callable[..., Ended]
FULL = [COMMITS, COMMAND]
UNCHANGED = {"DeviceA": [PROBE], "DeviceB": [PROBE]}


@pytest.fixture
def folder(deployed_lab: Lab, tmp_path: Path) -> Path:
    return copied(deployed_lab, tmp_path / "fleet")


@pytest.fixture
def looks(folder: Path, command: Command) -> Callable[..., tuple[int, dict[str, list[str]], Any]]:
    """Return a way to check configurations: exit code, what each router was asked, and the run."""

    def checked(*words: str) -> tuple[int, dict[str, list[str]], Any]:
        ended = command("check", "--config", *words, "-i", folder, "-f", "json")
        (run,) = ended.document()["runs"]
        asked: dict[str, list[str]] = {}
        for one in run["evidence"]:
            asked.setdefault(one["member"], []).append(one["command"])
        return ended.code, asked, run

    return checked


def test_an_unchanged_device_is_asked_one_command(
    folder: Path, looks: Callable[..., tuple[int, dict[str, list[str]], Any]], command: Command
) -> None:
    assert looks()[:2] == (0, {"DeviceA": FULL, "DeviceB": FULL})  # nothing is known yet
    code, asked, run = looks()
    assert (code, asked) == (0, UNCHANGED)
    drift = [one for one in run["results"] if one["check"] == "drift"]
    assert [(one["outcome"], one["note"].partition(":")[0]) for one in drift] == [
        ("success", "not read again")
    ] * 2

    (folder / "policy.yaml").write_text("limits: {clock_skew_s: 9}\n", encoding="utf-8")
    assert looks()[1] == {"DeviceA": FULL, "DeviceB": FULL}  # judged by another policy
    assert looks()[1] == UNCHANGED
    assert command("check", "-i", folder).code == 0  # a full look is remembered too
    assert looks()[1] == UNCHANGED
    assert command("rejudge", "-i", folder).code == 0


def test_a_change_is_read_on_its_device_alone_and_never_known_until_it_is_mended(
    deployed_lab: Lab,
    folder: Path,
    looks: Callable[..., tuple[int, dict[str, list[str]], Any]],
    command: Command,
) -> None:
    looks()
    with drifted(deployed_lab, "DeviceB", "priority 177", "undo priority"):
        code, asked, run = looks()
        assert code == 1
        assert asked["DeviceA"] == [PROBE]
        assert asked["DeviceB"][:3] == [PROBE, *FULL]
        (wrong,) = [one for one in run["results"] if one["outcome"] == "failure"]
        assert wrong["complaints"][0]["hand"]["user"] == "admin"
        code, asked, _ = looks()
        assert code == 1
        assert {name: commands[:2] for name, commands in asked.items()} == {"DeviceA": FULL, "DeviceB": FULL}
    code, asked, _ = looks()
    assert (code, asked) == (0, {"DeviceA": FULL, "DeviceB": FULL})
    assert looks()[1] == UNCHANGED
    left = command("history", LAB_PAIR, "-i", folder, "-f", "json").document()["findings"]
    assert left
    assert [one for one in left if one["until"] is None] == []


def test_every_so_many_times_it_is_looked_at_in_full(
    folder: Path, looks: Callable[..., tuple[int, dict[str, list[str]], Any]]
) -> None:
    (folder / "policy.yaml").write_text("configuration: {full_every: 3}\n", encoding="utf-8")
    full = [looks()[1] != UNCHANGED for _ in range(7)]
    assert full == [True, False, False, True, False, False, True]


def test_what_is_known_but_damaged_is_an_error_and_no_pass(
    deployed_lab: Lab, folder: Path, looks: Callable[..., tuple[int, dict[str, list[str]], Any]]
) -> None:
    looks()
    with closing(sqlite3.connect(folder / FILE)) as database, database:
        database.execute("UPDATE blobs SET data = x'00' WHERE number = (SELECT text_a FROM known)")
    with drifted(deployed_lab, "DeviceB", "priority 177", "undo priority"):
        code, asked, run = looks()
    assert code == 3
    assert asked["DeviceA"] == [PROBE]
    assert {one["outcome"] for one in run["results"] if one["check"] == "drift"} == {"error"}


def test_with_one_member_away_the_other_is_told(
    folder: Path, looks: Callable[..., tuple[int, dict[str, list[str]], Any]]
) -> None:
    looks()
    hosts = folder / "hosts.yaml"
    text = hosts.read_text(encoding="utf-8")
    at = text.index("port: ", text.index("DeviceB:"))
    hosts.write_text(f"{text[:at]}port: 1\n{text[text.index(chr(10), at) + 1 :]}", encoding="utf-8")
    code, asked, run = looks()
    assert (code, asked) == (3, {"DeviceA": [PROBE]})
    ends = {one["subject"]: one["outcome"] for one in run["results"] if one["check"] == "drift"}
    assert ends == {"configuration of DeviceA": "success", "configuration of DeviceB": "error"}


def test_a_watcher_looks_at_a_group_so(folder: Path, command: Command) -> None:
    (folder / "watch.yaml").write_text("groups: [{name: all, every: 1 s, config: true}]\n", encoding="utf-8")
    looks = 0
    while looks < 2:
        ended = command("watch", "--once", "-i", folder)
        assert ended.code == 0
        looks += "no group is due" not in ended.err  # it was looked at within the same second
    with closing(sqlite3.connect(folder / FILE)) as database:
        assert database.execute("SELECT probes FROM known").fetchall() == [(1,)]


def test_a_look_at_a_part_ends_nothing_of_the_rest(folder: Path, command: Command) -> None:
    (folder / "policy.yaml").write_text("checks: {names: [clocks-agree]}\n", encoding="utf-8")
    assert command("check", "--config", "-i", folder).code == 0
    with closing(sqlite3.connect(folder / FILE)) as database, database:
        database.execute(
            "INSERT INTO findings (pair, check_name, subject, outcome, device, complaint, wanted, found,"
            " command, since, last_seen)"
            " VALUES (?, 'bfd-up', 'BFD 1', 'failure', 'DeviceA', 'down', '', '', '', 1, 1)",
            (LAB_PAIR,),
        )
    assert command("check", "--config", "-i", folder).code == 0
    ended = command("status", "-i", folder, "-f", "json")
    assert ended.code == 1
    (row,) = ended.document()["pairs"]
    assert (row["verdict"], row["state"], row["open_findings"]) == ("failure", "failed", 1)
