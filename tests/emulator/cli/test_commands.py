"""Every command of configuration management that the grammar reads is obeyed by somebody."""

from __future__ import annotations

from emulator.commands.table import COMMANDS
from emulator.grammar.commands import commands

INLINE = {"cm.run", "cm.abort"}


def test_every_configuration_management_command_is_obeyed() -> None:
    known = {command.id for command in commands() if command.id.startswith("cm.") and command.kind == "exec"}
    assert known - INLINE <= set(COMMANDS)


def test_every_obeyed_command_can_be_typed() -> None:
    assert set(COMMANDS) <= {command.id for command in commands()}
