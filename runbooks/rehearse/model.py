"""What a rehearsal is asked and what it found, as values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from inventory.model import SIDES, Side
from inventory.secrets import Secret
from runbooks.gates import Permission
from runbooks.rehearse.agreement import Agreement
from runbooks.rehearse.faults import Fault
from runbooks.rehearse.sweeping import Sweep
from runbooks.rehearse.twin import Unplayed
from runbooks.report.run import Run
from tasks.checks.model import Observation
from tasks.plan.model import PairPlan


@dataclass(frozen=True, slots=True)
class Live:
    """What is rehearsed on.

    Args:
        texts: running configuration by side.
        observations: displays of the pair; empty where only files were given.
        plan: made from the pair; nothing where only files were given.
        points: members that have a commit to go back to.
    """

    texts: Mapping[Side, str]
    observations: tuple[Observation, ...] = ()
    plan: PairPlan | None = None
    points: tuple[Side, ...] = SIDES


@dataclass(frozen=True, slots=True)
class RehearsalOptions:
    """How a change is rehearsed.

    Args:
        permission: what the network and the operator allow.
        secrets: values of the intent's secrets; the twin gets made-up ones.
        remove: take the pair away.
        neighbours: configurations of neighbours by device name.
        links: wires to them.
        faults: what goes wrong, each in a rehearsal of its own.
        sweep: how the plan is swept; nothing: it is not.
        say: told what is done.
    """

    permission: Permission
    secrets: Mapping[str, Secret] = field(default_factory=dict)
    remove: bool = False
    neighbours: Mapping[str, str] = field(default_factory=dict)
    links: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    sweep: Sweep | None = None
    say: Callable[[str], None] = field(default=lambda _text: None)


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """A rehearsal that came to its end.

    Args:
        run: for the reports; its verdict is that of the rehearsal.
        plan: that was carried out; nothing where it could not be made.
        agreement: of the twin with the pair.
        unplayed: lines that the twin cannot play.
        told: what else is not as on the pair.
        virtual_s: seconds that passed on the twin.
    """

    run: Run
    plan: PairPlan | None
    agreement: Agreement
    unplayed: tuple[Unplayed, ...]
    told: tuple[str, ...]
    virtual_s: float
