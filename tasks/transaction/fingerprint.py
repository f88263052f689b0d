"""Digests of a running configuration: whether a member is old or new is told without keeping its text."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

# Ciphertext as the device shows it; it may differ from one display or rollback to the next.
# Source: configuration guide, "Configuration Management"; the forms seen in manual samples.
_CIPHERTEXT = re.compile(r"%\^%#.*?%\^%#|@%@%.*?@%@%|%[$@]%[$@].*?%[$@]%[$@]|\$1[a-z]\$\S+")
CIPHER_MARK = "<cipher>"


def without_ciphertext(text: str) -> str:
    """Put one mark in the place of each ciphertext."""
    return _CIPHERTEXT.sub(CIPHER_MARK, text)


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """Digests of one configuration.

    Args:
        exact: of all lines but the `!` lines, which hold the release and the time of the last change.
        masked: of the same lines without ciphertext.
    """

    exact: str
    masked: str

    @classmethod
    def of(cls, text: str) -> Fingerprint:
        """Take the fingerprint of `display current-configuration`."""
        lines = [line.rstrip() for line in text.splitlines() if line.strip() and not line.startswith("!")]
        plain = "\n".join(lines)
        return cls(_digest(plain), _digest(without_ciphertext(plain)))

    def same_as(self, other: Fingerprint, unlike: Fingerprint | None) -> bool:
        """Tell whether two fingerprints are of the same configuration.

        Ciphertext that merely changed its looks does not count, unless it is all that tells the configuration
        from the other one that it could be.

        Args:
            other: the configuration that it may be.
            unlike: the configuration that it may be instead, if there is one.
        """
        if self.exact == other.exact:
            return True
        told_apart = unlike is None or (other.masked != unlike.masked and self.exact != unlike.exact)
        return told_apart and self.masked == other.masked


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
