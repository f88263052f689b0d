"""Looks at the groups of `watch.yaml` that Temporal begins: missed moments and transitions are told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from temporalio import activity

from inventory.errors import IntentError
from inventory.quantities import quantity
from runbooks.alerts.outbox import deliver
from runbooks.alerts.transitions import tell_transitions
from runbooks.archive.opening import Archive, open_archive
from runbooks.watch.inputs import Inputs, Places, read_inputs
from runbooks.watch.memory import last_of, note
from runbooks.watch.settings import Group, load_watching
from runbooks.workers.activities import chosen_of, no_second_try
from runbooks.workers.station import WorkerContext
from runbooks.workers.values import Chosen, Wanted


@dataclass(frozen=True, slots=True)
class Groups:
    """The beginning and the end of a look at many pairs.

    Args:
        station: where the worker stands.
        say: told each event, a line each.
    """

    station: WorkerContext
    say: Callable[[str], None]

    @activity.defn(name="begin_look", no_thread_cancel_exception=True)
    def begin_look(self, wanted: Wanted, began: str) -> Chosen:
        """Return the pairs that are meant; of a group, tell the moments at which nobody looked."""
        with no_second_try():
            if not wanted.group:
                return chosen_of(self.station.choose(wanted))
            group = group_of(self.station, wanted.group)
            choice = group.choice
            meant = Wanted(choice.names, choice.tags, choice.sites, choice.match)
            chosen = chosen_of(self.station.choose(meant))
        moment = datetime.fromisoformat(began)
        with open_archive(self.station.archive) as archive:
            self._tell_missed(archive, group, moment)
            note(archive, group.name, moment, None)
        return replace(chosen, config=group.config)

    @activity.defn(name="end_look", no_thread_cancel_exception=True)
    def end_look(self, name: str, began: str) -> None:
        """Of a group, tell what became wrong or well to those who asked to be told."""
        station = self.station
        with no_second_try():
            house = read_inputs(Places(station.inventory, station.watching, station.policy, station.driver))
        with open_archive(station.archive) as archive:
            self._tell(archive, house)
            note(archive, name, datetime.fromisoformat(began), datetime.now(UTC))

    def _tell_missed(self, archive: Archive, group: Group, moment: datetime) -> None:
        last = last_of(archive, group.name)
        missed = group.between(last.moment, moment)[:-1] if last is not None else ()
        if missed:
            self.say(
                f"{group.name}: {quantity(len(missed), 'moment was', 'moments were')} missed,"
                f" {missed[0]} to {missed[-1]}"
            )

    def _tell(self, archive: Archive, house: Inputs) -> None:
        now = datetime.now(UTC)
        alerts = tell_transitions(archive, house.settings.alerts, house.policy, house.sites, now)
        for alert in alerts:
            self.say(alert.title)
        routes = {route.name: route for route in house.settings.alerts.routes}
        for end in deliver(archive, routes, house.sender, now):
            if end.problem:
                self.say(f"alerts to {end.route}: {end.problem}; {end.waiting} waiting")


def group_of(station: WorkerContext, name: str) -> Group:
    """Return a group of `watch.yaml`.

    Raises:
        IntentError: there is none of that name, or the file is wrong.
    """
    groups = {group.name: group for group in load_watching(station.watching).groups}
    if name not in groups:
        raise IntentError(
            f"no group is named {name}", wanted=", ".join(groups), found=name, where=str(station.watching)
        )
    return groups[name]
