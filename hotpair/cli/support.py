"""`hotpair support`: what somebody needs who helps, in one file without secrets."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hotpair.cli import completion
from hotpair.cli.fleet import HERE, InventoryOption
from hotpair.cli.output import out
from hotpair.cli.over_time import ArchiveOption, place_of
from inventory.quantities import quantity

if TYPE_CHECKING:
    from inventory.secrets import Secret


def support(
    pairs: Annotated[
        list[str] | None,
        typer.Argument(help="Pairs whose newest transcripts are taken in.", autocompletion=completion.pairs),
    ] = None,
    inventory: InventoryOption = HERE,
    archive: ArchiveOption = None,
    file: Annotated[
        Path | None, typer.Option("--out", help="A new .tar.gz; named by the time without it.")
    ] = None,
) -> None:
    """Write one bundle for whoever helps: versions, journals, policy, intents, transcripts.

    Secrets, keys and ciphertext are masked in every text; look into it all the same before you send it.

    Examples:
      hotpair support
      hotpair support metro-1 --out case-4711.tar.gz
    """
    from runbooks.support import write_bundle

    name = file or Path(f"hotpair-support-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.tar.gz")
    known = _known(inventory, archive or "")
    held = write_bundle(name, inventory, place_of(archive, inventory), tuple(pairs or ()), known)
    out.print(f"{name}: {quantity(len(held), 'file')}", markup=False)


def _known(inventory: Path, archive: str) -> dict[str, Secret]:
    """Return every secret that can be found: those of the file, and those that anything names.

    Args:
        inventory: folder of the inventory.
        archive: where it is, perhaps as the name of a secret.
    """
    from inventory.errors import HotpairError
    from inventory.host_access import SECRETS_FILE
    from inventory.secret_sources import VARIABLE
    from inventory.secrets import Secret, named_in_file, store
    from runbooks.archive.place import SECRET
    from runbooks.support import named_secrets

    file = inventory / SECRETS_FILE
    names = {*named_in_file(file), *named_secrets(inventory), *_named_by_source(inventory)}
    if archive.startswith(SECRET):
        names.add(archive.removeprefix(SECRET))
    found = {name: Secret(value) for name, value in os.environ.items() if name.startswith(VARIABLE) and value}
    keep = store(os.environ, file=file)
    for name in sorted(names):
        try:
            found[name] = keep(name)
        except HotpairError:
            continue  # it is kept nowhere, so that it can be in no text
    return found


def _named_by_source(inventory: Path) -> set[str]:
    """Return the names of secrets that hosts and pairs of any source need; a wrong inventory has none."""
    from inventory.errors import HotpairError
    from inventory.host_access import login_secrets
    from inventory.secrets import needed_by
    from runbooks.inventory_pairs import pairs_in
    from runbooks.site import open_inventory

    try:
        nornir = open_inventory(inventory)
    except HotpairError:
        return set()
    hosts = nornir.inventory.hosts
    logins = {name for host in hosts.values() for name in login_secrets(host, hosts)}
    return logins.union(*(needed_by(pair) for pair in pairs_in(nornir).good.values()))
