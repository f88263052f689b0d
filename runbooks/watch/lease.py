"""One watcher works, the others stand by: a lease in the archive, renewed for as long as its holder lives."""

from __future__ import annotations

import os
import socket
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path
from threading import Event, Thread
from time import monotonic
from typing import Self
from uuid import getnode, uuid4

from inventory.errors import ArchiveError
from runbooks.archive.opening import Archive
from runbooks.watch.memory import Lease, give_back, take

LEASE_S = 60.0
"""Seconds after which a watcher that is not heard of any more has lost its lease."""
_PARTS = 4  # renewals in that time


def this_holder() -> str:
    """Name this watcher as no other is named: host, process, and a word of its own."""
    return holder_of(os.getpid())


def holder_of(process: int) -> str:
    """Name what a process of this host holds, as nothing else is named."""
    return f"{socket.gethostname()}/{process}/{_counted_in()}-{uuid4().hex[:8]}"


@cache
def _counted_in() -> str:
    """Name what numbers of processes hold for: this boot of this machine, and this container.

    Containers and copied machines may have the same host name, and a number that is free here is another
    one's process there.
    """
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        counted = f"{boot} {Path('/proc/self/ns/pid').readlink()}"
    except OSError:  # no Linux
        counted = f"{getnode()}"
    return sha256(counted.encode()).hexdigest()[:8]


def is_dead(holder: str) -> bool:
    """Tell whether a holder was a process of this host that is gone; of other hosts nobody knows."""
    where, _, word = holder.rpartition("/")
    host, _, process = where.rpartition("/")
    is_here = host == socket.gethostname() and word.startswith(f"{_counted_in()}-")
    if not is_here or not process.isdigit():
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False


class LeaseKeeper:
    """Takes the lease, and renews it on a thread of its own until it is given back or lost.

    Args:
        archive: of the fleet.
        holder: name of this watcher.
        seconds: how long the lease lasts without being renewed.
    """

    def __init__(self, archive: Archive, holder: str, seconds: float = LEASE_S) -> None:
        self._archive = archive
        self._holder = holder
        self._seconds = seconds
        self._until = datetime.min.replace(tzinfo=UTC)
        self._ends = 0.0
        self._ended = Event()
        self._thread = Thread(target=self._renew, name="lease", daemon=True)

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Let another watcher begin at once."""
        self._ended.set()
        if self._thread.is_alive():
            self._thread.join()
        self.give_up()

    def give_up(self) -> None:
        """Let another watcher begin at once, where this one has the lease."""
        if self.mine():
            with suppress(ArchiveError):  # it runs out by itself
                give_back(self._archive, self._holder)

    def mine(self) -> bool:
        """Tell whether this watcher may work; no longer once the lease could not be renewed in time.

        Both clocks must say so: that of the day may be put back, the other one stands while a machine sleeps.
        """
        return datetime.now(UTC) < self._until and monotonic() < self._ends

    def try_to_take(self) -> Lease:
        """Take the lease where it is free, or its holder is dead; give who holds it.

        Raises:
            ArchiveError: the archive cannot be used.
        """
        lease = self._take(datetime.now(UTC))
        if lease.holder != self._holder and is_dead(lease.holder):
            give_back(self._archive, lease.holder)
            lease = self._take(datetime.now(UTC))
        if lease.holder == self._holder and not self._thread.is_alive():
            self._thread.start()
        return lease

    def _take(self, now: datetime) -> Lease:
        ends = monotonic() + self._seconds
        lease = take(self._archive, self._holder, now, self._seconds)
        if lease.holder == self._holder:
            self._until, self._ends = now + timedelta(seconds=self._seconds), ends
        else:
            self._until = datetime.min.replace(tzinfo=UTC)
        return lease

    def _renew(self) -> None:
        while not self._ended.wait(self._seconds / _PARTS):
            try:
                self._take(datetime.now(UTC))
            except ArchiveError:
                continue  # it runs out by itself unless the archive comes back in time
