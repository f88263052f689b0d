"""Wrong files, answers and words that reach no router: told with what to mend, and no traceback."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from tests.integration.conftest import Command
from tests.integration.lab import OTHER_PAIR, here, told


def test_all_problems_of_a_file_are_told_at_once(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "north.yaml"
    file.write_text(OTHER_PAIR.replace("port: 4100", "prot: 4100").replace("192.0.2.2", "192.0.2.900"))
    for words in (("lint", file), ("render", file), ("plan", file, "--running", file, file)):
        told(command(*words), 2, "prot", "192.0.2.900", f"{file}:4", "backup_services")


def test_a_file_that_is_not_yaml(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "north.yaml"
    file.write_text("pair: [north\nmembers: }\n")
    told(command("lint", file), 2, str(file), "YAML")


def test_a_file_that_is_not_there(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "absent.yaml"
    for words in (
        ("lint", file),
        ("render", file),
        ("plan", file, "--running", file, file),
        ("learn", tmp_path / "a.cfg", tmp_path / "b.cfg"),
        ("parse", "display e-trunk 1", file),
        ("replay", tmp_path / "run", "--pair", file),
    ):
        told(command(*words), 2, str(tmp_path), "No such file")


@pytest.mark.parametrize("verb", ["lint", "render"])
@pytest.mark.parametrize("typed", ["metro-1", "metro-1.yml"])
def test_the_name_of_a_pair_is_no_file_and_its_file_is_named(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, verb: str, typed: str
) -> None:
    (tmp_path / "pairs" / "north").mkdir(parents=True)
    (tmp_path / "pairs" / "north" / "metro-1.yml").write_text("pair: metro-1\n")
    monkeypatch.chdir(tmp_path)
    ended = command(verb, typed, "--format", "json")
    told(ended, 2, f"next:    hotpair {verb} pairs/north/metro-1.yml --format json")
    told(command(verb, "metro-2"), 2, "No such file")


@pytest.mark.parametrize("kind", ["folder", "link to nothing"])
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("hosts.yaml", ("list",)),
        ("groups.yaml", ("list",)),
        ("defaults.yaml", ("list",)),
        ("inventory.yaml", ("list",)),
        ("hotpair.toml", ("list",)),
        ("policy.yaml", ("verify", "north", "--dry-run")),
        ("watch.yaml", ("watch", "--next", "1")),
    ],
)
def test_what_is_no_file_is_not_taken_for_an_absent_one(
    command: Command, tmp_path: Path, name: str, words: tuple[str, ...], kind: str
) -> None:
    login = "{hostname: 192.0.2.1, username: x, data: {agent: true}}"
    (tmp_path / "pairs").mkdir()
    (tmp_path / "pairs" / "north.yaml").write_text(OTHER_PAIR)
    (tmp_path / "hosts.yaml").write_text(f"PE7: {login}\nPE8: {login}\n")
    (tmp_path / name).unlink(missing_ok=True)
    if kind == "folder":
        (tmp_path / name).mkdir()
    else:
        (tmp_path / name).symlink_to(tmp_path / "absent")
    found = {"folder": "a folder|Is a directory", "link to nothing": "a link to nothing|No such file"}
    ended = command(*words, "-i", tmp_path)
    told(ended, 2, name)
    assert re.search(found[kind], ended.said), ended.said


@pytest.mark.parametrize(
    "words",
    ["deploy x --yes", "deploy --all --yes", "verify x", "verify --all", "drill x --yes", "rehearse x"],
)
def test_an_inventory_that_is_not_there_is_not_made(command: Command, tmp_path: Path, words: str) -> None:
    ended = command(*words.split(), "-i", tmp_path / "lbb")
    told(ended, 2, "there is no inventory in that folder", "no such folder")
    assert not (tmp_path / "lbb").exists()


@pytest.mark.parametrize("words", ["check", "plan", "verify", "ready", "plan PE8"])
def test_a_router_in_the_place_of_its_pair_names_the_pair(
    command: Command, tmp_path: Path, words: str
) -> None:
    login = "{hostname: 192.0.2.1, username: x, data: {agent: true}}"
    (tmp_path / "pairs").mkdir()
    (tmp_path / "pairs" / "north.yaml").write_text(OTHER_PAIR)
    (tmp_path / "hosts.yaml").write_text(f"PE7: {login}\nPE8: {login}\n")
    ended = command(*words.split(), "PE7", "-i", tmp_path)
    told(ended, 2, "; it is a member of north\n", "next:    hotpair list")


def test_a_group_of_a_watcher_that_fits_nothing_is_named(command: Command, tmp_path: Path) -> None:
    login = "{hostname: 192.0.2.1, username: x, data: {agent: true}}"
    (tmp_path / "pairs").mkdir()
    (tmp_path / "pairs" / "north.yaml").write_text(OTHER_PAIR)
    (tmp_path / "hosts.yaml").write_text(f"PE7: {login}\nPE8: {login}\n")
    (tmp_path / "watch.yaml").write_text("groups:\n- {name: gold, every: 1 h, pairs: [nort]}\n")
    ended = command("watch", "--once", "-i", tmp_path)
    told(ended, 2, "did you mean north?", f"where:   {tmp_path}/watch.yaml, group gold")


def test_plan_files_are_deployed_one_by_one(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("a.json", "b.json"):
        (tmp_path / name).touch()
    for others in (("b.json",), ("north",)):
        ended = command("deploy", "a.json", *others, "-i", tmp_path)
        told(ended, 2, "a plan file is deployed by itself", f"next:    hotpair deploy a.json -i {tmp_path}")


@pytest.mark.parametrize("verb", ["lint", "compare", "learn"])
def test_one_file_for_both_members_is_refused(command: Command, tmp_path: Path, verb: str) -> None:
    file = tmp_path / "a.cfg"
    file.write_text("sysname A\n#\ninterface LoopBack0\n ip address 192.0.2.1 255.255.255.255\n#\nreturn\n")
    told(command(verb, file, tmp_path / "." / "a.cfg"), 2, "both configurations are one file", str(file))


def test_an_inventory_in_the_place_of_a_pair_file_leads_to_a_pair(command: Command, tmp_path: Path) -> None:
    (tmp_path / "pairs").mkdir()
    for name in ("hosts.yaml", "defaults.yaml", "pairs/north.yaml"):
        (tmp_path / name).touch()
    told(command("render", tmp_path), 2, f"next:    hotpair render {tmp_path}/pairs/north.yaml")


def test_pairs_that_are_no_folder_are_told(command: Command, tmp_path: Path) -> None:
    (tmp_path / "hosts.yaml").write_text("")
    (tmp_path / "pairs").write_text(OTHER_PAIR)
    told(command("check", "-i", tmp_path), 2, str(tmp_path / "pairs"), "wanted:  a folder", "found:   a file")


def test_a_file_that_is_binary(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "north.yaml"
    for spoilt in (file, file.with_suffix(".cfg")):
        spoilt.write_bytes(bytes(range(256)))
    for words in (("lint", file), ("render", file)):
        told(command(*words), 2, str(file))
    broken: list[tuple[str | Path, ...]] = [("lint", file.with_suffix(".cfg")), ("learn", file, file)]
    for typed_words in broken:
        assert "Traceback" not in command(*typed_words).said


def test_a_folder_that_is_no_run(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "north.yaml"
    file.write_text(OTHER_PAIR)
    told(command("replay", tmp_path, "--pair", file), 2, "wanted", "run.json", "found", str(tmp_path))


def test_garbage_is_not_understood(command: Command) -> None:
    garbage = "\x00\x1b[31m Lorem <ipsum> [bold]\n" * 3
    ended = command("parse", "display e-trunk 1", answer=garbage)
    assert ended.code == 3
    assert ended.document()["records"] == []
    assert ended.document()["unparsed"]
    shown = command("parse", "display e-trunk 1", "-f", "table", answer=garbage)
    assert shown.code == 3
    assert "Traceback" not in shown.said


def test_a_cut_answer_is_no_answer(command: Command) -> None:
    head = "".join(f"{line}\n" for line in ("Service-Index : 1", "Service-Name : s1"))
    for fmt in ("json", "table"):
        ended = command("parse", "display remote-backup-service s1", "-f", fmt, answer=head)
        told(ended, 3, "The answer was cut", "TCP-State")
    for refusal in (
        "Error: The E-Trunk does not exist.",
        "       ^\nError: Unrecognized command found at '^' position.",
    ):
        ended = command("parse", "display e-trunk 1", answer=f"<PE1>display e-trunk 1\n{refusal}\n<PE1>")
        told(ended, 3, f"The device refused the display: {refusal.splitlines()[-1]}")
        assert "cut" not in ended.err
    told(
        command("parse", "display e-trunk 1", answer=head),
        3,
        "Nothing was read as an answer",
        "another display",
    )
    whole = command("parse", "display remote-backup-service s1", answer=f"{head}TCP-State : Initial\n")
    assert (whole.code, whole.err) == (0, "")


def test_an_unknown_display(command: Command) -> None:
    told(command("parse", "display weather", answer="sunny\n"), 2, "no parser", "display weather")
    near = command("parse", "display e-trnk 1", answer="x\n")
    told(near, 2, "the nearest are", "display e-trunk ID")
    assert max(map(len, near.err.splitlines())) < 300


def test_bytes_that_are_no_text(tmp_path: Path, command: Command) -> None:
    file = tmp_path / "out.txt"
    file.write_bytes(bytes(range(256)))
    assert command("parse", "display e-trunk 1", file).code == 3


@pytest.mark.parametrize(
    "words",
    [
        ["plan"],
        ["paln"],
        ["plan", "x", "--bakc"],
        ["render", "x.yaml", "--member", "c"],
        ["verify", "x", "--wait", "soon"],
        ["verify", "x", "--wait", "-1"],
        ["deploy", "x", "--format", "xml"],
        ["learn"],
        ["learn", "a", "b", "c"],
        ["lint"],
        ["lint", "a", "b", "c"],
        ["parse"],
    ],
)
def test_wrong_usage(command: Command, words: list[str]) -> None:
    ended = command(*words)
    told(ended, 2)
    assert re.search(r"^  next: +hotpair", ended.err, re.MULTILINE)
    assert "help: " not in ended.err


def test_emulate_tells_what_it_cannot_serve(tmp_path: Path) -> None:
    told(here("emulate", "DeviceA"), 2, "NAME=FILE", "DeviceA")
    told(here("emulate"), 2, "hotpair emulate", "devices")
    told(here("emulate", "A=", "A="), 2, "each name once")
    told(here("emulate", "A B="), 2, "cannot be served", "A B=")
    (tmp_path / "other.cfg").write_text("hostname x\nrouter bgp 1\n")
    refused = here("emulate", f"A={tmp_path / 'other.cfg'}")
    told(refused, 2, "cannot be served", "other.cfg")
    assert refused.said.count("other.cfg") == 1
    told(here("emulate", f"DeviceA={tmp_path / 'absent.cfg'}"), 2, "absent.cfg")
    scaled = here("emulate", "DeviceA=", "--time-scale", "0")
    told(scaled, 2, "--time-scale cannot have that value", "found:   0")
    assert "usage" not in scaled.said
    for words in (("lab",), ("emulate", "DeviceA=")):
        told(here(*words, "--rtt", "inf"), 2, "--rtt cannot have that value")
    os.mkfifo(tmp_path / "pipe")
    told(here("emulate", f"DeviceA={tmp_path / 'pipe'}"), 2, "a pipe or a device; wanted a file")
    keys = here("emulate", "DeviceA=", "--authorized-keys", tmp_path / "absent.pub")
    told(keys, 2, f"{tmp_path / 'absent.pub'}: No such file")
    told(here("emulate", "DeviceA=", "--username", ""), 2, "--username", "wanted a name")
    told(here("emulate", "DeviceA=", "--control", tmp_path / "none" / "control"), 2, str(tmp_path / "none"))
