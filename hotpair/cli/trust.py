"""`hotpair trust`: record a device's host key after its fingerprint was compared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from hotpair.cli import completion
from hotpair.cli.asking import ask
from hotpair.cli.fleet import HERE, InventoryOption
from hotpair.cli.live import live
from hotpair.cli.output import out

if TYPE_CHECKING:
    from runbooks.trust import ShownKey


def trust(
    host: Annotated[
        str,
        typer.Argument(
            help="Name of a host in the inventory, a jump host too.", autocompletion=completion.hosts
        ),
    ],
    inventory: InventoryOption = HERE,
) -> None:
    """Show the fingerprint of a host's key and record the key after a yes.

    Compare it with what the device's console says. A key is never replaced: where another one is known, that
    is refused.

    Examples:
      hotpair trust Metro-PE1
    """
    from runbooks.trust import trust as trust_host

    with live(f"asking {host} for its key") as line:

        def agree(shown: ShownKey) -> bool:
            line.progress.stop()
            out.print(f"{shown.host} at {shown.where} shows the key", markup=False)
            out.print(f"  {shown.key.split()[0]}  {shown.fingerprint}", markup=False)
            agreed = ask(f"Record it in {shown.file}?")
            line.progress.start()
            return agreed

        shown, recorded = trust_host(inventory, host, agree)
    word = "recorded in" if recorded else "known already, from"
    out.print(
        f"The key {shown.fingerprint} of {shown.host} is {word} {shown.file}.", markup=False, soft_wrap=True
    )
