"""What the commands on live pairs show while they work."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from hotpair.cli.consoles import moves_on
from hotpair.cli.output import err, show_error
from inventory.quantities import quantity
from runbooks import interrupts
from runbooks.fleet.looked import Watcher

if TYPE_CHECKING:
    from runbooks.fleet.looked import Looked
    from tasks.checks.waiting import Sample
    from tasks.transaction.model import Progress as Step


@dataclass(frozen=True, slots=True)
class Live:
    """A line that moves while something works; each step stays above it."""

    progress: Progress
    task: TaskID

    def say(self, text: str) -> None:
        """Change what the moving line says."""
        self.progress.update(self.task, description=text)

    def step(self, step: Step) -> None:
        """Keep a step of the transaction on the screen, while there is one."""
        with suppress(OSError):  # the terminal was closed; the journal tells the steps all the same
            self.progress.console.print(f"  [dim]{step.state.value:<20}[/] {escape(step.text)}")
            self.say(step.text)

    def sample(self, sample: Sample) -> None:
        """Tell how much of the pair holds; stop here when somebody wants to."""
        interrupts.raise_if_interrupted()
        self.say(
            f"waiting for the pair: {sample.held} of {quantity(sample.judged, 'check holds', 'checks hold')}"
        )


class _Moving(Progress):
    """A display that moves where somebody watches, and writes nothing of its own where nobody does."""

    def start(self) -> None:
        """Begin to move."""
        if not self.console.is_interactive:
            return
        interrupts.hold()  # a signal would tear the start of its thread apart
        try:
            super().start()
            moves_on(self.console, self)
        finally:
            interrupts.release()

    def stop(self) -> None:
        """Stop moving; without a terminal there is nothing to stop, and no blank line to write."""
        if not self.console.is_interactive:
            return
        interrupts.hold()
        try:
            moves_on(self.console, None)
            super().stop()
        finally:
            interrupts.release()


@contextmanager
def _while(progress: _Moving) -> Iterator[None]:
    """Let it move for as long as the block lasts."""
    try:
        progress.start()
        yield
    finally:
        try:
            progress.stop()
        except KeyboardInterrupt:  # it may have come before the first line of it
            progress.stop()
            raise


@contextmanager
def live(text: str, console: Console = err) -> Iterator[Live]:
    """Show that something works for as long as the block lasts; silent where no one watches."""
    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    progress = _Moving(*columns, console=console, transient=True)
    with _while(progress):
        yield Live(progress, progress.add_task(text, total=None))


class Count:
    """How many of several things are done; several threads tell it.

    Args:
        progress: what shows it.
        task: its line.
    """

    def __init__(self, progress: Progress, task: TaskID) -> None:
        self._progress, self._task = progress, task
        self._at_work = self._wrong = 0
        self._lock = Lock()

    def begin(self, _which: object = None) -> None:
        """Note that one more is begun."""
        with self._lock:
            self._at_work += 1
            self._progress.update(self._task, at_work=self._at_work)

    def done(self, *, wrong: bool, begun: bool = True) -> None:
        """Note that one is done.

        Args:
            wrong: whether it went wrong.
            begun: whether it was begun at all.
        """
        with self._lock:
            self._at_work -= begun
            self._wrong += wrong
            self._progress.update(self._task, advance=1, at_work=self._at_work, wrong=self._wrong)


@contextmanager
def counting(what: str, count: int, console: Console = err) -> Iterator[Count]:
    """Show how many of several things are done, at work and wrong, and how long it will take still.

    Where no terminal is, nothing moves; who does the work tells each event as a line.

    Args:
        what: what is done with them.
        count: how many there are.
        console: where to show it.
    """
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[at_work]} at work"),
        TextColumn("{task.fields[wrong]} wrong"),
        TimeRemainingColumn(),
    )
    progress = _Moving(*columns, console=console, transient=True)
    with _while(progress):
        yield Count(progress, progress.add_task(what, total=count, at_work=0, wrong=0))


@contextmanager
def watching(what: str, count: int, *, told: bool, console: Console = err) -> Iterator[Watcher]:
    """Show how many routers are done, as `counting` does; each is a line of its own where no terminal is.

    Args:
        what: what is done with them.
        count: how many there are.
        told: whether there are enough of them to tell each by itself.
        console: where to show it.
    """
    known: dict[str, Looked] = {}
    with counting(what, count, console) as counted:

        def tell(looked: Looked) -> None:
            if looked.error is not None:
                # what both members lack, as a file that neither can read, is told once
                if known.setdefault(str(looked.error), looked) is looked:
                    show_error(looked.error)
            elif told and not console.is_interactive:
                # a line an event, whatever its width
                console.print(f"{looked.member}: looked at", markup=False, highlight=False, soft_wrap=True)
            counted.done(wrong=looked.error is not None)

        yield Watcher(tell, counted.begin)
