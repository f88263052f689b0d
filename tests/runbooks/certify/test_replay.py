"""One schedule step by step: what happened, what did not, and what must not be."""

from __future__ import annotations

import pytest

from hotpair.cli.certify import certify
from inventory.errors import IntentError
from runbooks.certify.canaries import canary_named, planted


def test_a_schedule_is_told_step_by_step_to_its_end(capsys: pytest.CaptureFixture[str]) -> None:
    assert certify(replay="deploy;v8r22;resume@0;0/a/save/1/KILL/-") == 0
    told = capsys.readouterr().out
    steps = ("deploy on v8r22", "0  a  line: save", "!! killed", "1  a  login", "process 0 ended: killed")
    places = [
        told.index(step) for step in (*steps, "process 1 ended: exit 0: both members are new and saved")
    ]
    assert places == sorted(places)
    assert "in the end: a new, b new" in told
    assert "did not happen" not in told


def test_a_strike_whose_event_does_not_come_proves_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert certify(replay="deploy;v8r22;resume@0;0/a/save/99/KILL/-") == 3
    assert "did not happen, its event did not come: process 0, save on a, no. 99" in capsys.readouterr().out


def test_what_must_not_be_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with planted(canary_named("good word")):
        assert certify(replay="deploy_that_does_not_hold;v8r22;resume@0") == 1
    assert "false claim:" in capsys.readouterr().err


@pytest.mark.parametrize("code", ["nope;v8r22;resume@0", "deploy;v9;resume@0"])
def test_a_flow_or_a_release_that_there_is_not_is_said_so(code: str) -> None:
    with pytest.raises(IntentError, match="no such"):
        certify(replay=code)
