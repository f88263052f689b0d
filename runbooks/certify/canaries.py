"""Planted bugs: each is a mistake that the sweep must see, or the certificate is worth nothing.

A canary takes one name of the transaction and puts something wrong in its place, in a worker, for as long as
it is hunted. The schedules are those of the sample, in their order; how many it took is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Any

from inventory.errors import HotpairError
from tasks.transaction import journal
from tasks.transaction.look import Saved, Seen
from tasks.transaction.machine import Event, State
from tasks.transaction.seeing import look_at_both
from tasks.transaction.settling import Act


@dataclass(frozen=True, slots=True)
class Canary:
    """One planted bug.

    Args:
        name: short, for the table.
        bug: what is wrong, in words.
        module: where the name stands.
        attribute: the name, `Class.method` for a method.
        plant: makes the wrong thing out of the right one.
    """

    name: str
    bug: str
    module: str
    attribute: str
    plant: Callable[[Any], Any]


@contextmanager
def planted(canary: Canary) -> Iterator[None]:
    """Plant a bug for as long as the block lasts."""
    holder: Any = import_module(canary.module)
    *path, name = canary.attribute.split(".")
    for part in path:
        holder = getattr(holder, part)
    right = getattr(holder, name)
    setattr(holder, name, canary.plant(right))
    try:
        yield
    finally:
        setattr(holder, name, right)


def _nothing(_right: Any) -> Any:
    """Make something that does nothing and minds nothing."""
    return lambda *_args, **_named: None


def _never(_right: Any) -> Any:
    """Make a question that is always answered with no."""
    return lambda *_args: False


def _surely(_right: Any) -> Any:
    """Make a question that is always answered with yes."""
    return lambda *_args: True


def _saved(_right: Any) -> Any:
    """Take everything for saved."""
    return lambda *_args: Saved.YES


def _forgiving(right: Any) -> Any:
    """Make a demand that never refuses, and remembers what it saw all the same."""

    def demanded(run: Any, log: Any, side: str, *rest: Any) -> None:
        try:
            right(run, log, side, *rest)
        except HotpairError:
            run.heads[side] = run.look(log)[side].head

    return demanded


def _b_first(right: Mapping[Any, Any]) -> Mapping[Any, Any]:
    """Confirm b before a."""
    changed = dict(right)
    changed[State.DECIDED, Seen.TRIAL, Seen.TRIAL] = Act.CONFIRM_B
    return changed


def _without_save(right: Mapping[Any, Any]) -> Mapping[Any, Any]:
    """Take both new for both new and saved."""
    return {cell: Event.SAVED if step is Act.SAVE else step for cell, step in right.items()}


def _to_base(_right: Any) -> Any:
    """Go back to the commit before ours, whoever committed since."""

    def undo(link: Any, known: Any, _look: Any) -> None:
        link.ask(lambda session: session.rollback.step(known.record.base_commit), patient=True)

    return undo


def _careless_decision(_right: Any) -> Any:
    """Decide without a look at the two members and their timers."""

    def decide(_run: Any, log: Any) -> None:
        log.record(Event.DECIDE)

    return decide


def _careless_step(_right: Any) -> Any:
    """Go forward whatever is seen."""
    return lambda run, log, wanted: look_at_both(run.links, log, wanted)


def _once(_right: Any) -> Any:
    """Write once and take what was written for the whole line."""

    def write(log: Any, line: bytes) -> str:
        os, descriptor = vars(journal)["os"], log._descriptor  # noqa: SLF001 - a bug knows no privacy
        os.lseek(descriptor, 0, os.SEEK_END)
        os.write(descriptor, line)
        os.fsync(descriptor)
        return ""

    return write


def _raising(_right: Any) -> Any:
    """Let an error that nobody foresaw through."""

    def unforeseen(error: Exception) -> HotpairError:
        raise error

    return unforeseen


def _persist_unasked(right: Any) -> Any:
    """Take every trial for ours."""

    def judged(known: Any, shown: Any, look: Any) -> Any:
        return replace(right(known, shown, look), seen=Seen.TRIAL, reason="")

    return judged


_RUN, _SETTLE = "tasks.transaction.run", "tasks.transaction.settle"
CANARIES: tuple[Canary, ...] = (
    Canary(
        "unread commit",
        "a commit is not read back: whether it made what was planned is not asked",
        _RUN,
        "_Run.require",
        _forgiving,
    ),
    Canary(
        "pointless gate",
        "the gate lets a plan through that nothing could take back",
        "tasks.transaction.gate",
        "_with_way_back",
        lambda _right: (
            lambda _links, _changes, bases: {
                side: replace(base, undoable=True) for side, base in bases.items()
            }
        ),
    ),
    Canary("no sync", "the journal is not synced", "runbooks.certify.disk", "Disk.fsync", _nothing),
    Canary(
        "one write",
        "a short write counts as a whole line",
        "tasks.transaction.journal",
        "Journal._write",
        _once,
    ),
    Canary("b first", "b is confirmed before a", _SETTLE, "NEXT", _b_first),
    Canary("no save", "both new counts as both saved", _SETTLE, "NEXT", _without_save),
    Canary("back to the base", "the way back is the commit before ours", _SETTLE, "undo", _to_base),
    Canary(
        "no last look", "saved is said without a look", _SETTLE, "Settling._save_or", lambda _right: _said
    ),
    Canary("blind decision", "nobody looks before the decision", _RUN, "_Run.decide", _careless_decision),
    Canary("blind steps", "nobody looks before a step forward", _RUN, "_Run.expect", _careless_step),
    Canary("no comparison", "the candidate is not compared with the plan", _RUN, "_Run.compare", _nothing),
    Canary("no hurry", "a is confirmed although b's time is up", _SETTLE, "Settling._late", _never),
    Canary("no abort", "trials are left to their timers", _SETTLE, "abort", _nothing),
    Canary("alien error", "an unforeseen error goes through", _RUN, "_unforeseen", _raising),
    Canary(
        "any trial",
        "another's trial is taken for ours",
        "tasks.transaction.judging",
        "_on_trial",
        _persist_unasked,
    ),
    Canary("always saved", "what runs counts as saved", "tasks.transaction.judging", "_saved", _saved),
    Canary(
        "kept by guess",
        "an adoption takes a for kept",
        "tasks.transaction.adopt",
        "_Found.complete",
        _surely,
    ),
    Canary(
        "open secrets",
        "secrets are shown",
        "tasks.sessions.masking",
        "SecretBook.mask",
        lambda _right: _shown,
    ),
)


def _said(settling: Any, event: Any, _sides: Any) -> Any:
    """Save once, then say that it is saved."""
    return event if settling.tries else Act.SAVE


def _shown(_book: Any, text: str) -> str:
    """Show a text as it is."""
    return text


def canary_named(name: str) -> Canary:
    """Find a canary."""
    return next(canary for canary in CANARIES if canary.name == name)
