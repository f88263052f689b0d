"""`python -m emulator`: what it prints, how it stops, what it refuses."""

from __future__ import annotations

import inspect
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncssh
import pytest

from emulator.__main__ import main
from emulator.personalities import PERSONALITIES
from hotpair.cli.emulate import emulate
from tests.emulator.pair import PE1

ROOT = Path(__file__).parents[2]


@contextmanager
def emulator(*arguments: str, **variables: str) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(  # the program that ships
        [sys.executable, "-m", "emulator", *arguments],
        cwd=ROOT,
        env={**os.environ, **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


@pytest.mark.ssh
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_serves_announces_and_stops_on_a_signal(tmp_path: Path, number: signal.Signals) -> None:
    file = tmp_path / "pe1.cfg"
    file.write_text(PE1, encoding="utf-8")
    with emulator(f"PE1={file}", "Blank=", "--username", "ops", "--personality", "Blank=v8r5") as process:
        assert process.stdout is not None
        places = [json.loads(process.stdout.readline()) for _ in range(2)]
        process.send_signal(number)
        out, errors = process.communicate(timeout=300)
    assert [place["device"] for place in places] == ["PE1", "Blank"]
    assert {place["host"] for place in places} == {"127.0.0.1"}
    assert len({place["port"] for place in places}) == len({place["host_key"] for place in places}) == 2
    assert {place["username"] for place in places} == {"ops"}
    assert all(place["password"] for place in places)
    asyncssh.import_public_key(places[0]["host_key"])
    assert (process.returncode, out, errors) == (0, "", "")


@pytest.mark.ssh
def test_no_compiler_is_asked_for_libraries(tmp_path: Path) -> None:
    """`import asyncssh` has one look for liboqs, by a temporary file that a signal would leave behind."""
    tools, asked = tmp_path / "bin", tmp_path / "asked"
    tools.mkdir()
    for name in ("gcc", "cc", "ld"):
        (tools / name).write_text(f"#!/bin/sh\ntouch {asked}\n", encoding="utf-8")
        (tools / name).chmod(0o755)
    with emulator("PE1=", PATH=f"{tools}{os.pathsep}{os.environ['PATH']}") as process:
        assert process.stdout is not None
        assert json.loads(process.stdout.readline())["device"] == "PE1"
    assert not asked.exists()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["PE1"], "wanted NAME=FILE"),
        (["PE1=", "PE1="], "each name once"),
        (["PE1=/nowhere/pe1.cfg"], "/nowhere/pe1.cfg"),
        (["PE1=", "--personality", "v9"], "known: v8r22"),
        (["PE1=", "--personality", "PE2=v8r5"], "PE2, which is not served"),
        (["PE1=", "--link", "PE1:GigabitEthernet0/1/0"], "wanted A:PORT=B:PORT"),
        (["PE1=", "--link", "PE1:GigabitEthernet0/1/0=PE2:GigabitEthernet0/1/0"], "between served devices"),
        (["PE1=", "--authorized-keys", "/nowhere/keys"], "/nowhere/keys"),
    ],
)
def test_wrong_arguments_are_named(
    capsys: pytest.CaptureFixture[str], arguments: list[str], says: str
) -> None:
    assert main(arguments) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("emulator: ")
    assert says in captured.err


@pytest.mark.parametrize("name", ["A B", "A:B", "", "A\tB"])
def test_a_name_has_no_blank_and_no_colon(capsys: pytest.CaptureFixture[str], name: str) -> None:
    assert main([f"{name}="]) == 2
    assert "without blank or colon" in capsys.readouterr().err


STRANGERS = {
    "another vendor's": b"!\nversion 15.2\nhostname R1\ninterface Loopback0\nrouter ospf 1\nip cef\nend\n",
    "with braces": b"system {\n    host-name r1;\n}\n",
    "an archive": b"PK\x03\x04\x00\x00",
    "not in UTF-8": b"sysname \xff\n",
    "without a line": b"#\n#\n",
}


@pytest.mark.parametrize("kind", STRANGERS)
def test_a_file_that_is_no_configuration_is_refused_by_name(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, kind: str
) -> None:
    file = tmp_path / "strange.cfg"
    file.write_bytes(STRANGERS[kind])
    assert main([f"PE1={file}"]) == 2
    assert "strange.cfg: " in capsys.readouterr().err


@pytest.mark.parametrize(
    ("option", "value"),
    [
        *(("--time-scale", value) for value in ("0", "-3", "fast", "inf", "nan", "1e300", "1e-300")),
        *(("--rtt", value) for value in ("-1", "soon", "inf", "nan", "1e9")),
    ],
)
def test_times_beyond_all_reason_are_refused(
    capsys: pytest.CaptureFixture[str], option: str, value: str
) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["PE1=", option, value])
    assert caught.value.code == 2
    assert option in capsys.readouterr().err


def test_the_page_names_every_option(capsys: pytest.CaptureFixture[str]) -> None:
    page = (ROOT / "docs" / "emulator.md").read_text(encoding="utf-8")
    with pytest.raises(SystemExit):
        main(["--help"])
    ours = set(re.findall(r"--[a-z][a-z-]+", capsys.readouterr().out)) - {"--help"}
    theirs = {f"--{name.replace('_', '-')}" for name in inspect.signature(emulate).parameters}

    named = set(re.findall(r"^\| `(--[a-z-]+)", page, re.MULTILINE))
    assert named == ours | theirs - {"--devices"}


def test_the_page_names_every_release() -> None:
    page = (ROOT / "docs" / "emulator.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `(v8r\d+)`", page, re.MULTILINE)) == set(PERSONALITIES)
