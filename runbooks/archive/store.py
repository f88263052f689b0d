"""Keep a run in one transaction of the database: a killed check loses nothing that was stored before."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, insert, select, update

from inventory.errors import ArchiveError
from runbooks.archive import codec
from runbooks.archive.blobs import digest, insert_unless_there, keep, keep_one, read
from runbooks.archive.findings import Change, Key, changes, was_good
from runbooks.archive.opening import Archive
from runbooks.archive.tables import configurations, findings, looks, pairs, runs, transactions
from runbooks.compare import lasting
from runbooks.report.run import Run, RunKind
from tasks.checks.model import Complaint, Observation

RUNNING = "display current-configuration"
_VOLATILE = re.compile(r"(?m)^!.*\n?")
"""Lines of a configuration that tell its time and release, not what it holds."""
_LOOK_BACK = 50
"""Different results that are read to learn when something was last well."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Who made a run.

    Args:
        user: login name.
        host: name of the machine.
        ticket: change ticket; empty without one.
    """

    user: str = ""
    host: str = ""
    ticket: str = ""


@dataclass(frozen=True, slots=True)
class Papers:
    """What belongs to a run beside what was seen.

    Args:
        intent: text of the pair file; it holds no secret.
        policy: text of the policy; empty without one.
        journal: text of the transaction's journal; empty without one.
    """

    intent: str = ""
    policy: str = ""
    journal: str = ""


def keep_run(archive: Archive, run: Run, origin: Origin, papers: Papers) -> Change:
    """Keep a run; give what it changed in the findings of its pair.

    Args:
        archive: where.
        run: what was done and seen; its evidence is masked already.
        origin: who made it.
        papers: intent, policy and journal.

    Raises:
        ArchiveError: a run of that id is kept, or the database does not take it; nothing was kept.
    """
    with archive.writing() as connection:
        if connection.scalar(select(runs.c.number).where(runs.c.id == run.id)) is not None:
            raise ArchiveError("a run of that id is kept already", found=run.id, where=archive.where)
        before = _newest(connection, run.pair)
        number = _keep_row(connection, run, origin, papers)
        _keep_configurations(connection, run)
        _keep_transaction(connection, run, number, origin, papers)
        late = before is not None and run.started_at <= before
        change = Change({}, {}, frozenset()) if late or not run.results else _judge(connection, run)
        _stand(connection, run, number, late=late)
        return change


def _newest(connection: Connection, pair: str) -> datetime | None:
    """Tell when the newest run of a pair began; an older one that is taken in later changes no finding."""
    found: datetime | None = connection.scalar(
        select(runs.c.started_at).join(pairs, pairs.c.last_run == runs.c.number).where(pairs.c.pair == pair)
    )
    return found


def _keep_row(connection: Connection, run: Run, origin: Origin, papers: Papers) -> int:
    evidence = codec.write_evidence(_keep_evidence(connection, run))
    row = {
        "id": run.id,
        "kind": run.kind.value,
        "pair": run.pair,
        "member_a": run.members[0],
        "member_b": run.members[1],
        "started_at": run.started_at,
        "ended_at": run.ended_at,
        "verdict": run.verdict.value,
        "results": keep_one(connection, codec.write_results(run.results)),
        "evidence": keep_one(connection, evidence),
        "changes": keep_one(connection, codec.write_changes(run.changes)) if run.changes else None,
        "intent": keep_one(connection, papers.intent) if papers.intent else None,
        "policy": keep_one(connection, papers.policy) if papers.policy else None,
        "transaction_id": run.transaction or None,
        "by_user": origin.user or None,
        "by_host": origin.host or None,
        "ticket": origin.ticket or None,
    }
    number = connection.execute(insert(runs).values(row).returning(runs.c.number)).scalar_one()
    return int(number)


def _keep_evidence(connection: Connection, run: Run) -> tuple[codec.Kept, ...]:
    """Keep the answers that mean something new; an answer that means the same stands for the kept one."""
    known = {
        (row.member, row.command): row
        for row in connection.execute(select(looks).where(looks.c.pair == run.pair))
    }
    meant = [(one, _meaning(one)) for one in run.observations]
    new = [
        (one, meaning)
        for one, meaning in meant
        if (one.member, one.command) not in known or known[one.member, one.command].meaning != meaning
    ]
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
    for key in keys:
        connection.execute(
            update(looks)
            .where(looks.c.pair == pair, looks.c.member == key["member"], looks.c.command == key["command"])
            .values(meaning=key["meaning"], text=key["text"])
        )


def _meaning(one: Observation) -> str:
    """Give a digest of what an answer says: its records but for what runs by itself, and unknown lines.

    Of a configuration every line counts.
    """
    if one.command == RUNNING:
        return digest(_VOLATILE.sub("", one.text))
    said = one.parsed.as_dict()
    return digest(repr((lasting(said["records"]), [line["text"] for line in said["unparsed"]])))


def _keep_configurations(connection: Connection, run: Run) -> None:
    """Keep each configuration once for as long as it stays the same."""
    for one in run.observations:
        if one.command != RUNNING or one.parsed.unparsed:
            continue
        text = keep_one(connection, _VOLATILE.sub("", one.text))
        newest = connection.execute(
            select(configurations)
            .where(configurations.c.device == one.member)
            .order_by(configurations.c.last_seen.desc())
            .limit(1)
        ).one_or_none()
        if newest is not None and newest.text == text:
            connection.execute(
                update(configurations)
                .where(configurations.c.number == newest.number, configurations.c.last_seen < one.taken_at)
                .values(last_seen=one.taken_at)
            )
        else:
            connection.execute(
                insert(configurations).values(
                    device=one.member, text=text, first_seen=one.taken_at, last_seen=one.taken_at
                )
            )


def _keep_transaction(connection: Connection, run: Run, number: int, origin: Origin, papers: Papers) -> None:
    if not run.transaction:
        return
    connection.execute(
        insert_unless_there(connection, transactions),
        {
            "id": run.transaction,
            "pair": run.pair,
            "run": number,
            "ended_at": run.ended_at,
            "end_name": run.outcome,
            "safety_line": run.safety_line or None,
            "journal": keep_one(connection, papers.journal) if papers.journal else None,
            "by_user": origin.user or None,
            "by_host": origin.host or None,
            "ticket": origin.ticket or None,
        },
    )


def _judge(connection: Connection, run: Run) -> Change:
    """Open, renew and end the findings of a pair."""
    if run.kind is RunKind.REPLAY:
        return Change({}, {}, frozenset())
    opened = _open_findings(connection, run.pair)
    change = changes(opened, run.results)
    for key, complaint in change.new.items():
        connection.execute(
            insert(findings).values(
                pair=run.pair,
                check_name=key.check,
                subject=key.subject,
                outcome=key.outcome,
                device=key.device,
                complaint=key.complaint,
                wanted=key.wanted,
                found=complaint.found,
                command=complaint.command,
                since=run.started_at,
                last_good=_last_good(connection, run, key),
                last_seen=run.started_at,
                hand=codec.write_hand(complaint.hand),
            )
        )
    _renew(connection, run, {opened[key]: complaint for key, complaint in change.still.items()})
    _end(connection, run, [opened[key] for key in change.gone])
    return change


def _open_findings(connection: Connection, pair: str) -> dict[Key, int]:
    rows = connection.execute(select(findings).where(findings.c.pair == pair, findings.c.until.is_(None)))
    return {
        Key(row.check_name, row.subject, row.outcome, row.device, row.complaint, row.wanted): row.number
        for row in rows
    }


def _renew(connection: Connection, run: Run, still: Mapping[int, Complaint]) -> None:
    for number, complaint in still.items():
        connection.execute(
            update(findings)
            .where(findings.c.number == number)
            .values(
                last_seen=run.started_at,
                found=complaint.found,
                command=complaint.command,
                **({"hand": codec.write_hand(complaint.hand)} if complaint.hand else {}),
            )
        )


def _end(connection: Connection, run: Run, gone: Iterable[int]) -> None:
    numbers = list(gone)
    if numbers:
        connection.execute(
            update(findings).where(findings.c.number.in_(numbers)).values(until=run.started_at)
        )


def _last_good(connection: Connection, run: Run, key: Key) -> datetime | None:
    """Tell when the subject of a finding was last seen well; runs with the same results are read once."""
    newest = func.max(runs.c.started_at)
    rows = connection.execute(
        select(runs.c.results, newest)
        .where(runs.c.pair == run.pair, runs.c.started_at < run.started_at)
        .group_by(runs.c.results)
        .order_by(newest.desc())
        .limit(_LOOK_BACK)
    )
    for results, at in rows:
        if was_good(key, codec.read_results(read(connection, results))):
            return _moment(at)
    return None


def _moment(value: object) -> datetime | None:
    return value if isinstance(value, datetime) else None


def _stand(connection: Connection, run: Run, number: int, *, late: bool) -> None:
    """Write where the pair stands now."""
    connection.execute(insert_unless_there(connection, pairs), {"pair": run.pair})
    count = connection.scalar(
        select(func.count()).where(findings.c.pair == run.pair, findings.c.until.is_(None))
    )
    values: dict[str, object] = {"open_findings": count}
    if not late:
        values["last_run"] = number
        if run.verdict.value == "success":
            values["last_good"] = run.started_at
    connection.execute(update(pairs).where(pairs.c.pair == run.pair).values(**values))
