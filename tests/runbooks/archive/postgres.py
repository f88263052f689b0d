"""A PostgreSQL server of the test's own, from the programs that the system has."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

_DEBIAN = Path("/usr/lib/postgresql")
_USER = "postgres"


def programs() -> Path | None:
    """Return the folder with `initdb` and `pg_ctl`; nothing where PostgreSQL is not installed."""
    found = shutil.which("initdb")
    places = [Path(found).parent] if found else []
    places += sorted(_DEBIAN.glob("*/bin"), reverse=True)
    return next((place for place in places if (place / "pg_ctl").exists()), None)


@contextmanager
def server() -> Iterator[str]:
    """Run a server on a free port of loopback; give the URL of its database."""
    place = programs()
    if place is None:
        pytest.skip("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    with TemporaryDirectory(prefix="hotpair-pg-") as name:
        folder = Path(name)
        if os.geteuid() == 0:
            shutil.chown(folder, _USER, _USER)
        data, port = folder / "data", _free_port()
        _run(place / "initdb", "-D", data, "-A", "trust", "-U", "hotpair", "--no-sync", "-E", "UTF8")
        options = f"-p {port} -h 127.0.0.1 -k {folder} -F"
        _run(place / "pg_ctl", "-D", data, "-o", options, "-l", folder / "log", "-w", "start")
        try:
            yield f"postgresql://hotpair@127.0.0.1:{port}/postgres"
        finally:
            _run(place / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")


def _run(*words: object) -> None:
    """Run a program of PostgreSQL, which refuses to be run by root."""
    become = (
        ["setpriv", "--reuid", _USER, "--regid", _USER, "--clear-groups", "--"] if os.geteuid() == 0 else []
    )
    argv = [*become, *(str(word) for word in words)]
    done = subprocess.run(argv, capture_output=True, text=True, check=False, cwd="/")
    assert done.returncode == 0, done.stderr


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
