"""Secrets as the device stores them: a ciphertext that differs on each entry.

The cipher is a toy: the protocols of the emulator must be able to compare two keys, so a ciphertext of ours
can be turned back (`plain`). One that came from elsewhere cannot, and differs each time it is made: it is
taken as equal to any other key.
"""

from __future__ import annotations

import base64
import hashlib
from random import Random

from emulator.grammar import Match, load
from emulator.grammar.values import is_cipher

MARK = "%^%#"
_SALT, _CHECK, _BLOCK = 6, 4, 16
_HIDE = str.maketrans("?%", ",.")
_SHOW = str.maketrans(",.", "?%")


def cipher(secret: str, random: Random) -> str:
    """Hide a plaintext.

    Args:
        secret: plaintext as typed.
        random: source of the salt, so that each entry looks different.

    Returns:
        `%^%#...%^%#`, printable and without blanks or question marks.
    """
    salt = random.randbytes(_SALT)
    data = secret.encode()
    padded = len(data).to_bytes(2, "big") + data
    padded += bytes(-len(padded) % _BLOCK)
    hidden = bytes(a ^ b for a, b in zip(padded, _stream(salt, len(padded)), strict=True))
    body = base64.b85encode(salt + _check(salt, data) + hidden).decode().translate(_HIDE)
    return f"{MARK}{body}{MARK}"


def plain(stored: str) -> str:
    """Return the plaintext of a ciphertext of ours; anything else as it is."""
    if not (stored.startswith(MARK) and stored.endswith(MARK) and len(stored) > 2 * len(MARK)):
        return stored
    try:
        raw = base64.b85decode(stored[len(MARK) : -len(MARK)].translate(_SHOW))
    except ValueError:
        return stored
    salt, check, hidden = raw[:_SALT], raw[_SALT : _SALT + _CHECK], raw[_SALT + _CHECK :]
    padded = bytes(a ^ b for a, b in zip(hidden, _stream(salt, len(hidden)), strict=True))
    data = padded[2 : 2 + int.from_bytes(padded[:2], "big")]
    return data.decode() if check == _check(salt, data) else stored


def _stream(salt: bytes, length: int) -> bytes:
    return hashlib.shake_128(b"hotpair-emulator" + salt).digest(length)


def _check(salt: bytes, data: bytes) -> bytes:
    return hashlib.sha256(salt + data).digest()[:_CHECK]


def unreadable(stored: str) -> bool:
    """Tell whether a value is a ciphertext that is not ours."""
    return is_cipher(stored) and plain(stored) == stored


def alike(one: str, other: str) -> bool:
    """Tell whether two keys, `plain` as far as they can be, may be the same; one that is hidden may."""
    return one == other or unreadable(one) or unreadable(other)


def _hidden(value: str) -> bool:
    """Tell whether a value shows no secret: a ciphertext, or a mask of asterisks in somebody's file."""
    return is_cipher(value) or not value.strip("*")


def open_secrets(match: Match) -> list[str]:
    """Return the names of the parameters of a line that hold a plaintext which must not be stored."""
    command = load().command(match.command)
    if command is None or not command.secrets:
        return []
    return [name for name in command.secrets if name in match.params and not _hidden(match.params[name])]


def seal(match: Match, random: Random) -> Match:
    """Replace the typed secrets of a line by ciphertexts; a line without such secrets comes back as it is.

    Args:
        match: line as the grammar read it.
        random: source of salts, one per device.
    """
    names = open_secrets(match)
    command = load().command(match.command) if names else None
    if command is None:
        return match
    params = {**match.params, **{name: cipher(match.params[name], random) for name in names}}
    return match._replace(params=params, text=command.line(params))
