"""What a worker stands on: its copy of the inventory, the archive that all share, and who it is."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select

from inventory.load import Pairs
from runbooks.archive.opening import Archive
from runbooks.archive.tables import runs
from runbooks.fleet.choice import Choice, chosen
from runbooks.inventory_pairs import pairs_in
from runbooks.site import open_inventory
from runbooks.watch.lease import is_dead
from runbooks.watch.memory import give_back, take
from runbooks.workers.values import Wanted
from tasks.checks.policy import NO_POLICY, Policy
from tasks.checks.policy_file import load_policy

HELD_S = 30.0
"""Seconds after which one that does not renew it has let go of a transaction."""


@dataclass(frozen=True, slots=True)
class WorkerContext:
    """Where a worker reads, and where it keeps what it saw.

    Args:
        inventory: folder of the inventory.
        archive: file or URL of the archive; all workers of a fleet share it.
        journals: folder of the transaction journals of this host.
        watching: file of the watcher, `watch.yaml`.
        policy: policy file, where there is one.
        driver: library that connects, before what the inventory says.
    """

    inventory: Path
    archive: Path | str
    journals: Path
    watching: Path
    policy: Path | None = None
    driver: str | None = None

    def rules(self) -> Policy:
        """Read the policy.

        Raises:
            IntentError: it is wrong.
        """
        return NO_POLICY if self.policy is None else load_policy(self.policy)

    def choose(self, wanted: Wanted) -> Pairs:
        """Return the pairs that are meant.

        Raises:
            IntentError: a pair, tag or site is in no pair file.
        """
        pairs = pairs_in(open_inventory(self.inventory, self.driver))
        return chosen(pairs, Choice(wanted.names, wanted.tags, wanted.sites, wanted.match))


def kept_verdict(archive: Archive, run: str) -> str | None:
    """Return how a run ended that is kept already; nothing where it is not."""
    with archive.reading() as connection:
        found: str | None = connection.scalar(select(runs.c.verdict).where(runs.c.id == run))
    return found


def hold(archive: Archive, transaction: str, holder: str) -> str:
    """Say that somebody is at work on a transaction, unless another one is; give who is.

    One that died lets go by itself, and at once where it was a process of this host.
    """
    lease = take(archive, holder, datetime.now(UTC), HELD_S, name=transaction)
    if lease.holder != holder and is_dead(lease.holder):
        give_back(archive, lease.holder, name=transaction)
        lease = take(archive, holder, datetime.now(UTC), HELD_S, name=transaction)
    return lease.holder


def let_go(archive: Archive, transaction: str, holder: str) -> None:
    """Let another one take a transaction up at once."""
    give_back(archive, holder, name=transaction)


def this_worker() -> str:
    """Name this process for Temporal's pages, without the user's name."""
    return f"hotpair@{os.uname().nodename}/{os.getpid()}"
