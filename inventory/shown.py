"""How a value of a file is shown to who wrote it."""

from __future__ import annotations

from datetime import date

_SHORT = 60
"""Longest list that is shown item by item."""


def shown(value: object) -> str:
    """Show a value as it is written in a file: words of YAML, and never those of Python; of much, its kind.

    >>> shown(None), shown(True), shown(date(2027, 1, 31)), shown("7"), shown([1, "x"]), shown([[1]])
    ('nothing', 'true', '2027-01-31', "'7'", "[1, 'x']", 'a list')
    """
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date):
        return str(value)
    if isinstance(value, dict):
        return "keys and values"
    if isinstance(value, list | tuple):
        short = f"[{', '.join(map(shown, value))}]"
        return (
            "a list" if len(short) > _SHORT or any(isinstance(one, list | dict) for one in value) else short
        )
    return repr(value)
