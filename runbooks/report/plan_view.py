"""A plan on the terminal: what will be typed where, and what each line does to traffic."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from inventory.lines.impact import Impact
from parsers.ciphertext import hide
from runbooks.effects.expected import effects_in_words
from runbooks.planning import uncovered, weakest_line
from tasks.plan.model import Command, MemberPlan, PairPlan, Stage

STYLE = {Impact.HITLESS: "green", Impact.RESETS_SESSION: "yellow", Impact.AFFECTS_SERVICE: "bold red"}
MARK = {Impact.HITLESS: " ", Impact.RESETS_SESSION: "~", Impact.AFFECTS_SERVICE: "!"}
"""What stands before a line, so that its impact is seen without colour too; the last line explains it."""


def plan_view(plan: PairPlan, *, back: bool = False) -> RenderableType:
    """Return a plan as something that rich can draw.

    Args:
        plan: of both members.
        back: show the way back instead of the way forward.
    """
    if plan.empty:
        return Text(f"{plan.pair}: nothing to do, {plan.nothing}.", style="green")
    lines: list[Text] = []
    for letter, member in (("a", plan.a), ("b", plan.b)):
        lines += _member_lines(letter, member, member.back if back else member.forward)
    covered = [] if back or not uncovered(plan) else [Text(f"{plan.pair}: {uncovered(plan)}.")]
    known = [] if back else _evidence(plan)
    said = [] if back else [Text(f"{plan.pair}: afterwards this differs, and nothing else:")]
    said += [] if back else [Text(f"  {one}") for one in effects_in_words(plan)]
    last = [] if back else _afterwards(plan)
    return Group(*lines, *last, *said, *known, impact_summary(plan, back=back), *covered)


def _afterwards(plan: PairPlan) -> Iterator[Text]:
    """Yield what is typed once when both members are new and saved."""
    for member in plan.members:
        if member.afterwards:
            yield Text(f"{member.member}, once both members are new and saved", style="bold")
            yield from _typed(member.afterwards)


def _evidence(plan: PairPlan) -> Iterator[Text]:
    """Say how well the lines are known, with the first that is known least."""
    known = weakest_line(plan)
    if known is not None:
        yield Text(f"{plan.pair}: the line that is known least is {known.evidence.value}: {known}.")


def impact_summary(plan: PairPlan, *, back: bool = False) -> Text:
    """Count the lines by what they do to traffic; entering or leaving a view is none."""
    counts = dict.fromkeys(Impact, 0)
    for member in (plan.a, plan.b):
        for stage in member.back if back else member.forward:
            for command in stage.lines:
                counts[command.impact] += 1
    return counts_view(plan.pair, counts)


def counts_view(pair: str, counts: Mapping[Impact, int]) -> Text:
    """Show how many lines there are of each impact; the marks are those of the lines."""
    parts = [
        Text(f"{count} {impact.value} {MARK[impact]}".rstrip(), style=STYLE[impact])
        for impact, count in counts.items()
        if count
    ]
    return Text(f"{pair}: ").append_text(Text(", ").join(parts))


def _member_lines(letter: str, member: MemberPlan, stages: tuple[Stage, ...]) -> Iterator[Text]:
    """Yield the head of a member and its lines, indented by view."""
    if not stages:
        yield Text(f"{member.member} ({letter}): nothing to do", style="bold")
        return
    yield Text(f"{member.member} ({letter})", style="bold")
    for number, stage in enumerate(stages, start=1):
        if len(stages) > 1:
            yield Text(f"  commit {number} of {len(stages)}", style="dim")
        yield from _typed(stage.commands)


def _typed(commands: Sequence[Command]) -> Iterator[Text]:
    """Yield what is typed; `quit` is shown by the indentation alone."""
    depth, view = 0, ""
    for command in commands:
        if command.text == "quit":
            depth -= 1
        else:
            mark = MARK[command.impact]
            yield Text(f"{mark} {'  ' * depth}{hide(command.text)}", style=STYLE[command.impact])
            depth += command.suffix != view
        view = command.suffix
