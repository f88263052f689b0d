"""Where the archive of an inventory is: a file in it, another file, or a database named by its URL."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from inventory.errors import IntentError

if TYPE_CHECKING:
    from inventory.secrets import Secret

FILE = "archive.db"
"""Name of the archive in an inventory."""
SECRET = "secret:"  # noqa: S105 - the mark before a name
"""`secret:NAME` stands for a URL that is kept as a secret, since it may hold a password."""


def archive_place(wish: str | None, inventory: Path, secrets: Callable[[str], Secret]) -> Path | str:
    """Tell where the archive is.

    Args:
        wish: what was asked for: a file, a URL without password, or `secret:NAME`; nothing: the inventory's.
        inventory: folder of the inventory.
        secrets: gives the value behind a name.

    Raises:
        IntentError: the URL holds a password, which would stand in the list of processes; or no such secret.
    """
    if not wish:
        return inventory / FILE
    if wish.startswith(SECRET):
        return secrets(wish.removeprefix(SECRET)).reveal()
    if "://" not in wish:
        return Path(wish)
    if _has_password(wish):
        raise IntentError(
            "the URL of the archive holds a password", wanted="--archive secret:NAME", found="a URL with one"
        )
    return wish


def _has_password(url: str) -> bool:
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        return make_url(url).password is not None
    except ArgumentError:
        return False
