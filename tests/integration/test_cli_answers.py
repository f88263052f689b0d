"""No answer is not an answer: nothing to read, closed streams, and errors in one form for programs."""

from __future__ import annotations

import json
import os
import pty
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import hotpair.__main__
from inventory.errors import HotpairError
from runbooks.lab import LAB_PAIR
from runbooks.report.as_json import ERRORS_SCHEMA_PATH
from tests.integration.conftest import Command
from tests.integration.lab import HUNG_S, OTHER_PAIR, QUICK, Lab, command_line, edit, environment, lab, told

pytestmark = pytest.mark.ssh
SCHEMA = json.loads(ERRORS_SCHEMA_PATH.read_text())


@pytest.fixture(scope="module")
def unchanged_lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """Yield routers that nobody deploys anything on."""
    with lab(tmp_path_factory.mktemp("unchanged"), *QUICK) as served:
        yield served


@pytest.mark.parametrize("text", ["", "\n", " \r\n\t\n"])
def test_no_text_is_no_answer(command: Command, tmp_path: Path, text: str) -> None:
    file = tmp_path / "shown.txt"
    file.write_text(text)
    told(command("parse", "display e-trunk 1", answer=text), 3, "no text", "standard input")
    told(command("parse", "display e-trunk 1", file), 3, "no text", str(file))


@pytest.mark.parametrize(
    ("words", "code"),
    [(["parse", "display e-trunk 1"], 3), (["deploy", LAB_PAIR], 4), (["plan", LAB_PAIR], 10)],
)
@pytest.mark.parametrize("closed", ["<&-", "<&- >&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams_are_no_fault(unchanged_lab: Lab, words: list[str], code: int, closed: str) -> None:
    place = [] if words[0] == "parse" else ["-i", str(unchanged_lab.folder)]
    done = subprocess.run(
        ["sh", "-c", f'exec "$@" {closed}', "sh", *command_line(*words, *place)],
        env=environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=HUNG_S,
        check=False,
    )
    assert done.returncode == code, done.stderr
    assert "fault of Hotpair" not in done.stderr
    assert "Traceback" not in done.stderr


def test_an_error_is_a_document_where_json_is_asked_for(command: Command, tmp_path: Path) -> None:
    broken = tmp_path / "north.yaml"
    broken.write_text(OTHER_PAIR.replace("port:", "prot:"))
    for words, code in (
        (("render", broken), 2),
        (("plan", LAB_PAIR, "-i", tmp_path / "none"), 2),
        (("plan", LAB_PAIR, "--bakc"), 2),
        (("verify",), 2),
        (("deploy", LAB_PAIR), 2),
        (("replay", tmp_path), 2),
        (("lab", "--folder", tmp_path, "no-such-sample"), 2),
    ):
        for form in (("-f", "json"), ("--format", "json"), ("--format=json",)):
            if words[0] == "lab":
                continue
            ended = command(*words, *form)
            assert ended.code == code, ended.said
            jsonschema.validate(ended.document(), SCHEMA)
            (error,) = ended.document()["errors"]
            assert error["error"] == "IntentError"
        assert command(*words).out == ""
    (problem,) = command("render", broken, "-f", "json").document()["errors"][0]["problems"][:1]
    assert problem["file"] == str(broken)
    assert problem["line"] == 4


def test_a_fault_of_our_own_is_a_document_too(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_path: Path) -> None:
        raise LookupError("Hx7_in_clear")

    monkeypatch.setattr("inventory.load.load_pair", broken)
    (tmp_path / "metro-1.yaml").touch()
    ended = command("render", tmp_path / "metro-1.yaml", "-f", "json")
    told(ended, 3, "a fault of Hotpair itself: LookupError")
    assert "a fault of Hotpair itself" in ended.document()["errors"][0]["message"]
    assert "Hx7_in_clear" not in ended.said


def test_runs_and_errors_stand_apart(deployed_lab: Lab, command: Command, tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(deployed_lab.folder, folder, ignore=shutil.ignore_patterns("runs", "journals"))
    (folder / "pairs" / "north.yaml").write_text(OTHER_PAIR)
    shown = command("check", "-i", folder, "-f", "json").document()
    jsonschema.validate(shown, SCHEMA)
    assert [run["pair"] for run in shown["runs"]] == [LAB_PAIR]
    assert [error["pair"] for error in shown["errors"]] == ["north"]


def test_the_schema_names_every_error() -> None:
    def below(kind: type[HotpairError]) -> set[str]:
        return {kind.__name__}.union(*(below(sub) for sub in kind.__subclasses__()))

    assert hotpair.__main__
    named = set(SCHEMA["$defs"]["error"]["properties"]["error"]["enum"])
    assert below(HotpairError) - {"InvalidIntentError"} <= named


@pytest.mark.parametrize("verb", ["plan", "verify", "check", "learn"])
def test_nothing_is_written_to_standard_error_where_nobody_watches(
    deployed_lab: Lab, command: Command, verb: str
) -> None:
    assert command(verb, LAB_PAIR, "-i", deployed_lab.folder).err == ""


def test_a_terminal_is_shown_that_something_works(deployed_lab: Lab) -> None:
    ours, theirs = pty.openpty()
    subprocess.run(
        command_line("plan", LAB_PAIR, "-i", deployed_lab.folder),
        env={**environment(), "TERM": "xterm"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=theirs,
        check=True,
    )
    os.close(theirs)
    assert b"reading what runs" in os.read(ours, 65536)
    os.close(ours)


def test_a_report_tells_alone_why_a_member_gave_no_answer(
    deployed_lab: Lab, command: Command, tmp_path: Path
) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(deployed_lab.folder, folder, ignore=shutil.ignore_patterns("runs", "journals"))

    def shut(hosts: Any) -> None:
        hosts["DeviceB"]["port"] = 1

    edit(folder / "hosts.yaml", shut)
    reports = [tmp_path / f"r{ending}" for ending in (".md", ".json", ".xml", ".html", ".csv")]
    ended = command("verify", LAB_PAIR, "-i", folder, *(f"--report={report}" for report in reports))
    assert ended.code == 3
    for report in reports:
        assert "DeviceB cannot be reached: Connection refused" in report.read_text(), report
