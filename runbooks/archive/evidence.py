"""Keep what devices answered: what means the same as before is not kept again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, update

from runbooks.archive import codec
from runbooks.archive.blobs import digest, keep, keep_one
from runbooks.archive.held import Configured, Held
from runbooks.archive.tables import configurations, looks
from runbooks.lasting import lasting
from runbooks.report.run import Run
from tasks.checks.model import Observation

RUNNING = "display current-configuration"
_CLOCK = "display clock"
"""What runs by itself is all that it says, and what it is judged by: it is kept each time."""
_VOLATILE = re.compile(r"(?m)^!.*\n?")
"""Lines of a configuration that tell its time and release, not what it holds."""
_LOOKED = update(looks).where(
    looks.c.pair == bindparam("of_pair"),
    looks.c.member == bindparam("of_member"),
    looks.c.command == bindparam("of_command"),
)
_SEEN = (
    update(configurations)
    .where(configurations.c.number == bindparam("of"), configurations.c.last_seen < bindparam("at"))
    .values(last_seen=bindparam("at"))
)
_CONFIGURED = insert(configurations).returning(configurations.c.number)


def keep_evidence(
    connection: Connection, run: Run, known: Mapping[tuple[str, str], Row[Any]]
) -> tuple[codec.Kept, ...]:
    """Keep the answers that mean something new; an answer that means the same stands for the kept one.

    Args:
        connection: that writes.
        run: what was seen.
        known: newest evidence of its pair, by device and command.
    """
    changed = [
        (one, row)
        for one in run.observations
        if (row := known.get((one.member, one.command))) is None or row.hash != digest(one.text)
    ]
    meant = [(one, row, _meaning(one)) for one, row in changed]
    new = [(one, meaning) for one, row, meaning in meant if row is None or row.meaning != meaning]
    numbers = keep(connection, (one.text for one, _ in new))
    fresh = {(one.member, one.command): (meaning, numbers[digest(one.text)]) for one, meaning in new}
    _remember(connection, run.pair, fresh, known.keys())
    kept = {key: row.text for key, row in known.items()} | {key: text for key, (_, text) in fresh.items()}
    return tuple(
        codec.Kept(one.member, one.command, kept[one.member, one.command]) for one in run.observations
    )


def _remember(
    connection: Connection,
    pair: str,
    fresh: Mapping[tuple[str, str], tuple[str, int]],
    known: AbstractSet[tuple[str, str]],
) -> None:
    """Remember the newest evidence of each display."""
    new = [
        {"pair": pair, "member": member, "command": command, "meaning": meaning, "text": text}
        for (member, command), (meaning, text) in fresh.items()
        if (member, command) not in known
    ]
    other = [
        {"of_pair": pair, "of_member": member, "of_command": command, "meaning": meaning, "text": text}
        for (member, command), (meaning, text) in fresh.items()
        if (member, command) in known
    ]
    if new:
        connection.execute(insert(looks), new)
    if other:
        connection.execute(_LOOKED, other)


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


def keep_configurations(connection: Connection, run: Run, held: Held) -> None:
    """Keep each configuration once for as long as it stays the same.

    Args:
        connection: that writes.
        run: what was seen.
        held: the newest configuration of each device; brought up to date.
    """
    seen = []
    for one in run.observations:
        if one.command != RUNNING:
            continue
        text = _VOLATILE.sub("", one.text)
        newest, found = held.configurations.get(one.member), digest(text)
        if newest is not None and newest.hash == found:
            seen.append({"of": newest.number, "at": one.taken_at})
            number = newest.number
        elif not one.parsed.unparsed:
            number = _keep_configuration(connection, one, text)
        else:
            continue
        if newest is None or newest.last_seen <= one.taken_at:
            held.configurations[one.member] = Configured(number, found, one.taken_at)
    if seen:
        connection.execute(_SEEN, seen)


def _keep_configuration(connection: Connection, one: Observation, text: str) -> int:
    row = {
        "device": one.member,
        "text": keep_one(connection, text),
        "first_seen": one.taken_at,
        "last_seen": one.taken_at,
    }
    return int(connection.execute(_CONFIGURED, row).scalar_one())
