"""Keep what devices answered: what means the same as before is not kept again."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sqlalchemy import Connection, bindparam, insert, select, update

from runbooks.archive import codec
from runbooks.archive.blobs import digest, insert_unless_there, keep, keep_one
from runbooks.archive.tables import blobs, configurations, looks
from runbooks.lasting import lasting
from runbooks.report.run import Run
from tasks.checks.model import Observation

RUNNING = "display current-configuration"
_CLOCK = "display clock"
"""What runs by itself is all that it says, and what it is judged by: it is kept each time."""
_VOLATILE = re.compile(r"(?m)^!.*\n?")
"""Lines of a configuration that tell its time and release, not what it holds."""
_KNOWN = (
    select(looks, blobs.c.hash)
    .join(blobs, blobs.c.number == looks.c.text)
    .where(looks.c.pair == bindparam("pair"))
)
_LOOKED = update(looks).where(
    looks.c.pair == bindparam("of_pair"),
    looks.c.member == bindparam("of_member"),
    looks.c.command == bindparam("of_command"),
)
_NEWEST = (
    select(configurations.c.number, blobs.c.hash)
    .join(blobs, blobs.c.number == configurations.c.text)
    .where(configurations.c.device == bindparam("device"))
    .order_by(configurations.c.last_seen.desc())
    .limit(1)
)
_SEEN = (
    update(configurations)
    .where(configurations.c.number == bindparam("of"), configurations.c.last_seen < bindparam("at"))
    .values(last_seen=bindparam("at"))
)


def keep_evidence(connection: Connection, run: Run) -> tuple[codec.Kept, ...]:
    """Keep the answers that mean something new; an answer that means the same stands for the kept one."""
    rows = connection.execute(_KNOWN, {"pair": run.pair})
    known = {(row.member, row.command): row for row in rows}
    changed = [
        (one, row)
        for one in run.observations
        if (row := known.get((one.member, one.command))) is None or row.hash != digest(one.text)
    ]
    meant = [(one, row, _meaning(one)) for one, row in changed]
    new = [(one, meaning) for one, row, meaning in meant if row is None or row.meaning != meaning]
    numbers = keep(connection, (one.text for one, _ in new))
    fresh = {(one.member, one.command): (meaning, numbers[digest(one.text)]) for one, meaning in new}
    _remember(connection, run.pair, fresh)
    kept = {key: row.text for key, row in known.items()} | {key: text for key, (_, text) in fresh.items()}
    return tuple(
        codec.Kept(one.member, one.command, kept[one.member, one.command]) for one in run.observations
    )


def _remember(connection: Connection, pair: str, fresh: Mapping[tuple[str, str], tuple[str, int]]) -> None:
    """Remember the newest evidence of each display."""
    if not fresh:
        return
    keys = [
        {"pair": pair, "member": member, "command": command, "meaning": meaning, "text": text}
        for (member, command), (meaning, text) in fresh.items()
    ]
    connection.execute(insert_unless_there(connection, looks), keys)
    values = [
        {"of_pair": pair, "of_member": member, "of_command": command, "meaning": meaning, "text": text}
        for (member, command), (meaning, text) in fresh.items()
    ]
    connection.execute(_LOOKED, values)


def _meaning(one: Observation) -> str:
    """Return a digest of what an answer says: its records but for what runs by itself, and unknown lines.

    Of a configuration every line counts, of a clock its time.
    """
    if one.command == _CLOCK:
        return digest(one.text)
    if one.command == RUNNING:
        return digest(_VOLATILE.sub("", one.text))
    said = one.parsed.as_dict()
    return digest(repr((lasting(said["records"]), [line["text"] for line in said["unparsed"]])))


def keep_configurations(connection: Connection, run: Run) -> None:
    """Keep each configuration once for as long as it stays the same."""
    for one in run.observations:
        if one.command != RUNNING:
            continue
        text = _VOLATILE.sub("", one.text)
        newest = connection.execute(_NEWEST, {"device": one.member}).one_or_none()
        if newest is not None and newest.hash == digest(text):
            connection.execute(_SEEN, {"of": newest.number, "at": one.taken_at})
        elif not one.parsed.unparsed:
            connection.execute(
                insert(configurations).values(
                    device=one.member,
                    text=keep_one(connection, text),
                    first_seen=one.taken_at,
                    last_seen=one.taken_at,
                )
            )
