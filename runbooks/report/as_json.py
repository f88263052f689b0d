"""A run as JSON for programs; the schema is shipped beside this file."""

from __future__ import annotations

import json
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Any

from runbooks.report.run import SCHEMA_VERSION, Change, Run
from tasks.checks.model import CheckResult, Observation, Outcome

SCHEMA_PATH = Path(__file__).with_name("run.schema.json")
ERRORS_SCHEMA_PATH = Path(__file__).with_name("errors.schema.json")
"""What the command line writes for programs when it ends without a result."""


def run_as_dict(run: Run) -> dict[str, Any]:
    """Return a run as plain values, raw evidence by hash."""
    return {
        "schema_version": SCHEMA_VERSION,
        "id": run.id,
        "kind": run.kind.value,
        "pair": run.pair,
        "members": list(run.members),
        "started_at": run.started_at.isoformat(),
        "ended_at": run.ended_at.isoformat(),
        "verdict": run.verdict.value,
        "counts": {outcome.value: run.count(outcome) for outcome in Outcome},
        "unproven": run.unproven,
        "transaction": _transaction(run),
        "changes": [_change(change) for change in run.changes],
        "results": [_result(result) for result in run.results],
        **({"plan": run.plan} if run.plan else {}),
        "hitless": None if run.hitless is None else asdict(run.hitless),
        "evidence": [_evidence(seen) for seen in run.observations],
    }


def to_json(run: Run) -> str:
    """Return a run as JSON text, one key a line, ready for a file or standard output."""
    return json.dumps(run_as_dict(run), indent=2, ensure_ascii=False) + "\n"


def digest(text: str) -> str:
    """Return the hash that the evidence is kept under."""
    return sha256(text.encode()).hexdigest()


def _transaction(run: Run) -> dict[str, Any] | None:
    if not run.transaction:
        return None
    return {
        "id": run.transaction,
        "safety_line": run.safety_line,
        "outcome": run.outcome,
        "ticket": run.ticket,
        "accepted": list(run.accepted),
    }


def _change(change: Change) -> dict[str, Any]:
    lines = zip(change.commands, change.impacts, strict=True)
    return {
        "member": change.member,
        "commands": [{"text": text, "impact": impact} for text, impact in lines],
    }


def _result(result: CheckResult) -> dict[str, Any]:
    return {
        "check": result.check,
        "subject": result.subject,
        "title": result.title,
        "tags": list(result.tags),
        "outcome": result.outcome.value,
        "complaints": [asdict(complaint) for complaint in result.complaints],
        "note": result.note,
        "converged_after_s": result.converged_after_s,
        "next_command": result.next_command,
        "unproven": result.unproven,
    }


def _evidence(seen: Observation) -> dict[str, Any]:
    return {
        "member": seen.member,
        "command": seen.command,
        "taken_at": seen.taken_at.isoformat(),
        "seconds": seen.seconds,
        "sha256": digest(seen.text),
        "unparsed": [{"line": line.line, "text": line.text} for line in seen.parsed.unparsed],
    }
