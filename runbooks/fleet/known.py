"""What is known of a pair whose configuration was read and held: enough to see that nothing changed since.

Each commit has an id of its own, so that a device whose newest commit is the one of then still runs what was
read then. What is no commit is not seen this way: every so many times a pair is looked at in full. Source:
Huawei NE40E command reference, "display configuration commit list".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from hashlib import sha256
from importlib.metadata import entry_points, version

from inventory.model import Pair, Side
from tasks.checks.catalog import GROUP
from tasks.checks.check import doubt_of
from tasks.checks.model import DRIFT, CheckResult, Observation, Outcome
from tasks.checks.policy import Policy

PROBE = "display configuration commit list verbose 1"
"""Asked of a device whose configuration is known: its newest commit."""


@dataclass(frozen=True, slots=True)
class Known:
    """A look at the configurations of a pair that was good.

    Args:
        judged_by: digest of what it was judged by, see `judged_by`.
        heads: newest commit of a and of b then, see `head_of`.
        read_at: when both configurations were read, with time zone.
        probes: how many looks since then asked for the newest commits alone.
    """

    judged_by: str
    heads: tuple[str, str]
    read_at: datetime
    probes: int = 0

    def head(self, side: Side) -> str:
        """Return the newest commit of a member."""
        return self.heads[0 if side == "a" else 1]


Configuration = Callable[[str, Side], Observation]
"""Returns the configuration of a member of a pair as it was read at the last good look."""


@dataclass(frozen=True, slots=True)
class Memory:
    """What is known of the pairs of a fleet.

    Args:
        known: by name of the pair; a pair that is not there is looked at in full.
        configuration: gives what is kept of those that are.
    """

    known: Mapping[str, Known]
    configuration: Configuration

    def of(self, pair: Pair, policy: Policy) -> Known | None:
        """Return what is known of a pair; nothing where it is to be looked at in full."""
        known = self.known.get(pair.name)
        if known is None or known.judged_by != judged_by(pair, policy):
            return None
        return known if known.probes + 1 < policy.full_every else None


def judged_by(pair: Pair, policy: Policy) -> str:
    """Return a digest of all that a verdict rests on beside what devices say: intent, policy, release."""
    return sha256("\n".join((pair.model_dump_json(), repr(policy), *_releases())).encode()).hexdigest()


@cache
def _releases() -> tuple[str, ...]:
    """Name this release, and those of checks that others wrote."""
    doors = entry_points(group=GROUP)
    return (version("hotpair"), *(f"{one.value} {one.dist.version if one.dist else ''}" for one in doors))


def head_of(seen: Observation | None) -> str:
    """Name the newest commit that a list of commits shows; empty where it shows none, or is not read whole.

    Args:
        seen: answer of `PROBE`, or of the same display with more commits.
    """
    if seen is None or doubt_of(seen) is not None:
        return ""
    newest = seen.parsed.records[0]
    return f"{newest.commit_id} {newest.user or ''} {newest.time or ''}"


def has_changed(seen: Sequence[Observation], heads: frozenset[str]) -> bool:
    """Tell whether a router's newest commit is not the one that is known.

    Args:
        seen: its answers, that to `PROBE` first.
        heads: newest commits that it is known by; none: it is not asked so.
    """
    return bool(heads) and {head_of(seen[0])} != heads


def held(results: Sequence[CheckResult]) -> bool:
    """Tell whether results say of both members, without any reserve, that they hold the intent."""
    drift = [one for one in results if one.check == DRIFT]
    return len(drift) > 1 and all(one.outcome is Outcome.SUCCESS for one in drift)
