"""Secrets on their way to a device: filled in when a line is written, masked in whatever is shown."""

from __future__ import annotations

import re

from inventory.errors import IntentError
from inventory.lines.keys import REFERENCE, named_keys
from parsers.ciphertext import hide_pieces
from tasks.sessions.protocol import SecretResolver

_UNTYPABLE = re.compile(r"[?\x00-\x1f\x7f]")


class SecretBook:
    """What one session knows of secrets.

    Args:
        resolve: gives the value behind `<secret:NAME>`; nothing: there are none.
    """

    def __init__(self, resolve: SecretResolver | None = None) -> None:
        self._resolve = resolve
        self._written: dict[str, str] = {}

    def fill(self, text: str, member: str) -> str:
        """Return the line as the device gets it; a name outside a key's place is typed as it is.

        Raises:
            IntentError: there is no such secret, or its value cannot be typed.
        """
        if not named_keys(text):
            return text
        return REFERENCE.sub(lambda reference: self._value(reference, member), text)

    def mask(self, text: str) -> str:
        """Put `<secret:NAME>` in the place of each secret that was written, in whatever letter case.

        What the device itself shows of keys is hidden too, also where it was cut off.
        """
        for value, reference in sorted(self._written.items(), key=lambda item: -len(item[0])):
            text = re.sub(re.escape(value), reference.replace("\\", r"\\"), text, flags=re.IGNORECASE)
        return hide_pieces(text)

    def _value(self, reference: re.Match[str], member: str) -> str:
        if self._resolve is None:
            raise IntentError(f"no source of secrets for {reference[0]}", member=member)
        value = self._resolve(reference[1]).reveal()
        if not value or _UNTYPABLE.search(value):
            raise IntentError(
                f"the value of {reference[0]} cannot be typed",
                wanted="no `?`, tab or line end",
                member=member,
            )
        self._written[value] = reference[0]
        return value
