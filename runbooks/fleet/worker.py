"""A worker process of a check: looks at routers and judges pairs, as it is told by its pipe.

    python -m runbooks.fleet.worker FD

It ends when its pipe is closed, whether its parent ended well or died. Ctrl-C is the parent's affair.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from multiprocessing.connection import Connection
from pickle import PicklingError
from threading import Lock
from typing import Any

from inventory.errors import DeviceError, HotpairError, IntentError
from inventory.model import SIDES, Pair
from inventory.secrets import Secret
from parsers.ttp_templates import forget_cache
from runbooks.fleet.known import has_changed
from runbooks.fleet.looked import Looked
from runbooks.fleet.wire import Answer, Do, Done, Judge, Look, Request, Setup
from runbooks.judging import CONFIGURATION, judge_pair
from runbooks.observe import look
from tasks.checks.model import Observation
from tasks.sessions.nornir_connections import target_of
from tasks.sessions.opening import open_session
from tasks.sessions.protocol import Session


class Worker:
    """Does what it is asked; remembers what its routers said until their pairs are judged.

    Args:
        setup: what all of it needs.
    """

    def __init__(self, setup: Setup) -> None:
        self._policy = setup.policy
        self._looked: dict[str, Looked] = {}

    def answer(self, request: Request) -> Answer:
        """Do one thing; whatever goes wrong with it is in the answer."""
        try:
            if isinstance(request, Do):
                return _done(request)
            return self._look(request) if isinstance(request, Look) else self._judged(request)
        except HotpairError as error:
            return Looked(_name(request), error=error)
        except Exception as error:  # noqa: BLE001 - one router's trouble harms no other, whatever it is
            told = DeviceError(f"a fault of Hotpair itself: {type(error).__name__}", member=_name(request))
            return Looked(_name(request), error=told)

    def _look(self, asked: Look) -> Looked:
        """Look at a router; a later look in the same check adds to the first."""
        try:
            looked = Looked(asked.member, _seen(asked))
        except HotpairError as error:
            looked = Looked(asked.member, error=error)
        if asked.bring:
            return looked
        first = self._looked.get(asked.member)
        self._looked[asked.member] = (
            looked if first is None else replace(first, seen=(*first.seen, *looked.seen))
        )
        return replace(looked, seen=())

    def _judged(self, asked: Judge) -> Answer:
        pair = Pair.model_validate_json(asked.pair)
        away = {name: Looked(name, error=error) for name, error in asked.errors.items()}
        looked = {**away, **self._looked}
        lost = [name for side in SIDES if (name := pair.members.of(side)) not in looked]
        if lost:
            return Looked(pair.name, error=DeviceError("what it said is lost", member=", ".join(lost)))
        return judge_pair(pair, looked, self._policy, asked.started_at, asked.before)


def _name(request: Request) -> str:
    return request.member if isinstance(request, Look) else ""


def _resolver(secrets: Mapping[str, str]) -> Callable[[str], Secret]:
    def resolve(name: str) -> Secret:
        if name not in secrets:
            raise IntentError(f"no secret named {name}")
        return Secret(secrets[name])

    return resolve


def _done(asked: Do) -> Done:
    """Do something with a pair, and log out."""
    from runbooks.fleet import wire_rows  # noqa: F401 - work may give lines

    resolve = _resolver(asked.secrets)
    with ExitStack() as stack:

        def opened(way: Mapping[str, Any]) -> Session:
            session = open_session(target_of(way, resolve), resolve)
            stack.callback(session.close)
            return session

        openers = {member: partial(opened, way) for member, way in asked.ways.items()}
        return Done(asked.work(asked.pair.read(), openers))


def _seen(asked: Look) -> tuple[Observation, ...]:
    resolve = _resolver(asked.secrets)
    session = open_session(target_of(asked.way, resolve), resolve)
    try:
        seen = look(session, asked.commands)
        return (*seen, *look(session, CONFIGURATION)) if has_changed(seen, asked.heads) else seen
    finally:
        session.close()


def main() -> None:
    """Work until the pipe is closed."""
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    wire = Connection(int(sys.argv[1]))
    writing = Lock()
    setup: Setup = wire.recv()
    gc.set_threshold(*setup.rubbish)
    worker = Worker(setup)

    def answered(number: int, request: Request) -> None:
        said = worker.answer(request)
        with writing:
            try:
                wire.send((number, said))
            except (TypeError, AttributeError, PicklingError) as error:  # nobody waits for ever
                told = DeviceError(f"a fault of Hotpair itself: {type(error).__name__}")
                wire.send((number, Looked(_name(request), error=told)))

    pool = ThreadPoolExecutor(setup.threads)
    try:
        while True:
            number, request = wire.recv()
            pool.submit(answered, number, request)
    except (EOFError, OSError):
        forget_cache()
        os._exit(0)  # nobody waits for what is at work; sockets close with the process


if __name__ == "__main__":
    main()
