"""What else has changed while a change was on trial, each with how bad it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from inventory.quantities import quantity
from runbooks.effects.around import ROUTES6, WORKS, Around, Object, is_routes
from runbooks.effects.expected import Expected
from tasks.checks.model import CheckResult, Complaint, Outcome
from tasks.checks.policy import Harm

ASIDE: Final = "side-effects"
TAGS: Final = ("effects",)
_ORDER: Final = (Harm.ANY, Harm.MOVED, Harm.LOST)
_TITLE: Final = "Nothing has changed but what the plan says"


@dataclass(frozen=True, slots=True)
class SideEffect:
    """Something that changed and was not to.

    Args:
        object: what.
        before: its state; empty: it was not there.
        after: its state; empty: it is gone.
    """

    object: Object
    before: str
    after: str

    @property
    def harm(self) -> Harm:
        """How bad it is: it does no work any more, it works otherwise, or something came.

        Routes come and go by themselves: only half of a protocol's and more that are gone are a loss.
        """
        if is_routes(self.object.kind):
            was, now = self.counts
            return Harm.LOST if was and 2 * now <= was else Harm.ANY
        if self.before in WORKS and self.after not in WORKS:
            return Harm.LOST
        return Harm.MOVED if self.before in WORKS else Harm.ANY

    @property
    def counts(self) -> tuple[int, int]:
        """Of what is counted, how many there were and are."""
        return int(self.before or 0), int(self.after or 0)

    @property
    def works_on(self) -> bool:
        """Tell whether it is still there and has lost nothing."""
        return bool(self.before and self.after) and self.harm is not Harm.LOST

    def __str__(self) -> str:
        """Show on one line."""
        return f"{self.object}: {self.before or 'absent'} -> {self.after or 'absent'}"


def side_effects(before: Around, after: Around, expected: Expected) -> tuple[SideEffect, ...]:
    """Compare what stood there with what stands there, without what the plan touches.

    Args:
        before: of the members before the first line.
        after: of them on trial.
        expected: what the plan touches.
    """
    blind = before.unseen | after.unseen
    changed = (
        SideEffect(one, before.objects.get(one, ""), after.objects.get(one, ""))
        for one in sorted({**before.objects, **after.objects})
        if before.objects.get(one) != after.objects.get(one) and (one.member, one.kind) not in blind
    )
    return tuple(one for one in changed if not _is_expected(one, expected))


def _is_expected(one: SideEffect, expected: Expected) -> bool:
    if is_routes(one.object.kind):
        was, now = one.counts
        routes = expected.routes6 if one.object.kind.startswith(ROUTES6) else expected.routes
        return abs(now - was) <= routes.of(one.object.name)
    return expected.covers(one.object) or (one.object.kind in expected.kinds and one.works_on)


def judged(found: Sequence[SideEffect], before: Around, after: Around, fails: Harm) -> CheckResult:
    """Make a result of side effects; those below the class of the policy are told alone.

    Args:
        found: side effects.
        before: what was compared.
        after: with what.
        fails: the class from which one fails the change.
    """
    bad = [one for one in found if fails in _ORDER and _ORDER.index(one.harm) >= _ORDER.index(fails)]
    blind = sorted(before.unseen | after.unseen)
    unseen = "; ".join(f"not compared: {_plural(kind)} of {member}" for member, kind in blind)
    said = "; ".join(filter(None, (*map(str, found), unseen)))
    if bad:
        complaints = tuple(
            Complaint(f"{one.object} was not to change", one.before or "absent", one.after or "absent",
                      one.object.member) for one in bad)  # fmt: skip
        return CheckResult(ASIDE, "all else", Outcome.FAILURE, _TITLE, TAGS, complaints, said)
    counted = (
        f"{quantity(len(before.objects), 'object is', 'objects are')} as before,"
        " but for what the plan touches"
    )
    outcome = Outcome.SKIPPED if found or blind else Outcome.SUCCESS
    return CheckResult(ASIDE, "all else", outcome, _TITLE, TAGS, (), said or counted)


def _plural(kind: str) -> str:
    return kind.removesuffix(" by") if is_routes(kind) else f"{kind}s"
