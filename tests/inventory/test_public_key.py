"""What is a public key and what only looks like one."""

from __future__ import annotations

import base64
import struct

import pytest

from inventory.public_key import is_public_key

ED25519 = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f"


def key(kind: str, rest: bytes) -> str:
    return f"{kind} {base64.b64encode(struct.pack('>I', len(kind)) + kind.encode() + rest).decode()}"


@pytest.mark.parametrize(
    "text",
    [
        ED25519,
        f"{ED25519} netops@jump",
        ED25519.replace(" ", "  "),
        key("ssh-rsa", b"\0\0\0\3\1\0\1\0\0\0\1\5"),
        key("ecdsa-sha2-nistp256", b"\0\0\0\10nistp256"),
        key("sk-ssh-ed25519@openssh.com", b"\0\0\0\1x"),
    ],
)
def test_a_key_is_one(text: str) -> None:
    assert is_public_key(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ssh-ed25519",
        "ssh-ed25519 AAAA",
        "ssh-ed25519 AAAAC3",
        "nonsense " + ED25519.split()[1],
        "ssh-rsa " + ED25519.split()[1],
        ED25519.split()[1],
        f"router.example.net {ED25519}",
        ED25519.replace("AAAAC3", "AAAA?3"),
        key("ssh-ed25519", b""),
        "SHA256:wy9vYlsAXeMVHgZ4pGCY5vJXPYdNKyDGpRMOWWqPiOI",
        "ssh-ed25519 SHA256:wy9vYlsAXeMVHgZ4pGCY5vJXPYdNKyDGpRMOWWqPiOI",
    ],
)
def test_what_only_looks_like_a_key_is_none(text: str) -> None:
    assert not is_public_key(text)
