"""What changes the running configuration: commit, trial, confirm, abort, rollback.

Every operation takes the store and gives the next one, or the reason for its refusal; the caller keeps the
candidate of a refused commit as it was. Texts that the manual fixes are cited where they stand; the others
are the emulator's own wording.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from emulator.config import diff
from emulator.config.statement import Configuration
from emulator.entry import engine, printing
from emulator.entry.engine import Refusal
from emulator.management import lock, trial
from emulator.management.candidate import Candidate, conflict, rebased
from emulator.management.history import LABELLED, Author, CommitPoint
from emulator.management.store import Store
from emulator.management.trial import Event, Outcome, Trial


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked of `commit`.

    Args:
        label: empty for none.
        description: empty for none.
        trial_seconds: 0 for a plain commit.
        persist: the persist id of a trial; empty for none.
    """

    label: str = ""
    description: str = ""
    trial_seconds: int = 0
    persist: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """An operation was refused; the lines say why, without the release's `Error:` spelling."""

    reasons: tuple[str, ...]
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


CANCELED = (
    "Commit canceled, the configuration conflicted with other user,"
    " you can modify the configuration and commit again."
)
"""Configuration guide: the line under the reason when two sessions committed the same line."""
ON_TRIAL = "The system is in trial configuration mode and the configuration cannot be changed by other users."


def barred(store: Store, author: Author) -> Refused | None:
    """Say why this session can't commit: somebody's lock, or somebody's trial."""
    reserved = lock.reserved_for(store.running)
    if store.lock and store.lock.owner.session != author.session:
        session = store.lock.owner.session
        return Refused((f"The configuration is locked by other user. [Session ID = {session}]",))
    if reserved and reserved != author.user:
        return Refused((f"The configuration is locked by other user. [User Name = {reserved}]",))
    if on_others_trial(store, author.session):
        return Refused((ON_TRIAL,))
    return None


def unfit_label(store: Store, label: str, *, relabelled: bool = False) -> Refused | None:
    """Say why a label can't be given: its form (command commit label), another commit that has it, no room.

    Args:
        store: as it is.
        label: the new one.
        relabelled: it takes the place of an older label.
    """
    if label[:1].isdigit() or label == "-":
        return Refused(("The label must not start with a digit and must not be a hyphen.",))
    if store.history.by_label(label):
        return Refused(("The label of the configuration commit already exists.",))
    if store.history.full_of_labels and not relabelled:
        return Refused(
            (f"The number of labels of configuration commits has reached the limit of {LABELLED}.",)
        )
    return None


def on_others_trial(store: Store, session: int) -> bool:
    """Whether a trial of another session runs; only its own session may change the configuration."""
    return store.trial is not None and store.trial.author.session != session


def commit(
    store: Store, candidate: Candidate, author: Author, request: Request, now: float, *, ends_at: float = 0.0
) -> Store | Refused:
    """Make a session's candidate run.

    Args:
        store: as it is.
        candidate: of the committing session.
        author: who commits.
        request: label, description and trial.
        now: seconds on the world's clock.
        ends_at: when a trial ends by the device's clock.

    Returns:
        The next store (the same one when there was nothing to commit), or why not.
    """
    refused = barred(store, author)
    if refused:
        return refused
    if store.trial and request.trial_seconds:
        return Refused(("The system is already in the trial configuration mode.",))
    if not candidate.dirty:
        return store
    unfit = unfit_label(store, request.label) if request.label else None
    if unfit:
        return unfit
    ready = _ready(candidate, store.running)
    if isinstance(ready, Refused):
        return ready
    made = _changed(store, ready, author, now, label=request.label, description=request.description)
    return _on_trial(store, made, author, request, ends_at) if request.trial_seconds else made


def _ready(candidate: Candidate, running: Configuration) -> Configuration | Refused:
    """Bring a candidate onto what runs and validate it."""
    clash = conflict(candidate, running)
    if clash:
        return Refused(("The address already exists.",), before=(clash.match.text,), after=(CANCELED,))
    moved = rebased(candidate, running)
    if isinstance(moved, Refusal):
        return Refused((moved.message,), after=(CANCELED,))
    refusals = engine.validate(moved.configuration, running)
    if refusals:
        return Refused(tuple(refusal.message for refusal in refusals))
    return moved.configuration


def _on_trial(before: Store, made: Store, author: Author, request: Request, ends_at: float) -> Store:
    """Put what a commit made on trial; its commit point goes with it."""
    trial.step(None, Event.BEGIN)
    commit_id = made.history.points[0].id if made.history is not before.history else 0
    return replace(made, trial=Trial(author, before.running, ends_at, request.persist, commit_id))


def _changed(
    store: Store,
    after: Configuration,
    author: Author,
    now: float,
    *,
    label: str = "",
    description: str = "",
    kind: str = "CLI",
) -> Store:
    """Make a configuration run, with its commit point unless points are switched off."""
    if after == store.running:
        return store
    history = store.history
    if after.first("cm.checkpoint-off") is None:
        history = history.record(
            (store.running, after), author, now, label=label, description=description, type=kind
        )
    return replace(store, running=after, updated_at=now, history=history)


def confirm(store: Store) -> Store:
    """Let a trial's configuration stay."""
    trial.step(store.trial, Event.CONFIRM)
    return replace(store, trial=None)


def revert(store: Store, event: Event, now: float) -> Store:
    """Bring back what ran before a trial: abort, end of time, or loss of its session.

    Args:
        store: of the device.
        event: what ends the trial.
        now: seconds of the emulator's clock.

    Raises:
        IllegalTrialEventError: no trial runs that the event could end; nothing is changed.
    """
    running = store.trial
    if trial.step(running, event) is not Outcome.REVERTED or running is None:
        raise trial.IllegalTrialEventError(event.value)
    history = store.history.without(running.commit_id)
    return replace(store, running=running.before, updated_at=now, history=history, trial=None)


def roll_back(
    store: Store, target: Configuration, author: Author, now: float, *, stuck: re.Pattern[str] | None = None
) -> Store | Refused:
    """Make an earlier configuration run again.

    Args:
        store: as it is.
        target: the configuration to return to.
        author: who rolls back.
        now: seconds on the device's clock.
        stuck: lines of the system view that stay as they are although success is reported.

    Returns:
        The next store, with a commit point of its own, or why not.
    """
    if store.trial:
        return Refused(("The system is in trial configuration mode. The rollback is not allowed.",))
    refused = barred(store, author)
    if refused:
        return refused
    reached = _reached(store.running, target, stuck) if stuck else target
    changed = _changed(store, reached, author, now, kind="ROLLBACK")
    left = tuple(diff.lines(target, changed.running))
    return replace(changed, leftovers=left)


def _reached(running: Configuration, target: Configuration, stuck: re.Pattern[str]) -> Configuration:
    """Return what a rollback comes to when some lines do not move."""
    wanted = [line for line in target.statements if not stuck.search(line.text)]
    kept = [line for line in running.statements if stuck.search(line.text)]
    return printing.load("\n".join(printing.lines(Configuration((*wanted, *kept)))))


def restored(store: Store, *, commit_id: int = 0, last: int = 0, label: str = "") -> Configuration | Refused:
    """Return the configuration that a rollback means.

    Args:
        store: as it is.
        commit_id: the state right after this commit.
        last: the state before that many newest commits.
        label: the state right after the commit with this label.
    """
    if last:
        points = store.history.last(last)
        enough = len(points) == last
        return points[-1].before if enough else Refused(("The number of rollback points is exceeded.",))
    point = store.history.by_id(commit_id) if commit_id else store.history.by_label(label)
    return point.after if point else _no_such(commit_id, label)


def undone(store: Store, commit_id: int) -> CommitPoint | Refused:
    """Return the commit whose changes `load configuration rollback changes at` takes back."""
    return store.history.by_id(commit_id) or _no_such(commit_id, "")


def _no_such(commit_id: int, label: str) -> Refused:
    what = f"commit ID {commit_id}" if commit_id else f"label {label}"
    return Refused((f"The {what} does not exist.",))
