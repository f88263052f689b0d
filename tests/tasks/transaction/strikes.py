"""Where a strike can fall, and what must hold after it."""

from __future__ import annotations

from tasks.transaction.ends import End
from tasks.transaction.model import Outcome
from tests.tasks.transaction.bench import NAMES, Bench, require_true

A, B = NAMES
CALLS = 22  # of a good run in one stage; test_a_good_run_... counts them
RELEASES = ("v8r22", "v8r13", "v8r12", "v8r5")
EVERY_CALL = range(34)
EVERY_STAGED_CALL = range(0, 48, 2)
WHO = {"a": (A,), "b": (B,), "both": NAMES}


def require_both_or_none(bench: Bench, outcome: Outcome | None) -> None:
    """Require that it is told truly, and that taking it up again leads to both or none."""
    if outcome is not None:
        require_true(bench, outcome)
    if outcome is None or outcome.end in {End.UNSETTLED, End.SPLIT_MIXED, End.SPLIT_HAZARD}:
        bench.clock.now += 1_000
        outcome = bench.resume()
        require_true(bench, outcome)
    assert outcome.end in {End.DONE, End.AS_BEFORE, End.UNCHANGED, End.REFUSED}
