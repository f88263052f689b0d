"""What could be done with a pair: its plan, and what both members were when it was made."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from inventory.facts import ConfigTree
from inventory.model import SIDES, Pair, Side
from parsers.replies import read_commit_list
from parsers.tree import read_tree
from runbooks.gates import Accepted, pass_lint
from runbooks.keys import Keys, plan_with_keys
from tasks.plan.items import items_of
from tasks.plan.model import PairPlan
from tasks.sessions.protocol import LineRefusedError, Session
from tasks.sessions.steps import Step, together
from tasks.transaction.seeing import COMMITS, CURRENT

ESN = "display esn"
_ESN = re.compile(r"(?m)^ESN of (?:master|slave):\s*(\S+)")


@dataclass(frozen=True, slots=True)
class Running:
    """What a member is.

    Args:
        tree: its running configuration.
        commit: id of its newest commit; nothing when it has none.
    """

    tree: ConfigTree
    commit: int | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A plan and what it was made from.

    Args:
        plan: of both members.
        running: what each member was.
        accepted: breaches of rules that the operator accepts and the intent needs.
    """

    plan: PairPlan
    running: Mapping[Side, Running]
    accepted: tuple[Accepted, ...] = ()

    @property
    def base_commits(self) -> dict[str, int]:
        """Newest commit id by device name, of those that have one."""
        plans = {"a": self.plan.a, "b": self.plan.b}
        return {
            plans[side].member: one.commit for side, one in self.running.items() if one.commit is not None
        }


def propose(
    pair: Pair,
    sessions: Mapping[Side, Session],
    keys: Keys,
    accepted: tuple[Accepted, ...] = (),
    *,
    remove: bool = False,
) -> Proposal:
    """Read both members and plan.

    Args:
        pair: intent.
        sessions: one a member.
        keys: what is known of the pair's keys.
        accepted: breaches of rules that the operator accepts.
        remove: take the pair away instead of building it; rules are not asked then.

    Raises:
        RefusedError: the intent breaks a rule, or there is no plan that touches the pair alone.
    """
    needed = () if remove else pass_lint(pair, accepted)
    read = together(*(_read(sessions[side]) for side in SIDES))
    running = {side: one.result() for side, one in zip(SIDES, read, strict=True)}
    trees = {side: one.tree for side, one in running.items()}
    return Proposal(plan_with_keys(pair, trees, keys, remove=remove), running, needed)


def _read(session: Session) -> Step[Running]:
    commits, text = yield from session.run_all.step((COMMITS, CURRENT))
    points = read_commit_list(commits)
    return Running(read_tree(text, session.member), points[0].commit_id if points else None)


def serial_number(session: Session) -> str:
    """Return the serial numbers of a device's main boards; empty where the release does not tell them."""
    try:
        shown = session.run(ESN)
    except LineRefusedError:
        return ""
    return " ".join(_ESN.findall(shown))


def owned_digest(tree: ConfigTree) -> str:
    """Return a digest of the lines that Hotpair owns on a device; keys do not go into it."""
    lines = sorted(repr((key, item.value)) for key, item in items_of(tree).items())
    return sha256("\n".join(lines).encode()).hexdigest()
