"""What an alert says."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from runbooks.archive.queries import Finding
from tasks.checks.policy import Severity

SCHEMA_VERSION = 1


class State(StrEnum):
    """What is told of a cause."""

    FAIL = "fail"
    CLEAR = "clear"
    FLAPPING = "flapping"


@dataclass(frozen=True, slots=True)
class Trouble:
    """One cause in an alert.

    Args:
        cause: what is wrong, e.g. `metro-1: drift` or `router PE1 out of reach`.
        pairs: names of the pairs that it is about.
        since: first run that saw it.
        says: a line each complaint; none when it is well again.
    """

    cause: str
    pairs: tuple[str, ...]
    since: datetime
    says: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Alert:
    """What is told at once, because it has one cause.

    Args:
        id: unique; an alert that is delivered twice has it twice.
        at: moment of the look that saw it.
        state: fail, clear or flapping.
        severity: the worst of its troubles.
        subject: what they have in common: a pair, or a site.
        troubles: what is wrong, or was.
        dropped: how many alerts before it were dropped, because they could not be delivered.
    """

    id: str
    at: datetime
    state: State
    severity: Severity
    subject: str
    troubles: tuple[Trouble, ...]
    dropped: int = 0

    @property
    def title(self) -> str:
        """One line, e.g. `fail (major) site BER: 12 troubles, router PE1 out of reach first`."""
        first = self.troubles[0].cause
        what = first if len(self.troubles) == 1 else f"{len(self.troubles)} troubles, {first} first"
        return f"{self.state} ({self.severity}) {self.subject}: {what}"

    @property
    def text(self) -> str:
        """All of it as lines, the title first."""
        lines = [self.title]
        for trouble in self.troubles:
            pairs = ", ".join(trouble.pairs)
            lines.append(f"- {trouble.cause} ({pairs}) since {trouble.since:%Y-%m-%d %H:%M:%S} UTC")
            lines += [f"  {said}" for said in trouble.says]
        if self.dropped:
            lines.append(f"{self.dropped} alerts before this one were dropped: they could not be delivered")
        return "\n".join(lines)

    def as_dict(self) -> dict[str, Any]:
        """Return plain values, as programs are told them."""
        values = asdict(self)
        values["at"] = self.at.isoformat()
        for trouble in values["troubles"]:
            trouble["since"] = trouble["since"].isoformat()
        return {"schema_version": SCHEMA_VERSION, "title": self.title, **values}

    def as_json(self) -> str:
        """Return it as one line of JSON."""
        return json.dumps(self.as_dict(), ensure_ascii=False)


def read_alert(text: str) -> Alert:
    """Read an alert that was kept."""
    values: Any = json.loads(text)
    troubles = tuple(
        Trouble(one["cause"], tuple(one["pairs"]), datetime.fromisoformat(one["since"]), tuple(one["says"]))
        for one in values["troubles"]
    )
    at, state = datetime.fromisoformat(values["at"]), State(values["state"])
    severity = Severity(values["severity"])
    return Alert(values["id"], at, state, severity, values["subject"], troubles, values["dropped"])


def said(finding: Finding) -> str:
    """Write a finding as a line of an alert."""
    wanted = f": wanted {finding.wanted or '-'}, found {finding.found or '-'}"
    hand = f", changed by {finding.hand}" if finding.hand else ""
    where = f" on {finding.device}" if finding.device else ""
    return f"{finding.complaint}{wanted}{where}{hand}"
