"""Types lines into a configuration as a session does."""

from __future__ import annotations

from random import Random

from emulator.config import secrets
from emulator.config.statement import Configuration
from emulator.config.tree import Path
from emulator.entry import engine
from emulator.entry.engine import Refusal
from emulator.grammar import Match, load

GRAMMAR = load()


def enter(
    configuration: Configuration, path: Path, line: str, seed: int = 7
) -> tuple[Configuration | Refusal, Path]:
    """Enter one line; give what comes of it and the view after it."""
    here = engine.view(configuration, path)
    assert here is not None, path
    match = GRAMMAR.read(here.id, line)
    assert isinstance(match, Match), (here.id, line, match)
    after = engine.enter(configuration, path, secrets.seal(match, Random(seed)))  # noqa: S311 - salts of a toy cipher
    if isinstance(after, Refusal) or not match.enters or match.undo:
        return after, path
    return after, engine.opened(after, path, match)


def typed(text: str, configuration: Configuration | None = None, path: Path = ()) -> Configuration:
    """Enter lines, one per row, `quit` included; every one must be accepted."""
    now = configuration or Configuration()
    for row in text.strip().splitlines():
        line = row.strip()
        if line == "quit":
            path = path[:-1]
            continue
        after, path = enter(now, path, line)
        assert isinstance(after, Configuration), (line, after)
        now = after
    return now


def refused(text: str, configuration: Configuration | None = None) -> Refusal:
    """Enter lines of which the last must be refused; give the refusal."""
    *first, last = text.strip().splitlines()
    now = configuration or Configuration()
    path: Path = ()
    for row in first:
        if row.strip() == "quit":
            path = path[:-1]
            continue
        after, path = enter(now, path, row.strip())
        assert isinstance(after, Configuration), (row, after)
        now = after
    after, _ = enter(now, path, last.strip())
    assert isinstance(after, Refusal), last
    return after
