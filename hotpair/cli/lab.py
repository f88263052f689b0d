"""`hotpair lab`: keep an emulated pair up, so that every command can be tried on it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from hotpair.cli import completion
from hotpair.cli.emulate import LONGEST_RTT
from hotpair.cli.live import live
from hotpair.cli.output import err, out
from hotpair.exit_codes import ExitCode
from inventory.errors import HotpairError

if TYPE_CHECKING:
    from runbooks.lab import ServedDevice

FOLDER = Path("hotpair-lab")


def lab(
    pair: Annotated[
        str, typer.Argument(help="A sample pair.", autocompletion=completion.samples)
    ] = "seed-igmp",
    folder: Annotated[Path, typer.Option(help="Where to write the lab's inventory.")] = FOLDER,
    rtt: Annotated[
        float, typer.Option(min=0, max=LONGEST_RTT, help="Round trip to the routers in milliseconds.")
    ] = 0,
) -> int:
    """Keep an emulated pair up until Ctrl-C; use the other commands from a second terminal.

    The folder is marked as a lab's. Files in it that no lab wrote are never written over.

    Examples:
      hotpair lab
      hotpair lab user-vrrp-dhcp --folder dhcp-lab
      hotpair lab --rtt 50
    """
    from runbooks import interrupts
    from runbooks.lab import emulated, lab_devices, sample_file
    from runbooks.lab_folder import held, write_inventory

    file = sample_file(pair)
    devices = lab_devices(file)
    options = ["--rtt", str(rtt)] if rtt else []
    with held(folder), live("starting the routers") as line:
        try:
            with emulated(devices, options, lambda said: err.print(escape(said))) as served:
                write_inventory(folder, served, file)
                line.say("giving them a commit to go back to")
                _work_on(folder, file)
                line.progress.stop()
                _welcome(pair, folder, served)
                interrupts.pause()
        except KeyboardInterrupt:
            interrupts.note()  # one is enough
            out.print("The lab has ended.")
    return ExitCode.DONE


def _work_on(folder: Path, file: Path) -> None:
    """Let the routers have a commit to go back to; where they take none they are served all the same."""
    from runbooks.lab_commits import commit_once

    try:
        commit_once(folder, file)
    except HotpairError as error:
        err.print(f"Warning: the routers have no commit to go back to: {error}", markup=False)


def _welcome(pair: str, folder: Path, devices: Mapping[str, ServedDevice]) -> None:
    """Show where the routers are and what can be tried on them."""
    for device in devices.values():
        out.print(f"{device.device}: ssh -p {device.port} {device.username}@{device.host}")
    out.print(f"The inventory lies in {folder}; passwords are in {folder / 'secrets.yaml'}.\n", markup=False)
    out.print("In a second terminal:")
    for command in ("plan", "deploy", "verify", "check"):
        out.print(f"  hotpair {command} {pair} --inventory {folder}", markup=False)
    out.print("\nCtrl-C ends the lab.")
