"""`hotpair check` remembers: what was wrong, since when, until when; whatever happens to the archive."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from runbooks.archive import opening
from runbooks.lab import LAB_PAIR
from tests.integration.lab import APART, BUDGET, Ended, Lab, command_line, environment
from tests.integration.test_cli_pair import drifted

Command = Callable[..., Ended]


def copied(lab: Lab, folder: Path) -> Path:
    """Return an inventory of the same routers with an archive of its own."""
    shutil.copytree(lab.folder, folder, ignore=shutil.ignore_patterns("runs", "journals", "archive.db*"))
    return folder


def test_a_drift_is_remembered_from_its_first_to_its_last_sight(
    deployed_lab: Lab, command: Command, tmp_path: Path
) -> None:
    here = ("-i", copied(deployed_lab, tmp_path / "fleet"))
    assert command("check", *here).code == 0
    assert command("status", *here).code == 0
    with drifted(deployed_lab, "DeviceB", "priority 177", "undo priority"):
        assert command("check", *here).code == 1
        assert command("check", *here).code == 1
        assert command("status", *here).code == 1
    assert command("check", *here).code == 0

    first, second, third, fourth = reversed(command("runs", *here, "-f", "json").document()["runs"])
    (drift,) = [
        found
        for found in command("history", LAB_PAIR, *here, "-f", "json").document()["findings"]
        if found["check"] == "drift" and found["found"].endswith("priority 177")
    ]
    assert drift["device"] == "DeviceB"
    assert (drift["last_good"], drift["since"]) == (first["started_at"], second["started_at"])
    assert (drift["last_seen"], drift["until"]) == (third["started_at"], fourth["started_at"])
    changed = command("diff", first["id"], second["id"], *here)
    assert changed.code == 1
    assert "priority 177" in changed.out


def test_a_check_that_found_nothing_new_costs_little(
    deployed_lab: Lab, command: Command, tmp_path: Path
) -> None:
    folder = copied(deployed_lab, tmp_path / "fleet")
    assert command("check", "-i", folder).code == 0
    before = size_of(folder)
    for _ in range(3):
        assert command("check", "-i", folder).code == 0
    assert (size_of(folder) - before) / 3 <= 2_048
    assert not (folder / "runs").exists()


def size_of(folder: Path) -> int:
    """Return the bytes of an archive in use."""
    with closing(sqlite3.connect(folder / "archive.db")) as connection:
        (length,) = connection.execute("SELECT SUM(pgsize - unused) FROM dbstat").fetchone()
    return int(length)


AFTERWARDS = {
    "locked": "hotpair archive info -i {folder}",
    "no database": "hotpair archive info -i {folder}",
    "newer": "pip install --upgrade hotpair",
}
"""What is typed next, by what is wrong with an archive."""


@pytest.mark.parametrize("trouble", AFTERWARDS)
def test_an_archive_in_trouble_takes_no_verdict_away(
    deployed_lab: Lab, command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trouble: str
) -> None:
    monkeypatch.setattr(opening, "BUSY_S", 0.05)
    folder = copied(deployed_lab, tmp_path / "fleet")
    assert command("check", "-i", folder).code == 0
    kept = folder / "archive.db"
    blocker = sqlite3.connect(kept, isolation_level=None)
    if trouble == "locked":
        blocker.execute("BEGIN IMMEDIATE")
    elif trouble == "newer":
        blocker.execute("UPDATE alembic_version SET version_num = '9999'")
    else:
        kept.write_bytes(b"something else altogether, and long enough" * 100)

    ended = command("check", "-i", folder)
    blocker.close()

    assert ended.code == 3
    assert f"{LAB_PAIR}: success" in ended.out
    assert str(kept) in ended.err
    assert f"  next:    {AFTERWARDS[trouble].format(folder=folder)}\n" in ended.err


def test_an_archive_in_trouble_tells_no_last_drill_and_takes_no_verdict_away(
    deployed_lab: Lab, command: Command, tmp_path: Path
) -> None:
    folder = copied(deployed_lab, tmp_path / "fleet")
    (folder / "policy.yaml").write_text(f"{APART}drill_every: 90d\n", encoding="utf-8")
    (folder / "archive.db").write_bytes(b"something else altogether, and long enough" * 100)

    ended = command("check", "-i", folder, "-f", "json")

    (run,) = ended.document()["runs"]
    outcomes = {one["check"]: one["outcome"] for one in run["results"]}
    assert ended.code == 3
    assert (outcomes["drilled"], outcomes["drift"]) == ("error", "success")


def test_with_one_member_away_the_other_is_judged(
    deployed_lab: Lab, command: Command, tmp_path: Path
) -> None:
    folder = copied(deployed_lab, tmp_path / "fleet")
    hosts = folder / "hosts.yaml"
    text = hosts.read_text(encoding="utf-8")
    port = next(line for line in text[text.index("DeviceB") :].splitlines() if "port:" in line)
    hosts.write_text(text.replace(port, port.split(":")[0] + ": 1"), encoding="utf-8")

    ended = command("check", "-i", folder, "-f", "json")

    assert ended.code == 3
    (run,) = ended.document()["runs"]
    outcomes = {(one["check"], one["outcome"]) for one in run["results"]}
    assert ("within-reach", "error") in outcomes
    drift = {one["subject"]: one["outcome"] for one in run["results"] if one["check"] == "drift"}
    assert drift == {"configuration of DeviceA": "success", "configuration of DeviceB": "error"}
    assert any(outcome == "success" for _, outcome in outcomes)
    (row,) = command("status", "-i", folder, "-f", "json").document()["pairs"]
    assert row["verdict"] == "error"


def test_a_deployment_is_listed_with_its_ticket_whatever_happens_to_its_folder(
    bare_lab: Lab, command: Command
) -> None:
    here = ("-i", bare_lab.folder)
    done = command("deploy", LAB_PAIR, *here, "--yes", "--ticket", "CHG-41", *BUDGET)
    assert done.code == 0, done.said
    (row,) = command("runs", *here, "-f", "json").document()["runs"]
    assert (row["kind"], row["ticket"], row["end"]) == ("deploy", "CHG-41", "done")
    assert row["transaction"] in done.said

    kept = bare_lab.folder / "archive.db"
    kept.write_bytes(b"something else altogether, and long enough" * 100)
    gone = command("deploy", LAB_PAIR, *here, "--yes", "--remove", *BUDGET)
    assert gone.code == 0, gone.said
    assert (
        f"Warning: the run is not kept in the archive: the archive cannot be read (where: {kept}" in gone.err
    )


def test_a_verification_is_listed_too(deployed_lab: Lab, command: Command, tmp_path: Path) -> None:
    here = ("-i", copied(deployed_lab, tmp_path / "fleet"))
    assert command("verify", LAB_PAIR, *here).code == 0
    assert [row["kind"] for row in command("runs", *here, "-f", "json").document()["runs"]] == ["verify"]


def test_a_full_disk_takes_no_verdict_away_and_leaves_no_half_of_a_run(
    deployed_lab: Lab, tmp_path: Path
) -> None:
    folder = copied(deployed_lab, tmp_path / "fleet")
    no_room = ["prlimit", "--fsize=3000", "--"]  # a larger file cannot be written, as on a disk that is full
    words = command_line("verify", LAB_PAIR, "-i", folder)
    whole = environment(PYTHONDONTWRITEBYTECODE="1")  # Python would leave the first bytes of what it compiled
    ended = subprocess.run([*no_room, *words], env=whole, capture_output=True, text=True, check=False)
    assert ended.returncode == 3, ended.stderr
    assert f"{LAB_PAIR}: success" in " ".join(ended.stdout.split())
    assert "the run cannot be kept" in ended.stderr
    assert "the archive cannot be" in ended.stderr
    assert list((folder / "runs").iterdir()) == []
