"""Plans as files: made, approved, deployed as they were made, or refused when anything moved."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from tests.integration.conftest import Command
from tests.integration.keyed import OSLO, TYNE, KeyedLab, Names, broken, intent, keyed_lab
from tests.integration.lab import BUDGET, Ended

pytestmark = pytest.mark.ssh

TRUNK, GROUP = "Trunk-Canary-77", "GrpCan7"


@pytest.fixture(params=[TYNE, OSLO], ids=lambda names: names.pair)
def served(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[KeyedLab]:
    names: Names = request.param
    with keyed_lab(tmp_path, names) as lab:
        lab.intend(intent(names, "simple", "simple plain"))
        lab.keep(trunk=TRUNK, group=GROUP)
        yield lab


def in_one_line(ended: Ended) -> str:
    return " ".join(ended.err.split())


def made(lab: KeyedLab, command: Command, *words: str, name: str = "plan.json") -> Path:
    file = lab.folder.parent / name
    ended = command("plan", lab.names.pair, "-i", lab.folder, "--out", file, *words)
    assert ended.code == 10, ended.said
    assert f"hotpair deploy {file}" in in_one_line(ended)
    return file


def refused(lab: KeyedLab, command: Command, file: Path, says: str, code: int = 4) -> None:
    before = [lab.running(name) for name in lab.names.members]
    journals = set((lab.folder / "journals").glob("*.jsonl"))
    ended = command("deploy", file, "-i", lab.folder, "--yes", *BUDGET)
    assert ended.code == code, ended.said
    assert says in in_one_line(ended)
    assert [lab.running(name) for name in lab.names.members] == before
    assert set((lab.folder / "journals").glob("*.jsonl")) == journals


def test_a_plan_is_deployed_once_and_holds_no_secret(served: KeyedLab, command: Command) -> None:
    file = made(served, command, "--ticket", "CHG-4711")
    text = file.read_text()
    said = json.loads(text)
    assert (said["pair"], said["terms"]["ticket"]) == (served.names.pair, "CHG-4711")
    assert [said[side]["member"] for side in "ab"] == list(served.names.members)
    assert all(said[side]["host_keys"][0].startswith("SHA256:") for side in "ab")
    assert "security-key simple <secret:trunk-key>" in text
    assert not any(secret in text for secret in (TRUNK, GROUP, served.devices[served.names.a].password))
    shown = command("deploy", file, "-i", served.folder, answer="n\n")
    assert shown.code == 4
    ended = command("deploy", file, "-i", served.folder, "--yes", *BUDGET)
    assert ended.code == 0, ended.said
    (run,) = (served.folder / "runs").glob("*/run.json")
    assert json.loads(run.read_text())["transaction"]["ticket"] == "CHG-4711"
    assert not list((served.folder / "journals").glob("*.pl-*"))
    done = ended.out.partition("\n")[0].split()[1]
    again = command("deploy", file, "-i", served.folder, "--yes")
    assert again.code == 4
    assert f"was deployed as {done} on 20" in in_one_line(again)
    assert f"next: hotpair plan {served.names.pair} --ticket CHG-4711 --out NEW.json" in in_one_line(again)
    none = file.with_name("none.json")
    assert command("plan", served.names.pair, "-i", served.folder, "--out", none).code == 0
    assert not none.exists()


def test_a_plan_whose_file_was_touched_is_refused(served: KeyedLab, command: Command) -> None:
    file = made(served, command)
    whole = file.read_bytes()
    for place in range(0, len(whole), len(whole) // 40):
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        ended = command("deploy", file, "-i", served.folder, "--yes")
        assert ended.code == 4, place
        assert "is not a plan as it was made" in in_one_line(ended)
        assert re.search(
            "changed after it was made|than it was hashed with|plan of version", in_one_line(ended)
        )
    for other in (whole + b"\n", whole[:-1], whole.replace(b"\n ", b"\n  ", 1), b"", b"[]", b"{}"):
        file.write_bytes(other)
        refused(served, command, file, "is not a plan as it was made")
    refused(served, command, file.with_name("none.json"), "cannot be read", code=2)


@pytest.mark.parametrize("side", [0, 1])
def test_a_plan_whose_device_moved_is_refused(served: KeyedLab, command: Command, side: int) -> None:
    file = made(served, command)
    name = served.names.members[side]
    served.type_by_hand(name, "interface LoopBack0", "-LoopBack0", "description moved")
    refused(served, command, file, f"{name} was changed since plan")


def test_a_plan_whose_intent_or_secret_moved_is_refused(served: KeyedLab, command: Command) -> None:
    file = made(served, command)
    good = intent(served.names, "simple", "simple plain")
    served.intend(f"# a comment moves nothing\n{good}")
    assert command("deploy", file, "-i", served.folder, answer="n\n").err.count("not agreed") == 1
    served.intend(good.replace("priority: {a: 10,", "priority: {a: 11,"))
    refused(served, command, file, "the intent was changed since plan")
    served.intend(good)
    served.keep(trunk=TRUNK, group="GrpCan8")
    refused(served, command, file, "the secret group.key was changed since plan")
    served.keep(trunk=TRUNK, group=GROUP)
    (marks,) = (served.folder / "journals").glob("*.pl-*")
    marks.rename(marks.with_suffix(".away"))
    refused(served, command, file, "no mark tells whether its secrets are the same")


def test_a_plan_for_another_device_is_refused(served: KeyedLab, command: Command) -> None:
    file = made(served, command)
    yaml = YAML()
    hosts = yaml.load((served.folder / "hosts.yaml").read_text())
    a, b = served.names.members
    hosts[a], hosts[b] = hosts[b], hosts[a]
    with (served.folder / "hosts.yaml").open("w") as out:
        yaml.dump(hosts, out)
    refused(served, command, file, f"{a} has another host key since plan")
    hosts[a], hosts[b] = hosts[b], hosts[a]
    with (served.folder / "hosts.yaml").open("w") as out:
        yaml.dump(hosts, out)
    served.order(fault="swap-board", device=b, serial="2102000000000077")
    refused(served, command, file, f"{b} has another serial number since plan")


def test_what_stands_in_the_file_is_not_typed_beside_it(served: KeyedLab, command: Command) -> None:
    file = made(served, command)
    for words in (("--remove",), ("--ticket", "X"), ("--retype-keys",), ("--allow", "resets")):
        ended = command("deploy", file, "-i", served.folder, "--yes", *words)
        assert ended.code == 2
        assert "the plan file says how it is deployed" in in_one_line(ended)


def test_a_plan_file_is_never_written_over_nor_made_of_files(served: KeyedLab, command: Command) -> None:
    file = made(served, command)
    whole = file.read_bytes()
    here = (served.names.pair, "-i", served.folder, "--out")
    assert command("plan", *here, file).code == 2
    assert command("plan", *here, file.with_suffix(".yaml")).code == 2
    assert command("plan", *here, file.parent / "none" / "x.json").code == 2
    config = file.with_name(f"{served.names.a}.cfg")
    assert command("plan", *here, file.with_name("x.json"), "--running", config, config).code == 2
    assert file.read_bytes() == whole
    assert len(list((served.folder / "journals").glob("*.pl-*"))) == 1


def test_the_terms_of_a_plan_are_those_of_its_deployment(served: KeyedLab, command: Command) -> None:
    (served.folder / "policy.yaml").write_text("deployment: {highest_impact: hitless}")
    file = made(served, command)
    refused(served, command, file, "--allow affecting")
    allowed = made(served, command, "--allow", "affecting", name="allowed.json")
    assert command("deploy", allowed, "-i", served.folder, "--yes", *BUDGET).code == 0
    away = made(served, command, "--remove", "--allow", "affecting", name="away.json")
    assert command("deploy", away, "-i", served.folder, "--yes", *BUDGET).code == 0
    assert not re.search("(?m)^e-trunk", served.running(served.names.a))
    shutil.rmtree(served.folder / "journals")
    served.intend(broken(served.names))
    words = ("--allow", "affecting", "--accept", "R95", "--why", "so said jane")
    last = made(served, command, *words, name="last.json")
    assert json.loads(last.read_text())["accepted"] == [{"rule": "R95", "why": "so said jane"}]
    assert command("deploy", last, "-i", served.folder, answer="n\n").err.count("not agreed") == 1
