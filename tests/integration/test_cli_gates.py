"""Gates of the command line: nothing is sent against a rule, a freeze or the allowed impact."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.conftest import Command
from tests.integration.keyed import OSLO, TYNE, KeyedLab, Names, broken, intent, keyed_lab
from tests.integration.lab import BUDGET, Ended

pytestmark = pytest.mark.ssh

FROZEN = """\
deployment:
  freezes:
    - {begins: 2020-01-01 00:00, ends: 2999-01-01 00:00, time_zone: Europe/Oslo, reason: "merger: no changes"}
"""


@pytest.fixture(params=[TYNE, OSLO], ids=lambda names: names.pair)
def served(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[KeyedLab]:
    names: Names = request.param
    with keyed_lab(tmp_path, names) as lab:
        yield lab


def configurations(lab: KeyedLab) -> list[str]:
    return [lab.running(name) for name in lab.names.members]


def in_one_line(ended: Ended) -> str:
    return " ".join(ended.err.split())


def test_an_intent_with_lint_errors_is_not_deployed_unless_they_are_accepted(
    served: KeyedLab, command: Command
) -> None:
    here = (served.names.pair, "-i", served.folder)
    served.intend(broken(served.names))
    before = configurations(served)
    for words in (("plan", *here), ("plan", *here, "-f", "json"), ("deploy", *here, "--yes")):
        refused = command(*words)
        assert refused.code == 4
        assert "R95" in refused.err
        assert "of-the-pair.yaml:13" in in_one_line(refused).replace(" ", "")
    for wrong in (("--accept", "R95"), ("--why", "so"), ("--accept", "R9595", "--why", "so")):
        assert command("deploy", *here, "--yes", *wrong).code == 2
        assert command("plan", *here, *wrong).code == 2
    assert configurations(served) == before
    accepted = ("--accept", "R95", "--why", "moves on Monday")
    assert command("plan", *here, *accepted).code == 10
    ended = command("deploy", *here, "--yes", *accepted, "--budget", "1", "--ticket", "CHG#7.1/a_b-c")
    assert ended.code == 5  # such a pair never holds, however long it is waited for
    (kept,) = (served.folder / "runs").glob("*/run.json")
    said = json.loads(kept.read_text())["transaction"]
    assert (said["accepted"], said["ticket"]) == (["R95: moves on Monday"], "CHG#7.1/a_b-c")
    assert command("deploy", *here, "--yes", "--remove").code == 0  # what is wrong can be taken away


def test_policy_keeps_freezes_and_impact(served: KeyedLab, command: Command) -> None:
    here = (served.names.pair, "-i", served.folder)
    policy = served.folder / "policy.yaml"
    served.intend(intent(served.names, mode="md5"))
    before = configurations(served)
    policy.write_text(FROZEN)
    refused = command("deploy", *here, "--yes")
    assert refused.code == 4
    assert "2999-01-01 00:00 Europe/Oslo: merger: no changes" in in_one_line(refused)
    assert "merger" in command("plan", *here).err
    assert "merger" in command("plan", *here, "-f", "json").document()["objections"][0]["found"]
    policy.write_text("deployment: {highest_impact: hitless}")
    for allowed in ((), ("--allow", "resets")):
        refused = command("deploy", *here, "--yes", *allowed)
        assert refused.code == 4
        assert "--allow affecting" in in_one_line(refused)
    assert configurations(served) == before
    policy.write_text("deployment: {highest_impact: hitles}")
    wrong = command("deploy", *here, "--yes")
    assert wrong.code == 2
    assert "policy.yaml:1" in wrong.err
    policy.write_text("deployment: {highest_impact: hitless, lowest_evidence: manual}")
    shown = command("plan", *here, "--allow", "affecting")
    assert shown.err.count("allow") == 0
    assert "the line that is known least is in the manual of another release: " in " ".join(shown.out.split())
    assert "--unqualified" in in_one_line(shown)
    made = command("plan", *here, "-f", "json").document()
    assert made["weakest_evidence"] == "in the manual of another release"
    assert made["members"]["a"]["release"].startswith("V800R0")
    assert "--unqualified" in in_one_line(command("deploy", *here, "--yes", "--allow", "affecting"))
    assert configurations(served) == before
    words = ("--allow", "affecting", "--unqualified")
    assert command("deploy", *here, "--yes", *words, *BUDGET).code == 0


@pytest.mark.parametrize("ticket", ["a b", "CHG?", "x" * 33, "\u00e9", "a\nb", '"'])
def test_a_ticket_that_no_device_takes_is_refused(tmp_path: Path, command: Command, ticket: str) -> None:
    ended = command("deploy", "any", "-i", tmp_path, "--yes", "--ticket", ticket)
    assert ended.code == 2
    assert "not a ticket" in ended.err
