"""The command line at emulated routers, in one process and in virtual time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from unittest.mock import patch

from nornir.core.inventory import Host

from hotpair.cli.settings import file_settings, program
from hotpair.exit_codes import exit_code_of
from inventory.errors import HotpairError
from runbooks.lab import ServedDevice
from runbooks.lab_folder import write_inventory
from tasks.clock import REAL, Clock
from tasks.sessions.protocol import Session
from tests.integration.scenarios.bridge import Stage, log_in

HOST_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ3ZjV0bUuaDTJ1SwPbRsqgLVN0uJAfdJJHmUS1c8Qby"


@contextmanager
def at_the_routers(
    stage: Stage, members: Sequence[str], folder: Path, pair_file: Path | None = None
) -> Iterator[None]:
    """Log in to routers of a stage whenever a command dials, and write their inventory."""

    def opener(_task: object, host: Host, **_how: object) -> Callable[[], Session]:
        return partial(log_in, stage, host.name)

    served = {name: ServedDevice(name, "127.0.0.1", 22, "ops", "made-up", HOST_KEY) for name in members}
    write_inventory(folder, served, pair_file)
    with (
        patch("runbooks.site.opener", opener),
        patch("runbooks.fleet.collect.opener", opener),
        _waiting_by(stage.clock),
    ):
        yield


@contextmanager
def _waiting_by(clock: Clock) -> Iterator[None]:
    """Let commands wait by another clock; the moments that they note are those of this host."""
    before = REAL.seconds, REAL.sleep
    object.__setattr__(REAL, "seconds", clock.seconds)
    object.__setattr__(REAL, "sleep", clock.sleep)
    try:
        yield
    finally:
        object.__setattr__(REAL, "seconds", before[0])
        object.__setattr__(REAL, "sleep", before[1])


def typed(words: Sequence[str]) -> int:
    """Run a command as the program does; give its exit code."""
    try:
        ended = program()(
            args=list(words), standalone_mode=False, prog_name="hotpair", default_map=file_settings(words)
        )
    except HotpairError as error:
        return exit_code_of(error)
    return int(ended or 0)
