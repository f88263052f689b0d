"""Deploy, verify and keep checking dual-device hot backup on pairs of Huawei NE40E routers."""

from __future__ import annotations

import importlib.util
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from hotpair.exit_codes import ExitCode
from inventory.errors import (
    ConnectError,
    DeviceError,
    HotpairError,
    IntentError,
    RefusedError,
    ReplyError,
    RolledBackError,
    SplitError,
    UnparsedError,
)

if TYPE_CHECKING:
    from inventory.load import load_pair
    from parsers.api import parse

__version__ = "0.1.0"

__all__ = [
    "ConnectError",
    "DeviceError",
    "ExitCode",
    "HotpairError",
    "IntentError",
    "RefusedError",
    "ReplyError",
    "RolledBackError",
    "SplitError",
    "UnparsedError",
    "load_pair",
    "parse",
]

_ROOMS = ("runbooks", "tasks", "parsers", "inventory", "emulator")

# Loaded when first asked for, so that `import hotpair` and `hotpair --help` stay quick.
_LAZY = {"load_pair": "inventory.load", "parse": "parsers.api"}


def __getattr__(name: str) -> object:
    """Load a public function when it is first asked for."""
    if name in _LAZY:
        return getattr(import_module(_LAZY[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def _refuse_intruders(rooms: tuple[str, ...] = _ROOMS) -> None:
    """Stop when another distribution owns the name of one of our rooms.

    Raises:
        ImportError: naming the room, the intruder and the folder where ours lies.
    """
    house = Path(__file__).resolve().parent.parent
    for room in rooms:
        spec = importlib.util.find_spec(room)
        places = list(spec.submodule_search_locations or ()) if spec else []
        found = Path(places[0]).resolve() if places else None
        if found != house / room:
            raise ImportError(
                f"hotpair's room '{room}' is shadowed: wanted {house / room}, found {found or 'nothing'}; "
                "install hotpair in an environment of its own"
            )


_refuse_intruders()
