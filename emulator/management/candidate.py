"""The candidate of one session: lines that were entered and are not committed.

Each session has its own and no other sees it. It remembers the running configuration it began from, so that
the device notices when another session's commit moved running underneath. A commit then enters the lines
anew on what runs: the later commit wins per line, and a line that the other session has already committed
is a conflict (config-sections, section 12).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from emulator.config.lines import Children
from emulator.config.statement import Configuration
from emulator.entry import engine
from emulator.entry.engine import Refusal
from emulator.grammar import Match

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Edit:
    """One accepted line and the view it was typed in.

    Args:
        before: the edit before it; a chain, so that one more costs the same however many there are.
    """

    path: Path
    match: Match
    before: Edit | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a session would commit.

    Args:
        base: the running configuration that it began from.
        configuration: base with the edits.
        last: the last accepted line, as typed.
        replaced: it was loaded as a whole, so its lines can't be entered anew on another base.
    """

    base: Configuration
    configuration: Configuration
    last: Edit | None = None
    replaced: bool = False

    @classmethod
    def clean(cls, running: Configuration) -> Candidate:
        """Return a candidate without changes."""
        return cls(running, running)

    @property
    def edits(self) -> tuple[Edit, ...]:
        """Return the accepted lines as typed, in their order."""
        found: list[Edit] = []
        at = self.last
        while at is not None:
            found.append(at)
            at = at.before
        return tuple(reversed(found))

    @property
    def dirty(self) -> bool:
        """Whether anything is uncommitted, the `*` of the prompt; what leads back to the base is no edit."""
        return self.last is not None or not _equal(self.configuration, self.base)

    def on(self, running: Configuration) -> Candidate:
        """Follow a commit of somebody else: a clean candidate moves along, a dirty one stays."""
        return self if self.dirty else Candidate.clean(running)

    def entered(self, path: Path, match: Match) -> Candidate | Refusal:
        """Add a line; a refused one leaves the candidate as before."""
        made = engine.enter(self.configuration, path, match)
        if isinstance(made, Refusal):
            return made
        if _equal(made, self.base):
            return Candidate.clean(self.base)
        if not match.enters and _equal(made, self.configuration):
            return self
        return Candidate(self.base, made, Edit(path, match, self.last), self.replaced)

    def loaded(self, configuration: Configuration) -> Candidate:
        """Replace everything by a loaded configuration."""
        return Candidate(self.base, configuration, replaced=True)

    def moved(self, running: Configuration) -> bool:
        """Whether running is no longer what a dirty candidate began from."""
        return self.dirty and running is not self.base and running != self.base


def _equal(one: Configuration, other: Configuration) -> bool:
    mine, theirs = one.statements, other.statements
    return mine is theirs or (len(mine) == len(theirs) and mine == theirs)


def rebased(candidate: Candidate, running: Configuration) -> Candidate | Refusal:
    """Enter the lines of a candidate on another running configuration.

    Args:
        candidate: with changes on its own base.
        running: what runs now.

    Returns:
        The same changes on the new base, or why a line is not possible there.
    """
    if not candidate.moved(running):
        return candidate
    if candidate.replaced:
        return Refusal("The loaded configuration does not fit the running configuration any more.")
    moved = Candidate.clean(running)
    for edit in candidate.edits:
        made = moved.entered(edit.path, edit.match)
        if isinstance(made, Refusal):
            return made
        moved = made
    return moved


def conflict(candidate: Candidate, running: Configuration) -> Edit | None:
    """Return the first line that another session has committed since, identically."""
    if not candidate.moved(running):
        return None
    theirs = set(_leaves(running)) - set(_leaves(candidate.base))
    return next(
        (edit for edit in candidate.edits if not edit.match.undo and (edit.path, edit.match.text) in theirs),
        None,
    )


def _leaves(configuration: Configuration) -> Iterator[tuple[Path, str]]:
    def walk(path: Path, statements: Children) -> Iterator[tuple[Path, str]]:
        for statement in statements:
            if not statement.view:
                yield path, statement.text
            yield from walk((*path, statement.text), statement.children)

    return walk((), configuration.statements)
