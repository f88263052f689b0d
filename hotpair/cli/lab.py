"""`hotpair lab`: keep the emulated pair up, so that every command can be tried on it."""

from __future__ import annotations

import signal
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hotpair.cli.live import live
from hotpair.cli.output import out
from hotpair.exit_codes import ExitCode

if TYPE_CHECKING:
    from runbooks.lab import ServedDevice

FOLDER = Path("hotpair-lab")


def lab(
    folder: Annotated[Path, typer.Option(help="Where to write the lab's inventory.")] = FOLDER,
    rtt: Annotated[float, typer.Option(min=0, help="Round trip to the routers in milliseconds.")] = 0,
) -> int:
    """Keep the emulated pair up until Ctrl-C; use the other commands from a second terminal.

    Examples:
      hotpair lab
      hotpair lab --rtt 50
    """
    from runbooks.lab import emulated, lab_devices, write_inventory

    options = ["--rtt", str(rtt)] if rtt else []
    with live("starting the routers") as line, emulated(lab_devices(), options) as devices:
        try:
            write_inventory(folder, devices)
            line.progress.stop()
            _welcome(folder, devices)
            signal.pause()
        except KeyboardInterrupt:
            out.print("The lab has ended.")
    return ExitCode.DONE


def _welcome(folder: Path, devices: Mapping[str, ServedDevice]) -> None:
    """Show where the routers are and what can be tried on them."""
    from runbooks.lab import LAB_PAIR

    for device in devices.values():
        out.print(f"{device.device}: ssh -p {device.port} {device.username}@{device.host}")
    out.print(f"The inventory lies in {folder}; passwords are in {folder / 'secrets.yaml'}.\n")
    out.print("In a second terminal:")
    for command in ("plan", "deploy", "verify", "check"):
        out.print(f"  hotpair {command} {LAB_PAIR} --inventory {folder}")
    out.print("\nCtrl-C ends the lab.")
