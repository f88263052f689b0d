"""Rules that no run may break, whatever comes of it: they are watched at each event, before it happens."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from runbooks.certify.oracle import Complaint
from runbooks.certify.pairs import Flow
from runbooks.certify.schedule import What
from runbooks.certify.truth import Trial, truth
from runbooks.certify.world import Event, World

NEEDED_S = 90.0
"""What b must have left when a is confirmed: a confirm, a fresh login, a confirm, 30 s each."""
_NEVER = re.compile(r"system-view immediately|mmi-mode")
_ACTS = re.compile(r"(?:commit|abort|save|rollback)\b")
_CONFIRMS = re.compile(r"commit(?: persist \S+)?")


@dataclass(slots=True)
class Guard:
    """Watches a run.

    Args:
        world: where it runs.
        flow: what is done.
    """

    world: World
    flow: Flow
    complaints: list[Complaint] = field(default_factory=list)
    _process: int = 0
    _unsynced: bool = False
    _typed: dict[str, str] = field(default_factory=dict)

    def __call__(self, event: Event) -> None:
        """Look at an event that is about to happen."""
        if event.place.process != self._process:
            self._process, self._unsynced = event.place.process, False
        if event.what is What.DISK:
            self._unsynced = event.text != "sync"
        elif event.what is What.LOGIN or event.text.startswith("display "):
            self._typed.pop(event.place.side, None)
        else:
            self._act(event)

    def _act(self, event: Event) -> None:
        side = event.place.side
        if _NEVER.match(event.text):
            self._complain("forbidden line", event.text)
        if not _ACTS.match(event.text):
            return
        if self._unsynced and not self.world.disk.full:  # the way back waits for no disk
            self._complain("not durable", f"`{event.text}` on {side} before the journal was synced")
        if self._typed.get(side) == event.text:
            self._complain("blind retry", f"`{event.text}` on {side} once more, without a look between")
        self._typed[side] = event.text
        if _CONFIRMS.fullmatch(event.text):
            self._confirm(side)

    def _confirm(self, side: str) -> None:
        a, b = (truth(self.world, self.flow, one) for one in ("a", "b"))
        if side == "b" and a.trial is Trial.OURS and b.trial is Trial.OURS:
            self._complain("wrong order", "b is confirmed before a")
        if self.flow.drill:
            self._complain("kept drill", f"what stood for a drill is confirmed on {side}")
        hasty = side == "a" and a.trial is b.trial is Trial.OURS and b.left_s < NEEDED_S
        if hasty:
            self._complain("too late", f"a is confirmed while b has {b.left_s:.0f} s left")

    def _complain(self, kind: str, text: str) -> None:
        self.complaints.append(Complaint(kind, text))
