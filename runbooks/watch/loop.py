"""The loop of a watcher: look at what is due, keep it, tell what changed, wait.

One thing at a time: a group never overlaps with itself or another one. A moment that came while another look
was at work, or while no watcher ran, is told as missed, and the newest of them is made up for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from queue import Empty, SimpleQueue
from time import monotonic

from inventory.errors import ArchiveError, HotpairError
from inventory.model import Pair
from inventory.quantities import quantity
from runbooks import interrupts
from runbooks.alerts.outbox import deliver
from runbooks.alerts.transitions import tell_transitions
from runbooks.archive.judgements import judgements_in
from runbooks.archive.keeping import ToKeep, keep_many, text_of
from runbooks.archive.known import memory_in
from runbooks.archive.opening import Archive
from runbooks.archive.retention import Retention, prune_daily
from runbooks.check import check_pairs
from runbooks.drill.due import with_drills
from runbooks.fleet.known import judged_by
from runbooks.fleet.looked import Looked
from runbooks.fleet.probing import check_configurations
from runbooks.not_deployed import told_if_absent
from runbooks.report.run import Run
from runbooks.watch.inputs import Inputs, Places, read_anew
from runbooks.watch.lease import LEASE_S, LeaseKeeper
from runbooks.watch.memory import last_of, note
from runbooks.watch.settings import Group
from tasks.checks.model import Outcome

_PART = 250
"""Pairs that are looked at before they are kept: a watcher that dies loses no more."""
_NAP_S = 5.0
"""Seconds after which a watcher that stands by, or waits for the archive, looks again."""
_LONG_S = 60.0
"""Seconds after which it looks up at the latest: a clock may be put forward."""
_BACK = timedelta(seconds=LEASE_S)
"""Clocks of two hosts differ by less; a moment further ahead was noted by a clock that was put back since."""
_LISTEN_S = 1.0
"""Longest time in which a signal that woke nobody is not heard."""
JOURNALS = "journals"
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Due:
    """A group whose moment has come.

    Args:
        group: which.
        moment: the newest moment that came.
        missed: moments before it at which nobody looked.
        unfinished: the look of this moment was begun once, and its watcher died.
        ahead: the moment of the last look, where it has not come yet: a clock was put back.
    """

    group: Group
    moment: datetime
    missed: tuple[datetime, ...] = ()
    unfinished: bool = False
    ahead: datetime | None = None


@dataclass
class Watcher:
    """A watcher at work.

    Args:
        places: where it reads.
        inputs: what it read first.
        archive: of the fleet.
        keeper: of the lease.
        say: told each event, a line each.
        wake: filled where it shall look up before its next moment; a handler of signals may do it, since
            such a queue holds no lock that whoever is interrupted holds.
        reload: whether it shall read its files anew.
        since: when it began: a group that was never looked at has its first moment after that.
    """

    places: Places
    inputs: Inputs
    archive: Archive
    keeper: LeaseKeeper
    say: Say
    wake: SimpleQueue[None] = field(default_factory=SimpleQueue)
    reload: bool = False
    since: datetime = field(default_factory=lambda: datetime.now(UTC))
    _standing_by: str = ""

    # ---- the loop ------------------------------------------------------------------------------------------

    def watch(self) -> None:
        """Watch until a signal comes.

        Raises:
            KeyboardInterrupt: one has come; what was at work is not kept.
        """
        while True:
            interrupts.raise_if_interrupted()
            if self.reload:
                self.read_anew()
            self._sleep(self._turn())

    def _sleep(self, seconds: float) -> None:
        """Wait, and hear a signal that came when nobody could be woken yet."""
        ends = monotonic() + seconds
        while (left := ends - monotonic()) > 0 and not interrupts.came():
            with suppress(Empty):
                self.wake.get(timeout=min(left, _LISTEN_S))
                return

    def _turn(self) -> float:
        """Do what is due; give the seconds until there may be more."""
        try:
            if not self.leading():
                return _NAP_S
            for due in self.due(datetime.now(UTC)):
                if self.reload or not self.keeper.mine():
                    return 0.0
                self.look(due)
            now = datetime.now(UTC)
            ((at, _),) = self.inputs.settings.coming(now, 1)
        except ArchiveError as error:
            self.say(f"the archive cannot be used: {error}")
            return _NAP_S
        return min(max((at - now).total_seconds(), 0.0), _LONG_S)

    def once(self) -> tuple[Run, ...]:
        """Look at each group that is due, or was never looked at, and deliver what waits; give the runs.

        Raises:
            ArchiveError: the archive cannot be used.
        """
        now = datetime.now(UTC)
        found = self.due(now, first=now)
        if not found:
            self.say("no group is due")
        made = [run for due in found for run in self.look(due)]
        self.post(datetime.now(UTC))
        return tuple(made)

    def leading(self) -> bool:
        """Tell whether this watcher may work; take the lease where it is free."""
        if self.keeper.mine():
            return True
        lease = self.keeper.try_to_take()
        mine = self.keeper.mine()
        if not mine and self._standing_by != lease.holder:
            self.say(f"standing by: {lease.holder} watches")
        elif mine:
            self.say("watching")
        self._standing_by = "" if mine else lease.holder
        return mine

    def read_anew(self) -> None:
        """Read the files anew; what is broken stays as it was, and is told."""
        self.reload = False
        self.inputs, troubles = read_anew(self.places, self.inputs)
        self.say(
            f"read anew: {quantity(len(self.inputs.pairs.good), 'pair')}"
            if not troubles
            else "read anew, not all of it:"
        )
        for trouble in troubles:
            self.say(f"kept as it was: {trouble}")

    # ---- what is due ---------------------------------------------------------------------------------------

    def due(self, now: datetime, first: datetime | None = None) -> tuple[Due, ...]:
        """Return the groups whose moments have come, the longest due first.

        Args:
            now: this moment.
            first: moment of a group that was never looked at; nothing: the first after the watcher began.
        """
        self.since = min(self.since, now)
        found = (self._due(group, now, first) for group in self.inputs.settings.groups)
        return tuple(sorted((one for one in found if one is not None), key=lambda one: one.moment))

    def _due(self, group: Group, now: datetime, first: datetime | None) -> Due | None:
        last = last_of(self.archive, group.name)
        if last is None and first is not None:
            return Due(group, first)
        if last is not None and last.moment > now + _BACK:
            return Due(group, now, ahead=last.moment)
        came = group.between(self.since if last is None else last.moment, now)
        if came:
            return Due(group, came[-1], came[:-1])
        if last is not None and last.ended is None:
            return Due(group, last.moment, unfinished=True)
        return None

    # ---- one look ------------------------------------------------------------------------------------------

    def look(self, due: Due) -> tuple[Run, ...]:
        """Look at a group, keep what was seen, and queue alerts; give the runs.

        Raises:
            ArchiveError: the archive cannot be used.
        """
        group = due.group
        self._tell_lateness(due)
        note(self.archive, group.name, due.moment, None)
        began = datetime.now(UTC)
        made: list[Run] = []
        pairs = self.inputs.of(group)
        for part in _parts(pairs):
            made += self._checked(part, group)
        now = datetime.now(UTC)
        alerts = tell_transitions(
            self.archive, self.inputs.settings.alerts, self.inputs.policy, self.inputs.sites, now
        )
        if len(made) == len(pairs):
            note(self.archive, group.name, due.moment, now)
        self.say(f"{group.name}: {_counted(made)} in {(now - began).total_seconds():.1f} s")
        if len(made) < len(pairs):
            self.say(
                f"{group.name}: {quantity(len(pairs) - len(made), 'pair was', 'pairs were')} left,"
                " the lease is lost"
            )
        for alert in alerts:
            self.say(alert.title)
        self._write_figures()
        self._prune()
        return tuple(made)

    def _tell_lateness(self, due: Due) -> None:
        if due.ahead is not None:
            noted = f"the last look is noted at {_at(due.ahead)}"
            self.say(f"{due.group.name}: {noted}: a clock was put back; looking now")
        if due.unfinished:
            self.say(f"{due.group.name}: the look of {_at(due.moment)} was not finished; it is made again")
        if due.missed:
            span = f"{_at(due.missed[0])} to {_at(due.missed[-1])}"
            self.say(
                f"{due.group.name}: {quantity(len(due.missed), 'moment was', 'moments were')} missed, {span}"
            )

    def _checked(self, pairs: Sequence[Pair], group: Group) -> tuple[Run, ...]:
        """Check some pairs and keep each; nothing is dialled any more once the lease is lost."""
        look = partial(
            partial(check_configurations, memory=memory_in(self.archive, pairs))
            if group.config
            else partial(check_pairs, before=judgements_in(self.archive, pairs, self.inputs.policy)),
            workers=group.workers,
            tell=self._tell,
            go_on=self.keeper.mine,
        )
        runs = look(self.inputs.nornir, pairs, policy=self.inputs.policy)
        intents = {pair.name: pair for pair in pairs}
        home = self.places.inventory / JOURNALS
        runs = told_if_absent(runs, intents, home)
        judged = [(intents[run.pair], run) for run in runs]
        runs = tuple(run for _, run in with_drills(self.archive, judged, self.inputs.policy))
        files = {name: Path(pair.place("pair").source) for name, pair in intents.items()}
        policy = text_of(self.places.policy) if self.places.policy else ""
        kept = [
            ToKeep(run, files[run.pair], judged_by(intents[run.pair], self.inputs.policy)) for run in runs
        ]
        keep_many(self.archive, kept, policy)
        return runs

    def _tell(self, looked: Looked) -> None:
        if looked.error is not None:
            self.say(f"{looked.member}: {looked.error}")

    def _prune(self) -> None:
        """Take away what is not kept any more, once a day."""
        kept = self.inputs.settings.retention
        pruned = prune_daily(self.archive, datetime.now(UTC), Retention(kept.days, kept.runs_each))
        if pruned is not None:
            self.say(
                f"the archive: {quantity(pruned.runs, 'run')} and {quantity(pruned.findings, 'finding')}"
                " were too old"
            )

    def _write_figures(self) -> None:
        if self.inputs.settings.metrics.file is None:
            return
        from runbooks.watch.figures import write_file

        try:
            write_file(self.archive, self.inputs.settings.metrics.file)
        except HotpairError as error:
            self.say(str(error))

    # ---- alerts --------------------------------------------------------------------------------------------

    def post(self, now: datetime) -> None:
        """Deliver the alerts that are due; what does not go out is told and stays."""
        routes = {route.name: route for route in self.inputs.settings.alerts.routes}
        for end in deliver(self.archive, routes, self.inputs.sender, now):
            if end.given_up:
                lost = quantity(end.given_up, "alert was", "alerts were")
                self.say(
                    f"alerts to {end.route}: {lost} dropped: refused again and again, a later one was taken"
                )
            if end.problem:
                dropped = f", {end.dropped} dropped" if end.dropped else ""
                self.say(f"alerts to {end.route}: {end.problem}; {end.waiting} waiting{dropped}")


def _parts(pairs: Sequence[Pair]) -> Iterator[Sequence[Pair]]:
    rest = iter(pairs)
    while part := tuple(islice(rest, _PART)):
        yield part


_WORDS: Mapping[Outcome, str] = {
    Outcome.SUCCESS: "well",
    Outcome.FAILURE: "wrong",
    Outcome.ERROR: "not known",
}


def _counted(runs: Sequence[Run]) -> str:
    counts = Counter(run.verdict for run in runs)
    said = ", ".join(f"{counts[verdict]} {word}" for verdict, word in _WORDS.items() if counts[verdict])
    return f"{quantity(len(runs), 'pair')}: {said}" if said else "no pair"


def _at(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S} UTC"
