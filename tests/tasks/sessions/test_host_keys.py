"""Which host keys are known: the inventory's, or those of a known-hosts file in each of its forms."""

from __future__ import annotations

import base64
import hashlib
import hmac
from pathlib import Path

import pytest

from inventory.errors import ConnectError
from inventory.secrets import Secret
from tasks.sessions.host_keys import known_keys
from tasks.sessions.protocol import Target

KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f"
OTHER = "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTY="


def target(port: int = 22, **other: object) -> Target:
    known = {"member": "M", "host": "pe1.example.net", "username": "u", "password": Secret("p"), "port": port}
    return Target(**{**known, **other})  # type: ignore[arg-type] # values by name


def hashed(name: str) -> str:
    salt = b"0123456789abcdefghij"
    digest = hmac.new(salt, name.encode(), hashlib.sha1).digest()
    return f"|1|{base64.b64encode(salt).decode()}|{base64.b64encode(digest).decode()}"


def test_the_inventory_comes_first() -> None:
    assert known_keys(target(host_key=f"{KEY} a comment")) == (KEY,)


@pytest.mark.parametrize(
    ("port", "line"),
    [
        (22, f"pe1.example.net {KEY}"),
        (22, f"other,PE1.example.net {KEY} comment"),
        (830, f"[pe1.example.net]:830 {KEY}"),
        (22, f"{hashed('pe1.example.net')} {KEY}"),
        (830, f"{hashed('[pe1.example.net]:830')} {KEY}"),
    ],
)
def test_each_form_of_a_line_is_read(tmp_path: Path, port: int, line: str) -> None:
    file = tmp_path / "known"
    file.write_text(f"# ours\n\nelsewhere {OTHER}\n{line}\n")
    assert known_keys(target(port, known_hosts=file)) == (KEY,)


def test_a_host_may_have_several_keys(tmp_path: Path) -> None:
    file = tmp_path / "known"
    file.write_text(f"pe1.example.net {KEY}\npe1.example.net {OTHER}\n")
    assert known_keys(target(known_hosts=file)) == (KEY, OTHER)


@pytest.mark.parametrize(
    "line",
    [
        "",
        f"pe11.example.net {KEY}",
        f"[pe1.example.net]:830 {KEY}",
        f"#pe1.example.net {KEY}",
        f"@revoked pe1.example.net {KEY}",
        "pe1.example.net",
        f"|1|broken {KEY}",
        f"|1|!|! {KEY}",
    ],
)
def test_anything_else_is_not_known(tmp_path: Path, line: str) -> None:
    file = tmp_path / "known"
    file.write_text(line + "\n")
    with pytest.raises(ConnectError, match="not known") as caught:
        known_keys(target(known_hosts=file))
    assert caught.value.member == "M"


def test_without_a_file_nothing_is_known(tmp_path: Path) -> None:
    with pytest.raises(ConnectError, match="not known"):
        known_keys(target(known_hosts=tmp_path / "none"))
