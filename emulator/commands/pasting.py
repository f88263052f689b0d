"""Changes pasted at the terminal: `load configuration terminal`.

Lines as a diff prints them, two columns of gutter with `+`, `-` or blank; `end-diff` applies them to the
candidate, `abort` drops them (command load configuration terminal).
"""

from __future__ import annotations

from collections.abc import Sequence

from emulator.commands.host import Call
from emulator.commands.questions import NOTHING, Dialogue, Kind, Question, Reply
from emulator.entry import printing
from emulator.management import operations
from emulator.management.merging import taken_back

_GUTTER = 2


def load_terminal(call: Call) -> Dialogue:
    """Take pasted lines until `end-diff`, and load what they change."""
    if operations.on_others_trial(call.host.store, call.session.id):
        return call.refused(operations.ON_TRIAL)
    pasted: list[str] = []
    while (line := (yield Question("", Kind.TEXT))).strip() != "end-diff":
        if line.strip() == "abort":
            return NOTHING
        pasted.append(line)
    old, new = (printing.load("\n".join(_side(pasted, sign))) for sign in "-+")
    held = call.session.candidate
    call.session.candidate = held.loaded(taken_back(held.configuration, new, old))
    return Reply(("Configuration load succeeded.",))


def _side(pasted: Sequence[str], sign: str) -> list[str]:
    """Return one side of a diff: its context with the lines of one sign."""
    return [line[_GUTTER:] for line in pasted if line[:1] in (" ", sign)]
