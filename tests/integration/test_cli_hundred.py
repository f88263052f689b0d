"""A hundred pairs: just what was planted is found, with member, user and since, and clears when mended."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from time import sleep

import pytest

from runbooks.archive.place import FILE
from runbooks.lab import ServedDevice
from tasks.plan.model import Command as Line
from tests.integration.lab import Ended, Lab
from tests.integration.many import Made, fleet
from tests.integration.test_cli_watch import watching

Command = Callable[..., Ended]
PAIRS = [Made(number) for number in range(100)]
DRIFTED = PAIRS[4:28:2]
"""Somebody changed the port of the channel on b."""
AWAY = (PAIRS[40], PAIRS[41])
"""Nobody listens where a of them is said to be."""
BROKEN = PAIRS[50]
"""Its pair file is cut off."""
POLICY = "checks: {names: [no-trial]}\n"
WATCH = "groups: [{name: fleet, every: 1 s, workers: 40}]\n"


@pytest.fixture(scope="module")
def hundred(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    texts = {name: text for pair in PAIRS for name, text in pair.held().items()}
    with fleet(tmp_path_factory.mktemp("hundred"), texts, PAIRS) as served:
        (served.folder / "policy.yaml").write_text(POLICY, encoding="utf-8")
        (served.folder / "watch.yaml").write_text(WATCH, encoding="utf-8")
        yield served


def change_port(lab: Lab, pair: Made, after: int) -> None:
    """Change the port of a pair's channel on b, as a colleague would."""
    own, peer = pair.addresses["b"], pair.addresses["a"]
    view = "-rm-backup-srv-north"
    lines = ("remote-backup-service north", f"undo peer {peer}", f"peer {peer} source {own} port {after}")
    session = lab.session(pair.members["b"])
    session.stage([*(Line(line, view) for line in lines), Line("quit", "")])
    session.commit()
    session.close()


def send_astray(lab: Lab, devices: list[ServedDevice]) -> str:
    """Let the inventory name a port of some routers on which nobody listens; give what it was."""
    hosts = lab.folder / "hosts.yaml"
    sane = hosts.read_text(encoding="utf-8")
    text = sane
    for device in devices:
        assert f"port: {device.port}\n" in text
        text = text.replace(f"port: {device.port}\n", "port: 1\n")
    hosts.write_text(text, encoding="utf-8")
    return sane


def wait_for_a_look(archive: Path) -> None:
    """Wait until a watcher has begun to look."""
    while True:
        try:
            with closing(sqlite3.connect(archive)) as database:
                if database.execute("SELECT 1 FROM moments WHERE ended IS NULL").fetchall():
                    return
        except sqlite3.OperationalError:
            pass  # no tables yet
        sleep(0.05)


def test_exactly_what_was_planted_is_found_and_clears_when_mended(hundred: Lab, command: Command) -> None:
    for pair in DRIFTED:
        change_port(hundred, pair, 4200)
    sane = send_astray(hundred, [hundred.devices[pair.members["a"]] for pair in AWAY])
    broken = hundred.folder / "pairs" / f"{BROKEN.name}.yaml"
    broken.write_text(BROKEN.intent[:30], encoding="utf-8")
    with watching(hundred.folder) as process:
        wait_for_a_look(hundred.folder / FILE)
        process.kill()
        process.wait()

    ended = command("watch", "--once", "-i", hundred.folder)

    assert "it is made again" in ended.err or "moments were missed" in ended.err
    assert ended.code == 1
    found = command("history", "--all", "-i", hundred.folder, "-f", "json").document()["findings"]
    drift = [one for one in found if one["check"] == "drift" and one["outcome"] == "failure"]
    assert {one["pair"] for one in drift} == {pair.name for pair in DRIFTED}
    assert {one["device"] for one in drift} == {pair.members["b"] for pair in DRIFTED}
    assert {one["hand"]["user"] for one in drift} == {"admin"}
    assert {one["pair"] for one in found if one not in drift} == {pair.name for pair in AWAY}
    reach = [one for one in found if one["check"] == "within-reach"]
    assert sorted(one["device"] for one in reach) == [pair.members["a"] for pair in AWAY]
    runs = command("runs", "--all", "-i", hundred.folder, "-f", "json").document()["runs"]
    first = {row["pair"]: row["started_at"] for row in reversed(runs)}
    assert all(one["since"] == first[one["pair"]] for one in found)
    assert set(first) == {pair.name for pair in PAIRS if pair is not BROKEN}

    for pair in DRIFTED:
        change_port(hundred, pair, 4100)
    (hundred.folder / "hosts.yaml").write_text(sane, encoding="utf-8")
    mended = [pair.name for pair in (*DRIFTED, *AWAY)]
    assert command("check", *mended, "-i", hundred.folder).code == 0
    left = command("history", "--all", "-i", hundred.folder, "-f", "json").document()["findings"]
    assert [one for one in left if one["until"] is None] == []
    assert len(left) == len(found)
