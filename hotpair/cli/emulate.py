"""`hotpair emulate`: serve emulated devices until Ctrl-C."""

from __future__ import annotations

import subprocess
from typing import Annotated

import typer

CONTEXT = {"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []}


def emulate(
    context: typer.Context,
    devices: Annotated[
        list[str] | None, typer.Argument(help="NAME=FILE for each device; NAME= for factory default.")
    ] = None,
) -> int:
    """Serve emulated NE40E devices on loopback ports, each over real SSH, until Ctrl-C.

    Prints one JSON line a device: device, host, port, username, password and host key.

    Examples:
      hotpair emulate DeviceA=a.cfg DeviceB=b.cfg
      hotpair emulate DeviceA=a.cfg DeviceB= --rtt 50
      hotpair emulate --help
    """
    from runbooks.lab import emulator_command, emulator_environment

    command = emulator_command({}, [*(devices or ()), *context.args])
    with subprocess.Popen(command, env=emulator_environment()) as process:
        try:
            return process.wait()
        except KeyboardInterrupt:
            return process.wait()
