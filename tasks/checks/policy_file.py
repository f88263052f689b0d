"""The policy file of a network: which checks run, their thresholds, what is waived, and what may be deployed.

    checks: {tags: [rbs, e-trunk]}
    limits: {missing_entries: 0.05}
    waivers:
      - {check: ports-up, subject: ports of North-1, owner: jane, reason: card on order, expires: 2026-12-24}
    drift: {extra: fail, sections: [{section: interface *, line: description *, extra: ignore}]}
    grace: [{check: rbs-connected, minutes: 15}]
    severities: {ports-up: minor}
    configuration: {full_every: 24}
    remedy: {highest_impact: hitless}
    readiness: {channel_up_s: 300, preempt_delay_s: 600, revert_delay_s: 120}
    drill_every: 90d
    deployment:
      highest_impact: resets
      lowest_evidence: other
      side_effects: lost
      freezes:
        - {begins: 2026-12-18 18:00, ends: 2027-01-04 06:00, time_zone: Europe/Amsterdam, reason: end of year}

A waiver never hides an error: what could not be told is told.
"""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from pydantic import Field, ValidationError

from inventory.document import Document, read_file
from inventory.explain import nearest, problems_of
from inventory.problems import InvalidIntentError, Problem
from tasks.checks.catalog import Selection, all_checks
from tasks.checks.check import Limits
from tasks.checks.freeze import Freeze
from tasks.checks.model import DRIFT, DRILLED, REACH
from tasks.checks.policy import (
    ANY_READINESS,
    EVIDENCES,
    IMPACTS,
    Closed,
    ExtraLines,
    Grace,
    Harm,
    Policy,
    Readiness,
    Severity,
    Waiver,
)

POLICY = "policy.yaml"
"""Its name in an inventory."""
SCHEMA_PATH = Path(__file__).with_name("policy.schema.json")
"""JSON Schema of the file, for editors."""


class _Checks(Closed):
    names: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


class _Limits(Closed):
    missing_entries: float = Field(0.0, ge=0, le=1)
    lost_pings: int = Field(1, ge=0, le=4)
    clock_skew_s: float = Field(5.0, ge=0)


class _Remedy(Closed):
    highest_impact: Literal["hitless", "resets", "affecting"]


class _Configuration(Closed):
    full_every: int = Field(24, ge=1, le=10_000)


class _Deployment(Closed):
    highest_impact: Literal["hitless", "resets", "affecting"] = "affecting"
    lowest_evidence: Literal["device", "manual", "other", "derived"] = "derived"
    side_effects: Harm = Harm.NEVER
    freezes: tuple[Freeze, ...] = ()


class _File(Closed):
    checks: _Checks = _Checks()
    limits: _Limits = _Limits()
    waivers: tuple[Waiver, ...] = ()
    drift: ExtraLines = ExtraLines()
    grace: tuple[Grace, ...] = ()
    severities: dict[str, Severity] = Field(default_factory=dict)
    readiness: Readiness = ANY_READINESS
    remedy: _Remedy | None = None
    configuration: _Configuration = _Configuration()
    deployment: _Deployment = _Deployment()
    drill_every: str | None = Field(None, pattern=r"^[1-9]\d{0,3}d$")


def policy_beside(folder: Path) -> Path | None:
    """Return the policy file that lies in a folder, also one that leads nowhere; nothing where none does."""
    beside = folder / POLICY
    return beside if os.path.lexists(beside) else None


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
        EVIDENCES[parsed.deployment.lowest_evidence],
        parsed.deployment.freezes,
        parsed.drift,
        parsed.grace,
        MappingProxyType(parsed.severities),
        parsed.readiness,
        None if parsed.remedy is None else IMPACTS[parsed.remedy.highest_impact],
        parsed.configuration.full_every,
        parsed.deployment.side_effects,
        None if parsed.drill_every is None else timedelta(days=int(parsed.drill_every[:-1])),
    )


def policy_schema() -> dict[str, Any]:
    """Return the JSON Schema of the file; `policy.schema.json` beside this file is it."""
    schema = _File.model_json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": "Hotpair policy"}


def _reject_strangers(parsed: _File, document: Document) -> None:
    """Refuse names of checks and tags that are not there: they would silently do nothing."""
    names = {check.name for check in all_checks()}
    tags = {tag for check in all_checks() for tag in check.tags}
    judged = names | {DRIFT, DRILLED}
    asked = [
        *((f"checks.names[{n}]", name, "check", names) for n, name in enumerate(parsed.checks.names)),
        *((f"checks.tags[{n}]", tag, "tag", tags) for n, tag in enumerate(parsed.checks.tags)),
        *((f"waivers[{n}].check", waiver.check, "check", judged) for n, waiver in enumerate(parsed.waivers)),
        *((f"grace[{n}].check", one.check, "check", judged) for n, one in enumerate(parsed.grace)),
        *((f"severities.{name}", name, "check", judged | {REACH}) for name in parsed.severities),
    ]
    strange = [
        Problem(document.place(path), f"no {what} is named {name!r}{nearest(name, sorted(known))}")
        for path, name, what, known in asked
        if name not in known
    ]
    if strange:
        raise InvalidIntentError(document.source, strange)
