"""The grammar: what may be typed in each view, and how it reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache

from emulator.grammar import commands, interfaces, openers, vocabulary
from emulator.grammar import help as help_
from emulator.grammar.commands import Command, View
from emulator.grammar.model import FOREIGN, Fault, Kind, Match
from emulator.grammar.reader import SHORTEST, PartialReading, Place, Reading, Words, keyword, parted
from emulator.grammar.syntax import Form

Index = dict[str, list[tuple[Command, Form]]]

_KNOWN = 2
"""Words of a command that the vocabulary has."""
_ACTIONS = frozenset({"reset", "ping", "tracert", "clear", "debugging", "test", "monitor", "trace"})


class Grammar:
    """All commands and views, indexed. Immutable; one serves every device of a process."""

    def __init__(self) -> None:
        self._commands = commands.commands()
        self.views, self._groups = commands.views()
        self._by_id = {command.id: command for command in self._commands}
        self._vocabulary = vocabulary.Vocabulary()
        self._openers = openers.Openers()
        self._indexes: dict[tuple[str, bool], Index] = {}
        self._places: dict[tuple[str, bool, str], Place] = {}

    def command(self, command_id: str) -> Command | None:
        """Return a command by id; nothing for a foreign line."""
        return self._by_id.get(command_id)

    @cached_property
    def _by_view(self) -> dict[str, list[Command]]:
        table: dict[str, list[Command]] = {}
        for command in self._commands:
            for view in {v for name in command.views for v in self._expand(name)}:
                table.setdefault(view, []).append(command)
        return table

    def _expand(self, name: str) -> list[str]:
        if not name.startswith("@") or name in {"@all", "@non-user"}:
            return [name]
        return self._groups[name[1:]]

    def commands_of(self, view: str) -> list[Command]:
        """Return the commands of a view, those of every view excluded."""
        return self._by_view.get(view, [])

    def _index(self, view: str, *, undo: bool) -> Index:
        index = self._indexes.get((view, undo))
        if index is None:
            index = self._indexes[view, undo] = {}
            for scope in (view, "@all", *(() if view == "user" else ("@non-user",))):
                for command in self.commands_of(scope):
                    for form in command.undo if undo else command.syntax:
                        index.setdefault(form.notation.split()[undo], []).append((command, form))
        return index

    def titles(self, view: str) -> tuple[str, ...]:
        """Return the titles under which the vocabulary keeps a view."""
        known = self.views.get(view)
        return known.vocabulary if known else vocabulary.titles_of(view)

    def _heads(self, view: str) -> dict[str, set[str]]:
        return self._vocabulary.heads(self.titles(view))

    def _everywhere(self, view: str) -> dict[str, set[str]]:
        return self._vocabulary.heads(vocabulary.EVERYWHERE[: 1 if view == "user" else 2])

    @lru_cache(maxsize=4096)  # noqa: B019 - one grammar lives as long as the process
    def read(self, view: str, line: str) -> Match | Fault:
        """Read a line as the device does in a view.

        Args:
            view: view id, e.g. `rbs`, or `foreign:...` as an earlier match gave it.
            line: typed line, abbreviations and spaces included.

        Returns:
            The match, or the fault with the column of the failing token.
        """
        words = Words(line)
        if not words.texts:
            return Fault("incomplete", len(line))
        undo = self._is_undo(words.texts[0])
        if undo and len(words.texts) == 1:
            return Fault("incomplete", len(line))
        reading = self._reading(view, words, undo=undo)
        if isinstance(reading, Reading) and reading.fault is None:
            partial = reading.place.complete
            if partial:
                return self._match(partial, reading.params(partial), undo=undo)
        fault = (reading.fault or Fault("incomplete", len(line))) if isinstance(reading, Reading) else reading
        return self._foreign(view, words, fault, undo=undo)

    @staticmethod
    def _is_undo(word: str) -> bool:
        return len(word) >= SHORTEST and "undo".startswith(word.lower())

    def _reading(self, view: str, words: Words, *, undo: bool) -> Reading | Fault:
        first = words.texts[undo]
        place = self._places.get((view, undo, first))
        if place is not None:  # typed in full, as most are, and not for the first time
            return Reading(place, words)
        index = self._index(view, undo=undo)
        name, ambiguous = keyword(first, index)
        if ambiguous:
            return Fault("ambiguous", words.start(undo))
        if name and len(first) < SHORTEST and name != first.lower():
            known = {*index, *self._heads(view), *self._everywhere(view)}
            if keyword(first, known)[1]:
                return Fault("ambiguous", words.start(undo))
        if not name:
            return Fault("unrecognized", words.start(undo))
        return Reading(self.place(view, name, undo=undo), words)

    def place(self, view: str, name: str, *, undo: bool = False) -> Place:
        """Return where a line of a view stands after its first keyword."""
        place = self._places.get((view, undo, name))
        if place is None:
            forms = self._index(view, undo=undo)[name]
            place = self._places[view, undo, name] = Place(self._partials(forms, undo=undo), 1 + undo)
        return place

    @staticmethod
    def _partials(forms: list[tuple[Command, Form]], *, undo: bool) -> Iterator[PartialReading]:
        for command, form in forms:
            for _, _, state in form.start.words:
                if not undo:
                    yield PartialReading(command, form, state)
                else:
                    yield from (PartialReading(command, form, after) for _, _, after in state.words)

    def _match(self, partial: PartialReading, captured: dict[str, str], *, undo: bool) -> Match:
        command = partial.command
        params = command.named(captured)
        if undo:
            return Match(command.id, command.kind, partial.form.render(params), undo=True, params=params)
        params = {**command.fill, **params} if command.fill else params
        text = command.line(params) if command.show or command.fill else partial.form.render(params)
        enters = self._enters(command, params)
        suffix = (
            self.views[enters].prompt(params) if enters in self.views else f"-{params.get('interface', '')}"
        )
        return Match(
            command.id, command.kind, text, params=params, enters=enters, suffix=suffix if enters else ""
        )

    @staticmethod
    def _enters(command: Command, params: Mapping[str, str]) -> str:
        return interfaces.view_of(params["interface"]) if command.enters == "if-*" else command.enters

    def _owned(self, view: str, words: Words, *, undo: bool) -> bool:
        """Tell whether a line begins as a command of ours does; then it is ours, right or wrong.

        The vocabulary has one title for all interfaces, so what is ours on one is foreign on none.
        """
        typed = [word.lower() for word in words.texts][undo:]
        heads = [
            form.head[undo:]
            for scope in (self._interfaces if view.startswith("if-") else (view,))
            for form in self._forms(scope, typed[0], undo=undo)
        ]
        if any(_begins(typed, head) for head in heads):
            return True
        known = any(_begins(typed, head[:_KNOWN]) for head in heads)
        return known and len(typed) > _KNOWN and self._is_elsewhere(typed, undo=undo)

    def _is_elsewhere(self, typed: list[str], *, undo: bool) -> bool:
        """Tell whether a line begins as a command of ours of another view, with more than the vocabulary has.

        A command of ours explains its first words here, so the vocabulary speaks of no other one.
        """
        return any(
            len(head) > _KNOWN and _begins(typed, head)
            for scope in self.views
            for head in (form.head[undo:] for form in self._forms(scope, typed[0], undo=undo))
        )

    @cached_property
    def _interfaces(self) -> tuple[str, ...]:
        return tuple(view for view in self.views if view.startswith("if-"))

    def _forms(self, view: str, word: str, *, undo: bool) -> list[Form]:
        index = self._index(view, undo=undo)
        name, _ = keyword(word, index)
        return [form for _, form in index.get(name, ())]

    def _foreign(self, view: str, words: Words, fault: Fault, *, undo: bool) -> Match | Fault:
        line, typed = words.line, words.texts[undo]
        if fault.kind == "ambiguous" or self._owned(view, words, undo=undo):
            return fault
        if self._leaves(view, line):
            return Fault("unrecognized", words.start(0))
        heads = self._heads(view)
        first, ambiguous = keyword(typed, heads)
        if not first:
            heads = self._everywhere(view)
            first, ambiguous = keyword(typed, heads)
        if not first:
            return Fault("ambiguous", words.start(undo)) if ambiguous else fault
        seconds = heads[first] | self._everywhere(view).get(first, set())
        second = self._second(seconds, words, undo=undo)
        if isinstance(second, Fault):
            return Fault(second.kind, second.offset if second.offset >= 0 else len(line))
        head = [*(["undo"] if undo else []), first, *([second] if second else [])]
        rest = line[words.start(len(head)) :].rstrip() if len(words.texts) > len(head) else ""
        return self._foreign_match(view, " ".join([*head, rest]).rstrip(), first, undo=undo)

    def _leaves(self, view: str, line: str) -> bool:
        """Tell whether a line belongs to a view above a foreign one: it opens a view there and none here."""
        if not view.startswith("foreign:") or self._openers.find(line.strip(), view) is not None:
            return False
        return self._opens_section(view, line) or self._openers.above(line.strip(), view)

    def _opens_section(self, view: str, line: str) -> bool:
        """Tell whether a line opens a section of the configuration; such a line leaves a foreign view.

        A foreign section does so only where nothing is known about the view itself.
        """
        found = self.read("system", line)
        if isinstance(found, Fault) or not found.enters:
            return False
        return found.command != FOREIGN or "*" in self.titles(view)

    @staticmethod
    def _second(seconds: set[str], words: Words, *, undo: bool) -> str | Fault:
        """Resolve the second keyword of a foreign line; empty where the first is enough."""
        if len(words.texts) <= 1 + undo:
            return "" if "" in seconds else Fault("incomplete", -1)
        found, ambiguous = keyword(words.texts[1 + undo], seconds - {""})
        if found:
            return found
        if "" in seconds:
            return ""
        return Fault("ambiguous" if ambiguous else "unrecognized", words.start(1 + undo))

    def _foreign_match(self, view: str, text: str, first: str, *, undo: bool) -> Match:
        kind: Kind = "config"
        if first == "display":
            kind = "display"
        elif view == "user" or first in _ACTIONS:
            kind = "exec"
        opener = None
        if kind == "config" and not undo:
            opener = self._openers.find(text, view)
        if opener is None:
            return Match(FOREIGN, kind, text, undo=undo)
        return _opening(text, opener)

    def help(self, view: str, line: str) -> list[tuple[str, str]]:
        """Return the help of `?`: keywords and parameters that may come next, described.

        Args:
            view: view id.
            line: what was typed before `?`; without a blank at its end its last word is completed.
        """
        done, partial = parted(line)
        return self._next(view, done).rows(partial)

    def complete(self, view: str, line: str) -> list[str]:
        """Return the keywords that the last word of a line may become, for Tab; none after a blank.

        Keywords of the grammar come first, those that only stand in the vocabulary after them.
        """
        done, partial = parted(line)
        return self._next(view, done).completing(partial) if partial else []

    def _next(self, view: str, done: str) -> help_.Next:
        words = Words(done)
        undo = bool(words.texts) and view != "user" and self._is_undo(words.texts[0])
        typed = words.texts[undo:]
        heads = (self._heads(view), self._everywhere(view))
        if not typed:
            ours = {*self._index(view, undo=undo), *([] if undo or view == "user" else ["undo"])}
            return help_.Next(frozenset({*ours, *heads[0], *heads[1]}), frozenset(ours))
        reading = self._reading(view, words, undo=undo)
        mine = [help_.following(reading)] if isinstance(reading, Reading) else []
        theirs = [help_.seconds(known, typed[0]) for known in heads] if len(typed) == 1 else []
        return help_.joined([*mine, *theirs], ends=isinstance(self.read(view, done), Match))

    def foreign(self, view: str, text: str, *, opens: bool = False) -> Match:
        """Take a line of a configuration file as it stands, whatever the vocabulary says.

        Args:
            view: view in which it stands.
            text: the line, without indentation.
            opens: deeper lines follow it, so that it opens a view.
        """
        opener = self._openers.find(text, view)
        if opener:
            return _opening(text, opener)
        if opens:
            words = text.split()
            return Match(
                FOREIGN, "view", text, enters=f"foreign:{words[0].lower()}", suffix="-" + "-".join(words)
            )
        return Match(FOREIGN, "config", text)


def _begins(typed: list[str], head: Sequence[str]) -> bool:
    """Tell whether typed words may be the first words of a command, abbreviated or not."""
    return all(mine.startswith(word) for word, mine in zip(typed, head, strict=False))


def _opening(text: str, opener: openers.Opener) -> Match:
    enters = opener.view(vocabulary.known_as(text))
    return Match(FOREIGN, "view", text, enters=enters, suffix=opener.prompt(text))


@lru_cache(maxsize=1)
def load() -> Grammar:
    """Return the grammar; loaded once per process."""
    return Grammar()


__all__ = ["Grammar", "View", "load"]
