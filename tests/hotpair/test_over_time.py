"""`status`, `history`, `runs`, `diff` and `archive`: what was kept is told, by people's words and by JSON."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hotpair.__main__ import run
from runbooks.archive.forgetting import forget
from runbooks.archive.opening import open_archive
from runbooks.archive.place import FILE
from runbooks.archive.store import Origin, RunInputs, keep_run
from tests.runbooks.archive import made
from tests.runbooks.archive.made import BAD, CHANNEL, GOOD, START, UNKNOWN, seen

Ask = Callable[..., tuple[int, str, str]]


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Ask:
    def ask(*words: object) -> tuple[int, str, str]:
        code = run([str(word) for word in words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return ask


@pytest.fixture
def inventory(tmp_path: Path) -> Path:
    """Return an inventory whose archive holds two pairs: north went wrong, south is well."""
    rows = (
        (0, "north", GOOD, "Connected"),
        (1, "south", GOOD, "Connected"),
        (5, "north", BAD, "Connecting"),
    )
    with open_archive(tmp_path / FILE) as archive:
        for minute, pair, result, state in rows:
            look = seen(CHANNEL.format(state=state), START)
            one = made.run(minute, result, pair=pair, observations=(look,))
            keep_run(archive, one, Origin("ops", "jump-1"), RunInputs("pair: x\n"))
    return tmp_path


def document(answer: tuple[int, str, str]) -> Any:
    return json.loads(answer[1])


def test_what_was_kept_is_told_without_loading_what_judges_pairs(inventory: Path) -> None:
    line = [sys.executable, "-X", "importtime", "-m", "hotpair", "status", "-i", str(inventory)]
    loaded = {
        row.rpartition("|")[2].strip()
        for row in subprocess.run(line, capture_output=True, text=True, check=False).stderr.splitlines()
    }
    assert "runbooks.archive.queries" in loaded
    assert not loaded & {"inventory.model", "inventory.rules", "tasks.plan", "nornir", "alembic"}


def test_status_shows_the_worst_first(ask: Ask, inventory: Path) -> None:
    code, out, _ = ask("status", "-i", inventory)
    assert code == 1
    lines = out.splitlines()
    assert "FAIL" in lines[1]
    assert "north" in lines[1]
    assert "south" in lines[2]
    rows = document(ask("status", "-i", inventory, "-f", "json"))["pairs"]
    assert [(row["pair"], row["verdict"], row["open_findings"]) for row in rows] == [
        ("north", "failure", 1),
        ("south", "success", 0),
    ]


@pytest.mark.parametrize("columns", ["20", "60", "80", "200"])
def test_a_row_is_a_line_on_any_screen(
    ask: Ask, inventory: Path, monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    _, out, _ = ask("status", "-i", inventory)
    assert [line.split()[:2] for line in out.splitlines()] == [
        ["pair", "state"], ["FAIL", "north"], ["ok", "south"]
    ]  # fmt: skip
    assert len({line.index("check") for line in out.splitlines()[1:]}) == 1


def test_status_tells_what_could_not_be_told(ask: Ask, tmp_path: Path) -> None:
    with open_archive(tmp_path / FILE) as archive:
        keep_run(archive, made.run(0, UNKNOWN), Origin(), RunInputs())
    assert ask("status", "-i", tmp_path)[0] == 3


def test_an_archive_without_runs_is_no_success(ask: Ask, tmp_path: Path) -> None:
    with open_archive(tmp_path / FILE):
        pass
    assert ask("status", "-i", tmp_path)[0] == 3


def test_a_pair_that_nobody_looked_at_was_not_found_well(ask: Ask, inventory: Path, tmp_path: Path) -> None:
    for verb in ("history", "runs"):
        code, out, err = ask(verb, "west", "-i", inventory)
        assert (code, out) == (2, "")
        assert "no run of that pair is kept" in err
        assert "north, south" in err
        assert f"next:    hotpair check west -i {inventory}" in err
    (inventory / "pairs").mkdir()
    for name, following in (("west", "check west"), ("wst", "list")):
        (inventory / "pairs" / "west.yaml").write_text("pair: west\nmembers: {a: A, b: B}\n")
        assert f"next:    hotpair {following} -i {inventory}" in ask("history", name, "-i", inventory)[2]
    with open_archive(tmp_path / "none.db"):
        pass
    for verb in ("history", "runs"):
        code, _, err = ask(verb, "-i", inventory, "--archive", tmp_path / "none.db")
        assert code == 2
        assert f"next:    hotpair check -i {inventory} --archive {tmp_path / 'none.db'}" in err


def test_history_tells_since_when_and_when_it_was_well(ask: Ask, inventory: Path) -> None:
    code, out, _ = ask("history", "north", "-i", inventory)
    assert code == 0
    assert "the channel is not connected" in out
    assert "wanted connected, found connecting" in out
    (row,) = document(ask("history", "-i", inventory, "-f", "json"))["findings"]
    assert (row["since"], row["last_good"], row["until"]) == (
        "2026-03-04T02:05:00+00:00",
        "2026-03-04T02:00:00+00:00",
        None,
    )
    assert "south: nothing was found wrong." in ask("history", "south", "-i", inventory)[1]


def test_runs_are_listed_newest_first_with_who(ask: Ask, inventory: Path) -> None:
    rows = document(ask("runs", "-i", inventory, "-f", "json"))["runs"]
    assert [row["pair"] for row in rows] == ["north", "south", "north"]
    assert {row["by"] for row in rows} == {"ops@jump-1"}
    assert ask("runs", "south", "-i", inventory)[1].count("check-south") == 1


def test_diff_shows_what_changed_between_two_runs(ask: Ask, inventory: Path) -> None:
    first, second = made.run(0).id, made.run(5).id
    code, out, _ = ask("diff", first, second, "-i", inventory)
    assert code == 1
    assert out == "core-1 `display remote-backup-service north` [north].tcp_state: connected -> connecting\n"
    assert ask("diff", first, first, "-i", inventory)[:2] == (
        0,
        "Nothing changed in what both runs looked at.\n",
    )


def test_diff_of_two_pairs_is_refused(ask: Ask, inventory: Path) -> None:
    code, _, err = ask("diff", made.run(0).id, made.run(1, pair="south").id, "-i", inventory)
    assert code == 2
    assert "different routers" in err


def test_without_an_archive_it_is_told_how_one_comes_to_be(ask: Ask, tmp_path: Path) -> None:
    for words in (["status"], ["history"], ["runs"], ["archive", "info"], ["archive", "prune"]):
        code, _, err = ask(*words, "-i", tmp_path)
        assert code == 2
        assert "hotpair check" in err
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_archive_is_told(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"not a database, whatever its name says" * 100)
    code, _, err = ask("status", "-i", tmp_path)
    assert code == 3
    assert str(tmp_path / FILE) in err


def test_a_password_in_the_url_is_refused_and_not_shown(ask: Ask, tmp_path: Path) -> None:
    code, out, err = ask("status", "-i", tmp_path, "--archive", "postgresql://u:opensesame@h/db")
    assert code == 2
    assert "opensesame" not in out + err
    assert "secret:NAME" in err


def test_the_url_may_be_a_secret(ask: Ask, inventory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOTPAIR_SECRET_FLEET_DB", f"sqlite:///{inventory / FILE}")
    assert ask("status", "--archive", "secret:fleet-db")[0] == 1


def test_info_prune_export_and_import(ask: Ask, inventory: Path, tmp_path: Path) -> None:
    assert document(ask("archive", "info", "-i", inventory, "-f", "json"))["runs"] == 3
    folder = tmp_path / "out"
    for one in (made.run(0), made.run(5)):
        assert ask("archive", "export", one.id, folder, "-i", inventory)[0] == 0
    again = tmp_path / "again"
    again.mkdir()
    assert "taken in: 2 runs" in ask("archive", "import", folder, "-i", again)[1]
    assert document(ask("status", "-i", again, "-f", "json"))["pairs"][0]["verdict"] == "failure"
    assert ask("archive", "import", folder, "-i", again)[0] == 1
    assert document(ask("archive", "prune", "-i", inventory, "--days", "1", "-f", "json"))["runs"] == 1


HOSTS = """\
south-1: &one {hostname: 192.0.2.1, username: ops, data: {password: {secret: s}}}
south-2: *one
"""


def with_files(folder: Path, **texts: str) -> None:
    (folder / "hosts.yaml").write_text(HOSTS, "utf-8")
    (folder / "pairs").mkdir()
    for name, text in texts.items():
        (folder / "pairs" / f"{name}.yaml").write_text(text, "utf-8")


def test_a_pair_without_a_file_is_marked_and_forgotten_when_asked(
    ask: Ask, inventory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("no\n"))
    with_files(inventory, other="pair: south\nmembers: {a: south-1, b: south-2}\n")
    code, out, err = ask("status", "-i", inventory)
    assert (code, "north  failed, no file" in out, "south, no file" in out) == (1, True, False)
    assert err.split() == ["next:", "hotpair", "archive", "forget", "north", "-i", str(inventory)]

    assert ask("archive", "forget", "north", "-i", inventory)[0] == 4
    code, out, err = ask("archive", "forget", "north", "--yes", "-i", inventory)

    assert code == 0
    assert "from 2026-03-04 02:00 to 2026-03-04 02:05 UTC; 1 finding is open" in err
    assert "north is forgotten: 2 runs, 1 finding" in out
    assert ask("status", "-i", inventory)[0] == 0
    assert document(ask("history", "--all", "-i", inventory, "-f", "json"))["findings"] == []
    assert [row["pair"] for row in document(ask("runs", "-i", inventory, "-f", "json"))["runs"]] == ["south"]
    assert ask("archive", "forget", "north", "--yes", "-i", inventory)[0] == 2


def test_a_pair_that_was_never_looked_at_is_named(ask: Ask, inventory: Path) -> None:
    members = "members: {a: %s-1, b: %s-2}\n"
    texts = {name: f"pair: {name}\n{members % (name, name)}" for name in ("south", "west")}
    with open_archive(inventory / FILE) as archive:
        forget(archive, "north")
    with_files(inventory, **texts)
    code, out, err = ask("status", "-i", inventory)
    assert (code, out.splitlines()[-1]) == (3, "never looked at: west")
    assert err.split() == ["next:", "hotpair", "check", "west", "-i", str(inventory)]
    assert document(ask("status", "-i", inventory, "-f", "json"))["never_looked_at"] == ["west"]
    (inventory / "pairs" / "west.yaml").unlink()
    assert ask("status", "-i", inventory)[0] == 0


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("north", "pair: north\nmembers: {a: south-1, b: south-2}\n", "pairs/north.yaml"),
        ("other", "# mine\npair: 'north' # cut off\nmembers: {a: south-1\n", "which is broken"),
        ("north", "- no pair at all\n", "which is broken"),
    ],
)
def test_a_pair_that_is_there_is_not_forgotten(
    ask: Ask, inventory: Path, name: str, text: str, says: str
) -> None:
    with_files(inventory, **{name: text})
    _, out, err = ask("status", "-i", inventory)
    assert "no file" not in out.splitlines()[1]
    assert ("broken file" in out.splitlines()[1]) == ("broken" in says)
    assert (f"hotpair lint {inventory / 'pairs' / name}.yaml" in err) == ("broken" in says)
    code, _, err = ask("archive", "forget", "north", "--yes", "-i", inventory)
    assert (code, says in err) == (4, True), err
    assert document(ask("archive", "info", "-i", inventory, "-f", "json"))["runs"] == 3


def test_a_pair_of_a_transaction_that_may_not_be_over_is_not_forgotten(ask: Ask, inventory: Path) -> None:
    with_files(inventory)
    (inventory / "journals").mkdir()
    (inventory / "journals" / "hp-0.jsonl").write_text("no journal\n", "utf-8")
    code, _, err = ask("archive", "forget", "north", "--yes", "-i", inventory)
    assert (code, "hp-0, whose journal cannot be read" in err) == (4, True)
