"""The notation of command syntax: a graph that a reader walks, and a template that prints canonical lines.

    word          a keyword
    <x>           a parameter
    [ x ]         optional
    { a | b }     exactly one            [ a | b ]     none or one
    { a | b } *   one or more, any order, each once        [ a | b ] *   the same, or none

A form is compiled when it is first needed. Its states are continuations: the nodes that may still follow.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Word:
    """A keyword; `kept` when it is optional or an alternative, and thus carries information."""

    text: str
    kept: bool


@dataclass(frozen=True, slots=True)
class Param:
    """A named parameter."""

    name: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Alternatives: each a sequence of nodes.

    Args:
        branches: the sequences.
        optional: none may be taken too.
        repeated: several may be taken, each once, in any order.
    """

    branches: tuple[tuple[Node, ...], ...]
    optional: bool
    repeated: bool = False


Node = Word | Param | Choice
Sequence = tuple[Node, ...]


@dataclass(slots=True)
class State:
    """A place in a form: what may follow.

    Args:
        accepts: the line may end here.
        words: keyword, whether it is kept, and the state after it.
        params: parameter name and the state after it.
        keywords: the keywords alone.
    """

    accepts: bool = False
    words: list[tuple[str, bool, State]] = field(default_factory=list)
    params: list[tuple[str, State]] = field(default_factory=list)
    keywords: frozenset[str] = frozenset()


def parse(notation: str) -> Sequence:
    """Read the notation of one form into nodes.

    Raises:
        ValueError: a bracket of it does not end.
    """
    nodes, rest = _sequences(notation.split(), kept=False)
    if rest or len(nodes) != 1:
        raise ValueError(f"unbalanced syntax: {notation}")
    return nodes[0]


def _sequences(tokens: list[str], *, kept: bool) -> tuple[list[Sequence], list[str]]:
    """Read alternatives up to the closing bracket; give them and the tokens after it."""
    branches: list[list[Node]] = [[]]
    while tokens and tokens[0] not in "}]":
        symbol, tokens = tokens[0], tokens[1:]
        if symbol == "|":
            branches.append([])
        elif symbol in "{[":
            inner, tokens = _sequences(tokens, kept=True)
            tokens = tokens[1:]
            repeated = tokens[:1] == ["*"]
            tokens = tokens[1:] if repeated else tokens
            branches[-1].append(Choice(tuple(inner), optional=symbol == "[", repeated=repeated))
        elif symbol.startswith("<"):
            branches[-1].append(Param(symbol[1:-1]))
        else:
            branches[-1].append(Word(symbol, kept))
    return [tuple(branch) for branch in branches], tokens


class Form:
    """One form of a command."""

    def __init__(self, notation: str) -> None:
        self.notation = notation
        self._states: dict[Sequence, State] = {}
        self._printed: dict[frozenset[str], tuple[Word | Param, ...]] = {}

    @cached_property
    def nodes(self) -> Sequence:
        """The parsed notation."""
        return parse(self.notation)

    @cached_property
    def start(self) -> State:
        """The state before the first token."""
        return self._state(self.nodes)

    def _state(self, nodes: Sequence) -> State:
        known = self._states.get(nodes)
        if known is None:
            known = self._states[nodes] = State()
            self._expand(known, nodes)
            known.keywords = frozenset(word for word, _, _ in known.words)
        return known

    def _expand(self, state: State, nodes: Sequence) -> None:
        if not nodes:
            state.accepts = True
            return
        head, rest = nodes[0], nodes[1:]
        if isinstance(head, Word):
            state.words.append((head.text, head.kept, self._state(rest)))
        elif isinstance(head, Param):
            state.params.append((head.name, self._state(rest)))
        else:
            self._expand_choice(state, head, rest)

    def _expand_choice(self, state: State, choice: Choice, rest: Sequence) -> None:
        for index, branch in enumerate(choice.branches):
            left = choice.branches[:index] + choice.branches[index + 1 :]
            again: Sequence = (
                (Choice(left, optional=True, repeated=True),) if choice.repeated and left else ()
            )
            self._expand(state, branch + again + rest)
        if choice.optional:
            self._expand(state, rest)

    @cached_property
    def head(self) -> tuple[str, ...]:
        """The keywords that every line of this form begins with."""
        words: list[str] = []
        for node in self.nodes:
            if not isinstance(node, Word):
                break
            words.append(node.text)
        return tuple(words)

    def render(self, params: Mapping[str, str]) -> str:
        """Print the line of these parameters; which words it has depends on their names alone."""
        names = frozenset(params)
        printed = self._printed.get(names)
        if printed is None:
            printed = self._printed[names] = tuple(_printed(self.nodes, names))
        return " ".join([params[one.name] if isinstance(one, Param) else one.text for one in printed])


def _printed(nodes: Sequence, names: Collection[str]) -> Iterator[Word | Param]:
    for node in nodes:
        if isinstance(node, Choice):
            fitting = [branch for branch in node.branches if _present(branch, names)]
            for branch in fitting if node.repeated else fitting[:1]:
                yield from _printed(branch, names)
        else:
            yield node


def _present(nodes: Sequence, names: Collection[str]) -> bool:
    """Tell whether these names hold what a branch cannot do without."""
    return all(
        node.text in names if isinstance(node, Word) else node.name in names
        for node in nodes
        if not isinstance(node, Choice)
    ) and all(
        node.optional or any(_present(branch, names) for branch in node.branches)
        for node in nodes
        if isinstance(node, Choice)
    )
