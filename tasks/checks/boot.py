"""Would both members boot into the pair? What a restart brings is the saved configuration, not what runs.

Of each member the lines of the pair in its saved configuration are compared with those that run, the boards
with each other, and the two saved configurations are judged together by the rules, as `hotpair lint` does.
What the second board holds no display shows, only which file it starts from.

Source: manual pages display startup, display saved-configuration; reference rules.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final

from inventory.lines import Statement
from inventory.lines.statement import Key
from inventory.model import SIDES, Pair, Side
from inventory.rules import Finding, Severity, lint
from parsers.api import configuration_text
from tasks.checks.check import Answers, Check, on_both
from tasks.checks.configuration import RUNNING, SAVED, STARTUP
from tasks.checks.lines import Owned, owned_in
from tasks.checks.model import Complaint
from tasks.plan.items import read_items
from tasks.plan.ownership import removable
from tasks.render import facts
from tasks.render.members import configured_member, intended_member

SAVE: Final = "save"
"""What is typed on a member so that it boots what it runs."""


def _boots(answers: Answers, pair: Pair) -> Iterator[Complaint]:
    """Find what both members would be after a restart and are not now, or must not be."""
    saved = {side: _read(answers, side, SAVED) for side in SIDES}
    for side in SIDES:
        yield from _boards(answers, side)
        yield from _differences(answers, side, saved[side])
    yield from _breaches(answers, pair, saved)


def _read(answers: Answers, side: Side, command: str) -> Owned:
    return owned_in(_text(answers, side, command), answers.device(side))


def _text(answers: Answers, side: Side, command: str) -> str:
    seen = answers.observations[answers.device(side), command]
    lines = configuration_text(seen.parsed).splitlines()
    return "\n".join(line for line in lines if not line.startswith("!"))  # the moment of the save


def _boards(answers: Answers, side: Side) -> Iterator[Complaint]:
    """Find a main board that would start from nothing, or from another file than the first one."""
    first, *others = answers.records(side, STARTUP)
    if first.next_configuration is None:
        yield answers.complaint(side, STARTUP, f"{first.board} would boot without a configuration", SAVE)
    for board in others:
        if board.next_configuration != first.next_configuration:
            text = f"{board.board} would boot from another file than {first.board}"
            wanted = f"{first.next_configuration or 'none'} (type `{SAVE}`)"
            yield answers.complaint(side, STARTUP, text, wanted, board.next_configuration)


def _differences(answers: Answers, side: Side, saved: Owned) -> Iterator[Complaint]:
    """Find lines of the pair that a restart would lose, change or bring back."""
    running = _read(answers, side, RUNNING)
    if running is saved:
        return
    for key in dict.fromkeys((*_own(answers.pair, side, running), *_own(answers.pair, side, saved))):
        runs, boots = running.items.get(key), saved.items.get(key)
        if runs is None or boots is None or runs.value != boots.value:
            text = f"a line of the pair would be another after a restart; `{SAVE}` keeps what runs"
            yield answers.complaint(side, SAVED, text, _shown(runs), _shown(boots))


def _own(pair: Pair, side: Side, there: Owned) -> Iterator[Key]:
    """Return the keys of the lines that are the pair's, in the order of the configuration."""
    wanted = read_items(facts(pair, side))
    own = removable(wanted, there.items, there.foreign)
    return (key for key in there.items if key in wanted or key in own)


def _shown(item: Statement | None) -> str:
    """Show a line with its views; a secret by the word for all of them."""
    if item is None:
        return "none"
    text = " ".join((item.text.split()[0], "...")) if item.row.secrets else item.text
    return " / ".join((*item.path, text))


def _breaches(answers: Answers, pair: Pair, saved: Mapping[Side, Owned]) -> Iterator[Complaint]:
    """Find rules that the two saved configurations break about the pair, and its intent does not."""
    texts = {side: _text(answers, side, SAVED) for side in SIDES}
    places = {
        (pair.members.of(side), item.place.line)
        for side in SIDES
        for key in _own(pair, side, saved[side])
        for item in (saved[side].items[key],)
        if item.place is not None
    }
    meant = {one.rule for one in _errors(lint(intended_member(pair, "a"), intended_member(pair, "b")))}
    for one in _saved_errors(pair.members.a, texts["a"], pair.members.b, texts["b"]):
        if one.rule not in meant and any((at.source, at.line) in places for at in one.places):
            text = f"both would boot into a pair that breaks {one.rule}: {one.message}"
            found = ", ".join(f"{value} on {name}" for name, value in one.found.items())
            yield answers.complaint(None, SAVED, text, one.wanted or "", found)


@lru_cache(maxsize=2)
def _saved_errors(a: str, text_a: str, b: str, text_b: str) -> tuple[Finding, ...]:
    """Return the errors of two saved configurations, which stay as they are from look to look."""
    one, two = (
        configured_member(name, owned_in(text, name).tree) for name, text in ((a, text_a), (b, text_b))
    )
    return tuple(_errors(lint(one, two)))


def _errors(findings: tuple[Finding, ...]) -> Iterator[Finding]:
    return (one for one in findings if one.severity is Severity.ERROR)


CHECKS: Final = (
    Check(
        "boots-into-pair",
        "Restarted, both members would boot into the pair that runs, and it breaks no rule",
        ("configuration-state", "saved", "boot"),
        lambda pair: {pair.name: pair},
        lambda _pair, _subject: on_both(STARTUP, RUNNING, SAVED),
        _boots,
    ),
)
