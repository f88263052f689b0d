"""Nornir processor that turns what happens into plain events, for a progress bar, a log or a page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nornir.core.inventory import Host
    from nornir.core.task import AggregatedResult, MultiResult, Task


class Moment(StrEnum):
    """What happened to a task."""

    TASK_STARTED = "task started"
    TASK_ENDED = "task ended"
    HOST_STARTED = "host started"
    HOST_ENDED = "host ended"


@dataclass(frozen=True, slots=True)
class TaskEvent:
    """One event.

    Args:
        moment: what happened.
        task: name of the task.
        host: device name; empty for the task as a whole.
        failed: whether it ended badly.
        subtask: whether the task was called by another one.
    """

    moment: Moment
    task: str
    host: str = ""
    failed: bool = False
    subtask: bool = False


class EventProcessor:
    """Tell a listener what Nornir does; the listener may be called from several threads.

    Args:
        listen: gets each event.
    """

    def __init__(self, listen: Callable[[TaskEvent], None]) -> None:
        self._listen = listen

    def task_started(self, task: Task) -> None:
        """Tell that a task began."""
        self._listen(TaskEvent(Moment.TASK_STARTED, task.name))

    def task_completed(self, task: Task, result: AggregatedResult) -> None:
        """Tell that a task ended on all hosts."""
        self._listen(TaskEvent(Moment.TASK_ENDED, task.name, failed=result.failed))

    def task_instance_started(self, task: Task, host: Host) -> None:
        """Tell that a task began on a host."""
        self._listen(TaskEvent(Moment.HOST_STARTED, task.name, host.name))

    def task_instance_completed(self, task: Task, host: Host, result: MultiResult) -> None:
        """Tell that a task ended on a host."""
        self._listen(TaskEvent(Moment.HOST_ENDED, task.name, host.name, failed=result.failed))

    def subtask_instance_started(self, task: Task, host: Host) -> None:
        """Tell that a subtask began on a host."""
        self._listen(TaskEvent(Moment.HOST_STARTED, task.name, host.name, subtask=True))

    def subtask_instance_completed(self, task: Task, host: Host, result: MultiResult) -> None:
        """Tell that a subtask ended on a host."""
        self._listen(TaskEvent(Moment.HOST_ENDED, task.name, host.name, failed=result.failed, subtask=True))
