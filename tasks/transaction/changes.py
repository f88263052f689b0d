"""Whether the device's candidate is exactly the planned change.

Source: command reference, display configuration candidate changes. A line is `+`, `-` or blank in column 1;
parents that stay are shown as context, `#` separates blocks. Indentation below the sign differs between
samples, so a line belongs to the block whose first line stands above it; nothing is concluded from depth.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from inventory.facts import ConfigTree
from inventory.lines import OWNED
from tasks.transaction.fingerprint import CIPHER_MARK, without_ciphertext

_SECRET = re.compile(r"<secret:[^<>]+>")
_COMPLETED = tuple(row for row in OWNED.values() if row.implied)
"""Lines to which some releases add a parameter that was not typed, e.g. `down-weight 10`."""


@dataclass(frozen=True, slots=True)
class Change:
    """One added or removed line.

    Args:
        sign: `+` or `-`.
        block: first line of its block; empty for a line at the top.
        text: the line, blanks and letter case evened out, ciphertext masked.
    """

    sign: str
    block: str
    text: str

    def __str__(self) -> str:
        """Show as in a difference."""
        return f"{self.sign} {self.text}" + (f" (in {self.block})" if self.block else "")


def planned_changes(base: ConfigTree, predicted: ConfigTree) -> tuple[Change, ...]:
    """Give the changes that a candidate must hold to make the predicted configuration of the base."""
    before, after = _lines(base), _lines(predicted)
    removed = [Change("-", *key) for key in (before - after).elements()]
    added = [Change("+", *key) for key in (after - before).elements()]
    return (*removed, *added)


def shown_changes(text: str) -> tuple[Change, ...]:
    """Read `display configuration candidate changes`; `block` is the first line above, even for itself."""
    changes: list[Change] = []
    block = ""
    for line in text.splitlines():
        body = _even(line[1:])
        if body in {"", "#"}:
            block = ""
            continue
        block = block or body
        if line[0] in "+-":
            changes.append(Change(line[0], block, body))
    return tuple(changes)


def unlike_plan(text: str, base: ConfigTree, predicted: ConfigTree) -> tuple[str, ...]:
    """Name every line in which the candidate is not the planned change; nothing when it is.

    Args:
        text: answer of `display configuration candidate changes`.
        base: configuration before.
        predicted: configuration after the commit.
    """
    wanted = list(planned_changes(base, predicted))
    foreign: list[Change] = []
    for shown in shown_changes(text):
        match = next((change for change in wanted if _is(shown, change)), None)
        if match is None:
            foreign.append(shown)
        else:
            wanted.remove(match)
    return (
        *(f"missing in the candidate: {change}" for change in wanted),
        *(f"not planned: {change}" for change in foreign),
    )


def _is(shown: Change, wanted: Change) -> bool:
    same_line = shown.sign == wanted.sign and shown.text == wanted.text
    return same_line and wanted.block in {"", shown.block}


def _lines(tree: ConfigTree) -> Counter[tuple[str, str]]:
    return Counter((_even(path[0]) if path else "", _even(line.text)) for path, line in tree.walk())


def _even(text: str) -> str:
    return _completed(" ".join(without_ciphertext(_SECRET.sub(CIPHER_MARK, text)).split()).lower())


def _completed(text: str) -> str:
    for row in _COMPLETED:
        params = row.read(text)
        if params is not None:
            return row.text(**{**row.implied, **params}).lower()
    return text
