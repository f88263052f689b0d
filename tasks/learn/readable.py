"""An intent that can be read: what no pair file can hold is left out, and told.

A pair may have mistakes that its description has not: a profile that follows a group that is not there, a
session without a far end. What the model refuses is taken out, the smallest part that does it, until the rest
is a pair.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from inventory.errors import IntentError
from inventory.load import parse_pair
from inventory.model import Pair
from inventory.problems import InvalidIntentError, Problem

_STEP = re.compile(r"([A-Za-z0-9_]+)|\[(\d+)\]")
_KEPT = frozenset({"pair", "members"})


def readable(
    intent: dict[str, Any], written: Callable[[dict[str, Any]], str]
) -> tuple[str, Pair, tuple[str, ...]]:
    """Write an intent that can be read back.

    Args:
        intent: keys and values of a pair file; what cannot be read is taken out of it.
        written: makes the text of the file.

    Returns:
        The text, the pair, and what was left out, a sentence each.

    Raises:
        IntentError: the names of the pair or of its members cannot stand in a pair file.
    """
    left_out: list[str] = []
    while True:
        text = written(intent)
        try:
            return text, parse_pair(text, str(intent["pair"])), tuple(left_out)
        except InvalidIntentError as error:
            problem = error.problems[0]
            if not _taken_out(intent, problem.place.path or ""):
                raise IntentError("the pair cannot be described as an intent", found=str(error)) from error
            left_out.append(_said(problem))


def _said(problem: Problem) -> str:
    return f"{problem.place.path}: {problem.message}" + (f"; found {problem.found}" if problem.found else "")


def _taken_out(intent: dict[str, Any], path: str) -> bool:
    """Take the part at a path out; where the part is missing, what lacks it."""
    steps = [name or int(index) for name, index in _STEP.findall(path)]
    way: list[tuple[Any, Any]] = []
    node: Any = intent
    for step in steps:
        there = (
            step in node if isinstance(node, dict) else isinstance(node, list) and step in range(len(node))
        )
        if not there:
            break
        way.append((node, step))
        node = node[step]
    if not way or way[0][1] in _KEPT:
        return False
    holder, step = way[-1]
    holder.pop(step)
    return True
