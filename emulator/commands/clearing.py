"""Clearing an interface at once, past the candidate.

Source: commands clear configuration interface and clear configuration this.
"""

from __future__ import annotations

from dataclasses import replace

from emulator.commands.commits import refusal_lines
from emulator.commands.host import Call
from emulator.commands.questions import NOTHING, Dialogue, Question, Reply
from emulator.config.statement import Configuration
from emulator.management import operations
from emulator.management.candidate import Candidate
from emulator.management.operations import Refused, Request

_CLEAR = "Warning: All running configurations of the interface will be cleared immediately. Continue? [Y/N]:"


def clear_this(call: Call) -> Dialogue:
    """Clear the interface of the current view."""
    path = call.session.path or ("",)
    return _cleared(call, path[0])


def clear_interface(call: Call) -> Dialogue:
    """Clear a named interface."""
    return _cleared(call, f"interface {call.match.params['interface']}")


def _cleared(call: Call, section: str) -> Dialogue:
    running = call.host.store.running
    if all(statement.text != section for statement in running.statements):
        return call.refused("The interface does not exist.")
    if not call.session.machine and (yield Question(_CLEAR)) != "y":
        return NOTHING
    running = call.host.store.running
    statements = tuple(
        replace(one, children=()) if one.text == section else one for one in running.statements
    )
    change = Candidate(running, Configuration(statements))
    made = operations.commit(call.host.store, change, call.session.author, Request(), call.now)
    if isinstance(made, Refused):
        return Reply(refusal_lines(made, call.host.personality))
    call.host.install(made, call.now)
    return NOTHING
