"""What is told of a standby: whether it is ready, why not; entries, lag, channels and delays in numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from tasks.checks.model import CheckResult, Complaint, Observation, Outcome


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a standby is not ready.

    Args:
        text: one line.
        fatal: nobody may override it.
        complaint: of the check that says so; nothing where it is the policy's wish.
        of_entries: what is backed up differs.
    """

    text: str
    fatal: bool = False
    complaint: Complaint | None = None
    of_entries: bool = False


@dataclass(frozen=True, slots=True)
class Entries:
    """The entries of one kind on one interface, here and there.

    Args:
        kind: tag of the check, e.g. `igmp`.
        interface: on the master.
        master: device that is meant to have them of its own.
        on_master: how many it has.
        on_backup: how many of them the backup has.
        missing: those that the backup lacks.
        subject: as the checks name it, whichever member is master.
        keys: of the master's entries.
        behind_s: how long the master has had the oldest one that the backup lacks; nothing: not shown.
    """

    kind: str
    interface: str
    master: str
    on_master: int
    on_backup: int
    missing: tuple[str, ...]
    subject: str
    keys: frozenset[str]
    behind_s: float | None


@dataclass(frozen=True, slots=True)
class Lag:
    """How far the backup is behind the master, of what both show.

    Args:
        entries: that the backup lacks.
        of: entries of the master.
        seconds: how long the master has had the oldest of them; nothing: not shown.
    """

    entries: int
    of: int
    seconds: float | None


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether the standby is ready.

    Args:
        pair: name of the pair.
        outcome: success is ready, failure is not ready, error could not be told.
        reasons: why it is not.
        untold: what could not be told.
        unproven: what no display shows.
        entries: here and there.
        hidden: kind and subject of entries that the backup does not show by nature: whether it has them is
            not told.
        channels_up_s: for how long each channel that is up has been so, by service and member; nothing: not
            shown.
        channels_down: those that are not.
        delays_left_s: until a member takes a VRRP group over again, by group and member, where a delay runs.
        skew_s: by how much the clocks differ; nothing: not shown.
        results: of the checks.
        observations: what was seen.
    """

    pair: str
    outcome: Outcome
    reasons: tuple[Reason, ...]
    untold: tuple[str, ...]
    unproven: tuple[str, ...]
    entries: tuple[Entries, ...]
    hidden: frozenset[tuple[str, str]]
    channels_up_s: Mapping[str, float | None]
    channels_down: tuple[str, ...]
    delays_left_s: Mapping[str, float]
    skew_s: float | None
    results: tuple[CheckResult, ...]
    observations: tuple[Observation, ...]

    @property
    def fatal(self) -> tuple[Reason, ...]:
        """The reasons that nobody may override."""
        return tuple(reason for reason in self.reasons if reason.fatal)

    def hides(self, one: Entries) -> bool:
        """Tell whether the backup does not show such entries, so that it may have them."""
        return (one.kind, one.subject) in self.hidden

    @property
    def lag(self) -> Lag | None:
        """How far the backup is behind; nothing where no display shows the entries of both members."""
        shown = [one for one in self.entries if not self.hides(one)]
        if not shown:
            return None
        ages = [one.behind_s for one in shown if one.missing]
        known = [age for age in ages if age is not None]
        told = max(known, default=0.0) if len(known) == len(ages) else None
        return Lag(sum(len(one.missing) for one in shown), sum(one.on_master for one in shown), told)

    def as_dict(self) -> dict[str, Any]:
        """Return plain values for programs."""
        lag = self.lag
        words = {Outcome.SUCCESS: "yes", Outcome.FAILURE: "no"}
        return {
            "pair": self.pair,
            "ready": words.get(self.outcome, "not told"),
            "reasons": [{"text": one.text, "fatal": one.fatal} for one in self.reasons],
            "untold": list(self.untold),
            "unproven": list(self.unproven),
            "entries": [
                {
                    "kind": one.kind,
                    "interface": one.interface,
                    "master": one.master,
                    "on_master": one.on_master,
                    **self._of_backup(one),
                }
                for one in self.entries
            ],
            "lag": None if lag is None else asdict(lag),
            "channels_up_s": dict(self.channels_up_s),
            "channels_down": list(self.channels_down),
            "delays_left_s": dict(self.delays_left_s),
            "clock_skew_s": self.skew_s,
        }

    def _of_backup(self, one: Entries) -> dict[str, Any]:
        """Return what the backup has, or nothing where no display shows it."""
        if self.hides(one):
            return {"on_backup": None, "missing": []}
        return {"on_backup": one.on_backup, "missing": list(one.missing)}
