"""Commands about the candidate and its commit: commit, trial, confirm, abort, clear, refresh.

Sources: commands commit, abort trial, clear configuration candidate, refresh configuration candidate,
configuration exclusive; guide for the persist id.
"""

from __future__ import annotations

from dataclasses import replace

from emulator.commands.host import Call
from emulator.commands.questions import NOTHING, Dialogue, Question, Reply
from emulator.entry.engine import Refusal
from emulator.management import operations
from emulator.management.candidate import Candidate, rebased
from emulator.management.lock import Lock
from emulator.management.operations import Refused, Request
from emulator.management.store import Store
from emulator.management.trial import DEFAULT_SECONDS, Event
from emulator.personalities import Personality

_REVERTS = (
    "The system will revert to previous configuration"
    " if the trial configuration is not confirmed in {seconds} seconds."
)
_ABORT = "Warning: The trial configuration will be rolled back. Continue? [Y/N]:"


def refusal_lines(refused: Refused, release: Personality) -> tuple[str, ...]:
    """Print why an operation was refused, in the release's spelling."""
    return (*refused.before, *(release.refusal(reason) for reason in refused.reasons), *refused.after)


def commit(call: Call) -> Reply | Dialogue:
    """Make the candidate run; during an own trial, confirm it."""
    params = call.match.params
    if "persist" in params and "trial" not in params:
        return _confirm_by_id(call, params["persist-id"])
    store = call.host.store
    own = store.trial is not None and store.trial.author.session == call.session.id
    if own and "trial" not in params:
        return _confirm_own(call)
    return _committed(call)


def _request(call: Call) -> Request:
    params = call.match.params
    seconds = int(params.get("time", DEFAULT_SECONDS)) if "trial" in params else 0
    label, description = params.get("label", ""), params.get("description", "")
    return Request(label.strip('"'), description, seconds, params.get("persist-id", ""))


def _committed(call: Call) -> Reply:
    """Commit what the session holds, plainly or on trial."""
    request = _request(call)
    message = call.host.refuses_commit()
    if message:
        return Reply((message,))
    ends_at = call.host.clock.after(call.now, request.trial_seconds)
    made = operations.commit(
        call.host.store, call.session.candidate, call.session.author, request, call.now, ends_at=ends_at
    )
    if isinstance(made, Refused):
        return Reply(refusal_lines(made, call.host.personality))
    changed = made is not call.host.store
    _install(call, made)
    done = (call.host.personality.commit_done,) if changed and call.host.personality.commit_done else ()
    return Reply((*done, *_entered_trial(request))) if changed else NOTHING


def _entered_trial(request: Request) -> tuple[str, ...]:
    if not request.trial_seconds:
        return ()
    return (
        "Info: The system enters the trial configuration mode.",
        _REVERTS.format(seconds=request.trial_seconds),
    )


def _install(call: Call, store: Store) -> None:
    call.session.candidate = Candidate.clean(store.running)
    call.host.install(store, call.now)


def _confirm_own(call: Call) -> Dialogue:
    """Commit what was added since, and end the trial."""
    question = call.host.personality.confirm_question
    if question and not call.session.machine and (yield Question(question)) != "y":
        return NOTHING
    if call.host.store.trial is None:
        return call.refused("The system is not in the trial configuration mode.")
    reply = _committed(call)
    if not call.session.candidate.dirty:
        call.host.install(operations.confirm(call.host.store), call.now)
    return reply


def _confirm_by_id(call: Call, persist: str) -> Reply:
    """Confirm another session's trial by its persist id."""
    trial = call.host.store.trial
    if trial is None:
        return call.refused("The system is not in the trial configuration mode.")
    if trial.persist != persist:
        return call.refused("The persist ID is incorrect.")
    message = call.host.refuses_commit()
    if message:
        return Reply((message,))
    call.host.install(operations.confirm(call.host.store), call.now)
    return NOTHING


def abort_trial(call: Call) -> Reply | Dialogue:
    """Bring back what ran before the trial."""
    trial, params = call.host.store.trial, call.match.params
    if trial is None:
        return call.refused("The system is not in the trial configuration mode.")
    if "persist" in params and trial.persist != params["persist-id"]:
        return call.refused("The persist ID is incorrect.")
    if "session" in params and int(params["session-id"]) != trial.author.session:
        return call.refused("The session is not in the trial configuration mode.")
    by_owner = trial.author.session == call.session.id
    if not by_owner and not {"persist", "session"} & set(params):
        return call.refused("The trial configuration was started by another user.")
    return _aborting(call)


def _aborting(call: Call) -> Dialogue:
    if not call.session.machine and (yield Question(_ABORT)) != "y":
        return NOTHING
    if call.host.store.trial is None:  # it expired while the question stood
        return call.refused("The system is not in the trial configuration mode.")
    call.host.install(operations.revert(call.host.store, Event.ABORT, call.now), call.now)
    return Reply(("Info: The trial configuration rollback succeeded.",))


def clear_candidate(call: Call) -> Reply:
    """Drop every uncommitted line and go to the system view."""
    call.session.candidate = Candidate.clean(call.host.store.running)
    call.session.path = ()
    return NOTHING


def refresh_candidate(call: Call) -> Reply:
    """Enter the uncommitted lines anew on what runs now."""
    made = rebased(call.session.candidate, call.host.store.running)
    if isinstance(made, Refusal):
        return call.refused(made.message)
    call.session.candidate = made
    return NOTHING


def exclusive(call: Call) -> Reply:
    """Take or give back the exclusive lock."""
    store, session = call.host.store, call.session
    if store.lock and store.lock.owner.session != session.id:
        return call.refused(
            f"The configuration is locked by other user. [Session ID = {store.lock.owner.session}]"
        )
    held = None if call.match.undo else Lock(session.author, session.origin, call.now, call.now)
    call.host.install(replace(store, lock=held), call.now)
    return NOTHING
