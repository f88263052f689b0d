"""Keep a run in one transaction of the database: a killed check loses nothing that was stored before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, insert, select, update

from inventory.errors import ArchiveError
from runbooks.archive import codec
from runbooks.archive.blobs import insert_unless_there, keep_each, keep_one, read
from runbooks.archive.evidence import keep_configurations, keep_evidence
from runbooks.archive.findings import Change, Key, changes, was_good
from runbooks.archive.held import Held, held_of
from runbooks.archive.judgements import keep_judgement
from runbooks.archive.known import keep_known, known_texts
from runbooks.archive.opening import Archive
from runbooks.archive.tables import findings, pairs, runs, transactions
from runbooks.ended import leaves_standing, nobody_judged, told_of_now
from runbooks.report.run import Run, RunKind, worst
from tasks.checks.model import CheckResult, Complaint, Outcome

_LOOK_BACK = 50
"""Different results that are read to learn when something was last well."""
_ADD = insert(runs).returning(runs.c.number)
_OUTCOMES = select(findings.c.outcome).where(findings.c.pair == bindparam("pair"), findings.c.until.is_(None))
_LATER_END = update(transactions).where(
    transactions.c.id == bindparam("of"), transactions.c.ended_at < bindparam("at")
)
_STAND = update(pairs).where(pairs.c.pair == bindparam("of"))


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
class RunInputs:
    """What belongs to a run beside what was seen.

    Args:
        intent: text of the pair file; it holds no secret.
        policy: text of the policy; empty without one.
        journal: text of the transaction's journal; empty without one.
        judged_by: digest of what a check was judged by; empty where nothing is to be remembered of it.
    """

    intent: str = ""
    policy: str = ""
    journal: str = ""
    judged_by: str = ""


def keep_run(archive: Archive, run: Run, origin: Origin, inputs: RunInputs) -> Change:
    """Keep a run; give what it changed in the findings of its pair.

    Args:
        archive: where.
        run: what was done and seen; its evidence is masked already.
        origin: who made it.
        inputs: intent, policy and journal.

    Raises:
        ArchiveError: a run of that id is kept, or the database does not take it; nothing was kept.
    """
    with archive.writing() as connection:
        return keep_in(connection, run, origin, inputs, held_of(connection, (run,)))


def keep_in(connection: Connection, run: Run, origin: Origin, inputs: RunInputs, held: Held) -> Change:
    """Keep a run with what else the connection writes.

    Args:
        connection: that writes.
        run: as for `keep_run`, with the two that follow.
        origin: likewise.
        inputs: likewise.
        held: what is held of its pair, of which no run was kept since.

    Raises:
        ArchiveError: a run of that id is kept already.
    """
    if run.id in held.ids:
        raise ArchiveError("a run of that id is kept already", found=run.id)
    before = held.newest.get(run.pair)
    number = _keep_row(connection, run, origin, inputs, held)
    keep_configurations(connection, run, held)
    _keep_transaction(connection, run, number, origin, inputs)
    told = told_of_now(run)
    older = before is not None and run.started_at <= before
    opened = held.opened[run.pair]
    change = Change({}, {}, frozenset()) if older or not told else _judge(connection, run, told, opened)
    outcomes = connection.scalars(_OUTCOMES, {"pair": run.pair}).all() if opened or change.new else ()
    late = older or (leaves_standing(run, told) and not change.gone)
    _stand(connection, run, number, outcomes, late=late)
    return change


def _keep_row(connection: Connection, run: Run, origin: Origin, inputs: RunInputs, held: Held) -> int:
    before = held.known.get(run.pair)
    kept = (*keep_evidence(connection, run, held.looks[run.pair]), *known_texts(run, before))
    if inputs.judged_by:
        keep_known(connection, run, inputs.judged_by, kept, before)
    results, evidence, intent, policy = keep_each(
        connection,
        (codec.write_results(run.results), codec.write_evidence(kept), inputs.intent, inputs.policy),
    )
    if inputs.judged_by:
        keep_judgement(connection, run, inputs.judged_by, results)
    row = {
        "id": run.id,
        "kind": run.kind.value,
        "pair": run.pair,
        "member_a": run.members[0],
        "member_b": run.members[1],
        "started_at": run.started_at,
        "ended_at": run.ended_at,
        "verdict": run.verdict.value,
        "results": results,
        "evidence": evidence,
        "changes": keep_one(connection, codec.write_changes(run.changes)) if run.changes else None,
        "intent": intent if inputs.intent else None,
        "policy": policy if inputs.policy else None,
        "transaction_id": run.transaction or None,
        "by_user": origin.user or None,
        "by_host": origin.host or None,
        "ticket": origin.ticket or None,
    }
    return int(connection.execute(_ADD, row).scalar_one())


def _keep_transaction(
    connection: Connection, run: Run, number: int, origin: Origin, inputs: RunInputs
) -> None:
    """Keep how a transaction ended; one that was taken up later ends as its last run says."""
    if not run.transaction:
        return
    ended: dict[str, object] = {
        "run": number,
        "ended_at": run.ended_at,
        "end_name": run.outcome,
        "journal": keep_one(connection, inputs.journal) if inputs.journal else None,
    }
    first = {
        "id": run.transaction,
        "pair": run.pair,
        "safety_line": run.safety_line or None,
        "by_user": origin.user or None,
        "by_host": origin.host or None,
        "ticket": origin.ticket or None,
    }
    connection.execute(insert_unless_there(connection, transactions), {**first, **ended})
    connection.execute(_LATER_END, {"of": run.transaction, "at": run.ended_at, **ended})


def _judge(
    connection: Connection, run: Run, told: Sequence[CheckResult], opened: Mapping[Key, int]
) -> Change:
    """Open, renew and end the findings of a pair."""
    if run.kind is RunKind.REPLAY:
        return Change({}, {}, frozenset())
    change = changes(opened, told)
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
                hand=codec.write_author(complaint.hand),
            )
        )
    _renew(connection, run, {opened[key]: complaint for key, complaint in change.still.items()})
    _end(connection, run, [opened[key] for key in change.gone])
    return change


def _renew(connection: Connection, run: Run, still: Mapping[int, Complaint]) -> None:
    for number, complaint in still.items():
        connection.execute(
            update(findings)
            .where(findings.c.number == number)
            .values(
                last_seen=run.started_at,
                found=complaint.found,
                command=complaint.command,
                **({"hand": codec.write_author(complaint.hand)} if complaint.hand else {}),
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


def _stand(connection: Connection, run: Run, number: int, opened: Sequence[str], *, late: bool) -> None:
    """Write where the pair stands now."""
    values: dict[str, object] = {"open_findings": len(opened)}
    if not late:
        seen = Outcome.ERROR if nobody_judged(run) else run.verdict
        verdict = worst((seen, *map(Outcome, opened)))
        values |= {"last_run": number, "verdict": verdict.value}
        if verdict is Outcome.SUCCESS:
            values["last_good"] = run.started_at
    connection.execute(_STAND, {"of": run.pair, **values})
