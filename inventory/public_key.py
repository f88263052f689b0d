"""A host's public key as it is written: its type, then the key itself, which names its type once more.

Source: RFC 4253, section 6.6, and OpenSSH sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT".
"""

from __future__ import annotations

import base64
import struct

WANTED = "a public key, as `ssh-ed25519 AAAAC3Nz...` in a known_hosts file after the host name"


def is_public_key(text: str) -> bool:
    """Tell whether a text is a public key: a type, and a key of that type with something in it."""
    words = text.split()
    if len(words) < 2:  # noqa: PLR2004 - type and key; a comment may follow
        return False
    try:
        key = base64.b64decode(words[1], validate=True)
        (length,) = struct.unpack_from(">I", key)
    except (ValueError, struct.error):
        return False
    begin = struct.calcsize(">I")
    return key[begin : begin + length] == words[0].encode() and len(key) > begin + length
