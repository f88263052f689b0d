"""What goes through Temporal's history: names, ids and sentences; no configuration, and never a secret."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from runbooks.plan_file import Terms

COMMON = "hotpair"
"""Task queue of the runs themselves, and of pairs without a site; each worker serves it."""
MOST_TOLD = 200
"""Pairs that are not well of which a check tells each; the archive holds all."""


def queue_of(site: str | None) -> str:
    """Return the task queue whose workers stand near the routers of a site.

    >>> queue_of("BER")
    'site-ber'
    """
    return f"site-{site.lower()}" if site else COMMON


class Fault(StrEnum):
    """Whose fault it is that a pair did not end well; each has its exit code."""

    NONE = "none"
    FINDINGS = "findings"
    INTENT = "intent"
    UNKNOWN = "unknown"
    REFUSED = "refused"
    ROLLED_BACK = "rolled back"
    SPLIT = "split"


@dataclass(frozen=True)
class Ended:
    """What became of one pair.

    Args:
        pair: its name.
        fault: whether it ended well, and if not, whose fault it is.
        said: a sentence for the operator.
        transaction: id of its transaction; empty without one.
        next_command: what to type next; empty where there is nothing to type.
        details: what is known beside the sentence, by name: member, where, wanted, found.
    """

    pair: str
    fault: Fault
    said: str
    transaction: str = ""
    next_command: str = ""
    details: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        """Show the pair, the sentence and what is known beside it, on one line."""
        known = "; ".join(f"{name}: {'; '.join(value.splitlines())}" for name, value in self.details)
        return f"{self.pair}: {self.said}{f' ({known})' if known else ''}"


@dataclass(frozen=True)
class Wanted:
    """Which pairs are meant; all of them where nothing is said.

    Args:
        names: of pairs.
        tags: a pair with any of these.
        sites: a pair of any of these.
        match: a pattern of names; empty for every name.
        group: a group of `watch.yaml` instead.
    """

    names: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    match: str = ""
    group: str = ""


@dataclass(frozen=True)
class Place:
    """A pair, the queue of the workers near it, and its routers."""

    pair: str
    queue: str
    members: tuple[str, str]


@dataclass(frozen=True)
class Chosen:
    """The pairs that are meant, and those whose files are wrong.

    Args:
        places: where the pairs are.
        broken: an end for each pair whose file is wrong.
        config: their configurations alone are looked at.
    """

    places: tuple[Place, ...]
    broken: tuple[Ended, ...] = ()
    config: bool = False


@dataclass(frozen=True)
class Tally:
    """How many pairs ended in which way, and each one that did not end well, `MOST_TOLD` at most."""

    counts: dict[Fault, int] = field(default_factory=dict)
    told: tuple[Ended, ...] = ()

    def and_(self, ended: Ended) -> Tally:
        """Count one more."""
        counts = {**self.counts, ended.fault: self.counts.get(ended.fault, 0) + 1}
        more = ended.fault is not Fault.NONE and len(self.told) < MOST_TOLD
        return Tally(counts, (*self.told, ended) if more else self.told)

    @property
    def done(self) -> int:
        """Tell how many pairs are done."""
        return sum(self.counts.values())


@dataclass(frozen=True)
class Look:
    """A check of a fleet.

    Args:
        wanted: which pairs.
        rest: those that are left of a long run; nothing at its start.
        tally: of those that are done.
        began: moment of its start, ISO 8601; empty at its start.
        config: configurations alone are looked at.
    """

    wanted: Wanted
    rest: tuple[Place, ...] | None = None
    tally: Tally = Tally()
    began: str = ""
    config: bool = False


@dataclass(frozen=True)
class Planned:
    """The plan of one pair as the operator is shown it.

    Args:
        pair: its name.
        lines: how many lines are typed on a and on b.
        impact: the highest one; empty where nothing is to do.
        digest: of the plan; what is deployed must have the same.
        problem: why there is none.
    """

    pair: str
    lines: tuple[int, int] = (0, 0)
    impact: str = ""
    digest: str = ""
    problem: Ended | None = None


@dataclass(frozen=True)
class Words:
    """In what words a deployment is asked for.

    Args:
        terms: of each pair.
        accepted: rules whose breach is accepted.
        why: why it is.
        forced: why a pair is changed though its standby is not ready; empty: it is not.
    """

    terms: Terms
    accepted: tuple[str, ...] = ()
    why: str = ""
    forced: str = ""


@dataclass(frozen=True)
class Deployment:
    """A deployment of a fleet.

    Args:
        wanted: which pairs.
        words: how.
        at_once: how many pairs at a time.
        waves: how many pairs each wave has; what is left over is the last one.
    """

    wanted: Wanted
    words: Words
    at_once: int = 20
    waves: tuple[int, ...] = ()


@dataclass(frozen=True)
class Order:
    """One pair to deploy.

    Args:
        plan: as it was agreed to.
        words: how.
        transaction: id that it shall have, so that another worker can take it up.
    """

    plan: Planned
    words: Words
    transaction: str

    @property
    def pair(self) -> str:
        """Return the name of its pair."""
        return self.plan.pair


def by_hand(order: Order) -> str:
    """Return what is typed where no worker took a transaction up."""
    return f"hotpair txn adopt {order.transaction} --pair {order.pair}"


class Stage(StrEnum):
    """Where a deployment of a fleet stands."""

    PLANNING = "planning"
    ASKING = "waiting for a yes"
    DEPLOYING = "deploying"
    ENDED = "ended"


@dataclass(frozen=True)
class Standing:
    """Where a run of a fleet stands.

    Args:
        total: how many pairs it has; nothing as long as they are not known.
        tally: of those that are done.
        stage: of a deployment.
        plans: of a deployment, once all are there.
    """

    total: int | None
    tally: Tally
    stage: Stage = Stage.DEPLOYING
    plans: tuple[Planned, ...] = ()
