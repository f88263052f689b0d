"""Runs to make reports of, with names and texts that are not the seed's."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from parsers.api import parse
from runbooks.report.run import Change, Run, RunKind
from tasks.checks.model import CheckResult, Complaint, Observation, Outcome
from tests.fixtures.text import text_of

START = datetime(2026, 3, 4, 2, 0, 0, tzinfo=UTC)

RBS_TEXT = text_of("outputs/channel-of-a-report.txt")


def observation(text: str = RBS_TEXT, member: str = "core-1") -> Observation:
    command = "display remote-backup-service north"
    return Observation(member, command, text, parse(command, text), START + timedelta(seconds=5), 0.25)


def result(
    outcome: Outcome, *complaints: Complaint, after: float | None = None, note: str = ""
) -> CheckResult:
    return CheckResult(
        check="rbs-connected",
        subject="RBS north",
        outcome=outcome,
        title="The channel is connected on both members.",
        tags=("rbs",),
        complaints=complaints,
        note=note,
        converged_after_s=after,
    )


HOSTILE = Complaint(
    text="<script>alert(1)</script> | =HYPERLINK()",
    wanted="connected",
    found="connecting & <b>\x07",
    device="core-1",
    command="display remote-backup-service north",
)


def run(
    *results: CheckResult, observations: tuple[Observation, ...] = (), changes: tuple[Change, ...] = ()
) -> Run:
    return Run(
        id="20260304T020000000000Z-verify-north-pair",
        kind=RunKind.VERIFY,
        pair="north-pair",
        members=("core-1", "core-2"),
        started_at=START,
        ended_at=START + timedelta(seconds=12.5),
        results=results,
        observations=observations,
        changes=changes,
    )
