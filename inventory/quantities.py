"""A number with its noun, as a person says it."""

from __future__ import annotations


def quantity(number: int, one: str, many: str = "") -> str:
    """Say how many there are: `1 line`, `2 lines`, `0 lines`.

    Args:
        number: how many.
        one: the noun of one, with what follows it where the verb differs too.
        many: of any other number; by default `one` with an s.

    >>> quantity(1, "line"), quantity(0, "line"), quantity(3, "entry", "entries")
    ('1 line', '0 lines', '3 entries')
    """
    return f"{number} {one if number == 1 else many or f'{one}s'}"
