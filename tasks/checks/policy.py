"""The policy file of a network: which checks run, their thresholds, what is waived, and what may be deployed.

    checks: {tags: [rbs, e-trunk]}
    limits: {missing_entries: 0.05}
    waivers:
      - {check: ports-up, subject: ports of North-1, owner: jane, reason: card on order, expires: 2026-12-24}
    drift: {extra: fail, sections: [{section: interface *, line: description *, extra: ignore}]}
    grace: [{check: rbs-connected, minutes: 15}]
    severities: {ports-up: minor}
    readiness: {channel_up_s: 300, preempt_delay_s: 600, revert_delay_s: 120}
    deployment:
      highest_impact: resets
      freezes:
        - {begins: 2026-12-18 18:00, ends: 2027-01-04 06:00, time_zone: Europe/Amsterdam, reason: end of year}

A waiver never hides an error: what could not be told is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from fnmatch import fnmatchcase
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from inventory.document import Document, read_file
from inventory.explain import nearest, problems_of
from inventory.lines.impact import Impact
from inventory.problems import InvalidIntentError, Problem
from tasks.checks.catalog import EVERYTHING, Selection, all_checks
from tasks.checks.check import DEFAULT_LIMITS, Limits
from tasks.checks.freeze import Freeze
from tasks.checks.model import CheckResult, Complaint, Outcome

SCHEMA_PATH = Path(__file__).with_name("policy.schema.json")
"""JSON Schema of the file, for editors."""
DRIFT: Final = "drift"
"""Judged from plans, not from displays: no check of the catalogue, yet it may be waived."""
REACH: Final = "within-reach"
"""Name of the result that tells why a member gave no answer."""


class _Closed(BaseModel):
    """A part of the file: it cannot change, and an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Waiver(_Closed):
    """A failure that is known and accepted until a day.

    Args:
        check: name of the check.
        subject: as the report names it; without it, all subjects of the check.
        owner: who accepted it.
        reason: why.
        expires: the last day on which it counts.
    """

    check: str = Field(min_length=1)
    subject: str | None = None
    owner: str = Field(min_length=1)
    reason: str = Field(min_length=1)
    expires: date

    def covers(self, result: CheckResult) -> bool:
        """Tell whether this is about a result."""
        return self.check == result.check and self.subject in {None, result.subject}


class _Checks(_Closed):
    names: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


class _Limits(_Closed):
    missing_entries: float = Field(0.0, ge=0, le=1)
    lost_pings: int = Field(1, ge=0, le=4)
    clock_skew_s: float = Field(5.0, ge=0)


class Extra(StrEnum):
    """What is made of a line that the intent does not have."""

    FAIL = "fail"
    WARN = "warn"
    IGNORE = "ignore"


class Severity(StrEnum):
    """How bad it is that a check fails, the worst first."""

    CRITICAL = "critical"
    MAJOR = "major"
    MINOR = "minor"
    WARNING = "warning"


class ExtraIn(_Closed):
    """What is made of extra lines in some sections.

    Args:
        section: pattern of the line that opens the section at the top, e.g. `interface *`.
        line: pattern of the line itself.
        extra: fail, warn or ignore.
    """

    section: str = Field("*", min_length=1)
    line: str = Field("*", min_length=1)
    extra: Extra

    def covers(self, path: str) -> bool:
        """Tell whether this is about a line, written `view / line`."""
        parts = path.split(" / ")  # free text may hold the sign between views: any end of the path may fit
        ends = (" / ".join(parts[start:]) for start in range(len(parts)))
        return fnmatchcase(parts[0], self.section) and any(fnmatchcase(end, self.line) for end in ends)


class ExtraLines(_Closed):
    """What is made of lines that the intent does not have; of several sections the first that fits counts."""

    extra: Extra = Extra.FAIL
    sections: tuple[ExtraIn, ...] = ()

    def of(self, path: str) -> Extra:
        """Tell what is made of a line, written `view / line`."""
        return next((one.extra for one in self.sections if one.covers(path)), self.extra)


ALL_FAIL: Final = ExtraLines()


class Grace(_Closed):
    """How long a failure is left before it counts.

    Args:
        check: name of the check.
        minutes: for which a failure is shown and kept, but ends no command with 1 and alerts nobody.
    """

    check: str = Field(min_length=1)
    minutes: float = Field(gt=0, le=10_080)


class _Deployment(_Closed):
    highest_impact: Literal["hitless", "resets", "affecting"] = "affecting"
    freezes: tuple[Freeze, ...] = ()


class Readiness(_Closed):
    """What a standby must have before a switchover is asked of it.

    Args:
        channel_up_s: for how long the backup channel must have been up.
        preempt_delay_s: least preemption delay of the VRRP groups that decide roles.
        revert_delay_s: least delay before an E-Trunk switches back.
    """

    channel_up_s: float = Field(0.0, ge=0)
    preempt_delay_s: float = Field(0.0, ge=0)
    revert_delay_s: float = Field(0.0, ge=0)


ANY_READINESS: Final = Readiness()


class _File(_Closed):
    checks: _Checks = _Checks()
    limits: _Limits = _Limits()
    waivers: tuple[Waiver, ...] = ()
    drift: ExtraLines = ExtraLines()
    grace: tuple[Grace, ...] = ()
    severities: dict[str, Severity] = Field(default_factory=dict)
    readiness: Readiness = ANY_READINESS
    deployment: _Deployment = _Deployment()


IMPACTS: Final = {
    "hitless": Impact.HITLESS,
    "resets": Impact.RESETS_SESSION,
    "affecting": Impact.AFFECTS_SERVICE,
}
"""What an impact is called in the file and on the command line, the smallest first."""


@dataclass(frozen=True, slots=True)
class Policy:
    """What a network wants of its checks and deployments.

    Args:
        selection: checks that run; all of them when the file names none.
        limits: thresholds.
        waivers: known failures.
        highest_impact: what a deployment may do to traffic without being told that more is allowed.
        freezes: times without deployments.
        extra: what is made of lines that the intent does not have.
        grace: how long failures are left before they count.
        severities: how bad a failed check is, by name.
        readiness: what a standby must have before a switchover.
    """

    selection: Selection = EVERYTHING
    limits: Limits = DEFAULT_LIMITS
    waivers: tuple[Waiver, ...] = ()
    highest_impact: Impact = Impact.AFFECTS_SERVICE
    freezes: tuple[Freeze, ...] = ()
    extra: ExtraLines = ALL_FAIL
    grace: tuple[Grace, ...] = ()
    severities: Mapping[str, Severity] = field(default_factory=lambda: MappingProxyType({}))
    readiness: Readiness = ANY_READINESS

    def severity_of(self, check: str) -> Severity:
        """Tell how bad it is that a check fails; major where nothing is said."""
        return self.severities.get(check, Severity.MAJOR)

    def grace_of(self, check: str) -> timedelta:
        """Tell how long a failure of a check is left before it counts."""
        minutes = next((one.minutes for one in self.grace if one.check == check), 0.0)
        return timedelta(minutes=minutes)


NO_POLICY: Final = Policy()
ABSENT: Final = "absent"
"""What a complaint of drift says of the side on which a line does not stand."""


def load_policy(path: str | Path) -> Policy:
    """Read a policy file.

    Args:
        path: YAML file.

    Raises:
        IntentError: it cannot be read, has an unknown key or value, or names an unknown check or tag.
    """
    document = read_file(Path(path))
    try:
        parsed = _File.model_validate({} if document.values is None else document.values)
    except ValidationError as error:
        raise InvalidIntentError(str(path), problems_of(error, document, _File)) from None
    _reject_strangers(parsed, document)
    return Policy(
        Selection(parsed.checks.names, parsed.checks.tags),
        Limits(**parsed.limits.model_dump()),
        parsed.waivers,
        IMPACTS[parsed.deployment.highest_impact],
        parsed.deployment.freezes,
        parsed.drift,
        parsed.grace,
        MappingProxyType(parsed.severities),
        parsed.readiness,
    )


def policy_schema() -> dict[str, Any]:
    """Give the JSON Schema of the file; `policy.schema.json` beside this file is it."""
    schema = _File.model_json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": "Hotpair policy"}


def weigh_extra(results: Iterable[CheckResult], extra: ExtraLines) -> tuple[CheckResult, ...]:
    """Leave out of drift the extra lines that are ignored, and tell those that are warned of apart.

    Args:
        results: of drift; a complaint with a found line and none wanted is an extra line.
        extra: of the policy.
    """
    return tuple(weighed for result in results for weighed in _weighed(result, extra))


def _weighed(result: CheckResult, extra: ExtraLines) -> Iterator[CheckResult]:
    if result.outcome is not Outcome.FAILURE or extra == ALL_FAIL:
        yield result
        return
    made: dict[Extra, list[Complaint]] = {each: [] for each in Extra}
    for one in result.complaints:
        made[extra.of(one.found) if one.wanted == ABSENT else Extra.FAIL].append(one)
    if made[Extra.FAIL]:
        yield replace(result, complaints=tuple(made[Extra.FAIL]))
    else:
        note = (
            f"{len(made[Extra.IGNORE])} extra lines are ignored by the policy" if made[Extra.IGNORE] else ""
        )
        yield replace(result, outcome=Outcome.SUCCESS, complaints=(), note=note, next_command="")
    if made[Extra.WARN]:
        subject = f"extra lines in the {result.subject}"
        note = "; ".join(part for part in ("the policy warns of them", result.note) if part)
        warned = tuple(made[Extra.WARN])
        yield replace(result, subject=subject, outcome=Outcome.SKIPPED, complaints=warned, note=note)


def waive(results: Iterable[CheckResult], waivers: Sequence[Waiver], today: date) -> tuple[CheckResult, ...]:
    """Skip failures that a waiver covers today; say of a failure that its waiver has ended.

    Args:
        results: of a run.
        waivers: of the policy.
        today: day of the run.
    """
    return tuple(_waived(result, waivers, today) for result in results)


def _waived(result: CheckResult, waivers: Sequence[Waiver], today: date) -> CheckResult:
    """Apply the waivers to one result."""
    if result.outcome is not Outcome.FAILURE:
        return result
    covering = [waiver for waiver in waivers if waiver.covers(result)]
    valid = next((waiver for waiver in covering if today <= waiver.expires), None)
    if valid is not None:
        note = f"waived until {valid.expires} by {valid.owner}: {valid.reason}"
        return replace(result, outcome=Outcome.SKIPPED, note=note)
    ended = tuple(Complaint(f"its waiver by {waiver.owner} ended on {waiver.expires}") for waiver in covering)
    return replace(result, complaints=(*result.complaints, *ended))


def _reject_strangers(parsed: _File, document: Document) -> None:
    """Refuse names of checks and tags that are not there: they would silently do nothing."""
    names = {check.name for check in all_checks()}
    tags = {tag for check in all_checks() for tag in check.tags}
    asked = [
        *((f"checks.names[{n}]", name, "check", names) for n, name in enumerate(parsed.checks.names)),
        *((f"checks.tags[{n}]", tag, "tag", tags) for n, tag in enumerate(parsed.checks.tags)),
        *(
            (f"waivers[{n}].check", waiver.check, "check", names | {DRIFT})
            for n, waiver in enumerate(parsed.waivers)
        ),
        *((f"grace[{n}].check", one.check, "check", names | {DRIFT}) for n, one in enumerate(parsed.grace)),
        *((f"severities.{name}", name, "check", names | {DRIFT, REACH}) for name in parsed.severities),
    ]
    strange = [
        Problem(document.place(path), f"no {what} is named {name!r}{nearest(name, sorted(known))}")
        for path, name, what, known in asked
        if name not in known
    ]
    if strange:
        raise InvalidIntentError(document.source, strange)
