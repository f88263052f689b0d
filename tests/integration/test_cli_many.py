"""Plan, deploy, verify and learn many pairs: one table, each pair on its own, and waves that stop."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from inventory.model import SIDES
from parsers.tree import write_tree
from tasks.plan.model import Command as Line
from tests.integration.lab import BUDGET, Ended, Lab
from tests.integration.many import Made, fleet

Command = Callable[..., Ended]
PAIRS = [Made(number) for number in range(5)]
GONE = PAIRS[3]
"""Its routers are switched off."""


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Lab]:
    """Yield five pairs: three that can be deployed, one that is away, one that somebody locks out."""
    texts = {pair.members[side]: write_tree(pair.bare(side)) for pair in PAIRS for side in SIDES}
    with fleet(tmp_path, texts, PAIRS) as served:
        for name in GONE.members.values():
            served.order(fault="power-off", device=name)
        (served.folder / "pairs" / "broken.yaml").write_text(
            "pair: broken\nmembers: {a: X}\n", encoding="utf-8"
        )
        yield served


def test_many_pairs_are_planned_deployed_verified_and_learned(
    bare: Lab, command: Command, tmp_path: Path
) -> None:
    planned = command("plan", "--all", "-i", bare.folder, "-f", "json")
    assert planned.code == 3
    rows = {row["pair"]: row for row in planned.document()["pairs"]}
    assert [name for name, row in rows.items() if "error" in row] == [GONE.name]
    assert [error["pair"] for error in planned.document()["errors"]] == ["broken"]

    words = (
        "deploy",
        "p000",
        "p001",
        GONE.name,
        "p004",
        "-i",
        bare.folder,
        "--yes",
        "--ticket",
        "CHG-7",
        *BUDGET,
    )
    deployed = command(*words, "-f", "json")
    ends = {row["pair"]: row for row in deployed.document()["pairs"]}
    assert {name for name, row in ends.items() if row["end"] == "both members are new and saved"} == {
        "p000", "p001", "p004"
    }  # fmt: skip
    assert ends[GONE.name]["end"].startswith("not planned")
    assert deployed.code == 3
    assert len({row["transaction"] for row in ends.values()}) == 4  # none for the one that is away

    verified = command("verify", "--site", "S0", "--site", "S1", "-i", bare.folder, "-f", "json")
    assert {run["pair"]: run["verdict"] for run in verified.document()["runs"]} == {
        "p000": "success", "p001": "success"
    }  # fmt: skip
    kept = command("runs", "-i", bare.folder, "-f", "json").document()["runs"]
    assert sorted((row["kind"], row["pair"]) for row in kept) == [
        *(("deploy", name) for name in ("p000", "p001", "p004")), ("verify", "p000"), ("verify", "p001")
    ]  # fmt: skip

    into = tmp_path / "learned"
    into.mkdir()
    (into / "p001.yaml").write_text("mine\n", encoding="utf-8")
    learned = command("learn", "p000", "p001", "--into", into, "-i", bare.folder)
    assert learned.code == 2
    assert {"p000: learned", "p001: not learned"} <= set(learned.err.splitlines())
    assert (into / "p001.yaml").read_text(encoding="utf-8") == "mine\n"
    assert "pair: p000" in (into / "p000.yaml").read_text(encoding="utf-8")


def test_a_wave_that_does_not_hold_is_the_last(bare: Lab, command: Command) -> None:
    freeze = "{begins: 2020-01-01 00:00, ends: 2099-01-01 00:00, time_zone: UTC, reason: x}"
    (bare.folder / "policy.yaml").write_text(f"deployment: {{freezes: [{freeze}]}}\n", encoding="utf-8")
    words = ("deploy", "p000", "p001", "p002", "-i", bare.folder, "--yes", "--wave", "1,rest")
    ended = command(*words, "-f", "json")
    assert [row["end"].split(":")[0] for row in ended.document()["pairs"]] == [
        "not changed", "not begun", "not begun"
    ]  # fmt: skip
    assert "too many pairs failed" in ended.err
    assert ended.code == 4
    allowed = command(*words, "--max-fail", "50%", "--workers", "1", "-f", "json").document()["pairs"]
    assert [row["end"].split(":")[0] for row in allowed] == ["not changed", "not changed", "not begun"]


def test_a_plan_that_moved_since_it_was_shown_is_refused_and_says_so(
    tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    pairs = PAIRS[:2]
    texts = {pair.members[side]: write_tree(pair.bare(side)) for pair in pairs for side in SIDES}
    with fleet(tmp_path, texts, pairs) as served:

        def meanwhile(_question: str) -> bool:
            """Let somebody else begin what is to be done, while the operator thinks."""
            session = served.session(pairs[0].members["a"])
            session.stage([Line("remote-backup-service north", "-rm-backup-srv-north")])
            session.commit()
            session.close()
            return True

        monkeypatch.setattr("hotpair.cli.asking.ask", meanwhile)
        ended = command("deploy", "--all", "-i", served.folder, *BUDGET)
        assert ended.code == 4, ended.said
        said = " ".join(ended.said.split())
        assert "the plan is another one than the one that was agreed to; nothing was sent" in said
        assert "lines on P000-a and" in said
        assert "was not agreed to" not in said
        assert f"hotpair plan p000 -i {served.folder}" in said
        assert command("plan", "p001", "-i", served.folder).code == 0
        (told,) = [
            one
            for one in command("txn", "list", "-i", served.folder, "-f", "json").document()["transactions"]
            if one["pair"] == "p000"
        ]
        assert told["why"].startswith("the plan is another one")
        assert told["decided_by"] == "Hotpair"


def test_what_is_typed_wrong_is_told_before_anything_is_dialled(command: Command, tmp_path: Path) -> None:
    for words in (
        ("deploy", "-i", tmp_path),
        ("deploy", "--all", "p000", "-i", tmp_path),
        ("deploy", "--all", "--yes", "--wave", "1,x", "-i", tmp_path),
        ("deploy", "--all", "--yes", "--max-fail", "120%", "-i", tmp_path),
        ("plan", "--all", "--back", "-i", tmp_path),
        ("learn", "--all", "--into", tmp_path / "none", "-i", tmp_path),
    ):
        assert command(*words).code == 2, words
    for wrong in (("--wave", "0"), ("--max-fail", "x")):  # for one pair too, where they count for nothing
        told = command("deploy", "p000", "--yes", *wrong, "-i", tmp_path)
        assert (told.code, f"{wrong[0]} " in told.err) == (2, True), told.err


def test_mistakes_of_many_pairs_are_told_and_the_whole_is_read_when_asked(
    command: Command, tmp_path: Path
) -> None:
    spare = "#\nmonitor-group spare\n monitor enable\n#\nreturn"
    texts = {
        name: text.replace("#\nreturn", spare) for pair in PAIRS[:2] for name, text in pair.held().items()
    }
    wrong = PAIRS[0].members["b"]
    texts[wrong] = texts[wrong].replace("port 4100", "port 4101")
    into = tmp_path / "learned"
    into.mkdir()
    (tmp_path / "served").mkdir()
    with fleet(tmp_path / "served", texts, PAIRS[:2]) as served:
        learned = command("learn", "--all", "--into", into, "--whole", "-i", served.folder)
        assert learned.code == 1, learned.said
        assert "p000: 1 mistake (R69), named in its file" in learned.out
        assert "2 written" in learned.out
        for name in ("p000", "p001"):
            assert "name: spare" in (into / f"{name}.yaml").read_text(encoding="utf-8")
            (into / f"{name}.yaml").unlink()
        told = command("learn", "--all", "--into", into, "-i", served.folder, "-f", "json")
        assert told.code == 1
        assert [(one["pair"], one["rule"]) for one in told.document()["findings"]] == [("p000", "R69")]
        assert "name: spare" not in (into / "p001.yaml").read_text(encoding="utf-8")
