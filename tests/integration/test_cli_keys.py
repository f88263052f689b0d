"""Keys of a pair from the command line: changed, in every form, wrong on one member, and never shown."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.integration.conftest import Command
from tests.integration.keyed import OSLO, TYNE, KeyedLab, Names, intent, keyed_lab
from tests.integration.lab import BUDGET

pytestmark = pytest.mark.ssh

OLD_TRUNK, NEW_TRUNK = "Trunk-Canary-1", "Trunk-Canary-2x"
OLD_GROUP, NEW_GROUP = "GrpCan1", "GrpCan2x"
CANARIES = (OLD_TRUNK, NEW_TRUNK, OLD_GROUP, NEW_GROUP)
REPORTS = ("html", "json", "xml", "md", "csv")
FORMS = [
    (TYNE, "cipher", "md5"),
    (OSLO, "simple", "simple plain"),
    (TYNE, "simple", "simple cipher"),
    (OSLO, "cipher", "simple"),
]


def shown_keys(lab: KeyedLab, name: str) -> list[str]:
    return re.findall(r"(?:security-key|authentication-mode) .*", lab.running(name))


def leaks(*texts: str) -> set[str]:
    return {key for key in CANARIES for text in texts if key.casefold() in text.casefold()}


def leaking_files(folder: Path) -> set[str]:
    """Name the files that hold a key in whatever letter case; the secrets file is where they are kept."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != "secrets.yaml")
    return {path.name for path in files if leaks(path.read_text(errors="replace"))}


@pytest.mark.parametrize(("names", "form", "mode"), FORMS)
def test_a_changed_key_is_deployed_in_every_form(
    tmp_path: Path, command: Command, names: Names, form: str, mode: str
) -> None:
    with keyed_lab(tmp_path, names) as lab:
        here = (names.pair, "-i", lab.folder)
        lab.intend(intent(names, form, mode))
        lab.keep(trunk=OLD_TRUNK, group=OLD_GROUP)
        said = [command("deploy", *here, "--yes", *BUDGET)]
        before = {name: shown_keys(lab, name) for name in names.members}
        lab.keep(trunk=NEW_TRUNK, group=NEW_GROUP)
        said += [command("plan", *here, "--back"), command("deploy", *here, "--yes", *BUDGET)]
        said += [command("plan", *here), command("deploy", *here, "--yes", "--retype-keys", *BUDGET)]
        said += [command("deploy", *here, "--yes", "--remove", *BUDGET)]
        assert [one.code for one in said] == [0, 10, 0, 0, 0, 0], said[2].said
        assert "<secret:trunk-key>" in said[1].out
        assert "<secret:group.key>" in said[1].out
        for name in names.members:
            assert len(before[name]) == 2
            assert shown_keys(lab, name) == []
        assert leaks(*(one.said for one in said)) == set()
        assert leaking_files(lab.folder) == set()


@pytest.mark.parametrize("names", [TYNE, OSLO])
def test_a_wrong_ciphertext_is_repaired_by_typing_the_keys_anew(
    tmp_path: Path, command: Command, names: Names
) -> None:
    with keyed_lab(tmp_path, names) as lab:
        here = (names.pair, "-i", lab.folder)
        lab.keep(trunk=OLD_TRUNK)
        assert command("deploy", *here, "--yes", *BUDGET).code == 0
        view = f"e-trunk {names.trunk}"
        lab.type_by_hand(names.b, view, f"-e-trunk-{names.trunk}", f"security-key cipher {NEW_TRUNK}")
        lab.order(advance=300)
        assert command("verify", *here, "--check", "e-trunk-hears-peer").code == 1
        assert command("plan", *here).code == 0  # ciphertext tells nothing
        assert command("plan", *here, "--retype-keys").code == 10
        before = [shown_keys(lab, name) for name in names.members]
        mended = command("deploy", *here, "--yes", "--retype-keys", *BUDGET)
        assert mended.code == 0, mended.said
        assert all(old != shown_keys(lab, name) for old, name in zip(before, names.members, strict=True))
        assert command("verify", *here, "--check", "e-trunk-hears-peer", "--wait", "60").code == 0
        assert leaks(mended.said) == set()


@pytest.mark.parametrize(("names", "member"), [(TYNE, 0), (OSLO, 1)])
def test_a_wrong_key_in_clear_is_seen_and_typed_on_that_member_alone(
    tmp_path: Path, command: Command, names: Names, member: int
) -> None:
    with keyed_lab(tmp_path, names) as lab:
        here, wrong = (names.pair, "-i", lab.folder), names.members[member]
        lab.intend(intent(names, "simple"))
        lab.keep(trunk=OLD_TRUNK)
        assert command("deploy", *here, "--yes", *BUDGET).code == 0
        assert command("plan", *here, "--retype-keys").code == 0  # seen to be the right ones
        view = f"e-trunk {names.trunk}"
        lab.type_by_hand(wrong, view, f"-e-trunk-{names.trunk}", f"security-key simple {NEW_TRUNK}")
        planned = command("plan", *here, "-f", "json")
        assert planned.code == 10
        plans = planned.document()["members"].values()
        assert [plan["member"] for plan in plans if plan["forward"]] == [wrong]
        assert command("deploy", *here, "--yes", *BUDGET).code == 0
        assert {key for name in names.members for key in shown_keys(lab, name)} == {
            f"security-key simple {OLD_TRUNK}"
        }
        assert leaks(planned.said, command("check", "-i", lab.folder).said) == set()


def test_keys_of_a_pair_that_goes_are_not_typed(tmp_path: Path, command: Command) -> None:
    with keyed_lab(tmp_path, TYNE) as lab:
        here = (TYNE.pair, "-i", lab.folder, "--remove", "--retype-keys")
        for ended in (command("plan", *here), command("deploy", *here, "--yes")):
            assert ended.code == 2
            assert "no keys to type" in ended.err


@pytest.mark.parametrize(("names", "driver"), [(TYNE, "netmiko"), (OSLO, "scrapli")])
def test_keys_in_clear_are_shown_and_kept_nowhere(
    tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch, names: Names, driver: str
) -> None:
    monkeypatch.setenv("HOTPAIR_TRACEBACK", "1")
    with keyed_lab(tmp_path, names) as lab:
        here = (names.pair, "-i", lab.folder, "--driver", driver)
        reports = [word for ending in REPORTS for word in ("--report", lab.folder / f"verify.{ending}")]
        lab.intend(intent(names, "simple", "simple plain"))
        lab.keep(trunk=OLD_TRUNK, group=OLD_GROUP)
        said = [command("deploy", *here, "--yes", *BUDGET)]
        lab.type_by_hand(
            names.b,
            f"interface {names.port}",
            f"-{names.port}",
            f"vrrp vrid 9 authentication-mode simple plain {NEW_GROUP}",
        )
        said += [command("plan", *here, "--back"), command("plan", *here, "--back", "-f", "json")]
        lab.intend(intent(names))  # now the device has a key in another form, and a group that is not wanted
        said += [command("plan", *here, "--back"), command("plan", *here, "--back", "-f", "json")]
        said += [
            command("check", names.pair, "-i", lab.folder),
            command("check", "-i", lab.folder, "-f", "json"),
        ]
        said += [command("verify", *here, *reports), command("learn", names.pair, "-i", lab.folder)]
        lab.order(fault="refuse-line", device=names.b, nth=1, message=f"Error: {OLD_TRUNK.lower()} is weak.")
        said += [command("deploy", *here, "--yes", *BUDGET), command("deploy", *here, "--yes", *BUDGET)]
        assert [one.code for one in said] == [0, 10, 10, 10, 10, 1, 1, 1, 0, 4, 0]
        assert [leaks(one.said) for one in said] == [set()] * len(said)
        assert leaking_files(lab.folder) == set()


@pytest.mark.parametrize("names", [TYNE, OSLO])
def test_a_secret_in_a_text_is_refused_before_anything_is_sent(
    tmp_path: Path, command: Command, names: Names
) -> None:
    with keyed_lab(tmp_path, names) as lab:
        lab.intend(intent(names, more=f'    description: "x <secret:{lab.login}>"\n'))
        before = [lab.running(name) for name in names.members]
        file = lab.folder / "pairs" / "of-the-pair.yaml"
        here = (names.pair, "-i", lab.folder)
        for words in (("lint", file), ("render", file), ("plan", *here), ("deploy", *here, "--yes")):
            ended = command(*words)
            assert ended.code == 2
            assert "a secret cannot stand in a text" in ended.err
            assert f"{file}:8" in "".join(ended.err.split())
            assert lab.devices[names.a].password not in ended.said
        assert [lab.running(name) for name in names.members] == before
