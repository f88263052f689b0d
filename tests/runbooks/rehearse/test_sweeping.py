"""The sweep for one plan: what it strikes, what it finds, and what it cannot show."""

from __future__ import annotations

from hotpair.cli.certify import code_of
from runbooks.rehearse import sweeping
from runbooks.rehearse.sweeping import Sweep, swept
from tasks.checks.model import Outcome
from tests.tasks.checks.emulated import FLEET, before, sample

SEED = "seed-igmp"
PAIR = sample(SEED)
TEXTS = {"a": before(PAIR.members.a), "b": before(PAIR.members.b)}
INTENT = (FLEET / "pairs" / f"{SEED}.yaml").read_text(encoding="utf-8")


def test_a_plan_is_swept_and_every_claim_is_true() -> None:
    told: list[str] = []

    found = swept(PAIR, TEXTS, "v8r12", Sweep(INTENT, 12, 3, code_of), told.append, remove=False)

    assert found.outcome is Outcome.SUCCESS, found.complaints
    assert found.note.startswith("every claim is true in 13 schedules, 1")
    assert told[-1] == "schedules of the sweep: 12 of 12"


def test_a_false_claim_fails_and_is_told_with_its_schedule() -> None:
    """A command that always ends with 0 lies wherever a change was taken back."""
    lying = Sweep(INTENT, 12, 3, lambda _error: 0)

    found = swept(PAIR, TEXTS, "v8r22", lying, lambda _said: None, remove=False)

    assert found.outcome is Outcome.FAILURE
    (complaint,) = found.complaints
    assert f"{sweeping.NAME.replace(' ', '_')};v8r22;" in str(complaint)
