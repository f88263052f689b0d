"""Option before environment before file before default; what opens a gate is typed alone."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from hotpair.__main__ import run
from hotpair.cli.settings import NOT_IN_FILE, TYPED_ALONE, file_settings, program, settings
from inventory.errors import IntentError
from tests.hotpair.conftest import Ask


def meant(folder: Path, monkeypatch: pytest.MonkeyPatch, *words: str, **environ: str) -> Mapping[str, Any]:
    """Return the parameters that a command would get."""
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    typed = [*words, "-i", str(folder)]
    command = program().commands[words[0]]
    context = command.make_context(
        words[0], typed[1:], default_map=file_settings(typed).get(words[0], {}), resilient_parsing=False
    )
    parameters: Mapping[str, Any] = context.params
    return parameters


@pytest.mark.parametrize("word", sorted(program().commands))
def test_a_command_that_is_made_alone_is_what_it_is_among_all(word: str) -> None:
    (alone,) = program(word).commands.values()
    among = program().commands[word]

    def leaves(command: Any) -> list[Any]:
        return [*getattr(command, "commands", {"": command}).values()]

    def told(command: Any) -> list[Any]:
        options = [(one.name, one.opts, one.envvar, one.default, one.help) for one in command.params]
        return [command.name, command.help, type(command), options]

    assert [told(one) for one in leaves(alone)] == [told(one) for one in leaves(among)]


@pytest.mark.parametrize("word", ["", "--version", "--help", "deplyo", "now", "take_in"])
def test_every_command_is_made_where_none_is_named(word: str) -> None:
    assert list(program(word).commands) == list(program().commands)


def test_every_option_has_a_variable_of_its_own_but_those_that_open_a_gate() -> None:
    known = settings()
    assert len(known) > 100
    for one in known:
        typed_alone = one.option in TYPED_ALONE | NOT_IN_FILE
        assert bool(one.variable) == (not typed_alone or one.variable == "HOTPAIR_INVENTORY"), one
    gates = {one.option for one in known} & TYPED_ALONE
    assert gates == TYPED_ALONE
    variables = {(one.variable, one.option) for one in known if one.variable}
    assert len({name for name, _ in variables}) == len(variables)


def test_typed_before_variable_before_file_before_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert meant(tmp_path, monkeypatch, "check")["workers"] is None
    (tmp_path / "hotpair.toml").write_text("[check]\nworkers = 7\nsite = ['BER', 'FRA']\n")
    assert meant(tmp_path, monkeypatch, "check")["workers"] == 7
    assert meant(tmp_path, monkeypatch, "check")["site"] == ["BER", "FRA"]
    assert meant(tmp_path, monkeypatch, "check", HOTPAIR_CHECK_WORKERS="8")["workers"] == 8
    assert meant(tmp_path, monkeypatch, "check", "--workers", "9")["workers"] == 9


def test_what_stands_above_the_tables_counts_for_every_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "hotpair.toml").write_text('driver = "scrapli"\n[verify]\ndriver = "netmiko"\n')
    assert meant(tmp_path, monkeypatch, "check")["driver"] == "scrapli"
    assert meant(tmp_path, monkeypatch, "verify", "x")["driver"] == "netmiko"


@pytest.mark.parametrize(
    ("text", "said", "where"),
    [
        ("yes = true\n", "typed by the operator", "yes"),
        ("[deploy]\nallow = 'resets'\n", "typed by the operator", "[deploy] allow"),
        ("[deploy]\nremove = true\n", "typed by the operator", "[deploy] remove"),
        ("[chekc]\nworkers = 1\n", "did you mean check?", "[chekc]"),
        ("[check]\nworker = 1\n", "did you mean workers?", "[check] worker"),
        ("workres = 1\n", "did you mean workers?", "workres"),
        ("inventory = 'x'\n", "before a file of settings", "inventory"),
        ("[check]\nsite = 'BER'\n", "another form", "[check] site"),
        ("[check]\nworkers = [1]\n", "another form", "[check] workers"),
        ("[check]\nworkers = {a = 1}\n", "another form", "[check] workers"),
        ("[check]\nworkers = 2027-01-31\n", "found: 2027-01-31", "[check] workers"),
        ("[check]\nworkers = {a = 1}\n", "found: a table", "[check] workers"),
        ("[txn.lst]\nformat = 'json'\n", "did you mean txn list?", "[txn.lst]"),
        ("workers = \n", "cannot be read", ""),
    ],
)
def test_a_wrong_file_is_refused_with_the_place(tmp_path: Path, text: str, said: str, where: str) -> None:
    (tmp_path / "hotpair.toml").write_text(text)
    with pytest.raises(IntentError) as caught:
        file_settings(["check", "-i", str(tmp_path)])
    assert said in str(caught.value)
    assert caught.value.where == f"{tmp_path / 'hotpair.toml'} {where}".rstrip()


@pytest.mark.parametrize("words", [("-i", "{}"), ("--inventory", "{}"), ("--inventory={}",), ("-i={}",)])
def test_the_file_of_the_inventory_that_is_meant_is_read(tmp_path: Path, words: tuple[str, ...]) -> None:
    (tmp_path / "hotpair.toml").write_text("[check]\nworkers = 7\n")
    assert file_settings(["check", *(word.format(tmp_path) for word in words)], {}) == {
        "check": {"workers": 7}
    }
    assert file_settings(["check"], {"HOTPAIR_INVENTORY": str(tmp_path)}) == {"check": {"workers": 7}}
    assert file_settings(["check", "-i", str(tmp_path / "other")], {}) == {}


def test_commands_of_groups_have_tables_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "hotpair.toml").write_text("[txn.list]\nformat = 'json'\n")
    assert file_settings(["txn", "list", "-i", str(tmp_path)]) == {"txn": {"list": {"fmt": "json"}}}
    assert run(["txn", "list", "-i", str(tmp_path)]) == 0


@pytest.mark.parametrize("from_file", [True, False])
def test_a_wrong_value_names_where_it_stands(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *, from_file: bool
) -> None:
    if from_file:
        (tmp_path / "hotpair.toml").write_text("[check]\nworkers = 0\n")
    else:
        monkeypatch.setenv("HOTPAIR_CHECK_WORKERS", "0")
    assert run(["check", "-i", str(tmp_path)]) == 2
    said = capsys.readouterr().err
    assert ("hotpair.toml in the inventory" if from_file else "variable HOTPAIR_CHECK_WORKERS") in said
    assert "  found:   0\n" in said


def test_what_is_no_number_is_told_in_words(ask: Ask) -> None:
    code, _, err = ask("check", "--workers", "many")
    assert code == 2
    assert "  wanted:  a whole number\n  found:   many\n" in err


def test_the_same_is_typed_again_once_the_settings_are_mended(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "hotpair.toml").write_text("workers =\n")
    assert run(["check", "-i", str(tmp_path)]) == 2
    assert capsys.readouterr().err.endswith(f"  next:    hotpair check -i {tmp_path}\n")


@pytest.mark.parametrize("words", [("--save", "x"), ("--against", "x"), ("--dry-run",), ("--report", "x.md")])
def test_what_is_asked_of_one_pair_is_refused_of_many(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    assert run(["verify", "--all", "-i", str(tmp_path), *words]) == 2
    assert f"many pairs with {words[0]}" in capsys.readouterr().err


def test_a_file_instead_of_the_inventory_has_no_settings(tmp_path: Path) -> None:
    (tmp_path / "hosts.yaml").touch()
    assert file_settings(["list", "-i", str(tmp_path / "hosts.yaml")], {}) == {}
