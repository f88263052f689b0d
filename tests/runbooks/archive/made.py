"""Runs to keep, made of what emulated routers might say."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from parsers.api import parse
from runbooks.archive.opening import Archive
from runbooks.archive.store import Origin, RunInputs, keep_run
from runbooks.report.run import Run, RunKind, run_id
from tasks.checks.model import CheckResult, Complaint, Observation, Outcome
from tests.fixtures.text import text_of

START = datetime(2026, 3, 4, 2, 0, 0, tzinfo=UTC)
CHANNEL = text_of("outputs/channel-of-a-kept-run.txt")
COMMAND = "display remote-backup-service north"


def seen(text: str, at: datetime, *, member: str = "core-1", command: str = COMMAND) -> Observation:
    return Observation(member, command, text, parse(command, text), at, 0.1)


def ended(
    outcome: Outcome, *complaints: Complaint, check: str = "rbs-connected", subject: str = "RBS north"
) -> CheckResult:
    return CheckResult(check, subject, outcome, "The channel is connected.", ("rbs",), complaints)


def down(found: str = "connecting", device: str = "core-1") -> Complaint:
    return Complaint("the channel is not connected", "connected", found, device, COMMAND)


GOOD = ended(Outcome.SUCCESS)
BAD = ended(Outcome.FAILURE, down())
UNKNOWN = ended(Outcome.ERROR, Complaint("no answer", device="core-1"))


def run(
    minutes: int,
    *results: CheckResult,
    pair: str = "north",
    kind: RunKind = RunKind.CHECK,
    observations: tuple[Observation, ...] = (),
    transaction: str = "",
    outcome: str = "",
) -> Run:
    at = START + timedelta(minutes=minutes)
    return Run(
        id=run_id(kind, pair, at),
        kind=kind,
        pair=pair,
        members=(f"{pair}-1", f"{pair}-2"),
        started_at=at,
        ended_at=at + timedelta(seconds=2),
        results=results,
        observations=observations,
        transaction=transaction,
        outcome=outcome,
    )


WHO = Origin("ops", "jump-1", "CHG-7")


def keep(archive: Archive, made: Run) -> None:
    keep_run(archive, made, WHO, RunInputs(intent="pair: north\n"))
