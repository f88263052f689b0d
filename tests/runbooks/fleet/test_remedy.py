"""A remedy takes nothing away that the policy leaves."""

from __future__ import annotations

import pytest

from emulator.lab import Lab
from inventory.errors import RefusedError
from runbooks.fleet.remedy import _refuse_what_is_left, has_drifted
from runbooks.report.run import Run
from tasks.checks.catalog import Selection
from tasks.checks.policy import NO_POLICY, Extra, ExtraIn, ExtraLines, Policy
from tests.runbooks.fleet.memory import checked, held, typed
from tests.runbooks.pairs import west

LENIENT = Policy(
    Selection(names=("no-trial",)),
    extra=ExtraLines(sections=(ExtraIn(section="remote-backup-profile *", extra=Extra.IGNORE),)),
)


@pytest.fixture
def lab() -> Lab:
    """Return routers of which one lacks a line."""
    lab = held()
    typed(lab, "west-1", "e-trunk 7", "undo priority")
    return lab


def looked(lab: Lab) -> Run:
    run = checked(lab, policy=LENIENT)
    assert has_drifted(run)
    return run


def test_a_line_that_the_policy_leaves_stops_it(lab: Lab) -> None:
    typed(lab, "west-1", "remote-backup-profile subscribers", "service-type igmp")
    run = looked(lab)
    with pytest.raises(RefusedError, match="lines that the policy leaves") as told:
        _refuse_what_is_left(west(), run, LENIENT)
    assert "service-type igmp" in str(told.value)
    _refuse_what_is_left(west(), run, NO_POLICY)  # there every extra line fails


def test_without_such_a_line_nothing_stops_it(lab: Lab) -> None:
    _refuse_what_is_left(west(), looked(lab), LENIENT)
