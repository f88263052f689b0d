"""`hotpair emulate`: serve emulated devices until Ctrl-C."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from hotpair.cli.output import err
from hotpair.exit_codes import ExitCode
from inventory.errors import IntentError

LONGEST_RTT = 60_000
"""Milliseconds that the emulator takes at most."""


def emulate(
    devices: Annotated[
        list[str], typer.Argument(help="NAME=FILE for each device; NAME= for factory default.")
    ],
    rtt: Annotated[
        float, typer.Option(min=0, max=LONGEST_RTT, help="Round trip to the client in milliseconds.")
    ] = 0,
    time_scale: Annotated[
        float, typer.Option(min=0.001, max=100_000, help="Virtual seconds in a real one.")
    ] = 1,
    control: Annotated[
        Path | None, typer.Option(help="Unix socket that takes faults and jumps of time.")
    ] = None,
    link: Annotated[list[str] | None, typer.Option(help="Declared wire: A:PORT=B:PORT.")] = None,
    personality: Annotated[
        list[str] | None, typer.Option(help="Release of all devices or of one: [NAME=]RELEASE.")
    ] = None,
    username: Annotated[str, typer.Option(help="Who may log in.")] = "admin",
    authorized_keys: Annotated[
        Path | None, typer.Option(help="File with public keys that may log in.")
    ] = None,
    inventory: Annotated[
        Path | None, typer.Option("--inventory", "-i", help="Write an inventory of the devices there.")
    ] = None,
    *,
    initial_password: Annotated[
        bool, typer.Option("--initial-password", help="Logins are asked to change the password.")
    ] = False,
) -> int:
    """Serve emulated NE40E devices on loopback ports, each over real SSH, until Ctrl-C.

    Prints one JSON line a device: device, host, port, username, password and host key.

    Examples:
      hotpair emulate DeviceA=a.cfg DeviceB=b.cfg
      hotpair emulate DeviceA=a.cfg DeviceB= --rtt 50
      hotpair emulate PE1=pe1.cfg PE2=pe2.cfg --inventory my-lab
    """
    from runbooks import interrupts
    from runbooks.lab import as_line, emulated
    from runbooks.lab_folder import held, write_inventory

    options = [
        *("--rtt", str(rtt), "--time-scale", str(time_scale), "--username", username),
        *(word for wire in link or () for word in ("--link", wire)),
        *(word for release in personality or () for word in ("--personality", release)),
        *(("--control", str(control)) if control else ()),
        *(("--authorized-keys", str(authorized_keys)) if authorized_keys else ()),
        *(("--initial-password",) if initial_password else ()),
    ]
    files = _files(devices)
    try:
        with held(inventory), emulated(files, options, lambda said: err.print(escape(said))) as served:
            if inventory is not None:
                write_inventory(inventory, served)
            for device in served.values():
                sys.stdout.write(as_line(device) + "\n")
            sys.stdout.flush()
            interrupts.pause()
    except KeyboardInterrupt:
        interrupts.note()  # one is enough
    return ExitCode.DONE


def _files(devices: list[str]) -> dict[str, Path | None]:
    """Read NAME=FILE words.

    Raises:
        IntentError: a word is no such thing, a name stands twice, or a file is not there.
    """
    files: dict[str, Path | None] = {}
    for word in devices:
        name, equals, file = word.partition("=")
        if not name or not equals or name in files:
            raise IntentError("a device is not described", wanted="NAME=FILE, each name once", found=word)
        if file and not Path(file).is_file():
            found = _instead(Path(file))
            raise IntentError(f"there is no configuration file for {name}", where=file, found=found)
        files[name] = Path(file) if file else None
    return files


def _instead(path: Path) -> str:
    """Say what is there instead of a file."""
    if path.is_dir():
        return "a folder"
    return "a pipe or a device; wanted a file that can be read again" if path.exists() else "no such file"
