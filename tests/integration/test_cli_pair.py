"""The life of a pair from the command line: planned, deployed, verified, checked, drifted, taken away."""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from ruamel.yaml import YAML

from runbooks.lab import LAB_PAIR
from runbooks.report.as_json import SCHEMA_PATH
from tasks.plan.items import same_configuration
from tasks.plan.model import Command as Line
from tests.integration.conftest import Command
from tests.integration.lab import BUDGET, MEMBERS, Lab

pytestmark = pytest.mark.ssh


@contextmanager
def drifted(lab: Lab, member: str, line: str, back: str) -> Iterator[None]:
    """Let a colleague change one line of E-Trunk 1 by hand, and change it back afterwards."""
    type_by_hand(lab, member, line)
    try:
        yield
    finally:
        type_by_hand(lab, member, back)
        lab.order(advance=300)


def type_by_hand(lab: Lab, member: str, line: str) -> None:
    session = lab.session(member)
    session.stage([Line("e-trunk 1", "-e-trunk-1"), Line(line, "-e-trunk-1"), Line("quit", "")])
    session.commit()
    session.save()
    session.close()


def kept_runs(lab: Lab, kind: str) -> list[Path]:
    return sorted((lab.folder / "runs").glob(f"*-{kind}-{LAB_PAIR}"))


def test_a_pair_is_planned_deployed_and_taken_away(bare_lab: Lab, command: Command) -> None:
    here = (LAB_PAIR, "-i", bare_lab.folder)
    before = {name: bare_lab.running(name) for name in MEMBERS}
    planned = command("plan", *here)
    assert planned.code == 10
    assert "remote-backup-service service1" in planned.out

    refused = command("deploy", *here, answer="n\n")
    assert refused.code == 4
    assert "nothing was sent" in refused.err
    assert all(same_configuration(bare_lab.running(name), before[name]) for name in MEMBERS)

    agreed = command("deploy", *here, *BUDGET, answer="y\n")
    assert agreed.code == 0, agreed.said
    assert "both members are new and saved" in agreed.err
    assert command("plan", *here).code == 0

    for words, question in (
        (here, "Take this away from both members? [y/N]:"),
        (("--all", *here[1:]), "Take 1 pair away from their members? [y/N]:"),
    ):
        asked = command("deploy", *words, "--remove", answer="n\n")
        assert asked.code == 4
        assert question in asked.err
        assert (
            "  - interface eth-trunk1 / e-trunk 1\n" in asked.err.partition(question)[0]
        )  # before it is asked
    assert "  - interface eth-trunk1 / e-trunk 1\n" in command("plan", "--all", *here[1:], "--remove").err
    removed = command("deploy", *here, "--remove", "--yes", *BUDGET)
    assert removed.code == 0, removed.said
    assert "no transaction from here brought these lines" in removed.err
    assert "  - interface eth-trunk1 / e-trunk 1\n" in removed.err  # the lab's routers had it before
    assert "remote-backup-service service1 / peer" not in removed.err
    assert "the pair is gone from both members" in removed.err
    told = command("status", *here[1:])
    assert (told.code, "not deployed" in told.out) == (3, True), told.said
    assert command("runs", LAB_PAIR, *here[1:]).out.startswith("skip")
    away = command("check", LAB_PAIR, *here[1:])
    assert away.code == 1
    assert away.out.count("FAIL") == 1
    assert "not deployed: taken away by hp-" in away.out
    again = command("plan", *here, "--remove")
    assert again.code == 0
    assert "nothing to do" in again.out
    for name in MEMBERS:
        assert "remote-backup-service service1" not in {line.text for line in bare_lab.running(name).lines}


@pytest.mark.parametrize("driver", ["netmiko", "scrapli"])
def test_a_pair_that_is_not_deployed_fails_and_says_so(bare_lab: Lab, command: Command, driver: str) -> None:
    bare_lab.order(advance=600)  # whatever waits for the other member has waited
    ended = command("check", "-i", bare_lab.folder, "--driver", driver, "-f", "json")
    assert ended.code == 1, ended.said
    (run,) = ended.document()["runs"]
    assert {"drift", "rbs-connected", "e-trunk-roles"} <= failed(run)
    one = command("verify", LAB_PAIR, "-i", bare_lab.folder, "--check", "rbs-connected")
    assert one.code == 1
    again = f"hotpair verify {LAB_PAIR} --check rbs-connected --wait 60 -i {bare_lab.folder}"
    assert f"next:    {again}\n" in one.err


def test_the_second_deployment_is_empty(deployed_lab: Lab, command: Command) -> None:
    before = {name: commits(deployed_lab, name) for name in MEMBERS}
    ended = command("deploy", LAB_PAIR, "-i", deployed_lab.folder, "--yes")
    assert ended.code == 0
    assert "nothing to do" in ended.out
    assert {name: commits(deployed_lab, name) for name in MEMBERS} == before


def commits(lab: Lab, name: str) -> int:
    session = lab.session(name)
    (newest,) = session.commit_list(1)
    session.close()
    return newest.commit_id


@pytest.mark.parametrize("driver", ["netmiko", "scrapli"])
def test_a_deployed_pair_verifies(deployed_lab: Lab, command: Command, driver: str) -> None:
    ended = command("verify", LAB_PAIR, "-i", deployed_lab.folder, "--driver", driver)
    assert ended.code == 0, ended.said
    assert "rbs-connected" in ended.out
    assert "success" in ended.out.splitlines()[-2]
    kept = Path(ended.out.splitlines()[-1].removeprefix("kept in "))
    assert (kept / "run.json").is_file()


def test_a_dry_run_lists_and_sends_nothing(deployed_lab: Lab, command: Command, tmp_path: Path) -> None:
    folder = tmp_path / "inventory"
    shutil.copytree(deployed_lab.folder, folder, ignore=shutil.ignore_patterns("runs", "secrets.yaml"))
    ended = command("verify", LAB_PAIR, "-i", folder, "--tag", "e-trunk", "--dry-run", "-f", "json")
    assert ended.code == 0  # without any password
    listed = ended.document()
    assert "display e-trunk 1" in listed["displays"]["DeviceB"]
    assert all(name.startswith("e-trunk") for name in listed["checks"])
    assert not (folder / "runs").exists()


def test_reports_are_written_by_their_endings(deployed_lab: Lab, command: Command, tmp_path: Path) -> None:
    files = {ending: tmp_path / f"verify.{ending}" for ending in ("html", "json", "xml", "md", "csv")}
    asked = [word for file in files.values() for word in ("--report", file)]
    ended = command("verify", LAB_PAIR, "-i", deployed_lab.folder, *asked)
    assert ended.code == 0, ended.said
    judged = json.loads(files["json"].read_text())
    assert judged["verdict"] == "success"
    names = {result["check"] for result in judged["results"]}
    assert "e-trunk-roles" in names
    for file in files.values():
        assert "e-trunk-roles" in file.read_text(), file.name
    cases = list(ET.parse(files["xml"]).getroot().iter("testcase"))  # noqa: S314 - written a line above
    with files["csv"].open(newline="") as rows:
        assert len(list(csv.DictReader(rows))) >= len(cases) > len(MEMBERS)


def test_an_unknown_form_of_report_is_refused_before_any_connection(
    deployed_lab: Lab, command: Command, tmp_path: Path
) -> None:
    runs = tmp_path / "runs"
    ended = command(
        "verify", LAB_PAIR, "-i", deployed_lab.folder, "--report", tmp_path / "verify.docx", "--runs", runs
    )
    assert ended.code == 2
    assert ".html" in ended.err
    assert "verify.docx" in ended.err
    assert not runs.exists()


def test_check_is_well_then_names_a_drift_by_hand(deployed_lab: Lab, command: Command) -> None:
    here = ("-i", deployed_lab.folder)
    assert command("check", *here).code == 0
    with drifted(deployed_lab, "DeviceB", "priority 177", "undo priority"):
        ended = command("check", LAB_PAIR, *here)
        assert ended.code == 1
        assert "priority 177" in ended.out
        assert "DeviceB" in ended.out
    assert command("verify", LAB_PAIR, *here, "--wait", "30").code == 0
    assert command("check", *here).code == 0


def test_verify_against_an_earlier_run_lists_what_changed(deployed_lab: Lab, command: Command) -> None:
    verify = ("verify", LAB_PAIR, "-i", deployed_lab.folder)
    assert command(*verify).code == 0
    before = kept_runs(deployed_lab, "verify")[-1]
    same = command(*verify, "--against", before)
    assert "Nothing changed in what both runs looked at." in same.out
    with drifted(deployed_lab, "DeviceA", "priority 55", "undo priority"):
        changed = command(*verify, "--against", before)
    assert "Changed since the earlier run" in changed.out
    assert re.search(r"DeviceA `display e-trunk 1` .*: 100 -> 55", changed.out)


def test_a_kept_run_is_judged_again_with_the_same_verdict(deployed_lab: Lab, command: Command) -> None:
    assert command("verify", LAB_PAIR, "-i", deployed_lab.folder).code == 0
    run = kept_runs(deployed_lab, "verify")[-1]
    ended = command("replay", run, "--pair", deployed_lab.pair_file, "-f", "json")
    assert ended.code == 0
    kept = json.loads((run / "run.json").read_text())
    assert verdicts(ended.document()) == verdicts(kept)


def verdicts(run: dict[str, list[dict[str, str]]]) -> set[tuple[str, str, str]]:
    return {(one["check"], one["subject"], one["outcome"]) for one in run["results"]}


def test_a_checked_run_that_drifted_is_judged_again_with_the_same_verdict(
    deployed_lab: Lab, command: Command, tmp_path: Path
) -> None:
    here = ("-i", deployed_lab.folder)
    with drifted(deployed_lab, "DeviceB", "priority 177", "undo priority"):
        assert command("check", *here).code == 1
    newest = command("runs", *here, "-f", "json").document()["runs"][0]
    assert command("archive", "export", newest["id"], tmp_path, *here).code == 0
    run = tmp_path / newest["id"]
    ended = command("replay", run, "-f", "json")
    assert ended.code == 1
    kept = json.loads((run / "run.json").read_text())
    assert ("drift", "configuration of DeviceB", "failure") in verdicts(kept)
    assert verdicts(ended.document()) == verdicts(kept)


def test_a_run_is_kept_once_under_a_name(deployed_lab: Lab, command: Command, tmp_path: Path) -> None:
    verify = ("verify", LAB_PAIR, "-i", deployed_lab.folder, "--runs", tmp_path)
    assert command(*verify, "--save", "before").code == 0
    again = command(*verify, "--save", "before")
    assert again.code == 2
    assert str(tmp_path / "before") in again.err
    assert [kept.name for kept in tmp_path.iterdir()] == ["before"]
    compared = command(*verify, "--against", "before")
    assert compared.code == 0
    assert "Nothing changed" in compared.out
    assert command(*verify, "--against", "never").code == 2


POLICY = """\
waivers:
  - {check: e-trunk-as-intended, owner: jane, reason: swap of a card, expires: DAY}
"""


def test_a_waiver_holds_until_its_day(deployed_lab: Lab, command: Command, tmp_path: Path) -> None:
    waived, ended = tmp_path / "waived.yaml", tmp_path / "ended.yaml"
    waived.write_text(POLICY.replace("DAY", "2199-12-31"))
    ended.write_text(POLICY.replace("DAY", "2020-01-01"))
    verify = ("verify", LAB_PAIR, "-i", deployed_lab.folder, "--runs", tmp_path / "runs")
    with drifted(deployed_lab, "DeviceB", "priority 177", "undo priority"):
        assert failed(command(*verify, "-f", "json").document()) == {"e-trunk-as-intended"}
        allowed = command(*verify, "--policy", waived, "--save", "allowed")
        late = command(*verify, "--policy", ended, "--save", "late")
    assert allowed.code == 0
    assert "waived until 2199-12-31 by jane: swap of a card" in in_one_line(allowed.out)
    assert late.code == 1
    assert "its waiver by jane ended on 2020-01-01" in in_one_line(late.out)
    assert command("replay", tmp_path / "runs" / "allowed").code == 0
    assert command("replay", tmp_path / "runs" / "late").code == 1
    assert command("replay", tmp_path / "runs" / "allowed", "--policy", ended).code == 1


def in_one_line(text: str) -> str:
    return " ".join(text.split())


def failed(run: dict[str, list[dict[str, str]]]) -> set[str]:
    return {one["check"] for one in run["results"] if one["outcome"] == "failure"}


def test_evidence_that_was_changed_is_not_judged(deployed_lab: Lab, command: Command, tmp_path: Path) -> None:
    assert command("verify", LAB_PAIR, "-i", deployed_lab.folder).code == 0
    run = tmp_path / "run"
    shutil.copytree(kept_runs(deployed_lab, "verify")[-1], run)
    text = next(run.glob("*DeviceA-display-e-trunk-1.txt"))
    text.write_text(text.read_text().replace("Master", "Backup"))
    ended = command("replay", run, "--pair", deployed_lab.pair_file)
    assert ended.code == 2
    assert "changed after it was kept" in ended.err
    assert text.name in ended.err


def test_a_learned_pair_has_nothing_to_do(
    deployed_lab: Lab, command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    learned = command("learn", LAB_PAIR, "-i", deployed_lab.folder)
    assert learned.code == 0
    intent = YAML(typ="safe").load(learned.out)
    assert intent["pair"] == LAB_PAIR
    name = intent["e_trunks"][0]["security_key"]["secret"]
    monkeypatch.setenv(f"HOTPAIR_SECRET_{name.replace('-', '_').upper()}", "a-key-that-a-device-never-tells")
    folder = tmp_path / "learned"
    shutil.copytree(deployed_lab.folder, folder, ignore=shutil.ignore_patterns("runs"))
    (folder / "pairs" / f"{LAB_PAIR}.yaml").write_text(learned.out)
    ended = command("plan", LAB_PAIR, "-i", folder)
    assert ended.code == 0, ended.said


JSON_COMMANDS = {
    "lint": (0, ["lint", "PAIR"]),
    "render": (0, ["render", "PAIR", "-m", "b"]),
    "plan": (0, ["plan", LAB_PAIR, "-i", "LAB"]),
    "plan-remove": (10, ["plan", LAB_PAIR, "-i", "LAB", "--remove"]),
    "learn": (0, ["learn", LAB_PAIR, "-i", "LAB"]),
    "deploy": (0, ["deploy", LAB_PAIR, "-i", "LAB", "--yes"]),
    "verify": (0, ["verify", LAB_PAIR, "-i", "LAB"]),
    "verify-dry-run": (0, ["verify", LAB_PAIR, "-i", "LAB", "--dry-run"]),
    "check": (0, ["check", "-i", "LAB"]),
}


@pytest.mark.parametrize("name", JSON_COMMANDS)
def test_json_is_one_document_and_nothing_else(deployed_lab: Lab, command: Command, name: str) -> None:
    code, words = JSON_COMMANDS[name]
    places = {"PAIR": deployed_lab.pair_file, "LAB": deployed_lab.folder}
    ended = command(*(places.get(word, word) for word in words), "--format", "json")
    assert ended.code == code, ended.said
    assert isinstance(ended.document(), dict)


def test_verify_against_as_json_is_one_document(deployed_lab: Lab, command: Command) -> None:
    verify = ("verify", LAB_PAIR, "-i", deployed_lab.folder, "-f", "json")
    assert command(*verify).code == 0
    before = kept_runs(deployed_lab, "verify")[-1]
    ended = command(*verify, "--against", before)
    assert ended.document()["differences"] == []
    jsonschema.validate(ended.document(), json.loads(SCHEMA_PATH.read_text()))
