"""Commands that go back: rollback, loading of changes and files, labels of commit points.

Sources: commands rollback configuration, load configuration rollback changes, load configuration file, set
configuration commit, clear configuration commit; the progress lines are those of a sibling VRP8 product.
"""

from __future__ import annotations

from dataclasses import replace

from emulator.commands.commits import refusal_lines
from emulator.commands.host import Call
from emulator.commands.questions import NOTHING, Dialogue, Question, Reply
from emulator.config.statement import Configuration
from emulator.entry import printing
from emulator.entry.engine import Refusal
from emulator.management import operations
from emulator.management.merging import taken_back
from emulator.management.operations import Refused
from emulator.management.scripts import entered_all
from emulator.management.store import full_name

_REVERT = "Warning: This operation will revert configuration changes to the previous status. Continue? [Y/N]:"
_FORGET = "Warning: The current operation will delete the rollback checkpoint. Continue? [Y/N]:"
_PROGRESS = ("Loading rollback changes", "Committing", "Check rollback result")
_DONE = (
    "Configuration rollback succeeded.",
    "Please use 'display configuration commit changes last 1' to view the changes.",
)


def rollback(call: Call) -> Dialogue:
    """Make an earlier configuration run again, after a question."""
    target = _target(call)
    if isinstance(target, Refused):
        return Reply(refusal_lines(target, call.host.personality))
    if not call.session.machine and (yield Question(_REVERT)) != "y":
        return NOTHING
    message = call.host.refuses_commit()
    if message:
        return Reply((*_PROGRESS[:2], message))
    made = operations.roll_back(
        call.host.store, target, call.session.author, call.now, stuck=call.host.sticks()
    )
    if isinstance(made, Refused):
        return Reply(refusal_lines(made, call.host.personality))
    call.host.install(made, call.now)
    return Reply((*_PROGRESS, *_DONE))


def _target(call: Call) -> Configuration | Refused:
    """Return the configuration that the command names."""
    params = call.match.params
    if "file" in params:
        return _file(call)
    if "number" in params:
        return operations.restored(call.host.store, last=int(params["number"]))
    if "commit-id" in params:
        return operations.restored(call.host.store, commit_id=int(params["commit-id"]))
    return operations.restored(call.host.store, label=params["label"].strip('"'))


def _file(call: Call) -> Configuration | Refused:
    text = call.host.store.files.get(full_name(call.match.params["file"]))
    return Refused(("The file does not exist.",)) if text is None else printing.load(text)


def load_rollback(call: Call) -> Dialogue:
    """Load the way back into the candidate; it needs a commit."""
    barred = _barred(call)
    target = barred or (_undone(call) if "at" in call.match.params else _target(call))
    if isinstance(target, Refused):
        return Reply(refusal_lines(target, call.host.personality))
    if not call.session.machine and (yield Question(_REVERT)) != "y":
        return NOTHING
    call.session.candidate = call.session.candidate.loaded(target)
    call.session.path = ()
    return Reply(("Loading rollback changes.....................", "Configuration load succeeded."))


def _undone(call: Call) -> Configuration | Refused:
    point = operations.undone(call.host.store, int(call.match.params["commit-id"]))
    if isinstance(point, Refused):
        return point
    return taken_back(call.session.candidate.configuration, point.before, point.after)


def _barred(call: Call) -> Refused | None:
    if operations.on_others_trial(call.host.store, call.session.id):
        return Refused((operations.ON_TRIAL,))
    return None


def load_replace(call: Call) -> Reply:
    """Make a file the candidate."""
    target = _barred(call) or _file(call)
    if isinstance(target, Refused):
        return Reply(refusal_lines(target, call.host.personality))
    call.session.candidate = call.session.candidate.loaded(target)
    call.session.path = ()
    return Reply(("Configuration load succeeded.",))


def load_merge(call: Call) -> Reply:
    """Enter the lines of a file into the candidate."""
    barred = _barred(call)
    text = call.host.store.files.get(full_name(call.match.params["file"]))
    if barred or text is None:
        return Reply(refusal_lines(barred or Refused(("The file does not exist.",)), call.host.personality))
    made = entered_all(call.session.candidate, text.splitlines(), call.host.dice)
    if isinstance(made, Refusal):
        return call.refused(made.message)
    call.session.candidate = made
    return Reply(("Configuration load succeeded.",))


def set_label(call: Call) -> Reply:
    """Return a commit point a label."""
    store, params = call.host.store, call.match.params
    commit_id, label = int(params["commit-id"]), params["label"].strip('"')
    point = store.history.by_id(commit_id)
    if point is None:
        return call.refused(f"The commit ID {commit_id} does not exist.")
    unfit = operations.unfit_label(store, label, relabelled=bool(point.label))
    if unfit:
        return Reply(refusal_lines(unfit, call.host.personality))
    call.host.install(replace(store, history=store.history.labelled(commit_id, label)), call.now)
    return NOTHING


def clear_label(call: Call) -> Dialogue:
    """Take a label away, by commit id or by the label itself.

    A point that is kept for its label alone goes with it, so the device asks; given the label it always asks.
    """
    store, params = call.host.store, call.match.params
    by_id = "commit-id" in params
    point = (
        store.history.by_id(int(params["commit-id"]))
        if by_id
        else store.history.by_label(params["label"].strip('"'))
    )
    if point is None or not point.label:
        return call.refused("The label of the configuration commit does not exist.")
    asks = point.detached or not by_id
    if asks and not call.session.machine and (yield Question(_FORGET)) != "y":
        return NOTHING
    store = call.host.store
    call.host.install(replace(store, history=store.history.labelled(point.id, "")), call.now)
    return NOTHING


def clear_oldest(call: Call) -> Dialogue:
    """Forget the oldest commit points."""
    if not call.session.machine and (yield Question(_FORGET)) != "y":
        return NOTHING
    store, number = call.host.store, int(call.match.params["number"])
    call.host.install(replace(store, history=store.history.without_oldest(number)), call.now)
    return NOTHING
