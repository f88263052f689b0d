"""Where the pages come from: an inventory's pair files and journals, and the archive."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock

from inventory.errors import ArchiveError, HotpairError, IntentError
from inventory.load import load_pairs
from inventory.model import Pair
from inventory.sources.settings import read_sourced
from runbooks.archive.kept import journal_of
from runbooks.archive.opening import Archive, open_archive
from runbooks.inventory_pairs import without_overlaps
from runbooks.transactions import Shown, show, show_kept, transactions
from runbooks.watch.settings import FILE, Group, load_watching
from tasks.transaction.journal import journal_path
from tasks.transaction.listing import Listed

JOURNALS = "journals"
CERTIFICATES = "certificates"
FRESH_S = 60.0
"""How long the pair files are taken to be as they were read."""


@dataclass(frozen=True, slots=True)
class Intents:
    """The pairs of the inventory.

    Args:
        good: by name.
        broken: why the others are none, by name.
    """

    good: Mapping[str, Pair]
    broken: Mapping[str, HotpairError]


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate of the pair transaction, in a few words.

    Args:
        name: of its file.
        holds: whether it was given.
        claim: what it says.
        refused_because: why it was not given.
        commit: of the Hotpair that was tried.
        drawn: schedules that were drawn at random.
        failed: how many of them failed.
    """

    name: str
    holds: bool
    claim: str
    refused_because: tuple[str, ...]
    commit: str
    drawn: int
    failed: int


def _certificate(file: Path) -> Certificate:
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
        drawn = told["drawn"]
        return Certificate(
            file.stem,
            bool(told["holds"]),
            str(told["claim"]),
            tuple(map(str, told["refused_because"])),
            str(told["commit"]),
            int(drawn["schedules"]),
            int(drawn["failed"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IntentError("that is no certificate", found=type(error).__name__, where=str(file)) from None


class Source:
    """Reads; nothing of it writes into an inventory, a journal or a device.

    Args:
        inventory: folder with `pairs/` and `journals/`.
        place: file or URL of the archive.
    """

    def __init__(self, inventory: Path, place: Path | str) -> None:
        self._inventory = inventory
        self._place = place
        self._lock = Lock()
        self._read_at = 0.0
        self._intents = Intents({}, {})
        self._kept = ExitStack()
        self._opened: Archive | None = None

    def is_archived(self) -> bool:
        """Tell whether there is an archive."""
        return not isinstance(self._place, Path) or self._place.exists()

    @contextmanager
    def archive(self) -> Iterator[Archive]:
        """Open the archive.

        Raises:
            IntentError: nothing was archived there yet.
            ArchiveError: it cannot be read.
        """
        if not self.is_archived():
            raise IntentError(
                "nothing is archived there yet",
                where=str(self._place),
                next_command="hotpair check",
            )
        try:
            yield self._archive()
        except ArchiveError:
            self.close()  # opened anew when it is asked for again
            raise

    def _archive(self) -> Archive:
        with self._lock:
            if self._opened is None:
                self._opened = self._kept.enter_context(open_archive(self._place))
            return self._opened

    def close(self) -> None:
        """Let go of the archive."""
        with self._lock:
            self._opened = None
            self._kept.close()

    def intents(self) -> Intents:
        """Return the pairs of the inventory, read again once a minute."""
        with self._lock:
            if not self._read_at or time.monotonic() - self._read_at > FRESH_S:
                pairs = without_overlaps(load_pairs(self._inventory / "pairs", read_sourced(self._inventory)))
                self._intents = Intents(pairs.good, pairs.broken)
                self._read_at = time.monotonic()
            return self._intents

    def coming(self, count: int) -> tuple[tuple[datetime, Group], ...]:
        """Return the next looks that `hotpair watch` is to take; none without its file.

        Raises:
            IntentError: the file is wrong.
        """
        file = self._inventory / FILE
        if not file.exists():
            return ()
        return tuple(load_watching(file).coming(datetime.now(UTC), count))

    def certificates(self) -> tuple[Certificate, ...]:
        """Return what `hotpair certify --page certificates/NAME.md` wrote into the inventory.

        Raises:
            IntentError: one of its files is none.
        """
        return tuple(map(_certificate, sorted((self._inventory / CERTIFICATES).glob("*.json"))))

    def transactions(self) -> tuple[Listed, ...]:
        """Return the transactions of this host, unfinished ones first."""
        return transactions(self._inventory / JOURNALS)

    def transaction(self, transaction: str) -> Shown:
        """Return a transaction with every line of its journal: of this host, or as another one archived it.

        Raises:
            IntentError: that is no id, or no journal here or there knows it.
        """
        journals = self._inventory / JOURNALS
        if not journal_path(journals, transaction).is_file() and self.is_archived():
            with self.archive() as archive:
                kept = journal_of(archive, transaction)
            if kept is not None:
                return show_kept(kept, transaction)
        return show(journals, transaction)
