"""`hotpair serve`: pages to look at, read-only."""

from __future__ import annotations

import os
import re
import socket
from typing import TYPE_CHECKING, Annotated

import typer

from hotpair.cli.fleet import HERE, InventoryOption
from hotpair.cli.output import err
from hotpair.cli.over_time import ArchiveOption, place_of
from hotpair.exit_codes import ExitCode
from inventory.errors import IntentError

if TYPE_CHECKING:
    from pathlib import Path

    from hotpair.pages.access import Access

PORT = 8470


def serve(
    inventory: InventoryOption = HERE,
    archive: ArchiveOption = None,
    listen: Annotated[
        str, typer.Option(help="Address and port; port 0 takes a free one.")
    ] = f"127.0.0.1:{PORT}",
    token: Annotated[
        str, typer.Option(help="Name of the secret that has to be shown; wanted beyond loopback.")
    ] = "",
    *,
    user_header: Annotated[
        str, typer.Option(help="Header in which a reverse proxy names the user; with --proxy.")
    ] = "",
    proxy: Annotated[
        list[str] | None, typer.Option(help="Address of that reverse proxy; may be repeated.")
    ] = None,
    metrics: Annotated[
        bool, typer.Option("--metrics", help="Serve figures for Prometheus at /metrics too (extra metrics).")
    ] = False,
) -> int:
    """Show the fleet, its pairs, findings, runs and transactions as web pages, until Ctrl-C.

    Read-only: no router is asked, nothing is changed. Answers on loopback alone, unless a token or a reverse
    proxy says who may look. Needs the extra: pip install 'hotpair[web]'.

    Examples:
      hotpair serve
      hotpair serve --listen 0.0.0.0:8470 --token pages-token
      hotpair serve --listen 192.0.2.10:8470 --user-header X-Remote-User --proxy 192.0.2.1
    """
    try:
        from hotpair.pages.server import server_of
    except ImportError as error:
        raise IntentError(
            "the pages need the extra", wanted="pip install 'hotpair[web]'", found=str(error)
        ) from None
    from hotpair.pages.source import Source
    from runbooks import interrupts

    host, port = _place(listen)
    access = _access(host, inventory, token, user_header, proxy or [])
    source = Source(inventory, place_of(archive, inventory))
    listening = bound(host, port)
    address = f"[{host}]" if ":" in host else host
    place = f"http://{address}:{listening.getsockname()[1]}/"
    err.print(f"{place}  ({_told(access)}; Ctrl-C ends it)", markup=False)
    interrupts.raise_if_interrupted()
    try:
        server_of(source, access, metrics=metrics).run(sockets=[listening])
    except KeyboardInterrupt:
        interrupts.note()  # one is enough
    finally:
        source.close()
        listening.close()
    return ExitCode.DONE


def _place(listen: str) -> tuple[str, int]:
    """Read an address and a port."""
    host, _, port = listen.rpartition(":")
    if not host or not re.fullmatch("[0-9]{1,5}", port) or int(port) > 65_535:  # noqa: PLR2004
        raise IntentError("that is no place to listen", wanted="ADDRESS:PORT", found=listen)
    return host.strip("[]"), int(port)


def _access(host: str, inventory: Path, token: str, user_header: str, proxies: list[str]) -> Access:
    """Tell who may look.

    Raises:
        IntentError: others than this machine could look unasked, or there is no such secret.
    """
    from hotpair.pages.access import Access, is_loopback
    from inventory.host_access import SECRETS_FILE
    from inventory.secrets import store

    if bool(user_header) != bool(proxies):
        raise IntentError("a reverse proxy has a header and an address", wanted="--user-header and --proxy")
    if user_header and token:
        raise IntentError("either a token or a reverse proxy tells who may look", wanted="one of them")
    if not token and not user_header and not is_loopback(host):
        raise IntentError(
            "others than this machine could look",
            wanted="--token NAME, or --user-header and --proxy, or --listen 127.0.0.1:PORT",
            found=host,
        )
    if token:
        return Access(token=store(os.environ, file=inventory / SECRETS_FILE)(token))
    return Access(user_header=user_header, proxies=frozenset(map(_address, proxies)))


def _address(proxy: str) -> str:
    """Read the address of a proxy; a name or a network would never be met.

    Raises:
        IntentError: it is none.
    """
    from hotpair.pages.access import address_of

    found = address_of(proxy)
    if found is None:
        raise IntentError("that is no address of a proxy", wanted="one address, e.g. 192.0.2.1", found=proxy)
    return found


def _told(access: Access) -> str:
    if access.user_header:
        return f"for users that {', '.join(sorted(access.proxies))} names in {access.user_header}"
    return "for this machine alone" if access.token is None else "for those who have the token"


def bound(host: str, port: int) -> socket.socket:
    """Listen on an address.

    Args:
        host: IPv4 or IPv6 address, or a name.
        port: TCP port; 0 for any that is free.

    Raises:
        IntentError: nobody can listen there.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen()  # who asks before the server is up waits
    except OSError as error:
        listening.close()
        raise IntentError("nobody can listen there", found=error.strerror, where=f"{host}:{port}") from None
    return listening
