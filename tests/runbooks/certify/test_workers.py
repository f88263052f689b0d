"""Workers: verdicts in the order asked, and an end soon after nobody waits any more."""

from __future__ import annotations

from hotpair.cli.certify import code_of
from runbooks.certify import workers
from runbooks.certify.schedule import Schedule
from tests.runbooks.certify.stage import in_process

DEPLOY, REMOVE = Schedule("deploy", "v8r22"), Schedule("remove", "v8r5")


def test_verdicts_come_in_order_and_who_leaves_waits_for_no_more() -> None:
    """Without a word to stop, the worker would play all of what it was given for hours."""
    with workers.troupe(code_of, 1, in_process) as players:
        told = players.verdicts([DEPLOY, REMOVE, DEPLOY], at_a_time=2)
        assert [one.schedule for one in told] == [DEPLOY, REMOVE, DEPLOY]
        given = players.pool.submit(workers._play, [REMOVE] * 200_000)
        while not given.running():
            assert not given.done()
    assert len(given.result()) < 200_000
