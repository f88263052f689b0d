"""Transactions from the command line: seen, resumed, adopted, taken back, forgotten."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from tasks.plan.model import Command as Line
from tests.integration.at_the_routers import HOST_KEY
from tests.integration.conftest import Command
from tests.integration.keyed import OSLO, TYNE, KeyedLab, Names, keyed_lab
from tests.integration.lab import BUDGET, Ended
from tests.integration.processes import heard, needs_proc, started

pytestmark = [pytest.mark.ssh, needs_proc]

SLOW = ("--time-scale", "0.5")  # the checks take their time, and no timer ends under a slow machine
BOTH = [TYNE, OSLO]


@contextmanager
def killed(home: Path, names: Names, at: str = "both on trial") -> Iterator[tuple[KeyedLab, str]]:
    """Yield a pair whose deployment was killed when it said something, and the id that it said first."""
    with keyed_lab(home, names, *SLOW) as lab:
        lab.keep(trunk="Txn-Canary-3")
        with started("deploy", names.pair, "-i", lab.folder, "--yes", *BUDGET) as process:
            heard(process.stderr, at)
            process.kill()
            said = process.stdout.read() if process.stdout else ""
        first, _, transaction = said.partition("\n")[0].partition(" ")
        assert first == "transaction"
        yield lab, transaction


def in_one_line(ended: Ended) -> str:
    return " ".join(ended.said.split())


def undialled(lab: KeyedLab, home: Path) -> Path:
    """Return the inventory with hosts that nobody can reach."""
    folder = home / "undialled"
    shutil.copytree(lab.folder, folder)
    hosts = YAML().load((folder / "hosts.yaml").read_text())
    for host in hosts.values():
        host["port"] = 9
    with (folder / "hosts.yaml").open("w") as out:
        YAML().dump(hosts, out)
    return folder


def elsewhere(lab: KeyedLab, home: Path) -> Path:
    """Return the inventory as it is on another host, without journals."""
    folder = home / "elsewhere"
    shutil.copytree(lab.folder, folder, ignore=shutil.ignore_patterns("journals"))
    return folder


def configurations(lab: KeyedLab) -> list[str]:
    texts = (lab.running(name) for name in lab.names.members)
    return ["\n".join(line for line in text.splitlines() if not line.startswith("!")) for text in texts]


def is_bare(lab: KeyedLab) -> bool:
    return not any(f"e-trunk {lab.names.trunk}" in text for text in configurations(lab))


@pytest.mark.parametrize("names", BOTH, ids=lambda names: names.pair)
def test_a_killed_deployment_is_listed_shown_and_aborted(
    tmp_path: Path, command: Command, names: Names
) -> None:
    with killed(tmp_path, names) as (lab, transaction):
        away, here = ("-i", undialled(lab, tmp_path)), ("-i", lab.folder)
        listed = command("txn", "list", *away)
        assert listed.code == 0
        assert "unfinished: both on trial" in in_one_line(listed)
        assert f"next: hotpair txn resume {transaction}" in in_one_line(listed)
        (row,) = command("txn", "list", *away, "-f", "json").document()["transactions"]
        assert (row["id"], row["pair"], row["finished"]) == (transaction, names.pair, False)
        assert {one["member"] for one in row["armed"]} == set(names.members)
        assert all(0 < one["seconds_left"] < 2000 for one in row["armed"])
        asked = command("txn", "list", "--live", *here, "-f", "json")
        assert asked.code == 0, asked.said
        seen = asked.document()["transactions"][0]["seen"]
        assert {one["is"] for one in seen.values()} == {"on our trial"}
        gone = command("txn", "list", "--live", *away)
        assert gone.code == 3
        assert all(f"what {name} is to {transaction} is not known" in gone.err for name in names.members)
        assert f"next: hotpair txn list --live -i {away[1]}" in in_one_line(gone)

        shown = command("txn", "show", transaction, *away)
        assert "unfinished: both on trial" in in_one_line(shown)
        lines = command("txn", "show", transaction, *away, "-f", "json").document()["journal"]
        assert "about to put b on trial" in [one["event"] for one in lines]
        assert lines[-1]["state"] == "both on trial"

        early = command("txn", "forget", transaction, "--why", "nobody wants it", *here)
        assert early.code == 4, early.said
        refused = command("deploy", names.pair, *here, "--yes")
        assert refused.code == 4
        assert transaction in in_one_line(refused)

        aborted = command("txn", "abort", transaction, *here)
        assert aborted.code == 5, aborted.said
        assert is_bare(lab)
        assert not list((lab.folder / "journals").glob("*.secrets.json"))
        later = tmp_path / "later"
        later.mkdir()
        ended = ("-i", undialled(lab, later))
        for verb in ("abort", "resume"):
            again = command("txn", verb, transaction, *ended)
            assert again.code == 0
            assert "ended before: as before" in in_one_line(again)
        assert command("txn", "forget", transaction, "--why", "so", "-i", lab.folder).code == 0
        assert "next:" not in command("txn", "list", *here).out


@pytest.mark.parametrize("names", BOTH, ids=lambda names: names.pair)
@pytest.mark.parametrize("short", [False, True])
def test_the_only_unfinished_one_is_resumed_without_its_id(
    tmp_path: Path, command: Command, names: Names, *, short: bool
) -> None:
    with killed(tmp_path, names) as (lab, transaction):
        words = ("resume",) if short else ("txn", "resume")
        ended = command(*words, "-i", lab.folder, "-f", "json")
        assert ended.code == 5, ended.said
        said = ended.document()
        assert (said["transaction"], said["end"], said["ended_before"]) == (transaction, "as before", False)
        assert is_bare(lab)
        none = command(*words, "-i", lab.folder)
        assert none.code == 2
        assert "no transaction is unfinished here" in in_one_line(none)


@pytest.mark.parametrize("names", BOTH, ids=lambda names: names.pair)
def test_a_decided_one_is_brought_to_both_new_with_its_marks(
    tmp_path: Path, command: Command, names: Names
) -> None:
    with killed(tmp_path, names, at="decided to keep") as (lab, transaction):
        here = ("-i", lab.folder)
        ended = command("txn", "resume", transaction, *here)
        assert ended.code == 0, ended.said
        assert command("plan", names.pair, *here).code == 0
        (marks,) = (lab.folder / "journals").glob("*.secrets.json")
        assert marks.name == f"{names.pair}.secrets.json"
        lab.keep(trunk="Txn-Canary-4")
        assert command("plan", names.pair, *here).code == 10


@pytest.mark.parametrize("names", BOTH, ids=lambda names: names.pair)
def test_another_host_adopts_by_the_id_alone(tmp_path: Path, command: Command, names: Names) -> None:
    with killed(tmp_path, names) as (lab, transaction):
        there = ("-i", elsewhere(lab, tmp_path))
        unknown = command("txn", "resume", transaction, *there)
        assert unknown.code == 2
        assert f"hotpair txn adopt {transaction} --pair" in in_one_line(unknown)
        invented = command("txn", "adopt", "hp-0123456789", "--pair", names.pair, *there)
        assert invented.code == 4, invented.said
        assert command("txn", "adopt", transaction, "--pair", "none", *there).code == 2
        adopted = command("txn", "adopt", transaction, "--pair", names.pair, *there, "-f", "json")
        assert adopted.code == 5, adopted.said
        assert adopted.document()["end"] == "as before"
        assert is_bare(lab)
        told = command("txn", "resume", transaction, "-i", lab.folder)
        assert told.code == 5, told.said


@pytest.mark.parametrize("broken", [True, False])
def test_one_whose_pair_file_is_broken_or_gone_is_taken_up_by_its_journal(
    tmp_path: Path, command: Command, *, broken: bool
) -> None:
    with killed(tmp_path, OSLO) as (lab, transaction):
        file = lab.folder / "pairs" / "of-the-pair.yaml"
        file.write_text("pair: [\n") if broken else file.unlink()
        ended = command("txn", "resume", transaction, "-i", lab.folder)
        assert ended.code == 5, ended.said
        assert is_bare(lab)
        listed = command("runs", OSLO.pair, "-i", lab.folder, "-f", "json").document()["runs"]
        assert [(one["transaction"], one["end"]) for one in listed] == [(transaction, "rolled back")]


@pytest.mark.parametrize("verb", ["show", "resume", "abort", "adopt", "forget"])
@pytest.mark.parametrize("text", ["../../x", "a/b", "..", ""])
def test_an_id_leads_nowhere_but_to_its_journal(
    tmp_path: Path, command: Command, verb: str, text: str
) -> None:
    (tmp_path / "x.jsonl").write_text("{}\n")
    folder = tmp_path / "a" / "b"
    (folder / "pairs").mkdir(parents=True)
    with keyed_inventory(folder) as names:
        more = {"adopt": ("--pair", names.pair), "forget": ("--why", "so")}.get(verb, ())
        before = sorted(tmp_path.rglob("*"))
        assert command("txn", verb, text, *more, "-i", folder).code == 2
        assert sorted(tmp_path.rglob("*")) == before


@contextmanager
def keyed_inventory(folder: Path) -> Iterator[Names]:
    """Yield an inventory whose hosts nobody reaches."""
    host = {
        "hostname": "127.0.0.1",
        "port": 9,
        "username": "x",
        "data": {"host_key": HOST_KEY, "password": {"secret": "x"}},
    }
    with (folder / "hosts.yaml").open("w") as out:
        YAML().dump(dict.fromkeys(TYNE.members, host), out)
    text = f"pair: {TYNE.pair}\nmembers: {{a: {TYNE.a}, b: {TYNE.b}}}\n"
    (folder / "pairs" / "x.yaml").write_text(text)
    yield TYNE


def test_a_journal_that_cannot_be_read_is_told(tmp_path: Path, command: Command) -> None:
    (tmp_path / "journals").mkdir()
    (tmp_path / "journals" / "hp-1.jsonl").write_text('{"half": ')
    here = ("-i", tmp_path)
    listed = command("txn", "list", *here, "-f", "json")
    assert listed.code == 3
    (row,) = listed.document()["transactions"]
    assert (row["id"], row["state"]) == ("hp-1", None)
    assert row["problem"]
    for words in (("show", "hp-1"), ("resume", "hp-1"), ("resume",), ("abort", "hp-1")):
        assert command("txn", *words, *here).code == 2
    assert command("txn", "list", "-i", tmp_path / "none").code == 2
    (tmp_path / "new").mkdir()
    empty = command("txn", "list", "-i", tmp_path / "new", "-f", "json")
    assert json.loads(empty.out) == {"transactions": []}


@pytest.mark.parametrize("names", BOTH, ids=lambda names: names.pair)
def test_a_finished_one_is_taken_back_after_a_preview_on_another_host_too(
    tmp_path: Path, command: Command, names: Names
) -> None:
    with keyed_lab(tmp_path, names) as lab:
        here = ("-i", lab.folder)
        lab.keep(trunk="Txn-Canary-5")
        deployed = command("deploy", names.pair, *here, "--yes", *BUDGET)
        assert deployed.code == 0, deployed.said
        transaction = deployed.out.partition("\n")[0].split()[1]
        lab.type_by_hand(names.a, "interface LoopBack0", "-LoopBack0", "description mine")
        assert command("rollback", transaction, *here, "--pair", "other").code == 2
        assert command("rollback", "../x", *here).code == 2
        preview = command("rollback", transaction, *here, answer="n\n")
        assert preview.code == 4
        refused = preview.out.partition("\n")[0].split()[1]
        assert "refused" in in_one_line(command("txn", "show", refused, *here))
        assert f"- e-trunk {names.trunk}" in preview.out
        assert not is_bare(lab)
        there = elsewhere(lab, tmp_path)
        assert command("rollback", transaction, "-i", there).code == 2
        taken = command(
            "rollback", transaction, "--pair", names.pair, "-i", there, "--yes", "--ticket", "CHG-9"
        )
        assert taken.code == 0, taken.said
        (kept,) = [path.name for path in (Path(there) / "runs").iterdir() if "-rollback-" in path.name]
        listed = json.loads(command("runs", names.pair, "-i", there, "--format", "json").out)["runs"]
        assert (listed[0]["id"], listed[0]["verdict"]) == (kept, "success")
        (standing,) = json.loads(command("status", "-i", there, "--format", "json").out)["pairs"]
        assert standing["state"] == "as before"
        assert taken.err.endswith(f"next:    hotpair check {names.pair} -i {there}\n")
        assert is_bare(lab)
        assert "description mine" in lab.running(names.a)
        again = command("rollback", transaction, *here, "--yes")
        assert again.code == 4, again.said
        assert command("rollback", "hp-0123456789", "--pair", names.pair, *here, "--yes").code == 4
        assert "Txn-Canary" not in preview.said + taken.said + again.said


@pytest.mark.parametrize("names", BOTH, ids=lambda names: names.pair)
def test_nothing_to_do_is_said_only_when_nobody_is_at_work(
    tmp_path: Path, command: Command, names: Names
) -> None:
    with keyed_lab(tmp_path, names, *SLOW) as lab:
        here = (names.pair, "-i", lab.folder, "--yes")
        assert command("deploy", *here, *BUDGET).code == 0
        well = command("deploy", *here)
        assert (well.code, "nothing to do" in well.out) == (0, True)
        session = lab.session(names.b)
        session.stage([Line("lacp priority 9", "")])
        session.commit_trial(600, "somebody")
        busy = command("deploy", *here)
        assert busy.code == 4, busy.said
        assert "nothing to do" not in busy.said
        session.abort_trial("somebody")
        session.stage([Line("lacp priority 8", "")])
        session.commit()
        session.close()
        unsaved = command("deploy", *here)
        assert unsaved.code == 4, unsaved.said
        assert "not saved" in unsaved.err
        assert "nothing to do" not in unsaved.said
