"""The workflow of a deployment: planned by workers, agreed to by the operator, then an activity a pair.

A pair is deployed once, never twice: where its worker dies, another one adopts the transaction by its id,
which this workflow gave it, and brings both members to one end.
"""

from __future__ import annotations

import asyncio
import builtins
from datetime import timedelta

from temporalio import workflow
from temporalio.exceptions import ActivityError

with workflow.unsafe.imports_passed_through():
    import runbooks.plan_file  # noqa: F401 - the sandbox reads the fields of its values by their module's names
    from runbooks.fleet.waves import in_waves
    from runbooks.workers.handing import (
        change_near,
        for_each,
        housekeeping,
        look_near,
        never_taken,
        read_near,
        why,
    )
    from runbooks.workers.values import (
        Chosen,
        Deployment,
        Ended,
        Fault,
        Order,
        Place,
        Planned,
        Stage,
        Standing,
        Tally,
        Words,
        by_hand,
    )

_ASKED = timedelta(hours=24)
"""How long the operator may think about the plans."""
_NAMED = 5
"""Pairs of a wave that a sentence names."""
_ADOPTIONS = 5
"""Workers that may die, one after the other, over the same transaction."""


@workflow.defn(name="hotpair-deploy")
class DeployFleet:
    """Deploys many pairs, each both members or none."""

    def __init__(self) -> None:
        self._tally = Tally()
        self._stage = Stage.PLANNING
        self._places: dict[str, Place] | None = None
        self._plans: tuple[Planned, ...] = ()
        self._may_fail: int | None = None
        self._stopped = ""
        self._held_back = ""

    @workflow.run
    async def run(self, deployment: Deployment) -> Tally:
        """Plan all, wait for a yes, deploy each, in waves where some were asked for; give how they ended."""
        places = await self._chosen(deployment)
        self._places = {place.pair: place for place in places}
        planned = await for_each(lambda place: _plan(place, deployment.words), places)
        for one in planned:
            if one.problem is not None:
                self._tally = self._tally.and_(one.problem)
            elif not any(one.lines):
                self._tally = self._tally.and_(Ended(one.pair, Fault.NONE, "nothing to do"))
        self._plans = tuple(planned)
        todo = [one for one in planned if one.problem is None and any(one.lines)]
        refused = await self._refused() if todo else ""
        if refused:
            for one in todo:
                self._end(_not_begun(one.pair, refused))
        else:
            await self._deployed(todo, deployment)
        self._stage = Stage.ENDED
        return self._tally

    @workflow.query
    def standing(self) -> Standing:
        """Tell where it stands."""
        total = None if self._places is None else len(self._places)
        return Standing(total, self._tally, self._stage, self._plans)

    @workflow.signal
    def agree(self, may_fail: int) -> None:
        """Take the operator's yes.

        Args:
            may_fail: how many pairs may fail before no further one is begun.
        """
        self._may_fail = may_fail

    @workflow.signal
    def stop(self, why: str = "the run was stopped") -> None:
        """Begin no further pair; those at work come to their end.

        Args:
            why: the reason that pairs are told which are not begun.
        """
        self._stopped = self._stopped or why

    def _end(self, ended: Ended) -> None:
        self._tally = self._tally.and_(ended)

    async def _chosen(self, deployment: Deployment) -> tuple[Place, ...]:
        chosen = await housekeeping("choose", Chosen, deployment.wanted)
        for one in chosen.broken:
            self._end(one)
        return chosen.places

    async def _refused(self) -> str:
        """Wait for the operator; say why nothing is begun, if nothing is."""
        self._stage = Stage.ASKING
        try:
            await workflow.wait_condition(
                lambda: bool(self._stopped) or self._may_fail is not None, timeout=_ASKED
            )
        except builtins.TimeoutError:
            return f"nobody agreed to the plan within {_ASKED.total_seconds() / 3600:.0f} hours"
        return self._stopped

    async def _deployed(self, todo: list[Planned], deployment: Deployment) -> None:
        """Deploy pairs wave by wave; a wave that does not hold is the last."""
        self._stage = Stage.DEPLOYING
        assert self._places is not None  # noqa: S101 - they were chosen before
        places = self._places
        free = asyncio.Semaphore(deployment.at_once)
        alone = {member: asyncio.Lock() for place in places.values() for member in place.members}

        async def one(plan: Planned) -> Ended:
            """Deploy one, never beside another that shares a router."""
            place = places[plan.pair]
            first, second = (alone[member] for member in sorted(place.members))
            async with first, second, free:
                held_back = self._why_not_on()
                if held_back:
                    ended = _not_begun(plan.pair, held_back)
                else:
                    ended = await _deploy(place, Order(plan, deployment.words, _new_id()))
                self._end(ended)
            return ended

        waves = list(in_waves(todo, deployment.waves))
        for number, wave in enumerate(waves, start=1):
            ends = await asyncio.gather(*(one(plan) for plan in wave))
            if number < len(waves) and not self._why_not_on():
                made = [places[ended.pair] for ended in ends if ended.fault is Fault.NONE]
                await self._look_at(number, made)

    async def _look_at(self, number: int, made: list[Place]) -> None:
        """Look at the pairs of a wave that came to be; where one does not hold, nothing further is begun."""
        looks = await for_each(look_near, made)
        wrong = [look.pair for look in looks if look.fault is not Fault.NONE]
        if wrong:
            self._held_back = f"wave {number} does not hold ({', '.join(wrong[:_NAMED])})"

    def _why_not_on(self) -> str:
        """Say why no further pair is begun, from the first reason on; nothing where one may be."""
        failed = self._tally.done - self._tally.counts.get(Fault.NONE, 0)
        if self._stopped:
            self._held_back = self._held_back or self._stopped
        elif failed > (self._may_fail or 0):
            self._held_back = self._held_back or "too many pairs failed"
        return self._held_back


def _not_begun(pair: str, why: str) -> Ended:
    return Ended(pair, Fault.REFUSED, f"not begun: {why}; nothing was sent")


def _new_id() -> str:
    """Return an id of a transaction, the same when this workflow is played again."""
    return f"hp-{workflow.random().getrandbits(40):010x}"


async def _plan(place: Place, words: Words) -> Planned:
    """Have one pair planned by a worker of its site; nothing is changed."""
    try:
        return await read_near(place, "plan_pair", Planned, place.pair, words)
    except ActivityError as error:
        return Planned(place.pair, problem=_not_taken(place, error))


def _not_taken(place: Place, error: ActivityError) -> Ended:
    said = f"not begun: {why(error, place)}; nothing was sent"
    return Ended(place.pair, Fault.REFUSED, said, next_command=f"hotpair worker --queue {place.queue}")


async def _deploy(place: Place, order: Order) -> Ended:
    """Have one pair deployed, once; where its worker is lost, have the transaction adopted."""
    try:
        return await change_near(place, "deploy_pair", Ended, order)
    except ActivityError as error:
        if never_taken(error):
            return _not_taken(place, error)
    for _ in range(_ADOPTIONS):
        try:
            return await change_near(place, "adopt_pair", Ended, order)
        except ActivityError as error:
            if never_taken(error):
                break
    said = (
        "its worker was lost, and no other one took the transaction up; a trial that runs goes back by itself"
    )
    return Ended(order.pair, Fault.UNKNOWN, said, order.transaction, by_hand(order))
