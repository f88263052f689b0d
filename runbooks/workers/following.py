"""Begin a run of a fleet on the server, and follow it until it ends."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from temporalio.client import Client, WorkflowFailureError, WorkflowHandle
from temporalio.exceptions import ActivityError, CancelledError
from temporalio.service import RPCError, RPCStatusCode

from inventory.errors import DeviceError, IntentError, RefusedError
from runbooks.workers.deploying import DeployFleet
from runbooks.workers.looking import CheckFleet
from runbooks.workers.signals import Heard, heard
from runbooks.workers.values import COMMON, Deployment, Look, Planned, Stage, Standing, Tally, Wanted

_ROUND_S = 0.5
_ANSWER = timedelta(seconds=5)
_INTERRUPTED = "the run was interrupted"
_NOT_AGREED = "the plan was not agreed to"
Tell = Callable[[Standing], None]
Agree = Callable[[tuple[Planned, ...]], int | None]
"""Asked once all plans are there; gives how many pairs may fail, or nothing for a no."""


@dataclass(slots=True)
class Follower:
    """Follows one run.

    Args:
        client: of the server.
        tell: told where it stands, now and then.
        say: told what the operator should know.
    """

    client: Client
    tell: Tell
    say: Callable[[str], None]
    _unheard: bool = False

    async def check(self, wanted: Wanted) -> Tally:
        """Have a fleet looked at; give how its pairs ended.

        Raises:
            KeyboardInterrupt: a signal came; the run is cancelled.
        """
        name = f"hotpair-check-{uuid4().hex[:12]}"
        with heard() as came:
            handle = await self.client.start_workflow(
                CheckFleet.run, Look(wanted), id=name, task_queue=COMMON
            )
            self.say(f"run {name}")
            return await self._checked(handle, came)

    async def _checked(self, handle: WorkflowHandle[Any, Tally], came: Heard) -> Tally:
        """Wait for the end; a signal cancels the run, so that nobody waits for what nobody reads."""
        cancelled = False

        async def cancel() -> None:
            nonlocal cancelled
            cancelled = True
            await handle.cancel()
            self.say("the server was asked to cancel the run")

        try:
            return await self._followed(handle, came, cancel, self._told)
        except DeviceError:
            if cancelled:
                raise KeyboardInterrupt from None
            raise

    async def deploy(self, deployment: Deployment, agree: Agree) -> Tally:
        """Have a fleet deployed; give how its pairs ended. At a signal no further pair is begun."""
        name = f"hotpair-deploy-{uuid4().hex[:12]}"
        with heard() as came:
            handle = await self.client.start_workflow(DeployFleet.run, deployment, id=name, task_queue=COMMON)
            self.say(f"run {name}")
            return await self._deployed(handle, came, agree)

    async def _deployed(self, handle: WorkflowHandle[Any, Tally], came: Heard, agree: Agree) -> Tally:
        """Ask once the plans are there, and wait for the end."""
        asked = False

        async def round_(standing: Standing) -> None:
            nonlocal asked
            await self._told(standing)
            if standing.stage is Stage.ASKING and not asked:
                asked = True
                try:
                    with came.ending_a_question():
                        may_fail = agree(standing.plans)
                except BaseException as error:
                    interrupted = isinstance(error, KeyboardInterrupt)
                    await handle.signal(DeployFleet.stop, _INTERRUPTED if interrupted else _NOT_AGREED)
                    raise
                if may_fail is None:
                    await handle.signal(DeployFleet.stop, _NOT_AGREED)
                else:
                    await handle.signal(DeployFleet.agree, may_fail)

        async def stop() -> None:
            nonlocal asked
            asked = True  # nobody is asked about what will not be begun
            self.say("interrupted: no further pair is begun; those at work come to their end")
            await handle.signal(DeployFleet.stop, _INTERRUPTED)

        return await self._followed(handle, came, stop, round_)

    async def follow(self, name: str) -> Tally:
        """Follow a run that was begun before; a signal ends the following alone.

        Raises:
            IntentError: there is no such run.
            RefusedError: nobody has agreed to its plans yet.
        """
        handle = self.client.get_workflow_handle(name, result_type=Tally)
        try:
            await handle.describe()
        except RPCError as error:
            if error.status is RPCStatusCode.NOT_FOUND:
                raise IntentError("the server knows no such run", found=name) from None
            raise

        async def leave() -> None:
            raise KeyboardInterrupt

        async def round_(standing: Standing) -> None:
            await self._told(standing)
            if standing.stage is Stage.ASKING:
                raise RefusedError(
                    "the run waits for a yes to its plans; nothing was sent",
                    wanted="an answer where it was begun, within a day",
                    where=name,
                )

        with heard() as came:
            return await self._followed(handle, came, leave, round_)

    async def _told(self, standing: Standing) -> None:
        self.tell(standing)

    async def _followed(
        self,
        handle: WorkflowHandle[Any, Tally],
        came: Heard,
        interrupted: Callable[[], Awaitable[None]],
        round_: Callable[[Standing], Awaitable[None]],
    ) -> Tally:
        """Wait for the end; meanwhile tell where it stands, as far as a worker is there to say it."""
        result = asyncio.ensure_future(handle.result())
        try:
            while not result.done() or _is_away(result):
                if result.done():
                    result = asyncio.ensure_future(handle.result())
                if came.take():
                    await interrupted()
                standing = await self._standing(handle)
                if standing is not None:
                    await round_(standing)
                await asyncio.wait([result], timeout=_ROUND_S)
            return result.result()
        except WorkflowFailureError as error:
            raise _failed(error) from None
        finally:
            result.cancel()

    async def _standing(self, handle: WorkflowHandle[Any, Tally]) -> Standing | None:
        """Ask where the run stands; it takes a worker to say it."""
        try:
            standing: Standing = await handle.query("standing", result_type=Standing, rpc_timeout=_ANSWER)
        except (TimeoutError, RPCError):
            if not self._unheard:
                self.say("no answer yet: the run needs the server, and a worker (hotpair worker)")
            self._unheard = True
            return None
        self._unheard = False
        return standing


def _is_away(result: asyncio.Future[Tally]) -> bool:
    """Tell whether it was the server that gave no answer; the run goes on without it."""
    return isinstance(result.exception(), RPCError)


def _failed(error: WorkflowFailureError) -> Exception:
    """Say why a run ended before its end."""
    cause: BaseException | None = error.cause
    if isinstance(cause, CancelledError):
        return DeviceError("the run was cancelled")
    if isinstance(cause, ActivityError):
        cause = cause.cause
    return IntentError(f"the run could not begin: {cause or error}")
