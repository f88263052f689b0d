"""Keep the last judgement of each pair, and give it back to spare the same judgement."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from sqlalchemy import Connection, bindparam, insert, select, update

from inventory.errors import ArchiveError
from inventory.model import Pair
from runbooks.archive import codec
from runbooks.archive.blobs import read
from runbooks.archive.opening import Archive, open_archive
from runbooks.archive.tables import judgements
from runbooks.fleet.known import judged_by
from runbooks.report.run import Run
from runbooks.unchanged import Before, digest_of
from tasks.checks.model import DRIFT, REACH
from tasks.checks.policy import Policy

_MOST = 500  # values of one statement
_RENEW = update(judgements).where(judgements.c.pair == bindparam("of"))


def judged_before(place: Path | str, pairs: Sequence[Pair], policy: Policy) -> dict[str, Before]:
    """Return the last judgements of pairs that were made by their intents, policy and release of now.

    Of an archive that cannot be used there are none; why it cannot be used is told when runs are kept.

    Args:
        place: file or URL of the archive.
        pairs: intents.
        policy: of the network.
    """
    try:
        with open_archive(place) as archive:
            return judgements_in(archive, pairs, policy)
    except ArchiveError:
        return {}


def judgements_in(archive: Archive, pairs: Sequence[Pair], policy: Policy) -> dict[str, Before]:
    """Return the last judgements of pairs, as `judged_before`, from an archive that stays open.

    Raises:
        ArchiveError: it cannot be read.
    """
    wanted = {pair.name: judged_by(pair, policy) for pair in pairs}
    names = list(wanted)
    found: dict[str, Before] = {}
    with archive.reading() as connection:
        for start in range(0, len(names), _MOST):
            part = names[start : start + _MOST]
            for row in connection.execute(select(judgements).where(judgements.c.pair.in_(part))):
                if row.judged_by != wanted[row.pair]:
                    continue
                with suppress(ArchiveError):  # results that are damaged spare nothing
                    results = codec.read_results(read(connection, row.results))
                    found[row.pair] = Before(row.judged_by, _read(row.answers), results)
    return found


def keep_judgement(connection: Connection, run: Run, digest: str, results: int) -> None:
    """Remember how a pair was judged by all its checks.

    Args:
        connection: that writes.
        run: of a check; one of the configuration alone is passed over.
        digest: of what it was judged by.
        results: number of the text of its results.
    """
    if all(one.check in {DRIFT, REACH} for one in run.results):
        return
    values = {"judged_by": digest, "answers": _write(run), "results": results}
    if not connection.execute(_RENEW, {"of": run.pair, **values}).rowcount:
        connection.execute(insert(judgements), {"pair": run.pair, **values})


def _write(run: Run) -> str:
    answers: dict[str, dict[str, str]] = {}
    for one in run.observations:
        answers.setdefault(one.member, {})[one.command] = digest_of(one)
    return json.dumps(answers, separators=(",", ":"))


def _read(text: str) -> dict[tuple[str, str], str]:
    return {
        (member, command): digest
        for member, commands in json.loads(text).items()
        for command, digest in commands.items()
    }
