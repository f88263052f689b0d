"""Temporal's schedules: one a group of `watch.yaml`, at the same moments as `hotpair watch` would choose.

Cron lines on the clock of a time zone are not left to the server, which loses moments in the night when the
clocks go back: it is given the coming moments themselves, and each look gives it further ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice

from temporalio import activity
from temporalio.client import (
    Client,
    Schedule,
    ScheduleActionStartWorkflow,
    ScheduleAlreadyRunningError,
    ScheduleCalendarSpec,
    ScheduleIntervalSpec,
    ScheduleOverlapPolicy,
    SchedulePolicy,
    ScheduleRange,
    ScheduleSpec,
    ScheduleUpdate,
    ScheduleUpdateInput,
)
from temporalio.service import RPCError, RPCStatusCode

from runbooks.watch.settings import Group
from runbooks.workers.groups import group_of
from runbooks.workers.looking import CheckFleet
from runbooks.workers.station import WorkerContext
from runbooks.workers.values import COMMON, Look, Wanted

AHEAD = 100
"""Moments that the server is given ahead."""
_LATE = timedelta(minutes=10)
"""How late a moment may be made up for after the server was away; earlier ones are told as missed."""
_PREFIX = "hotpair-watch-"


def schedule_id(group: str) -> str:
    """Name the schedule of a group."""
    return f"{_PREFIX}{group}"


def spec_of(group: Group, now: datetime) -> ScheduleSpec:
    """Return the moments of a group in Temporal's words.

    Args:
        group: of the watcher's file.
        now: this moment, with time zone.
    """
    if group.cron is None:
        return ScheduleSpec(intervals=[ScheduleIntervalSpec(group.interval)])
    if group.time_zone == "UTC":
        return ScheduleSpec(cron_expressions=[group.cron])
    return ScheduleSpec(calendars=[_at(moment) for moment in islice(group.after(now), AHEAD)])


def _at(moment: datetime) -> ScheduleCalendarSpec:
    """Return one moment as a calendar that holds no other."""
    utc = moment.astimezone(UTC)

    def only(value: int) -> Sequence[ScheduleRange]:
        return (ScheduleRange(value),)

    return ScheduleCalendarSpec(
        second=only(utc.second),
        minute=only(utc.minute),
        hour=only(utc.hour),
        day_of_month=only(utc.day),
        month=only(utc.month),
        year=only(utc.year),
    )


def schedule_of(group: Group, now: datetime) -> Schedule:
    """Return the schedule of a group: no look begins while another one of it is at work."""
    name = schedule_id(group.name)
    action = ScheduleActionStartWorkflow(
        CheckFleet.run, Look(Wanted(group=group.name)), id=name, task_queue=COMMON
    )
    policy = SchedulePolicy(overlap=ScheduleOverlapPolicy.SKIP, catchup_window=_LATE)
    return Schedule(action=action, spec=spec_of(group, now), policy=policy)


async def schedule(client: Client, groups: Sequence[Group], now: datetime) -> tuple[str, ...]:
    """Make a schedule for each group, bring those that are there up to date, and take others of ours away.

    A schedule that somebody paused stays so.

    Args:
        client: of the server.
        groups: of the watcher's file.
        now: this moment, with time zone.

    Returns:
        Names of the schedules that were taken away.

    Raises:
        RPCError: the server refuses.
    """
    for group in groups:
        try:
            await client.create_schedule(schedule_id(group.name), schedule_of(group, now))
        except ScheduleAlreadyRunningError:
            await _update(client, group, now)
    wanted = {schedule_id(group.name) for group in groups}
    gone = [
        one.id
        async for one in await client.list_schedules()
        if one.id.startswith(_PREFIX) and one.id not in wanted
    ]
    for name in gone:
        await client.get_schedule_handle(name).delete()
    return tuple(gone)


async def _update(client: Client, group: Group, now: datetime) -> None:
    def renewed(found: ScheduleUpdateInput) -> ScheduleUpdate:
        anew = schedule_of(group, now)
        anew.state = found.description.schedule.state
        return ScheduleUpdate(anew)

    await client.get_schedule_handle(schedule_id(group.name)).update(renewed)


@dataclass(frozen=True, slots=True)
class Renewal:
    """Gives the server further moments of a group whose clock is that of a time zone.

    Args:
        client: of the server.
        station: where the worker stands.
    """

    client: Client
    station: WorkerContext

    @activity.defn(name="renew")
    async def renew(self, name: str) -> None:
        """Bring the schedule of a group up to date, where it has one."""
        group = group_of(self.station, name)
        try:
            await _update(self.client, group, datetime.now(UTC))
        except RPCError as error:
            if error.status is not RPCStatusCode.NOT_FOUND:
                raise
