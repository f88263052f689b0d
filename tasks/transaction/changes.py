"""Whether the device's candidate is exactly the planned change.

Source: command reference, display configuration candidate changes. A line is `+`, `-` or blank in column 1;
parents that stay are shown as context, `#` separates blocks. Indentation below the sign differs between
samples, so a line belongs to the block whose first line stands above it; nothing is concluded from depth.

A key is shown as ciphertext or in clear, by its form and by the release, and typed over an old one it is a
line that goes and a line that comes. Its text is not compared: it is masked before anything else is done.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from inventory.facts import ConfigTree
from inventory.lines import OWNED, read
from parsers.ciphertext import hide
from tasks.transaction.fingerprint import CIPHER_MARK, without_ciphertext

_COMPLETED = tuple(row for row in OWNED.values() if row.implied)
"""Lines to which some releases add a parameter that was not typed, e.g. `down-weight 10`."""


@dataclass(frozen=True, slots=True)
class Change:
    """One added or removed line.

    Args:
        sign: `+` or `-`.
        block: first line of its block; empty for a line at the top.
        text: the line, blanks and letter case evened out, keys masked.
        shown: the line for people, keys masked.
    """

    sign: str
    block: str
    text: str
    shown: str = field(compare=False)

    def __str__(self) -> str:
        """Show as in a difference."""
        return f"{self.sign} {self.shown}" + (f" (in {self.block})" if self.block else "")


def planned_changes(base: ConfigTree, predicted: ConfigTree) -> tuple[Change, ...]:
    """Return the changes that a candidate must hold to make the predicted configuration of the base.

    A key that is typed stands in the prediction as its name, and so differs from whatever the base shows.
    """
    before, after = _lines(base), _lines(predicted)
    removed = [_change("-", *key) for key in (before - after).elements()]
    added = [_change("+", *key) for key in (after - before).elements()]
    return (*removed, *added)


def shown_changes(text: str) -> tuple[Change, ...]:
    """Read `display configuration candidate changes`; `block` is the first line above, even for itself."""
    changes: list[Change] = []
    block = ""
    for line in text.splitlines():
        body = " ".join(line[1:].split())
        if body in {"", "#"}:
            block = ""
            continue
        block = block or body
        if line[0] in "+-":
            changes.append(_change(line[0], block, body))
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
    """Count the lines by their block; the keys in them as they stand."""
    return Counter((path[0] if path else "", line.text) for path, line in tree.walk())


def _change(sign: str, block: str, text: str) -> Change:
    masked = _masked(block, text)
    return Change(sign, _even(_masked("", block)), _even(masked), masked)


def _masked(block: str, text: str) -> str:
    """Put one mark in the place of each key, however the device shows it."""
    opening = read("system", block)
    owned = read(opening.row.opens, text) if opening else None
    owned = owned or read("system", text)
    if owned is None:
        return hide(without_ciphertext(text))
    row, params = owned.row, owned.params
    secret = params.keys() & row.secrets
    return row.text(**{**params, **dict.fromkeys(secret, CIPHER_MARK)}) if secret else text


def _even(text: str) -> str:
    return _completed(" ".join(text.split()).lower())


def _completed(text: str) -> str:
    for row in _COMPLETED:
        params = row.read(text)
        if params is not None:
            return row.text(**{**row.implied, **params}).lower()
    return text
