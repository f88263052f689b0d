"""The policy file of a network: which checks run, their thresholds, and what is waived for how long.

    checks: {tags: [rbs, e-trunk]}
    limits: {missing_entries: 0.05}
    waivers:
      - {check: ports-up, subject: ports of North-1, owner: jane, reason: card on order, expires: 2026-12-24}

A waiver never hides an error: what could not be told is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from inventory.errors import IntentError
from tasks.checks.catalog import EVERYTHING, Selection, all_checks, checks_for
from tasks.checks.check import DEFAULT_LIMITS, Limits
from tasks.checks.model import CheckResult, Complaint, Outcome

DRIFT: Final = "drift"
"""Judged from plans, not from displays: no check of the catalogue, yet it may be waived."""


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


class _File(_Closed):
    checks: _Checks = _Checks()
    limits: _Limits = _Limits()
    waivers: tuple[Waiver, ...] = ()


@dataclass(frozen=True, slots=True)
class Policy:
    """What a network wants of its checks.

    Args:
        selection: checks that run; all of them when the file names none.
        limits: thresholds.
        waivers: known failures.
    """

    selection: Selection = EVERYTHING
    limits: Limits = DEFAULT_LIMITS
    waivers: tuple[Waiver, ...] = ()


NO_POLICY: Final = Policy()


def load_policy(path: str | Path) -> Policy:
    """Read a policy file.

    Args:
        path: YAML file.

    Raises:
        IntentError: it cannot be read, has an unknown key or value, or names an unknown check or tag.
    """
    file = Path(path)
    try:
        values = YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8")) or {}
        parsed = _File.model_validate(values)
    except (OSError, UnicodeDecodeError) as error:
        raise IntentError("the policy file cannot be read", where=str(path)) from error
    except YAMLError as error:
        raise IntentError("the policy file is no YAML", where=f"{path}: {_line(error)}") from error
    except ValidationError as error:
        raise IntentError(f"the policy file is wrong: {_problems(error)}", where=str(path)) from error
    selection = Selection(parsed.checks.names, parsed.checks.tags)
    checks_for(selection)
    _reject_strangers(parsed.waivers, str(path))
    return Policy(selection, Limits(**parsed.limits.model_dump()), parsed.waivers)


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


def _reject_strangers(waivers: Sequence[Waiver], source: str) -> None:
    """Refuse a waiver of a check that is not there: it would silently do nothing."""
    known = {check.name for check in all_checks()} | {DRIFT}
    strange = sorted({waiver.check for waiver in waivers} - known)
    if strange:
        raise IntentError("a waiver names a check that is not there", found=", ".join(strange), where=source)


def _problems(error: ValidationError) -> str:
    """Give every problem with its place in the file."""
    rows: list[Any] = list(error.errors())
    return "; ".join(f"{'.'.join(map(str, row['loc']))}: {row['msg']}" for row in rows)


def _line(error: YAMLError) -> str:
    """Give the line of a YAML error, where it knows it."""
    mark = getattr(error, "problem_mark", None)
    return f"line {mark.line + 1}" if mark is not None else "somewhere"
