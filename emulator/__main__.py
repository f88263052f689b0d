"""Serve emulated NE40E routers: `python -m emulator PE1=pe1.cfg PE2=pe2.cfg`.

They answer over SSH in real time, or with `--pipe` on standard input and output in virtual time.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import os
import re
import secrets
import sys
import warnings
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from emulator.clock import EPOCH
from emulator.config.recognise import strange
from emulator.edge.boot import cable
from emulator.edge.clock import ServedClock
from emulator.edge.door import Access
from emulator.edge.pipe import Pipe, serve
from emulator.edge.serving import Serving
from emulator.lab import Lab
from emulator.personalities import DEFAULT, PERSONALITIES, Personality

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Sequence

    from emulator.edge.ssh import DeviceServer

_USAGE_ERROR = 2
LONGEST_RTT = 60_000
"""Milliseconds; a client has given up before."""
SLOWEST, FASTEST = 0.001, 100_000
"""Virtual seconds in a real one."""
_NAME = re.compile(r"[^\s:=]+")
_USER = re.compile(r"\S+")


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until Ctrl-C or SIGTERM; give the exit code."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if not options.devices and not options.pipe:
        parser.error("which devices? wanted NAME=FILE")
    try:
        serving = _serving(options)
        lab = _undisturbed(lambda: _lab(options, serving.access.password))
    except (OSError, ValueError) as error:
        return _refused(_reason(error))
    if options.pipe:
        serve(Pipe(lab), sys.stdin, sys.stdout)
        return 0
    clock, serve_until_stopped = ServedClock(options.time_scale), _over_ssh()
    try:
        asyncio.run(serve_until_stopped(lab, clock, serving, lambda servers: _announce(servers, serving)))
    except OSError as error:
        return _refused(f"it cannot listen (control: {options.control}): {error.strerror or error}")
    return 0


def _over_ssh() -> Callable[[Lab, ServedClock, Serving, Callable[..., None]], Coroutine[None, None, None]]:
    """Load what serves over SSH, which a pipe does without.

    Where liboqs is not installed asyncssh has a C compiler look for it; a signal meanwhile would leave a
    temporary file behind. It is not needed, and without a path no compiler is found.
    """
    path = os.environ.get("PATH")
    os.environ["PATH"] = os.devnull
    try:
        from emulator.edge.serve import serve_until_stopped
    finally:
        if path is None:
            del os.environ["PATH"]
        else:
            os.environ["PATH"] = path
    return serve_until_stopped


def _refused(why: str) -> int:
    """Say why nothing is served; give the exit code."""
    sys.stderr.write(f"emulator: {why}\n")
    return _USAGE_ERROR


def _reason(error: OSError | ValueError) -> str:
    if isinstance(error, OSError) and error.filename is not None:
        return f"{error.filename}: {error.strerror}"
    return str(error)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="emulator", description=__doc__, allow_abbrev=False)
    add = parser.add_argument
    add("devices", nargs="*", metavar="NAME=FILE", help="device and its saved configuration; empty: factory")
    add("--pipe", action="store_true", help="no SSH: orders on standard input, in virtual time")
    add(
        "--rtt",
        type=_from(0, LONGEST_RTT),
        default=0.0,
        metavar="MS",
        help="round trip to the client in milliseconds",
    )
    add(
        "--time-scale",
        type=_from(SLOWEST, FASTEST),
        default=1.0,
        metavar="X",
        help="virtual seconds in a real one",
    )
    add("--control", type=Path, metavar="PATH", help="unix socket that takes faults and jumps of time")
    add("--link", action="append", default=[], metavar="A:PORT=B:PORT", help="declared wire")
    add(
        "--personality",
        action="append",
        default=[],
        metavar="[NAME=]RELEASE",
        help=f"release of all devices or of one: {', '.join(PERSONALITIES)}",
    )
    add("--username", default="admin")
    add("--password", default="", help="default: made at start and printed")
    add("--initial-password", action="store_true", help="logins are asked to change the password")
    add("--until-eof", action="store_true", help="stop when standard input is closed")
    add("--authorized-keys", type=Path, metavar="FILE", help="public keys that may log in")
    return parser


def _undisturbed(build: Callable[[], Lab]) -> Lab:
    """Build a lab without looking for garbage: a thousand devices make none, and stay until the end."""
    gc.disable()
    lab = build()
    gc.freeze()
    gc.enable()
    return lab


def _from(least: float, most: float) -> Callable[[str], float]:
    """Return what reads a number within bounds; what is none is not within any."""

    def read(text: str) -> float:
        value = float(text)
        if not least <= value <= most:
            raise argparse.ArgumentTypeError(f"{text} is not from {least:g} to {most:g}")
        return value

    return read


def _lab(options: argparse.Namespace, password: str) -> Lab:
    texts = {}
    for entry in options.devices:
        name, equals, file = entry.partition("=")
        if not _NAME.fullmatch(name) or not equals or name in texts:
            raise ValueError(f"{entry!r}: wanted NAME=FILE, each name once, without blank or colon")
        texts[name] = _text(file) if file else ""
    releases = dict(_release(entry) for entry in options.personality)
    unknown = sorted({name for name in releases if name} - set(texts))
    if unknown:
        raise ValueError(f"a release is given to {', '.join(unknown)}, which is not served")
    return Lab(
        texts,
        personality=releases.get("", DEFAULT),
        personalities={name: release for name, release in releases.items() if name},
        cables=[cable(entry, texts) for entry in options.link],
        epoch=EPOCH if options.pipe else datetime.now().astimezone().replace(microsecond=0),
        password=password,
        initial_password=options.initial_password,
    )


def _text(file: str) -> str:
    """Read a configuration file.

    Raises:
        ValueError: it is no configuration of an NE40E.
    """
    try:
        text = Path(file).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"{file}: no text in UTF-8 (byte {error.start})") from error
    why = strange(text)
    if why:
        raise ValueError(f"{file}: {why}")
    return text


def _release(entry: str) -> tuple[str, Personality]:
    device, _, release = entry.rpartition("=")
    if release not in PERSONALITIES:
        raise ValueError(f"unknown release {release!r}; known: {', '.join(PERSONALITIES)}")
    return device, PERSONALITIES[release]


def _serving(options: argparse.Namespace) -> Serving:
    keys: tuple[str, ...] = ()
    if options.authorized_keys:
        lines = options.authorized_keys.read_text(encoding="utf-8").splitlines()
        keys = tuple(line for line in lines if line.strip() and not line.startswith("#"))
    if not _USER.fullmatch(options.username):
        raise ValueError(f"--username {options.username!r}: wanted a name without blank")
    password = options.password or secrets.token_urlsafe(12)
    access = Access(options.username, password, keys)
    return Serving(access, options.rtt / 1000, options.control, until_eof=options.until_eof)


def _announce(servers: Sequence[DeviceServer], serving: Serving) -> None:
    for server in servers:
        place = {
            "device": server.device.name,
            "host": server.host,
            "port": server.port,
            "username": serving.access.username,
            "password": serving.access.password,
            "host_key": server.host_key,
        }
        sys.stdout.write(json.dumps(place) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    if not sys.warnoptions:
        warnings.simplefilter("ignore")  # of libraries: nobody who starts routers can do anything about them
    sys.exit(main())
