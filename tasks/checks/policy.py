"""What a network wants of its checks and deployments, as values; `policy_file` reads them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from fnmatch import fnmatchcase
from types import MappingProxyType
from typing import Final

from pydantic import BaseModel, ConfigDict, Field

from inventory.lines.evidence import Evidence
from inventory.lines.impact import Impact
from inventory.model.types import Prose
from tasks.checks.catalog import EVERYTHING, Selection
from tasks.checks.check import DEFAULT_LIMITS, Limits
from tasks.checks.freeze import Freeze
from tasks.checks.model import CheckResult


class Closed(BaseModel):
    """A part of the file: it cannot change, and an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Waiver(Closed):
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
    owner: Prose = Field(min_length=1)
    reason: Prose = Field(min_length=1)
    expires: date

    def covers(self, result: CheckResult) -> bool:
        """Tell whether this is about a result."""
        return self.check == result.check and self.subject in {None, result.subject}


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


class Harm(StrEnum):
    """From which class on a side effect fails a deployment."""

    NEVER = "never"
    LOST = "lost"
    MOVED = "moved"
    ANY = "any"


class ExtraIn(Closed):
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


class ExtraLines(Closed):
    """What is made of lines that the intent does not have; of several sections the first that fits counts."""

    extra: Extra = Extra.FAIL
    sections: tuple[ExtraIn, ...] = ()

    def of(self, path: str) -> Extra:
        """Tell what is made of a line, written `view / line`."""
        return next((one.extra for one in self.sections if one.covers(path)), self.extra)


ALL_FAIL: Final = ExtraLines()


class Grace(Closed):
    """How long a failure is left before it counts.

    Args:
        check: name of the check.
        minutes: for which a failure is shown and kept, but ends no command with 1 and alerts nobody.
    """

    check: str = Field(min_length=1)
    minutes: float = Field(gt=0, le=10_080)


class Readiness(Closed):
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


IMPACTS: Final = {
    "hitless": Impact.HITLESS,
    "resets": Impact.RESETS_SESSION,
    "affecting": Impact.AFFECTS_SERVICE,
}
"""What an impact is called in the file and on the command line, the smallest first."""
EVIDENCES: Final = {
    "device": Evidence.DEVICE,
    "manual": Evidence.MANUAL,
    "other": Evidence.OTHER,
    "derived": Evidence.DERIVED,
}
"""What evidence of a line is called in the file, the best first."""


@dataclass(frozen=True, slots=True)
class Policy:
    """What a network wants of its checks and deployments.

    Args:
        selection: checks that run; all of them when the file names none.
        limits: thresholds.
        waivers: known failures.
        highest_impact: what a deployment may do to traffic without being told that more is allowed.
        lowest_evidence: how well each line of a deployment is to be known, unless more is allowed.
        freezes: times without deployments.
        extra: what is made of lines that the intent does not have.
        grace: how long failures are left before they count.
        severities: how bad a failed check is, by name.
        readiness: what a standby must have before a switchover.
        side_effects: the class from which a side effect fails a deployment.
        drill_every: how long ago the last good drill of a pair may be; nothing: no drill is asked for.
        remedy: what `check --remedy` may do to traffic; nothing: no remedy is allowed.
        full_every: of so many checks of a configuration one reads it, whatever the commit list says.
    """

    selection: Selection = EVERYTHING
    limits: Limits = DEFAULT_LIMITS
    waivers: tuple[Waiver, ...] = ()
    highest_impact: Impact = Impact.AFFECTS_SERVICE
    lowest_evidence: Evidence = Evidence.DERIVED
    freezes: tuple[Freeze, ...] = ()
    extra: ExtraLines = ALL_FAIL
    grace: tuple[Grace, ...] = ()
    severities: Mapping[str, Severity] = field(default_factory=lambda: MappingProxyType({}))
    readiness: Readiness = ANY_READINESS
    remedy: Impact | None = None
    full_every: int = 24
    side_effects: Harm = Harm.NEVER
    drill_every: timedelta | None = None

    def severity_of(self, check: str) -> Severity:
        """Tell how bad it is that a check fails; major where nothing is said."""
        return self.severities.get(check, Severity.MAJOR)

    def grace_of(self, check: str) -> timedelta:
        """Tell how long a failure of a check is left before it counts."""
        minutes = next((one.minutes for one in self.grace if one.check == check), 0.0)
        return timedelta(minutes=minutes)


NO_POLICY: Final = Policy()
