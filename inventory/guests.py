"""What other packages bring: their entry points, loaded once, with an error that names the one at fault."""

from __future__ import annotations

from functools import cache
from importlib.metadata import entry_points
from threading import Lock
from typing import Any

from inventory.errors import HotpairError, IntentError

_LOOKING = Lock()


def guests_by_name(group: str) -> dict[str, Any]:
    """Return what the entry points of a group name, by their names, in order.

    Every distribution of the environment is looked at for it: threads that ask together wait for the first.

    Args:
        group: e.g. `hotpair.secrets`.

    Raises:
        IntentError: one cannot be loaded.
    """
    with _LOOKING:
        return _found(group)


@cache
def _found(group: str) -> dict[str, Any]:
    doors = sorted(entry_points(group=group), key=lambda one: one.name)
    return {door.name: _loaded(door) for door in doors}


def guests(group: str) -> tuple[Any, ...]:
    """Return what the entry points of a group name; as `guests_by_name`."""
    return tuple(guests_by_name(group).values())


def _loaded(door: Any) -> Any:
    try:
        return door.load()
    except HotpairError:
        raise
    except Exception as error:
        raise IntentError(
            f"the plugin {door.name} cannot be loaded",
            found=f"{type(error).__name__}: {error}",
            where=f"entry point {door.value} of the group {door.group}",
            next_command=f"pip uninstall {door.dist.name}" if door.dist else None,
        ) from error
