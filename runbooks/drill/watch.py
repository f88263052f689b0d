"""What is seen of a drill while it runs: detection, roles, entries, and the way back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from inventory.model import SIDES, Pair, Side
from inventory.quantities import quantity
from runbooks import interrupts
from runbooks.drill.entries_back import entries_back, place_of
from runbooks.drill.model import INTERVAL_S, DrillOptions, Proposed
from runbooks.observe import observe
from runbooks.readiness import Entries
from runbooks.ready import entries_of
from runbooks.site import Openers, logged_in
from runbooks.verify import wait_for_pair
from tasks.checks.catalog import CONVERGING, Selection, checks_for, judge
from tasks.checks.check import Answers
from tasks.checks.model import CheckResult, Observation, Outcome
from tasks.checks.waiting import Patience
from tasks.sessions.protocol import Session
from tasks.transaction.model import Verdict

ENTRIES_S: Final = 30.0
"""Seconds in which the entries of a member that took over are usable."""
CALM_S: Final = 30.0
"""Seconds between two looks while a member waits on purpose."""
LOOKS_BACK: Final = 30
"""Into how many looks the delay on the way back is cut."""
STABLE: Final = 3
"""Looks in a row that must show roles and entries."""
LOOKED_AT: Final = Selection(tags=("roles", "entries"))


@dataclass(slots=True)
class Watch:
    """What is seen of a drill while it runs."""

    pair: Pair
    proposed: Proposed
    options: DrillOptions
    detected_s: float | None = None
    roles_s: float | None = None
    usable_s: float | None = None
    return_s: float | None = None
    gap_s: float = 0.0
    before_s: float = 0.0
    looked: bool = False
    wrong: tuple[CheckResult, ...] = ()
    lost: dict[str, tuple[str, ...]] = field(default_factory=dict)
    held: tuple[int, int] = (0, 0)
    after: tuple[CheckResult, ...] = ()
    observations: tuple[Observation, ...] = ()

    # ---- on trial ------------------------------------------------------------------------------------------

    def during(self, on_trial: Mapping[str, Session]) -> Verdict:
        """Look at both members until the other one leads and has every entry, or the time is over."""
        sessions: dict[Side, Session] = {side: on_trial[self.pair.members.of(side)] for side in SIDES}
        begin, stable = self.options.clock.seconds(), 0
        budget = self.proposed.hypothesis.roles_within_s + ENTRIES_S
        while True:
            interrupts.raise_if_interrupted()
            at_s = self.options.clock.seconds() - begin
            stable = stable + 1 if self._look(sessions, begin) else 0
            if stable >= STABLE or at_s + INTERVAL_S > budget:
                break
            self.before_s = at_s
            self.options.clock.sleep(self._pause(at_s))
        self.looked = True
        return Verdict(stable >= STABLE, self._said())

    def _pause(self, at_s: float) -> float:
        """Return the seconds to the next look: many while the other member waits on purpose, else few."""
        calm = self.roles_s is None and at_s + 2 * CALM_S < self.proposed.trigger.takes_s
        return CALM_S if calm else INTERVAL_S

    @property
    def back_s(self) -> float:
        """Seconds between two looks on the way back."""
        return max(INTERVAL_S, self.proposed.trigger.returns_s / LOOKS_BACK)

    def _look(self, sessions: Mapping[Side, Session], begin: float) -> bool:
        """Look once; tell whether the other member leads, and has every entry.

        What a look shows is known when it has ended: the answers may be as old as its begin, and as young.
        """
        trigger = self.proposed.trigger
        moved = trigger.pair
        self.observations = observe(
            (*checks_for(LOOKED_AT), *trigger.leads), moved, sessions, self.options.clock
        )
        at_s = self.options.clock.seconds() - begin
        roles = checks_for(Selection(tags=("roles",)))
        limits = self.options.policy.limits
        self.wrong = unheld(judge(trigger.leads or roles, moved, self.observations, limits))
        if self.detected_s is None and unheld(judge(roles, self.pair, self.observations, limits)):
            self.detected_s = at_s
        self._count()
        if self.wrong:
            self.roles_s = self.usable_s = None
            return False
        if self.roles_s is None:
            self.roles_s, self.gap_s = at_s, at_s - self.before_s
        if self.lost:
            self.usable_s = None
            return False
        self.usable_s = at_s if self.usable_s is None else self.usable_s
        return True

    def _count(self) -> None:
        """Count which entries of before the new master has now."""
        seen = {(one.member, one.command): one for one in self.observations}
        answers = Answers(self.proposed.trigger.pair, seen, self.options.policy.limits)
        now = {(one.kind, _place(one)): one for one in entries_of(answers)}
        self.lost, had, have = {}, 0, 0
        for key, before in _by_place(self.proposed.readiness.entries).items():
            there = set(now[key].keys) if key in now else set()
            gone = sorted(set(before.keys) - there)
            had, have = had + len(before.keys), have + len(before.keys) - len(gone)
            if gone:
                self.lost[place_of(before)] = tuple(gone)
        self.held = (have, had)

    def _said(self) -> str:
        """Say on one line what was seen."""
        roles = (
            "the roles did not change as expected" if self.roles_s is None else f"roles {self.roles_s:.1f} s"
        )
        return f"{roles}; {self.held[0]} of {quantity(self.held[1], 'entry', 'entries')} on the new master"

    # ---- afterwards ----------------------------------------------------------------------------------------

    def afterwards(self, openers: Openers) -> None:
        """Wait until the pair is as it was before: roles, entries and all else that may hold."""
        patience = Patience(
            self.proposed.hypothesis.return_within_s + STABLE * self.back_s, self.back_s, STABLE
        )
        checks = (
            *checks_for(CONVERGING),
            *checks_for(Selection(tags=("entries", "services", "lines"))),
            entries_back(self.proposed.readiness.entries, self.lost),
        )
        sessions = logged_in(self.pair, openers)
        waited = wait_for_pair(
            self.pair,
            sessions,
            checks,
            patience=patience,
            policy=self.options.policy,
            progress=self.options.progress,
            clock=self.options.clock,
        )
        self.after, self.observations = waited.results, waited.observations
        self.return_s = waited.took_s if waited.converged else None


def unheld(results: Sequence[CheckResult]) -> tuple[CheckResult, ...]:
    """Return the results that do not hold."""
    return tuple(one for one in results if one.outcome not in {Outcome.SUCCESS, Outcome.SKIPPED})


def _place(one: Entries) -> str:
    """Name the bound interface of an entry's kind by its profile, whichever member is master."""
    return one.subject


def _by_place(entries: Sequence[Entries]) -> dict[tuple[str, str], Entries]:
    return {(one.kind, _place(one)): one for one in entries}
