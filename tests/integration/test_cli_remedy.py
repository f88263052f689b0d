"""`hotpair check --remedy`: never by itself, within what the policy allows, by the pair transaction."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from runbooks.lab import LAB_PAIR
from tests.integration.lab import Ended, Lab
from tests.integration.test_cli_archive import copied
from tests.integration.test_cli_pair import drifted

Command = Callable[..., Ended]
ALLOWED = "checks: {names: [no-trial]}\nremedy: {highest_impact: affecting}\n"


@pytest.fixture
def folder(deployed_lab: Lab, tmp_path: Path) -> Path:
    return copied(deployed_lab, tmp_path / "fleet")


def commits(lab: Lab) -> list[str]:
    """Return the newest commit of both routers."""
    heads = []
    for name in ("DeviceA", "DeviceB"):
        session = lab.session(name)
        heads.append(session.run("display configuration commit list 1"))
        session.close()
    return heads


def test_without_a_word_in_the_policy_nothing_is_looked_at(folder: Path, command: Command) -> None:
    ended = command("check", "--remedy", "-i", folder)
    assert ended.code == 4
    assert "remedy: {highest_impact" in ended.err
    assert not (folder / "archive.db").exists()


def test_a_pair_that_drifted_is_brought_back(deployed_lab: Lab, folder: Path, command: Command) -> None:
    (folder / "policy.yaml").write_text(ALLOWED, encoding="utf-8")
    with drifted(deployed_lab, "DeviceB", "priority 177", "undo priority"):
        before = deployed_lab.running("DeviceB")
        ended = command("check", "--remedy", "-i", folder)
        assert ended.code == 0, ended.said
        assert f"{LAB_PAIR}: brought back" in ended.err
        assert deployed_lab.running("DeviceB") != before
        assert command("check", "--config", "-i", folder).code == 0
        kinds = [row["kind"] for row in command("runs", "-i", folder, "-f", "json").document()["runs"]]
        assert kinds == ["check", "deploy", "check"]
        held = commits(deployed_lab)
        assert command("check", "--remedy", "-i", folder).code == 0  # nothing to bring back
        assert commits(deployed_lab) == held


FROZEN = "{begins: 2020-01-01 00:00, ends: 2990-01-01 00:00, time_zone: UTC, reason: always}"


@pytest.mark.parametrize(
    ("policy", "then"),
    [
        (ALLOWED.replace("affecting", "hitless"), f"hotpair deploy {LAB_PAIR} --allow"),
        (f"{ALLOWED}deployment: {{freezes: [{FROZEN}]}}\n", f"hotpair plan {LAB_PAIR}"),
    ],
    ids=["more impact", "freeze"],
)
def test_what_is_not_allowed_sends_nothing(
    deployed_lab: Lab, folder: Path, command: Command, policy: str, then: str
) -> None:
    (folder / "policy.yaml").write_text(policy, encoding="utf-8")
    with drifted(deployed_lab, "DeviceB", "priority 177", "undo priority"):
        held = commits(deployed_lab)
        ended = command("check", "--remedy", "-i", folder)
        assert ended.code == 4, ended.said
        assert f"{LAB_PAIR}: not brought back" in ended.err
        assert f"next:    {then}" in ended.err
        assert commits(deployed_lab) == held
