"""Worker processes for many pairs: spawned, each with whole groups of routers, told everything by a pipe.

One core is not enough for many routers. The turn that the groups of a router give is waited for here, before
a worker is told to dial, so that all processes together keep within the limits. A worker that dies takes with
it what it had at work; the next thing it would have been asked is asked of a new one.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar, cast

from nornir.core import Nornir
from nornir.core.inventory import Host

from inventory.errors import DeviceError, HotpairError
from inventory.host_access import CONNECTIONS, login_secrets
from inventory.model import SIDES, Pair
from inventory.secrets import Secret, store
from runbooks.fleet.looked import Looked
from runbooks.fleet.wire import Answer, Do, Done, Judge, Look, Setup, Written
from runbooks.fleet.worker_process import WorkerProcess
from runbooks.report.run import Run
from runbooks.site import Work
from runbooks.unchanged import Before
from tasks.checks.policy import NO_POLICY, Policy

T = TypeVar("T")

EACH = 100
"""Routers from which on one more process pays for its start."""


class WorkerPool:
    """The worker processes of one command, and who looks at which router.

    Args:
        setup: what each is told first.
        shares: number of the process of each router; 0 is this one.
    """

    def __init__(self, setup: Setup, shares: Mapping[str, int]) -> None:
        self._setup = setup
        self._shares = shares
        self._lock = Lock()
        self._processes = {number: WorkerProcess(setup) for number in sorted(set(shares.values()) - {0})}
        self._secrets: dict[tuple[str, str], str] = {}

    def takes(self, member: str) -> bool:
        """Tell whether another process looks at a router."""
        return self._shares.get(member, 0) != 0

    def look(self, asked: Look) -> Looked:
        """Let its process look at a router."""
        try:
            answer = self._process(asked.member).ask(asked)
        except DeviceError as error:
            return Looked(asked.member, error=error)
        return answer if isinstance(answer, Looked) else Looked(asked.member)

    def judge(
        self, pair: Pair, looked: Mapping[str, Looked], started_at: datetime, before: Before | None
    ) -> Run:
        """Let the process that looked at its members judge a pair.

        Args:
            pair: intent.
            looked: what is known here of its members: why one gave no answer.
            started_at: moment at which the look began, with time zone.
            before: the last judgement, where there is one.

        Raises:
            DeviceError: it ended meanwhile.
            HotpairError: it could not.
        """
        names = (pair.members.of(side) for side in SIDES)
        errors = {name: error for name in names if (error := looked[name].error) is not None}
        answer = self._process(pair.members.a).ask(Judge(pair.model_dump_json(), started_at, errors, before))
        if isinstance(answer, Run):
            return answer
        raise _why(answer, pair)

    def do(self, nornir: Nornir, pair: Pair, work: Work[T]) -> T:
        """Let the process of a pair do something with it; its turn to log in has come.

        Args:
            nornir: inventory with its members.
            pair: intent.
            work: what is done; it goes by the pipe, as what it gives does.

        Raises:
            DeviceError: it ended meanwhile.
            HotpairError: what the work raises.
        """
        from runbooks.fleet import wire_rows  # noqa: F401 - work may give lines

        hosts = nornir.inventory.hosts
        ways: dict[str, Mapping[str, Any]] = {}
        secrets: dict[str, str] = {}
        for side in SIDES:
            host = hosts[pair.members.of(side)]
            ways[host.name], own = self.way(host, hosts)
            secrets |= own
        written = Written(pair.model_dump_json(), *pair.places)
        answer = self._process(pair.members.a).ask(Do(written, ways, secrets, work))
        if isinstance(answer, Done):
            return cast("T", answer.value)
        raise _why(answer, pair)

    def way(self, host: Host, hosts: Mapping[str, Host]) -> tuple[dict[str, Any], dict[str, str]]:
        """Return the options of a connection to a host, and the values of the secrets that they name.

        Raises:
            IntentError: a secret is missing.
        """
        options = host.connection_options[CONNECTIONS[host.get("driver") or "netmiko"]]
        reached = {"hostname": options.hostname, "port": options.port, "username": options.username}
        way = {**(options.extras or {}), **reached}
        return way, self._values(tuple(login_secrets(host, hosts)), way.get("secrets_file"))

    def _values(self, names: Sequence[str], file: str | None) -> dict[str, str]:
        """Return the values of secrets, each looked up once.

        Raises:
            IntentError: some are missing.
        """
        with self._lock:
            missing = [name for name in names if (name, file or "") not in self._secrets]
            if missing:
                found: Mapping[str, Secret] = store(os.environ, file=Path(file) if file else None).all(
                    missing
                )
                self._secrets |= {(name, file or ""): secret.reveal() for name, secret in found.items()}
            return {name: self._secrets[name, file or ""] for name in names}

    def _process(self, member: str) -> WorkerProcess:
        """Return the process of a router; a new one where it has ended."""
        number = self._shares[member]
        with self._lock:
            if self._processes[number].ended:
                self._processes[number].close()
                self._processes[number] = WorkerProcess(self._setup)
            return self._processes[number]

    def close(self) -> None:
        """Let all of them end."""
        for process in self._processes.values():
            process.close()


def _why(answer: Answer, pair: Pair) -> HotpairError:
    """Return the error that a worker process answered with."""
    error = answer.error if isinstance(answer, Looked) else None
    return error or DeviceError("a worker process gave no answer", where=pair.name)


@contextmanager
def worker_pool_for(
    pairs: Sequence[Pair], policy: Policy = NO_POLICY, *, workers: int, share_here: bool = True
) -> Iterator[WorkerPool | None]:
    """Start worker processes where there is enough to do for them, for as long as the block lasts.

    Args:
        pairs: intents.
        policy: of the network, by which pairs are judged there.
        workers: how many routers at a time, in all processes together.
        share_here: whether this process works on a share too. Where it only says who is next there is one
            process more, each of them is sooner done, and none but those loads what dials.
    """
    routers = {pair.members.of(side) for pair in pairs for side in SIDES}
    shares = _shares(pairs, min(_cores(), len(routers) // EACH))
    if not any(shares.values()):
        yield None
        return
    if not share_here:
        shares = {member: number + 1 for member, number in shares.items()}
    pool = WorkerPool(Setup(policy, workers), shares)
    try:
        yield pool
    finally:
        pool.close()


def _cores() -> int:
    """Count the cores that this process may use; where no system tells, those of the machine."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _shares(pairs: Sequence[Pair], processes: int) -> dict[str, int]:
    """Deal routers out to processes; those that pairs join, directly or by others, stay together."""
    group: dict[str, set[str]] = {}
    for pair in pairs:
        joined = group.get(pair.members.a, {pair.members.a}) | group.get(pair.members.b, {pair.members.b})
        group |= dict.fromkeys(joined, joined)
    counts = [0] * max(processes, 1)
    shares: dict[str, int] = {}
    for pair in pairs:
        if pair.members.a not in shares:
            number = counts.index(min(counts))
            counts[number] += len(group[pair.members.a])
            shares |= dict.fromkeys(group[pair.members.a], number)
    return shares
