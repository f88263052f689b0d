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
from runbooks.certify.schedule import DEADLY, Kind, Next, Schedule
from tasks.transaction import journal
from tasks.transaction.ends import End
from tasks.transaction.look import Saved, Seen
from tasks.transaction.machine import State
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
        likely: tells which schedules can betray it; it is hunted with those, and with no others.
    """

    name: str
    bug: str
    module: str
    attribute: str
    plant: Callable[[Any], Any]
    likely: Callable[[Schedule], bool] = lambda _schedule: True


def _with(*kinds: Kind, at: str = "") -> Callable[[Schedule], bool]:
    """Choose schedules by what happens in them, and at which command."""
    return lambda schedule: any(
        strike.kind in kinds and at in strike.place.command for strike in schedule.strikes
    )


def _of(flow: str, release: str) -> Callable[[Schedule], bool]:
    """Choose schedules of one flow on one release."""
    return lambda schedule: (schedule.flow, schedule.release) == (flow, release)


def _adopted(schedule: Schedule) -> bool:
    """Choose schedules in which somebody takes up what another host left."""
    return schedule.then is Next.ADOPT and schedule.strikes[-1].kind in DEADLY


@contextmanager
def planted(canary: Canary) -> Iterator[None]:
    """Plant a bug for as long as the block lasts."""
    holder: Any = import_module(canary.module)
    *path, name = canary.attribute.split(".")
    for part in path:
        holder = getattr(holder, part)
    right = getattr(holder, name)
    try:
        setattr(holder, name, canary.plant(right))
        _forget(canary.module)
        yield
    finally:
        setattr(holder, name, right)
        _forget(canary.module)


def _forget(module: str) -> None:
    """Let a module work out anew what it remembers: it was worked out by the other code."""
    for one in vars(import_module(module)).values():
        if not isinstance(one, type) and callable(clear := getattr(one, "cache_clear", None)):
            clear()


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


def _let_through(_right: Any) -> Any:
    """Take every member for one that a commit can be taken back on."""

    def passed(_links: Any, _changes: Any, bases: Mapping[str, Any]) -> dict[str, Any]:
        return {side: replace(base, undoable=True) for side, base in bases.items()}

    return passed


def _said_at_once(_right: Any) -> Any:
    """Save once, then say that it is saved."""
    return lambda settling, event, _sides: event if settling.tries else Act.SAVE


def _b_first(right: Mapping[Any, Any]) -> Mapping[Any, Any]:
    """Confirm b before a."""
    changed = dict(right)
    changed[State.DECIDED, Seen.TRIAL, Seen.TRIAL] = Act.CONFIRM_B
    return changed


def _to_base(_right: Any) -> Any:
    """Go back to the commit before ours, whoever committed since."""

    def undo(link: Any, known: Any, _look: Any) -> None:
        link.ask(lambda session: session.rollback.step(known.record.base_commit), patient=True)

    return undo


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


def _all_ours(right: Any) -> Any:
    """Take every trial for ours."""

    def judged(known: Any, shown: Any, look: Any) -> Any:
        return replace(right(known, shown, look), seen=Seen.TRIAL, reason="")

    return judged


_RUN, _SETTLE = "tasks.transaction.run", "tasks.transaction.settle"
_ACTS, _CLOSING = "tasks.transaction.acts", "tasks.transaction.closing"
_JOURNAL, _JUDGING = "tasks.transaction.journal", "tasks.transaction.judging"
CANARIES: tuple[Canary, ...] = (
    Canary(
        "unread commit",
        "a commit is not read back: what it made, and on what",
        _RUN,
        "_Run.require",
        _forgiving,
        _with(Kind.RIVAL, Kind.STRANGER),
    ),
    Canary(
        "pointless gate",
        "the gate lets a plan through that nothing could take back",
        "tasks.transaction.gate",
        "_with_way_back",
        _let_through,
        _of("no commit points", "v8r5"),
    ),
    Canary(
        "no sync",
        "the journal is not synced",
        "runbooks.certify.disk",
        "Disk.fsync",
        _nothing,
        _with(Kind.POWER),
    ),
    Canary(
        "one write",
        "a short write counts as whole",
        _JOURNAL,
        "Journal._write",
        _once,
        _with(Kind.SHORT_WRITE),
    ),
    Canary("b first", "b is confirmed before a", _SETTLE, "NEXT", _b_first),
    Canary("no save", "both new counts as both saved", _SETTLE, "Settling._save", _nothing),
    Canary(
        "back to the base",
        "the way back is the commit before ours",
        _ACTS,
        "undo",
        _to_base,
        _with(Kind.STRANGER),
    ),
    Canary(
        "no last look",
        "saved is said without a look",
        _SETTLE,
        "Settling._save_or",
        _said_at_once,
        _with(Kind.REBOOT),
    ),
    Canary(
        "blind steps",
        "nobody looks before a step forward",
        _RUN,
        "_Run.expect",
        _careless_step,
        _with(Kind.RIVAL),
    ),
    Canary(
        "no comparison", "the candidate is not compared", _RUN, "_Run.compare", _nothing, _with(Kind.IGNORED)
    ),
    Canary(
        "no hurry",
        "a is confirmed although b's time is up",
        _SETTLE,
        "Settling._late",
        _never,
        _with(Kind.PAUSED, at="decided"),
    ),
    Canary("no abort", "trials are left to their timers", _ACTS, "abort", _nothing),
    Canary(
        "alien error",
        "an unforeseen error goes through",
        _RUN,
        "_unforeseen",
        _raising,
        _with(Kind.FOREIGN, at="display clock"),
    ),
    Canary(
        "any trial", "another's trial is taken for ours", _JUDGING, "_on_trial", _all_ours, _with(Kind.TRIAL)
    ),
    Canary("always saved", "what runs counts as saved", _JUDGING, "_saved", _saved),
    Canary(
        "forgetful adoption",
        "an adoption does not look for commits of that id",
        "tasks.transaction.tracing",
        "_Look._ours",
        lambda _right: lambda _look, _records: (),
        _adopted,
    ),
    Canary(
        "open secrets",
        "ciphertext stands in the journal as the device shows it",
        "tasks.transaction.owned",
        "_text",
        lambda _right: lambda row, params: row.text(**{**row.implied, **params}),
    ),
    Canary(
        "good word",
        "every end is called done",
        "tasks.transaction.closing",
        "name_end",
        lambda _right: lambda *_args: End.DONE,
    ),
)


def canary_named(name: str) -> Canary:
    """Find a canary."""
    return next(canary for canary in CANARIES if canary.name == name)
