"""Changes between two configurations, carried over to a third.

`load configuration rollback changes at <id>` takes back what one commit did while later commits stay.
"""

from __future__ import annotations

from dataclasses import replace

from emulator.config.lines import Children
from emulator.config.statement import Configuration, Statement
from emulator.entry import printing


def taken_back(now: Configuration, before: Configuration, after: Configuration) -> Configuration:
    """Undo in `now` what led from `before` to `after`, line by line.

    Lines that the commit added and that still stand go; lines that it removed come back.
    """
    merged = Configuration(_merged(now.statements, after.statements, before.statements))
    return printing.load("\n".join(printing.lines(merged)))


def _merged(now: Children, old: Children, new: Children) -> Children:
    """Apply the change from `old` to `new` to the children of one view."""
    olds = {statement.text: statement for statement in old}
    news = {statement.text: statement for statement in new}
    kept = [
        _child(statement, olds.get(statement.text), news.get(statement.text))
        for statement in now
        if statement.text not in olds or statement.text in news
    ]
    there = {statement.text for statement in now}
    return (*kept, *(line for text, line in news.items() if text not in olds and text not in there))


def _child(statement: Statement, old: Statement | None, new: Statement | None) -> Statement:
    if old is None or new is None or old == new:
        return statement
    return replace(statement, children=_merged(statement.children, old.children, new.children))
