"""Files and folders where a name is wanted, and the other way round: each is told with what to type."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hotpair.conftest import PAIR, Ask

SECURED = "e_trunks: [{id: 1, address: {a: 192.0.2.1, b: 192.0.2.2}, security_key: {secret: north}}]\n"


@pytest.mark.parametrize("verb", ["plan", "deploy", "ready"])
@pytest.mark.parametrize("file", ["pairs/north-pair.yaml", "elsewhere/north.yml"])
def test_a_file_where_a_name_is_wanted_is_told_with_the_name(
    ask: Ask, north: Path, verb: str, file: str
) -> None:
    code, _, err = ask(verb, north / file, "-i", north)
    assert code == 2
    assert err.endswith(f"  next:    hotpair {verb} north -i {north}\n")


def test_many_files_where_names_are_wanted_are_told_with_the_names(ask: Ask, north: Path) -> None:
    code, _, err = ask("plan", "pairs/south.yaml", "pairs/west.yaml", "-i", north)
    assert code == 2
    assert err.endswith(f"  next:    hotpair plan south west -i {north}\n")


@pytest.mark.parametrize(
    "told",
    [
        ("HOTPAIR_SECRETS_COMMAND", "pass 'hotpair/{name}", "the secrets command is none"),
        ("HOTPAIR_SECRETS_COMMAND", "/nowhere/pass {name}", "the secrets command could not be run"),
        ("HOTPAIR_SECRETS_FILE", "/nowhere/secrets.yaml", "there is no such secrets file"),
        ("HOTPAIR_SECRETS_VAULT", "secret", "the path in Vault names no secret"),
    ],
)
def test_a_place_of_secrets_is_told_with_its_setting_and_then_the_same_is_typed(
    ask: Ask, north: Path, monkeypatch: pytest.MonkeyPatch, told: tuple[str, str, str]
) -> None:
    setting, value, message = told
    (north / "pairs" / "north-pair.yaml").write_text(PAIR + SECURED)
    monkeypatch.setenv(setting, value)
    code, _, err = ask("deploy", "north", "--yes", "-i", north)
    assert code == 2
    assert message in err
    assert setting in err
    assert err.endswith(f"  next:    hotpair deploy north --yes -i {north}\n")


def test_lint_says_of_a_pair_that_its_intent_asks_for_nothing(ask: Ask, north: Path) -> None:
    code, out, _ = ask("lint", north / "pairs")
    assert (code, out) == (0, "north: the intent asks for nothing, no line is typed\n0 errors, 0 warnings\n")
    (north / "pairs" / "north-pair.yaml").write_text(PAIR + SECURED)
    assert "asks for nothing" not in ask("lint", north)[1]


def test_a_folder_that_holds_the_world_is_not_walked_in_silence(
    ask: Ask, north: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("inventory.pair_files.MOST_ENTRIES", 2)
    assert ask("lint", north / "pairs")[0] == 0
    (north / "pairs" / "below").mkdir()
    (north / "pairs" / "below" / "notes").touch()
    code, _, err = ask("lint", north / "pairs")
    assert code == 2
    assert "more than 2 files and folders" in err
    assert f"where:   {north / 'pairs'}\n" in err


def test_an_unknown_name_is_no_file(ask: Ask, north: Path) -> None:
    _, _, err = ask("plan", "nroth", "-i", north)
    assert "did you mean north?" in err
    assert err.endswith(f"  next:    hotpair list -i {north}\n")


def test_a_folder_is_not_rendered_and_the_file_in_it_is_named(ask: Ask, north: Path) -> None:
    code, _, err = ask("render", north / "pairs")
    assert code == 2
    assert f"did you mean {north}/pairs/north-pair.yaml?" in err
    assert err.endswith(f"  next:    hotpair render {north}/pairs/north-pair.yaml\n")
    (north / "pairs" / "north-pair.yaml").unlink()
    code, _, err = ask("render", north / "pairs")
    assert code == 2
    assert err.endswith("  next:    hotpair render --help\n")
