"""What holds of every command: errors are documents where JSON is asked for, and no screen cuts a word."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from hotpair.cli.next_step import after
from inventory.errors import RefusedError
from runbooks.archive.opening import open_archive
from runbooks.lab import LAB_PAIR, lab_devices, sample_file
from runbooks.report.as_json import ERRORS_SCHEMA_PATH
from tests.hotpair.conftest import Ask
from tests.hotpair.test_help import COMMANDS, LEAVES

SCHEMA = json.loads(ERRORS_SCHEMA_PATH.read_text())
WIDTHS = ("60", "80", "200")
DEVICES = [str(lab_devices()[name]) for name in ("DeviceA", "DeviceB")]
PAIR_FILE = str(sample_file(LAB_PAIR))
OF_FILES = [name for name in COMMANDS if {"fmt", "inventory"} <= {one.name for one in LEAVES[name].params}]
"""Commands with an inventory and `--format`."""
EMPTY_IS_AN_ANSWER = {"txn list"}
"""Commands to which a folder that holds nothing is one without transactions."""


def needed(name: str) -> list[str]:
    """Return what a command cannot do without, in some form or other."""
    words: list[str] = []
    for one in LEAVES[name].params:
        if one.required and one.name != "inventory":
            words += [one.opts[-1], "x"] if one.param_type_name == "option" else ["x"]
    return words


def errors_of(out: str) -> list[dict[str, Any]]:
    """Return the errors of a document, which must be one of ours and all that was said."""
    document = json.loads(out)
    jsonschema.validate(document, SCHEMA)
    errors: list[dict[str, Any]] = document["errors"]
    assert errors
    return errors


@pytest.mark.parametrize("name", COMMANDS)
def test_a_misspelt_option_is_a_document(ask: Ask, name: str) -> None:
    code, out, err = ask(*name.split(), *needed(name), "--formta", "--format", "json")
    (error,) = errors_of(out)
    assert code == 2
    assert "--formta" in error["message"]
    assert f"hotpair {name} --help" in err


@pytest.mark.parametrize(
    ("words", "command"),
    [
        (["check", "--site"], "hotpair check"),
        (["txn", "list", "-i"], "hotpair txn list"),
        (["--nothing"], "hotpair"),
        (["chekc"], "hotpair"),
        (["txn", "lst"], "hotpair txn"),
        (["plan", "x", "-q"], "hotpair plan"),
        (["verify", "x", "--report", "."], "hotpair verify"),
        (["diff", "1"], "hotpair diff"),
        (["rules", "--format=xml"], "hotpair rules"),
    ],
)
def test_every_misuse_ends_with_the_help_of_its_command(ask: Ask, words: list[str], command: str) -> None:
    code, _, err = ask(*words)
    assert code == 2
    assert err.endswith(f"  next:    {command} --help\n")


@pytest.mark.parametrize("name", OF_FILES)
def test_a_folder_without_anything_is_a_document_and_says_what_to_type(
    ask: Ask, tmp_path: Path, name: str
) -> None:
    (tmp_path / "hotpair-lab").mkdir()
    (tmp_path / "hotpair-lab" / "hosts.yaml").touch()
    code, out, err = ask(*name.split(), *needed(name), "-i", tmp_path, "--format", "json")
    if name in EMPTY_IS_AN_ANSWER:
        assert (code, err) == (0, "")
        return
    (error,) = errors_of(out)
    assert code in {2, 3, 4}, err
    assert error["message"] in err
    assert "Errno" not in out
    own = shlex.split(error["next"])
    assert own[0] == "hotpair"
    taken(own[1:])
    if "inventory in that folder" in error["message"]:
        assert "-i FOLDER" in error["message"]
        assert str(tmp_path / "hotpair-lab" / "hosts.yaml") in error["found"]


def taken(words: list[str]) -> None:
    """Assert that the parser takes what we tell to type."""
    name = next(
        one for one in sorted(COMMANDS, key=len, reverse=True) if words[: len(one.split())] == one.split()
    )
    rest = words[len(name.split()) :]
    if rest != ["--help"]:
        LEAVES[name].make_context(name, rest)


@pytest.mark.parametrize(
    ("words", "wanted", "found"),
    [
        (["verify", "x", "--wait", "ten"], "a number", "ten"),
        (["verify", "x", "--wait=-5"], "0 or more", "-5"),
        (["verify", "x", "--driver", "ssh"], "one of 'netmiko', 'scrapli'", "ssh"),
        (["certify", "--count", "0"], "1 or more", "0"),
        (["plan", "x", "-f", "yaml"], "one of 'table', 'json'", "yaml"),
    ],
)
def test_a_wrong_value_says_what_was_wanted_and_what_was_typed(
    ask: Ask, words: list[str], wanted: str, found: str
) -> None:
    code, _, err = ask(*words)
    assert code == 2
    assert f"  wanted:  {wanted}\n  found:   {found}\n  next:    hotpair {words[0]} --help\n" in err


def test_a_member_that_is_none_is_told_with_the_option_that_was_typed(ask: Ask, north: Path) -> None:
    code, _, err = ask("drill", "north", "--from", "c", "-i", north)
    assert code == 2
    assert "Invalid value for --from: wanted a or b, found c\n" in err


def test_a_wrong_value_of_a_variable_is_shown(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOTPAIR_FORMAT", "xml")
    _, _, err = ask("list")
    assert "  where:   variable HOTPAIR_FORMAT\n" in err
    assert "  found:   xml\n" in err


def test_a_plan_file_that_is_not_there_is_followed_by_the_command_that_makes_one(
    ask: Ask, tmp_path: Path
) -> None:
    code, _, err = ask("deploy", tmp_path / "plan.json", "-i", tmp_path)
    assert code == 2
    assert err.endswith(f"  next:    hotpair plan PAIR --out NEW.json -i {tmp_path}\n")


def test_what_comes_next_takes_the_folder_only_where_the_command_does(ask: Ask, tmp_path: Path) -> None:
    assert f"next:    hotpair check -i {tmp_path}\n" in ask("status", "-i", tmp_path)[2]
    (tmp_path / "hosts.yaml").write_text(
        "".join(
            f"{name}: {{hostname: 192.0.2.1, username: x, data: {{password: {{secret: y}}}}}}\n"
            for name in "AB"
        )
    )
    (tmp_path / "pairs").mkdir()
    (tmp_path / "pairs" / "north.yaml").write_text("pair: north\nmembers: {a: A, b: B}\n")
    _, _, err = ask("verify", "north", "-i", tmp_path, "--check", "igmp-entires", "--dry-run")
    assert "did you mean 'igmp-entries'?" in err
    assert err.endswith("next:    hotpair checks\n")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["lint", PAIR_FILE], 0),
        (["lint", *DEVICES], 0),
        (["compare", *DEVICES], 1),
        (["rules"], 0),
        (["checks"], 0),
        (["explain", "igmp-entries"], 0),
        (["explain", "R9"], 0),
        (["render", PAIR_FILE], 0),
        (["learn", *DEVICES], 0),
        (["plan", PAIR_FILE, "--running", *DEVICES], 10),
        (["render", "/nowhere.yaml"], 2),
        (["verify", "x", "--check", "x", "-i", "/nowhere"], 2),
        (["parse", "display etrunk 1", PAIR_FILE], 2),
    ],
)
def test_no_screen_cuts_or_breaks_what_is_said(
    ask: Ask, monkeypatch: pytest.MonkeyPatch, words: list[str], code: int
) -> None:
    told = set()
    for width in WIDTHS:
        monkeypatch.setenv("COLUMNS", width)
        ended, out, err = ask(*words)
        told.add((ended, out, err))
        assert "…" not in out + err
    assert len(told) == 1
    assert told.pop()[0] == code


@pytest.mark.parametrize("name", COMMANDS)
def test_help_fits_the_screen_and_loses_no_word(ask: Ask, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    told = set()
    for width in WIDTHS:
        monkeypatch.setenv("COLUMNS", width)
        _, out, _ = ask(*name.split(), "--help")
        told.add(re.sub(r"\s+", "", out))
        too_long = [line for line in out.splitlines() if len(line) > int(width) and " hotpair " not in line]
        assert not too_long
    assert len(told) == 1


@pytest.mark.parametrize(
    ("words", "following"),
    [
        (["rollback", "../../x"], "txn list"),
        (["resume", "../../x"], "txn list"),
        (["diff", "../x", "y"], "runs"),
    ],
)
def test_an_id_that_is_none_is_followed_by_the_command_that_lists_them(
    ask: Ask, north: Path, words: list[str], following: str
) -> None:
    with open_archive(north / "archive.db"):
        code, _, err = ask(*words, "-i", north)
    assert code == 2
    assert err.endswith(f"  next:    hotpair {following} -i {north}\n")


def test_a_misspelt_run_is_told_with_the_nearest_one(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "before").mkdir()
    (tmp_path / "before" / "run.json").write_text("{}")
    _, _, err = ask("replay", tmp_path / "befroe")
    assert "no kept run lies there; did you mean before?" in err
    assert err.endswith("  next:    hotpair runs\n")
    assert "Errno" not in err
    assert "did you mean" not in ask("replay", tmp_path / "yesterday")[2]


@pytest.mark.parametrize("left", ["", "{", "\xff"])
def test_a_run_that_holds_no_run_is_not_told_as_another_one(ask: Ask, tmp_path: Path, left: str) -> None:
    (tmp_path / "before").mkdir()
    (tmp_path / "before" / "run.json").write_bytes(left.encode("latin-1"))
    code, _, err = ask("replay", tmp_path / "before")
    assert code == 2
    assert err.startswith("Invalid input: the run was changed after it was kept\n")
    assert "did you mean" not in err


def test_after_a_refused_removal_the_plan_of_the_removal_is_looked_at() -> None:
    typed = ["north", "--remove", "--retype-keys"]
    context = LEAVES["deploy"].make_context("hotpair deploy", typed.copy())
    context.info_name = "deploy"
    assert after(RefusedError("not agreed to"), context) == f"hotpair plan {' '.join(typed)}"


def test_nornir_says_nothing_of_an_inventory_without_a_good_pair(
    ask: Ask, north: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (north / "pairs" / "north-pair.yaml").write_text("pair: [")
    code, _, err = ask("check", "-i", north)
    assert (code, caplog.records) == (2, [])
    assert "1: not YAML: a bracket that does not end" in err


def test_a_router_of_no_pair_is_told_as_one(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "pairs").mkdir()
    (tmp_path / "hosts.yaml").write_text("PE1: {hostname: 192.0.2.1}\nPE2: {hostname: 192.0.2.2}\n")
    for command in ("learn", "verify", "plan"):
        code, _, err = ask(command, "PE1", "-i", tmp_path)
        assert code == 2
        assert "no pair is named PE1; it is a host that no pair has as a member" in err
        assert "`members: {a: PE1, b: OTHER}`" in err
