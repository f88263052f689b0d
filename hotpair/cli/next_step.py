"""What is typed after a command that did not end well: the error's own word, else what its kind tells."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from typing import Any

import typer
from typer.core import TyperCommand

from hotpair.cli.asked import PLAN_SUFFIX
from hotpair.cli.output import look_in, typed_again
from hotpair.cli.pair_file import named_by_its_file
from inventory.errors import (
    ArchiveError,
    DeviceError,
    HotpairError,
    IntentError,
    RefusedError,
    RolledBackError,
    SecretsError,
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
            error.next_command = _by_name(error, ctx) or error.next_command or after(error, ctx)
            raise


def _by_name(error: HotpairError, context: typer.Context) -> str | None:
    """Return the same command with the name of the pair whose file was typed in place of its name."""
    one, many = context.params.get("pair"), context.params.get("pairs")
    words = [*(many if isinstance(many, list) else ()), *((one,) if isinstance(one, str) else ())]
    return named_by_its_file(words, error.found) if isinstance(error, IntentError) else None


_TO_BE_READY = frozenset({"drill", "now"})
"""Commands that rest on what the backup holds."""


def after(error: HotpairError, context: typer.Context) -> str:
    """Return the command to type after an error that names none itself."""
    return next(say for kind, say in _AFTER if isinstance(error, kind))(context)


def _help(context: typer.Context) -> str:
    return f"{context.command_path} --help"


def _again(_context: typer.Context) -> str:
    """Nothing was decided by what went wrong: the same again, once it is mended."""
    return typed_again()


def _look(context: typer.Context) -> str:
    """A gate stood in the way: look at what it saw."""
    pair = context.params.get("pair") or "".join((context.params.get("pairs") or [])[:1])
    if context.info_name == "deploy":
        return typed_again() if pair.endswith(PLAN_SUFFIX) else _to_plan(context)
    if context.info_name in _TO_BE_READY:
        return f"hotpair ready {pair}"
    if context.info_name in _TO_COMPARE and pair:
        return f"hotpair compare {pair}"
    transaction = context.params.get("transaction")
    if transaction and context.info_name != "adopt":
        return f"hotpair txn show {transaction}"
    if "transaction" in context.params:
        return "hotpair txn list --live"
    return _help(context)


_SAME_IN_PLAN = (("--remove", "remove"), ("--retype-keys", "retype_keys"))
"""Words of a deployment without which its plan would be another one."""


def _to_plan(context: typer.Context) -> str:
    """Plan the pairs that were meant."""
    meant = context.params
    words = [*(meant["pairs"] or ()), *(("--all",) if meant["every"] else ())]
    words += [word for name in meant["pair_tag"] or () for word in ("--pair-tag", name)]
    words += [word for name in meant["site"] or () for word in ("--site", name)]
    words += ("--match", meant["match"]) if meant["match"] else ()
    words += [option for option, name in _SAME_IN_PLAN if meant[name]]
    return shlex.join(("hotpair", "plan", *words))


_AFTER: tuple[tuple[type[HotpairError], Callable[[typer.Context], str]], ...] = (
    (InvalidIntentError, _again),
    (SecretsError, _again),
    (IntentError, _help),
    (RefusedError, _look),
    (DeviceError, _again),
    (RolledBackError, _again),
    (ArchiveError, lambda _context: "hotpair archive info"),
    (HotpairError, _help),
)
"""What helps after each kind of error; the first that fits."""
