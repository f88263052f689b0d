"""Texts of several lines in a configuration file: a banner in its quotes, the code of a public key.

Such a text is one line of the configuration, whatever its own lines look like; it is printed back as it came.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_HEADER = re.compile(r"header (?:login|shell) information (\S)")
_CODE = "public-key-code begin"
_CODE_END = "public-key-code end"
_KEY_END = "peer-public-key end"


def rows(text: str) -> Iterator[str]:
    """Yield the lines of a file, those of one text together as one."""
    waiting = iter([*text.splitlines(), ""])
    row = next(waiting)
    while True:
        following = next(waiting, None)
        if following is None:
            if row:
                yield row
            return
        held = [row]
        while (ended := _end(held)) is not None and not ended and following is not None:
            held.append(following)
            following = next(waiting, None)
        if (
            _end(held) is not None
            and following is not None
            and following.strip() == _KEY_END
            and _outer(held, following)
        ):
            held.append(following)
            following = next(waiting, None)
        yield "\n".join(held)
        if following is None:
            return
        row = following


def _end(held: list[str]) -> bool | None:
    """Tell whether a text that these lines begin has ended; nothing when they begin none."""
    first = held[0].strip()
    header = _HEADER.match(first)
    if header is not None:
        mark, whole = header[1], "\n".join(held)
        return mark in whole[whole.index(mark) + 1 :] or mark != '"'
    return held[-1].strip() == _CODE_END if first == _CODE else None


def _outer(held: list[str], following: str) -> bool:
    return len(following) - len(following.lstrip()) < len(held[0]) - len(held[0].lstrip())
