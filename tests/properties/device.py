"""The emulated device as a witness of plans: types the lines of a plan and says what it refuses."""

from __future__ import annotations

from emulator.config.statement import Configuration
from emulator.entry import engine, printing
from emulator.grammar import Match, load
from inventory.facts import ConfigTree
from parsers.tree import read_tree, write_tree
from tasks.plan import Stage

SECRET = "Str0ng-1"


def booted(tree: ConfigTree) -> Configuration:
    """Load a configuration as a device does when it starts."""
    return printing.load(write_tree(tree))


def printed(configuration: Configuration) -> ConfigTree:
    """Read what the device prints of its configuration."""
    return read_tree("\n".join(printing.lines(configuration)), "device")


def typed(running: Configuration, stages: tuple[Stage, ...]) -> Configuration:
    """Type and commit every stage; fail on any refusal and on any prompt that the plan did not foresee."""
    for stage in stages:
        candidate = running
        path: tuple[str, ...] = ()
        for command in stage.commands:
            candidate, path = _line(candidate, path, command.text, command.suffix)
        assert path == ()
        refused = engine.validate(candidate, running)
        assert not refused, refused
        running = candidate
    return running


def _line(
    candidate: Configuration, path: tuple[str, ...], text: str, suffix: str
) -> tuple[Configuration, tuple[str, ...]]:
    view = engine.view(candidate, path)
    assert view is not None
    if text == "quit":
        path = path[:-1]
    else:
        line = text if "<secret:" not in text else text[: text.index("<secret:")] + SECRET
        match = load().read(view.id, line)
        assert isinstance(match, Match), f"{view.id}: {line}: {match}"
        after = engine.enter(candidate, path, match)
        assert isinstance(after, Configuration), f"{view.id}: {line}: {after}"
        candidate = after
        if match.enters and not match.undo:
            path = engine.opened(candidate, path, match)
    now = engine.view(candidate, path)
    assert now is not None
    assert now.suffix == suffix, f"{text}: the prompt shows {now.suffix}"
    return candidate, path
