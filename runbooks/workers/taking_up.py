"""Take up the transaction of a worker that was lost: bring it to its end, look at the pair, keep both."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from time import sleep

from nornir.core import Nornir

from inventory.errors import ArchiveError
from inventory.model import Pair
from runbooks.archive.opening import open_archive
from runbooks.check import check_pairs
from runbooks.ended import run_of_end
from runbooks.report.run import Run, RunKind
from runbooks.site import Openers, on_devices
from runbooks.transactions import adopt, find, resume
from runbooks.workers.station import HELD_S, WorkerContext, hold
from tasks.transaction.ends import End
from tasks.transaction.journal import is_begun, journal_path
from tasks.transaction.model import Outcome

_ROUND_S = HELD_S / 4
_TRIES = 80
"""How often in a row the archive may be away, ten minutes in all."""


def wait_for(station: WorkerContext, transaction: str, holder: str, say: Callable[[str], None]) -> None:
    """Wait until nobody is at work on a transaction any more: Temporal may have lost sight of a worker.

    An archive that is away for a while is waited for too: nobody else would take the transaction up.

    Args:
        station: where this worker stands.
        transaction: its id.
        holder: who waits.
        say: told who is at work on it.

    Raises:
        ArchiveError: it did not come back.
    """
    tries_left = _TRIES
    while True:
        try:
            with open_archive(station.archive) as archive:
                found = hold(archive, transaction, holder)
        except ArchiveError as error:
            tries_left -= 1
            if not tries_left:
                raise
            say(f"who is at work on {transaction} cannot be asked: {error}; waiting")
        else:
            if found == holder:
                return
            tries_left = _TRIES
            say(f"{transaction} is in the hands of {found}; waiting")
        sleep(_ROUND_S)


def taken_up(station: WorkerContext, nornir: Nornir, pair: Pair, transaction: str) -> tuple[Outcome, Run]:
    """Bring a transaction to one end; give it with the run that tells of it.

    A pair that is new was judged by nobody who lives: it is looked at, and the run says what was found.

    Raises:
        HotpairError: the devices do not tell what became of it.
    """
    began, rules = datetime.now(UTC), station.rules()
    members = (pair.members.a, pair.members.b)

    def work(openers: Openers) -> Outcome:
        if is_begun(journal_path(station.journals, transaction)):
            return resume(find(station.journals, transaction), openers, _silent).outcome
        return adopt(transaction, pair.name, members, openers, station.journals, notify=_silent)

    outcome = on_devices(nornir, members, work)
    run = run_of_end(RunKind.DEPLOY, outcome, began, datetime.now(UTC))
    if outcome.end is not End.DONE:
        return outcome, run
    (seen,) = check_pairs(nornir, [pair], rules, workers=2)
    return outcome, replace(run, ended_at=seen.ended_at, results=seen.results, observations=seen.observations)


def _silent(_step: object) -> None:
    """Tell nobody: the journal tells the steps."""
