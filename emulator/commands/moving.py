"""Moving between views, and what is asked on the way out with uncommitted lines.

`quit` climbs one view and leaves from the user view; `return` and Ctrl+Z go to the user view. Leaving the
system view with a candidate asks Y/N/C (cli-behaviour, section 1).
"""

from __future__ import annotations

from emulator.commands.commits import refusal_lines
from emulator.commands.host import Call
from emulator.commands.questions import NOTHING, Dialogue, Kind, Question, Reply
from emulator.management import operations
from emulator.management.candidate import Candidate
from emulator.management.operations import Refused, Request

ENTERED = "Enter system view, return user view with return command."


def system_view(call: Call) -> Reply:
    """Enter the system view, in one-stage mode when typed with `immediately`."""
    call.session.path = ()
    call.session.immediate = "immediately" in call.match.params
    return Reply((ENTERED,))


def quit_view(call: Call) -> Reply | Dialogue:
    """Climb one view; from the user view, log out."""
    if call.session.path is None:
        return Reply(closes=True)
    if call.session.path:
        call.session.path = call.session.path[:-1]
        return NOTHING
    return return_view(call)


def return_view(call: Call) -> Reply | Dialogue:
    """Go to the user view from anywhere."""
    if call.session.path is not None and call.session.candidate.dirty:
        return _leaving(call)
    call.session.path = None
    return NOTHING


def _leaving(call: Call) -> Dialogue:
    answer = (
        "y"
        if call.session.machine
        else (yield Question(call.host.personality.uncommitted_question, Kind.YES_NO_CANCEL))
    )
    if answer == "c":
        return NOTHING
    if answer == "y":
        refused = _commit(call)
        if refused:
            return refused
    call.session.candidate = Candidate.clean(call.host.store.running)
    call.session.path = None
    return NOTHING


def _commit(call: Call) -> Reply | None:
    """Commit on the way out; a failing commit keeps the session where it is."""
    message = call.host.refuses_commit()
    if message:
        return Reply((message,))
    made = operations.commit(
        call.host.store, call.session.candidate, call.session.author, Request(), call.now
    )
    if isinstance(made, Refused):
        return Reply(refusal_lines(made, call.host.personality))
    call.session.candidate = Candidate.clean(made.running)
    call.host.install(made, call.now)
    return None
