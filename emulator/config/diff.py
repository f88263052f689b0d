"""The difference of two configurations, as `display configuration candidate changes` prints it.

Two columns of gutter: `+` or `-` or a blank, and a blank. Views that hold changes are printed as context;
removed lines come before added ones; `#` separates sections.
"""

from __future__ import annotations

from collections.abc import Iterator

from emulator.config.statement import Configuration, Statement
from emulator.config.tree import Children


def lines(old: Configuration, new: Configuration) -> list[str]:
    """Print what leads from one configuration to another.

    Returns:
        The body without its heading; nothing when both are equal.
    """
    blocks = list(_blocks(old.statements, new.statements, 0))
    if not blocks:
        return []
    printed = ["  #"]
    for block in blocks:
        printed += [*block, "  #"]
    return printed


def _blocks(old: Children, new: Children, depth: int) -> Iterator[list[str]]:
    """Give the changed statements of a level, each with what changed below it."""
    kept = {statement.text: statement for statement in new if statement.text != "#"}
    before = {statement.text: statement for statement in old if statement.text != "#"}
    gone = [statement for statement in old if statement.text not in kept and statement.text != "#"]
    index = {statement.text: place for place, statement in enumerate(old)}
    for statement in kept.values():
        known = before.get(statement.text)
        while gone and (known is None or index[gone[0].text] < index[statement.text]):
            yield _whole("-", gone.pop(0), depth)
        if known is None:
            yield _whole("+", statement, depth)
        elif known.children != statement.children:
            inner = [
                line for block in _blocks(known.children, statement.children, depth + 1) for line in block
            ]
            if inner:
                yield [_row(" ", statement.text, depth), *inner]
    for statement in gone:
        yield _whole("-", statement, depth)


def _whole(sign: str, statement: Statement, depth: int) -> list[str]:
    below = (
        row for child in statement.children if child.text != "#" for row in _whole(sign, child, depth + 1)
    )
    return [_row(sign, statement.text, depth), *below]


def _row(sign: str, text: str, depth: int) -> str:
    return f"{sign} {' ' * depth}{text}"
