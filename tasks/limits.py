"""Not too many logins at once: a group of the inventory, a site or an AAA realm, may bound them.

    # groups.yaml
    ber:
      data:
        logins: {per_second: 5, burst: 10}

The first login of each piece of work on a host of the group takes a token, whoever makes it in this process;
without one it waits. A host in several such groups waits for each of them. A session that is opened anew in
the midst of a transaction waits for nobody: its time is that of a trial.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from time import monotonic, sleep
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from inventory.errors import IntentError

if TYPE_CHECKING:
    from nornir.core.inventory import Group, Host

KEY = "logins"


class Logins(BaseModel):
    """How many logins a group bears.

    Args:
        per_second: over a long time.
        burst: at once, after a while without any.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    per_second: float = Field(gt=0, le=10_000)
    burst: int = Field(1, ge=1, le=10_000)


class Bucket:
    """Gives each caller its turn, in the order in which they ask.

    Args:
        logins: how many.
        clock: gives seconds.
    """

    def __init__(self, logins: Logins, clock: Callable[[], float] = monotonic) -> None:
        self._gap_s = 1 / logins.per_second
        self._slack_s = (logins.burst - 1) * self._gap_s
        self._clock = clock
        self._next = clock()
        self._lock = Lock()

    def turn(self) -> float:
        """Take a token; give the seconds to wait before it counts."""
        with self._lock:
            now = self._clock()
            self._next = max(self._next, now)
            wait = max(self._next - self._slack_s - now, 0.0)
            self._next += self._gap_s
            return wait


_BUCKETS: dict[tuple[str, Logins], Bucket] = {}
_MAKING = Lock()


def await_turn(host: Host, wait: Callable[[float], None] = sleep) -> None:
    """Wait until one more login on a host is allowed by its groups.

    Raises:
        IntentError: what a group says of its logins is no limit.
    """
    for group in host.extended_groups():
        bucket = _bucket(group)
        if bucket is not None:
            wait(bucket.turn())


def _bucket(group: Group) -> Bucket | None:
    said = group.data.get(KEY)
    if said is None:
        return None
    try:
        logins = Logins.model_validate(said)
    except ValidationError as error:
        raise IntentError(
            f"the group {group.name} has no such limit of logins",
            wanted="logins: {per_second: 5, burst: 10}",
            found=str(said),
            where="groups.yaml",
        ) from error
    with _MAKING:
        return _BUCKETS.setdefault((group.name, logins), Bucket(logins))
