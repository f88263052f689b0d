"""Ciphertext in what a device shows: hidden before a text is kept, shown or sent to anybody.

A device's ciphertext can be turned back on a device of the kind, so a report that holds it holds the secret.
Each is replaced by a mark of its own, so that two texts with the same ciphertext stay the same, and two with
different ones stay different.
"""

from __future__ import annotations

import re
from hashlib import sha256

# Command reference, "cipher" and "irreversible-cipher": the device prints what it encrypted between
# equal marks, as `$1x$...$`, or as a bare run of at least 24 characters after the keyword.
_CIPHERTEXT = (
    re.compile(r"(?P<mark>%\^%#|%#%#|@%@%|%@%@|%\+%#|%\$%\$)\S+?(?P=mark)"),
    re.compile(r"\$1[a-z]\$\S+\$(?!\S)"),
    re.compile(r"(?<=cipher )(?!<secret:|<hidden)\S{24,}", re.IGNORECASE),
)
_CLEAR = re.compile(
    r"(?i)(\b(?:(?:key|password|authentication-mode) (?:simple plain|simple|plain)"
    r"|snmp-agent community (?:read|write)(?: simple)?) )(?!simple |plain |cipher |<)"
    r'(?:\\?"[^"\n]*"|\S+)'
)
_KEYWORDS = ("simple", "plain", "community")
"""One of them stands before each key in clear; to look for them takes a tenth of what the expression does."""
_MARK = r"%\^%#|%#%#|@%@%|%@%@|%\+%#|%\$%\$|\$1[a-z]\$"
_PIECES = (
    re.compile(rf"(?P<before>)\S*(?:{_MARK})\S*"),
    re.compile(r"(?i)(?P<before>\b(?:cipher|simple|plain|md5) )(?!<)\S+\Z"),
)
"""What has one mark of two, and the last word of a text that ends in the midst of a key."""
_NAME = re.compile(r"<secret:[^<>]+>")


def hide(text: str) -> str:
    """Hide every ciphertext, and every key that the device shows in clear.

    Args:
        text: what a device shows, or a line of a plan; names as `<secret:NAME>` stay.

    Returns:
        The text with `<hidden:5f3a91c2>` for a ciphertext and `<hidden>` for a key in clear.
    """
    for pattern in _CIPHERTEXT:
        text = pattern.sub(lambda found: f"<hidden:{sha256(found[0].encode()).hexdigest()[:8]}>", text)
    return _CLEAR.sub(r"\1<hidden>", text) if _may_be_clear(text) else text


def _may_be_clear(text: str) -> bool:
    folded = text.casefold()
    return any(word in folded for word in _KEYWORDS)


def hide_pieces(text: str) -> str:
    """Hide also what is left of a ciphertext or key in a text that was cut off, or arrived in part.

    Args:
        text: the end of what a device said, e.g. when it fell silent in the midst of a display.
    """
    text = hide(text)
    for piece in _PIECES:
        text = piece.sub(r"\g<before><hidden>", text)
    return text


def in_clear(text: str) -> bool:
    """Tell whether the device shows the key of a line in clear; a named secret counts as a key."""
    return _may_be_clear(text) and _CLEAR.search(_NAME.sub("x", text)) is not None
