"""What a check is, and how its judgement becomes a result.

A check names its subjects in the intent (each E-Trunk, each backup service ...), the displays that
one subject needs on each member, and a pure function from the answers to complaints. Everything that
makes a judgement worthless is handled here, once, for all checks: a display that was not taken,
lines that no rule knows, an answer that shows nothing. Each of them is an error, never a success.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from inventory.model import SIDES, Pair, Side
from inventory.quantities import quantity
from parsers.replies import ABSENT
from tasks.checks.model import CheckResult, Complaint, Observation, Outcome

UNREAD_SHOWN = 3
"""Unparsed lines that a complaint quotes; the report holds the whole text."""


@dataclass(frozen=True, slots=True)
class Need:
    """A display that a subject needs on one member.

    Args:
        side: member.
        command: e.g. `display e-trunk 1`.
        may_be_empty: an answer that shows no entry is an answer, e.g. for groups that nobody joined.
    """

    side: Side
    command: str
    may_be_empty: bool = False


class CannotTellError(Exception):
    """The answers do not say what the check asks; carries the complaint."""

    def __init__(self, complaint: Complaint) -> None:
        super().__init__(str(complaint))
        self.complaint = complaint


class NothingToCompareError(Exception):
    """Both members agree that there is nothing, e.g. no host has joined a group; the check is skipped."""


class NotProvableError(Exception):
    """What is asked matters, but no display can show it as things stand; skipped, and counted apart."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Thresholds of checks.

    Args:
        missing_entries: share of the master's entries that the backup may lack, 0 to 1.
        lost_pings: packets of five that may be lost; the first one waits for ARP.
        clock_skew_s: seconds that the clocks of the members may differ.
    """

    missing_entries: float = 0.0
    lost_pings: int = 1
    clock_skew_s: float = 5.0


DEFAULT_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Answers:
    """The parsed answers of both members.

    Args:
        pair: intent.
        observations: latest observation by member name and command.
        limits: thresholds.
    """

    pair: Pair
    observations: Mapping[tuple[str, str], Observation]
    limits: Limits = DEFAULT_LIMITS

    def device(self, side: Side) -> str:
        """Name of a member."""
        return self.pair.members.of(side)

    def both(self) -> str:
        """Names of both members, for what is about the pair."""
        return f"{self.pair.members.a}, {self.pair.members.b}"

    def observation(self, side: Side, command: str) -> Observation | None:
        """Return what was observed, if it was."""
        return self.observations.get((self.device(side), command))

    def records(self, side: Side, command: str) -> tuple[Any, ...]:
        """Return the records of a display that the check needs; they are there."""
        return self.observations[self.device(side), command].parsed.records

    def one(self, side: Side, command: str, **wanted: object) -> Any:
        """Return the one record whose fields equal the wanted values.

        Raises:
            CannotTellError: there is none, or several.
        """
        found = [
            record
            for record in self.records(side, command)
            if all(_same(getattr(record, name), value) for name, value in wanted.items())
        ]
        if len(found) == 1:
            return found[0]
        what = ", ".join(f"{name} {value}" for name, value in wanted.items()) or "one entry"
        raise CannotTellError(
            self.complaint(
                side,
                command,
                "the display does not show it once",
                what,
                quantity(len(found), "entry", "entries"),
            )
        )

    def complaint(
        self, side: Side | None, command: str, text: str, wanted: object = "", found: object = ""
    ) -> Complaint:
        """Write one complaint about a member, or about the pair where the side is nothing."""
        device = self.both() if side is None else self.device(side)
        return Complaint(text, shown(wanted), shown(found), device, command)

    def compare(self, side: Side, command: str, *rows: tuple[str, object, object]) -> Iterator[Complaint]:
        """Complain about each (name, wanted, found) whose values differ."""
        for name, wanted, found in rows:
            if not _same(found, wanted):
                yield self.complaint(side, command, name, wanted, found)

    def compare_shown(
        self, side: Side, command: str, *rows: tuple[str, object, object]
    ) -> Iterator[Complaint]:
        """Complain about each (name, wanted, found) that differs, where the answer shows it at all.

        For what some releases leave out: the owned lines judge it too, so that nothing passes unseen.
        """
        shows = (row for row in rows if row[2] is not None and row[2] != frozenset())
        yield from self.compare(side, command, *shows)

    def told(self, side: Side, command: str, *values: tuple[str, object]) -> None:
        """Take only an answer that shows all of these, since no device leaves them out.

        Args:
            side: member.
            command: the display.
            values: name and value of each; nothing where the answer does not show it.

        Raises:
            CannotTellError: one is not shown: the answer was cut.
        """
        for name, value in values:
            if value is None or value == ():
                text = "the answer does not show all that it should"
                raise CannotTellError(self.complaint(side, command, text, name, "nothing"))


def _same(found: object, wanted: object) -> bool:
    """Compare as devices do: letter case makes no difference."""
    if isinstance(found, str) and isinstance(wanted, str):
        return found.casefold() == wanted.casefold()
    return found == wanted


def shown(value: object) -> str:
    """Write a value for an operator; nothing is `none`, several are joined."""
    if value is None:
        return "none"
    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(sorted(shown(item) for item in value)) or "none"
    return str(value)


@dataclass(frozen=True, slots=True)
class Check:
    """One question about a pair.

    Args:
        name: in the catalog, lower case with hyphens.
        title: what passes, one line.
        tags: what it belongs to.
        subjects: finds in the intent what is to be judged, by the name shown in the report.
        needs: displays for one subject.
        judge: complaints about one subject; none is success. May raise CannotTellError.
        required: having no subject is an error, not a skip: the user asked for this check by name.
        side: judge only the subjects that this member alone can answer for.
    """

    name: str
    title: str
    tags: tuple[str, ...]
    subjects: Callable[[Pair], Mapping[str, Any]]
    needs: Callable[[Pair, Any], Sequence[Need]]
    judge: Callable[[Answers, Any], Iterable[Complaint]]
    required: bool = False
    side: Side | None = None

    def judged(self, pair: Pair) -> Mapping[str, Any]:
        """Return the subjects that are judged, by name."""
        subjects = self.subjects(pair)
        if self.side is None:
            return subjects
        return {
            name: subject
            for name, subject in subjects.items()
            if {need.side for need in self.needs(pair, subject)} == {self.side}
        }

    def all_needs(self, pair: Pair) -> tuple[Need, ...]:
        """Return every display that the check needs on the pair, each once."""
        needs = (need for subject in self.judged(pair).values() for need in self.needs(pair, subject))
        return tuple(dict.fromkeys(needs))

    def results(self, answers: Answers) -> tuple[CheckResult, ...]:
        """Judge every subject."""
        subjects = self.judged(answers.pair)
        if subjects:
            return tuple(self._result(answers, name, subject) for name, subject in subjects.items())
        outcome = Outcome.ERROR if self.required else Outcome.SKIPPED
        alone = " on this member alone" if self.side is not None else ""
        return (self._end(answers.pair.name, outcome, (), f"the intent has nothing to judge{alone}"),)

    def _result(self, answers: Answers, name: str, subject: Any) -> CheckResult:
        """Judge one subject, if its answers can be judged at all."""
        absent = tuple(_absences(answers, self.needs(answers.pair, subject)))
        if absent:
            return self._end(name, Outcome.FAILURE, absent)
        doubts = tuple(_doubts(answers, self.needs(answers.pair, subject)))
        if doubts:
            return self._end(name, Outcome.ERROR, doubts)
        try:
            complaints = tuple(self.judge(answers, subject))
        except CannotTellError as doubt:
            return self._end(name, Outcome.ERROR, (doubt.complaint,))
        except NothingToCompareError as nothing:
            return self._end(name, Outcome.SKIPPED, (), str(nothing))
        except NotProvableError as hidden:
            skipped = self._end(name, Outcome.SKIPPED, (), f"not provable here: {hidden}")
            return replace(skipped, unproven=True)
        return self._end(name, Outcome.FAILURE if complaints else Outcome.SUCCESS, complaints)

    def _end(
        self, subject: str, outcome: Outcome, complaints: tuple[Complaint, ...], note: str = ""
    ) -> CheckResult:
        """Write a result of this check."""
        return CheckResult(self.name, subject, outcome, self.title, self.tags, complaints, note)


def on_both(*commands: str, may_be_empty: bool = False) -> tuple[Need, ...]:
    """Need the same displays on both members."""
    return tuple(Need(side, command, may_be_empty) for side in SIDES for command in commands)


def _absences(answers: Answers, needs: Sequence[Need]) -> Iterator[Complaint]:
    """Say what a member does not have: the device itself answers that there is no such thing."""
    for need in needs:
        seen = answers.observation(need.side, need.command)
        if seen is not None and ABSENT.match(seen.text):
            said = " ".join(seen.text.split())
            yield answers.complaint(
                need.side, need.command, "the device does not have it", "to be there", said
            )


def _doubts(answers: Answers, needs: Sequence[Need]) -> Iterator[Complaint]:
    """Say why the answers cannot be judged: not taken, not read whole, empty."""
    if not needs:
        yield answers.complaint(None, "", "nothing was examined")
    for need in needs:
        seen = answers.observation(need.side, need.command)
        if seen is None:
            yield answers.complaint(need.side, need.command, "there is no answer to judge")
            continue
        doubt = doubt_of(seen, may_be_empty=need.may_be_empty)
        if doubt is not None:
            yield doubt


def doubt_of(seen: Observation, *, may_be_empty: bool = False) -> Complaint | None:
    """Say why an answer cannot be judged: it was refused, it is cut, or it shows nothing.

    Args:
        seen: the answer.
        may_be_empty: an answer that shows no entry is an answer.
    """
    parsed = seen.parsed
    if parsed.unparsed:
        lines = "; ".join(f"line {line.line}: {line.text}" for line in parsed.unparsed[:UNREAD_SHOWN])
        text = "the answer holds lines that no rule knows"
        return Complaint(text, "", lines, seen.member, seen.command)
    if parsed.lacks:
        return Complaint("the answer is cut", "; ".join(parsed.lacks), "not there", seen.member, seen.command)
    if not parsed.records and not may_be_empty:
        return Complaint("the answer shows nothing", "", "", seen.member, seen.command)
    return None
