"""What a plan is: commands per stage, the way back, the predicted configuration and the impact."""

from __future__ import annotations

from dataclasses import dataclass, field

from inventory.facts import ConfigTree
from inventory.lines.evidence import Evidence
from inventory.lines.impact import Impact


@dataclass(frozen=True, slots=True)
class Command:
    """One line to type in a configuration view.

    Args:
        text: the line; a secret stands as `<secret:NAME>` and is filled in only when it is written.
        suffix: what the prompt shows after the host name once the line is accepted, e.g. `""` in the
            system view or `-rm-backup-srv-service1`.
        impact: what it does to traffic.
        reason: why the line is there, for the operator: the rule id or the intent's YAML path.
        answers: question and answer pairs that this line is known to ask, in order; a question
            outside them is never answered with yes.
        moves: whether it only enters or leaves a view that stands, and changes nothing.
        evidence: how well it is known that the member's release takes it, and that it replaces what stands;
            nothing of what changes no line.
    """

    text: str
    suffix: str
    impact: Impact = Impact.HITLESS
    reason: str = ""
    answers: tuple[tuple[str, str], ...] = ()
    moves: bool = False
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Stage:
    """The commands of one commit, from the system view back to the system view.

    Args:
        commands: what is typed, in order, with the explicit `quit` lines.
        predicted: configuration of the device after the commit of this stage.
    """

    commands: tuple[Command, ...]
    predicted: ConfigTree

    @property
    def lines(self) -> tuple[Command, ...]:
        """The commands that change something: what is counted wherever lines are counted."""
        return tuple(command for command in self.commands if not command.moves)


@dataclass(frozen=True, slots=True)
class MemberPlan:
    """What to type on one member to reach the intent, and to come back.

    Args:
        member: device name.
        forward: stages to the intent; empty when nothing is to be done.
        back: stages from the intent to the configuration that the plan was made from.
        base: configuration that the plan was made from.
        afterwards: actions that are typed once, when both members are new and saved: batch backups.
    """

    member: str
    forward: tuple[Stage, ...]
    back: tuple[Stage, ...]
    base: ConfigTree
    afterwards: tuple[Command, ...] = ()

    @property
    def predicted(self) -> ConfigTree:
        """Configuration after all stages."""
        return self.forward[-1].predicted if self.forward else self.base


@dataclass(frozen=True, slots=True)
class PairPlan:
    """The plans of both members: a is the intended master.

    Args:
        pair: its name.
        a: plan of the intended master.
        b: plan of the other member.
        asks: whether the intent asks for anything.
    """

    pair: str
    a: MemberPlan
    b: MemberPlan
    asks: bool = field(default=True, kw_only=True)

    @property
    def nothing(self) -> str:
        """What is said of an empty plan: why nothing is to be done."""
        return "both members hold the intent" if self.asks else "the intent asks for nothing"

    @property
    def members(self) -> tuple[MemberPlan, MemberPlan]:
        """The plans of both, a first."""
        return self.a, self.b

    @property
    def empty(self) -> bool:
        """Tell whether nothing is to be done on either member."""
        return not self.a.forward and not self.b.forward
