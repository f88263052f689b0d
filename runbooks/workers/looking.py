"""The workflow of a check: an activity a pair, handed to the workers of its site.

A look may be made again when a worker died: it changes nothing, and the archive keeps it once.
"""

from __future__ import annotations

import asyncio

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from runbooks.workers.handing import AT_ONCE, housekeeping, look_near
    from runbooks.workers.values import Chosen, Look, Place, Standing, Tally, Wanted


@workflow.defn(name="hotpair-check")
class CheckFleet:
    """Looks at many pairs, and keeps what was seen in the archive."""

    def __init__(self) -> None:
        self._tally = Tally()
        self._total: int | None = None

    @workflow.run
    async def run(self, look: Look) -> Tally:
        """Look at all of them; give how they ended."""
        began = look.began or workflow.now().isoformat()
        self._tally = look.tally
        places, config = look.rest, look.config
        if places is None:
            chosen = await self._begin(look.wanted, began)
            places, config = chosen.places, chosen.config
        self._total = self._tally.done + len(places)
        rest = await self._looked_at(places, config=config)
        if rest:
            workflow.continue_as_new(Look(look.wanted, rest, self._tally, began, config))
        if look.wanted.group:
            await housekeeping("end_look", type(None), look.wanted.group, began)
        return self._tally

    @workflow.query
    def standing(self) -> Standing:
        """Tell where it stands."""
        return Standing(self._total, self._tally)

    async def _begin(self, wanted: Wanted, began: str) -> Chosen:
        chosen = await housekeeping("begin_look", Chosen, wanted, began)
        for one in chosen.broken:
            self._tally = self._tally.and_(one)
        if wanted.group:
            await housekeeping("renew", type(None), wanted.group)
        return chosen

    async def _looked_at(self, places: tuple[Place, ...], *, config: bool) -> tuple[Place, ...]:
        """Look at pairs; give those that are left to a run of their own, for this one's history is long."""
        waiting = list(places)

        async def work() -> None:
            while waiting and not workflow.info().is_continue_as_new_suggested():
                ended = await look_near(waiting.pop(0), config=config)
                self._tally = self._tally.and_(ended)

        await asyncio.gather(*(work() for _ in range(min(AT_ONCE, len(places)))))
        return tuple(waiting)
