"""`hotpair emulate`: serve emulated devices until Ctrl-C."""

from __future__ import annotations

import os
from typing import Annotated

import typer

CONTEXT = {"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []}


def emulate(
    context: typer.Context,
    devices: Annotated[
        list[str] | None, typer.Argument(help="NAME=FILE for each device; NAME= for factory default.")
    ] = None,
) -> None:
    """Serve emulated NE40E devices on loopback ports, each over real SSH, until Ctrl-C.

    Prints one JSON line a device: device, host, port, username, password and host key.

    Examples:
      hotpair emulate DeviceA=a.cfg DeviceB=b.cfg
      hotpair emulate DeviceA=a.cfg DeviceB= --rtt 50
      hotpair emulate --help
    """
    from runbooks import interrupts
    from runbooks.lab import emulator_command, emulator_environment

    interrupts.heed()
    command = emulator_command({}, [*(devices or ()), *context.args])
    # In our place: a signal to us is a signal to it.
    os.execve(command[0], command, emulator_environment())  # noqa: S606 - a fixed program, no shell
