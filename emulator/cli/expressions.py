"""Regular expressions that an operator types behind `|` or at the pager.

What the library cannot make of one (too deep, too large) is a wrong one to the terminal. So is one that
repeats a repetition or a choice, as `(a+)+` and `(a|a)*`: its search may never end, and one terminal would
hold up every other.
"""

from __future__ import annotations

import re
import warnings

_REPEATS = frozenset("*+{")
_TOKEN = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|.", re.DOTALL)


def expression(text: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str] | None:
    """Read an expression; nothing for one that is wrong.

    Args:
        text: as typed.
        flags: how letters are compared.
    """
    if _may_never_end(text):
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # `[[a]` means to a device what it says
        try:
            return re.compile(text, flags)
        except (re.error, OverflowError, RecursionError):
            return None


def _may_never_end(text: str) -> bool:
    """Tell whether a group that holds a repetition or a choice is repeated itself."""
    open_groups = [False]
    closed = False
    """Whether the token before closed such a group."""
    for token in _TOKEN.findall(text):
        if token in _REPEATS and closed:
            return True
        if token in _REPEATS or token == "|":  # noqa: S105
            open_groups[-1] = True
        closed = False
        if token == "(":  # noqa: S105 - a bracket
            open_groups.append(False)
        elif token == ")" and len(open_groups) > 1:  # noqa: S105
            closed = open_groups.pop()
            open_groups[-1] = open_groups[-1] or closed
    return False
