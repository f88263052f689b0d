"""What is typed after a command that did not end well: the error's own word, else what its kind tells."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import typer
from typer.core import TyperCommand

from hotpair.cli.output import look_in, typed_again
from inventory.errors import (
    ArchiveError,
    DeviceError,
    HotpairError,
    IntentError,
    RefusedError,
    RolledBackError,
)
from inventory.problems import InvalidIntentError

_TO_COMPARE = frozenset({"plan", "check", "verify", "learn"})
"""Commands that a look at both members helps."""


class Command(TyperCommand):
    """A command of ours; an error that ends it names the command to type next."""

    def invoke(self, ctx: Any) -> Any:
        """Run it; `ctx` is Typer's own context, with the options that were read."""
        given = ctx.get_parameter_source("inventory")
        if given is not None and given.name == "COMMANDLINE":
            look_in(ctx.params["inventory"])
        try:
            return super().invoke(ctx)
        except HotpairError as error:
            error.next_command = error.next_command or after(error, ctx)
            raise


def after(error: HotpairError, context: typer.Context) -> str:
    """Give the command to type after an error that names none itself."""
    return next(say for kind, say in _AFTER if isinstance(error, kind))(context)


def _help(context: typer.Context) -> str:
    return f"{context.command_path} --help"


def _again(_context: typer.Context) -> str:
    """Nothing was decided by what went wrong: the same again, once it is mended."""
    return typed_again()


def _look(context: typer.Context) -> str:
    """A gate stood in the way: look at what it saw."""
    pair = context.params.get("pair")
    if context.info_name == "deploy":
        return f"hotpair plan {pair}"
    if context.info_name in _TO_COMPARE and pair:
        return f"hotpair compare {pair}"
    transaction = context.params.get("transaction")
    if transaction and context.info_name != "adopt":
        return f"hotpair txn show {transaction}"
    if "transaction" in context.params:
        return "hotpair txn list --live"
    return _help(context)


_AFTER: tuple[tuple[type[HotpairError], Callable[[typer.Context], str]], ...] = (
    (InvalidIntentError, _again),
    (IntentError, _help),
    (RefusedError, _look),
    (DeviceError, _again),
    (RolledBackError, _again),
    (ArchiveError, lambda _context: "hotpair archive info"),
    (HotpairError, _help),
)
"""What helps after each kind of error; the first that fits."""
