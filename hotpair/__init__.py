"""Deploy, verify and keep checking dual-device hot backup on pairs of Huawei NE40E routers."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from hotpair.rooms import refuse_intruders

refuse_intruders()

# Only now: the rooms are known to be ours.
from hotpair.exit_codes import ExitCode  # noqa: E402 - after the check above
from inventory.errors import (  # noqa: E402 - after the check above
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
    from hotpair.library import Emulator, check, deploy, learn, lint, plan, render, verify
    from inventory.load import load_pair
    from parsers.api import parse

__version__ = "0.2.0"

__all__ = [
    "ConnectError",
    "DeviceError",
    "Emulator",
    "ExitCode",
    "HotpairError",
    "IntentError",
    "RefusedError",
    "ReplyError",
    "RolledBackError",
    "SplitError",
    "UnparsedError",
    "check",
    "deploy",
    "learn",
    "lint",
    "load_pair",
    "parse",
    "plan",
    "render",
    "verify",
]

# Loaded when first asked for, so that `import hotpair` and `hotpair --help` stay quick.
_LAZY = {
    **dict.fromkeys(
        ("Emulator", "check", "deploy", "learn", "lint", "plan", "render", "verify"), "hotpair.library"
    ),
    "load_pair": "inventory.load",
    "parse": "parsers.api",
}


def __getattr__(name: str) -> object:
    """Load a public function when it is first asked for."""
    if name in _LAZY:
        return getattr(import_module(_LAZY[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
