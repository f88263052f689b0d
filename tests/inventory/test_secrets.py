from __future__ import annotations

import pickle
import shlex
import sys
import types
from pathlib import Path
from time import monotonic

import pytest

from inventory.errors import IntentError, SecretsError
from inventory.load import load_pair
from inventory.secret_sources import CommandSource
from inventory.secrets import Secret, fingerprint, needed_by, store

CANARY = "Xq7-canary-91"
LAB = Path(__file__).parents[2] / "inventory" / "lab"


def test_a_secret_never_shows_itself() -> None:
    secret = Secret(CANARY)

    assert CANARY not in f"{secret} {secret!r} {[secret]} {secret!s:>20}"
    with pytest.raises(TypeError):
        pickle.dumps(secret)
    assert secret.reveal() == CANARY
    assert secret == Secret(CANARY)
    assert secret != Secret("other")


def test_a_fingerprint_tells_a_change_and_nothing_else() -> None:
    salt = b"0123456789abcdef"

    assert fingerprint(Secret(CANARY), salt) == fingerprint(Secret(CANARY), salt)
    assert fingerprint(Secret(CANARY), salt) != fingerprint(Secret(CANARY + "x"), salt)
    assert fingerprint(Secret(CANARY), salt) != fingerprint(Secret(CANARY), salt[::-1])
    assert CANARY not in fingerprint(Secret(CANARY), salt)


def secrets_file(folder: Path, text: str, mode: int = 0o600) -> Path:
    path = folder / "secrets.yaml"
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)
    return path


def test_places_are_asked_in_order(tmp_path: Path) -> None:
    path = secrets_file(tmp_path, f"metro.key: from-file\nother: {CANARY}\n")
    found = store({"HOTPAIR_SECRET_METRO_KEY": "from-environment"}, file=path).all(["metro.key", "other"])

    assert found["metro.key"].reveal() == "from-environment"
    assert found["other"].reveal() == CANARY


def test_the_environment_names_the_other_places(tmp_path: Path) -> None:
    path = secrets_file(tmp_path, "k: v\n")

    assert store({"HOTPAIR_SECRETS_FILE": str(path)})("k").reveal() == "v"


def test_missing_secrets_are_all_named(tmp_path: Path) -> None:
    path = secrets_file(tmp_path, f"here: {CANARY}\nempty: ''\n")
    with pytest.raises(IntentError, match="no secret named gone, empty, lost") as caught:
        store({}, file=path).all(["here", "gone", "empty", "lost"])

    assert CANARY not in str(caught.value)
    assert "HOTPAIR_SECRET_GONE" in str(caught.value)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o666])
def test_a_file_that_others_may_read_is_refused(tmp_path: Path, mode: int) -> None:
    path = secrets_file(tmp_path, f"k: {CANARY}\n", mode)
    with pytest.raises(IntentError, match="others may read") as caught:
        store({}, file=path)("k")
    assert CANARY not in str(caught.value)


@pytest.mark.parametrize("text", [f"k: [{CANARY}", f"- {CANARY}", f"{CANARY}: : :"])
def test_a_broken_file_is_told_without_its_text(tmp_path: Path, text: str) -> None:
    with pytest.raises(IntentError) as caught:
        store({}, file=secrets_file(tmp_path, text))("k")
    assert CANARY not in str(caught.value)
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


def test_a_command_prints_a_secret() -> None:
    program = "import sys; print('of-' + sys.argv[1]) if sys.argv[1] != 'gone' else sys.exit(1)"
    command = f"{shlex.quote(sys.executable)} -c {shlex.quote(program)} {{name}}"

    assert store({}, command=command)("metro").reveal() == "of-metro"
    with pytest.raises(IntentError, match="no secret named gone"):
        store({}, command=command)("gone")


def test_a_name_is_never_taken_for_shell_text(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    command = f"{shlex.quote(sys.executable)} -c 'import sys; print(sys.argv[1])' {{name}}"
    name = f"x; touch {mark}"

    assert store({}, command=command)(name).reveal() == name
    assert not mark.exists()


def command_of(program: str) -> str:
    return f"{shlex.quote(sys.executable)} -c {shlex.quote(program)} {{name}}"


FAILING = """\
import sys
sys.stderr.write("warming up\\nno \\x1b[31mkey " + sys.argv[1] + "\\n\\n")
sys.exit(7)
"""


def test_a_command_that_fails_is_told_with_its_code_and_last_words(tmp_path: Path) -> None:
    (tmp_path / "keys.py").write_text(FAILING)
    command = f"{shlex.quote(sys.executable)} {tmp_path / 'keys.py'} {{name}}"
    with pytest.raises(IntentError) as caught:
        store({}, command=command).all(["metro", "ring"])
    assert caught.value.message == "no secret named metro, ring"
    assert "(exit code 7: no  [31mkey metro)" in str(caught.value.found)
    assert "(exit code 7: no  [31mkey ring)" in str(caught.value.found)
    assert "warming up" not in str(caught.value)
    with pytest.raises(IntentError, match=r"\(exit code 3\)"):
        store({}, command=command_of("import sys; sys.exit(3)"))("metro")


def test_a_command_that_does_not_end_is_ended() -> None:
    begin = monotonic()
    program = "import subprocess; subprocess.run(['sleep', '3600'])"
    with pytest.raises(IntentError, match="did not end") as caught:
        CommandSource(command_of(program), seconds=1.0).find("metro")
    assert caught.value.wanted == "a secret within 1 s"
    assert monotonic() - begin < 3_600


def test_a_command_whose_words_are_no_text_is_told() -> None:
    with pytest.raises(IntentError) as caught:
        store({}, command=command_of("import sys; sys.stdout.buffer.write(bytes([255, 254]))"))("metro")
    assert caught.value.found == "what it prints is not text"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("k: 0123", "a number"),
        ("k: 1e5", "a number"),
        ("k: true", "true or false"),
        ("k:", "nothing"),
        ("k: [Xq7-canary-91]", "a list"),
        ("k: {a: Xq7-canary-91}", "keys and values"),
        ("k: 2026-03-04", "a value of another kind"),
    ],
)
def test_a_value_that_yaml_would_change_is_refused_at_its_line(tmp_path: Path, text: str, found: str) -> None:
    path = secrets_file(tmp_path, f"other: v\n{text}\n")
    with pytest.raises(IntentError, match="the secret k is no text") as caught:
        store({}, file=path)("other")
    assert caught.value.found == found
    assert caught.value.where == f"{path}:2"
    assert CANARY not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "line"), [("a: v\nb: [\n", ":3"), ("? : :\n", ""), (f"a: !!int {CANARY}\n", "")]
)
def test_a_file_that_is_no_yaml_is_told_at_its_line(tmp_path: Path, text: str, line: str) -> None:
    path = secrets_file(tmp_path, text)
    with pytest.raises(SecretsError, match="not YAML") as caught:
        store({}, file=path)("a")
    assert caught.value.where == f"{path}{line}"
    assert CANARY not in str(caught.value)


def test_a_misspelt_name_is_told_with_the_nearest(tmp_path: Path) -> None:
    path = secrets_file(tmp_path, f"metro-login: {CANARY}\n")
    with pytest.raises(IntentError, match=r"secrets\.yaml \(it has metro-login\)"):
        store({}, file=path)("metro-logn")


@pytest.mark.parametrize("text", ["", "# none yet\n"])
def test_an_empty_file_has_no_secret(tmp_path: Path, text: str) -> None:
    with pytest.raises(IntentError, match="no secret named k"):
        store({}, file=secrets_file(tmp_path, text))("k")


def test_the_file_that_the_environment_names_comes_before_the_inventorys(tmp_path: Path) -> None:
    named = tmp_path / "named.yaml"
    named.write_text("k: of-named\n")
    named.chmod(0o600)
    environ = {"HOTPAIR_SECRETS_FILE": str(named)}
    path = secrets_file(tmp_path, "k: of-inventory\nother: of-inventory\n")

    found = store(environ, file=path).all(["k", "other"])
    assert (found["k"].reveal(), found["other"].reveal()) == ("of-named", "of-inventory")
    assert store(environ, file=tmp_path / "absent.yaml")("k").reveal() == "of-named"
    with pytest.raises(IntentError, match=r"no such secrets file.*the file that HOTPAIR_SECRETS_FILE names"):
        store({"HOTPAIR_SECRETS_FILE": str(tmp_path / "absent.yaml")}, file=path)("k")


@pytest.mark.parametrize(
    ("command", "message"),
    [
        ("/nowhere/hotpair-no-such-program {name}", "could not be run"),
        ("  ", "is empty"),
        ("pass 'hotpair/{name}", "is none.*quotation"),
        ("pass hotpair/{name}\\", "is none.*escaped character"),
    ],
)
def test_a_command_that_is_none_is_told_with_its_setting(command: str, message: str) -> None:
    with pytest.raises(SecretsError, match=message) as told:
        store({}, command=command)("k")
    assert "HOTPAIR_SECRETS_COMMAND='PROGRAM {name}'" in str(told.value)


def test_the_keyring_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    class KeyringError(Exception):
        pass

    fake = types.SimpleNamespace(
        get_password=lambda service, name: f"{service}/{name}" if name != "gone" else None,
        errors=types.SimpleNamespace(KeyringError=KeyringError),
    )
    monkeypatch.setitem(sys.modules, "keyring", fake)

    assert store({}, keyring="hot")("k").reveal() == "hot/k"
    with pytest.raises(IntentError, match="no secret named gone"):
        store({}, keyring="hot")("gone")


def test_without_the_extra_the_keyring_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    with pytest.raises(IntentError, match=r"hotpair\[keyring\]"):
        store({}, keyring="hot")("k")


@pytest.mark.parametrize("text", ["line\nundo interface Eth-Trunk1", "tab\there", "\x1b[A"])
def test_what_would_be_more_than_a_word_is_refused(text: str) -> None:
    with pytest.raises(IntentError, match="control characters"):
        store({"HOTPAIR_SECRET_K": text})("k")


def test_the_secrets_of_a_pair_are_known_before_any_connection() -> None:
    assert needed_by(load_pair(LAB / "pairs" / "seed-igmp.yaml")) == ("seed-igmp-etrunk",)
    assert needed_by(load_pair(LAB / "pairs" / "user-vrrp-arp.yaml")) == ()
