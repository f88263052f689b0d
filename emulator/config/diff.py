"""The difference of two configurations, as `display configuration candidate changes` prints it.

Two columns of gutter: `+` or `-` or a blank, and a blank. Views that hold changes are printed as context;
removed lines come before added ones; `#` separates sections.
"""

from __future__ import annotations

from collections.abc import Iterator

from emulator.config import order
from emulator.config.lines import Children
from emulator.config.statement import Configuration, Statement


def lines(old: Configuration, new: Configuration) -> list[str]:
    """Print what leads from one configuration to another.

    Returns:
        The body without its heading; nothing when both are equal.
    """
    blocks = list(_blocks(old.statements, new.statements, 0, "system"))
    if not blocks:
        return []
    printed = ["  #"]
    for block in blocks:
        printed += [*block, "  #"]
    return printed


def _blocks(old: Children, new: Children, depth: int, view: str) -> Iterator[list[str]]:
    """Yield the changed statements of a level, each with what changed below it."""
    kept = {statement.text: statement for statement in new if statement.text != "#"}
    before = {statement.text: statement for statement in old if statement.text != "#"}
    place = {text: index for index, text in enumerate(before)}
    gone = [statement for text, statement in before.items() if text not in kept]
    for text, statement in kept.items():
        known = before.get(text)
        while gone and (place[gone[0].text] < place[text] if known else _not_after(gone[0], statement, view)):
            yield _whole("-", gone.pop(0), depth)
        if known is None:
            yield _whole("+", statement, depth)
        elif known.children != statement.children:
            inner = _blocks(known.children, statement.children, depth + 1, statement.view)
            below = [line for block in inner for line in block]
            yield [_row(" ", text, depth), *below]
    for statement in gone:
        yield _whole("-", statement, depth)


def _not_after(removed: Statement, added: Statement, view: str) -> bool:
    """Tell whether a removed line is printed before an added one: where its place is not a later one."""
    first, second = order.key(removed, view), order.key(added, view)
    return first is not None and second is not None and first <= second


def _whole(sign: str, statement: Statement, depth: int) -> list[str]:
    below = (
        row for child in statement.children if child.text != "#" for row in _whole(sign, child, depth + 1)
    )
    return [_row(sign, statement.text, depth), *below]


def _row(sign: str, text: str, depth: int) -> str:
    return f"{sign} {' ' * depth}{text}"
