"""Watch a pair for a while, with nothing done to it: is it as calm as it says?"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from inventory.errors import IntentError
from inventory.model import Pair
from runbooks import interrupts
from runbooks.hitless.results import hitless_of, results_of
from runbooks.hitless.sampler import Around, Sampling, sampled, standing_by
from runbooks.report.run import Run
from runbooks.site import Openers
from tasks.clock import Clock

_DURATION = re.compile(r"(\d{1,5})(s|m|h)")
_SECONDS = {"s": 1, "m": 60, "h": 3600}
LONGEST_S = 86_400


def read_duration(text: str) -> float:
    """Read `90s`, `10m` or `2h` as seconds.

    Raises:
        IntentError: it is none of them, or longer than a day.
    """
    read = _DURATION.fullmatch(text.strip())
    seconds = int(read[1]) * _SECONDS[read[2]] if read else 0
    if not 0 < seconds <= LONGEST_S:
        raise IntentError("not a duration", wanted="90s, 10m or 2h, a day at most", found=repr(text[:40]))
    return float(seconds)


@dataclass(frozen=True, slots=True)
class Watching:
    """How a pair is watched.

    Args:
        sampling: how it is sampled.
        for_s: seconds from the first look to the last.
        traffic: file of a witness of the traffic.
        progress: told the seconds that are left.
    """

    sampling: Sampling
    for_s: float
    traffic: Path | None = None
    progress: Callable[[float], None] = field(default=lambda _left_s: None)


def watch_pair(
    pair: Pair,
    openers: Openers,
    look: Callable[[Openers], Run],
    watching: Watching,
) -> Run:
    """Judge a pair while it is sampled, and go on sampling; give the run with what was seen.

    Args:
        pair: intent.
        openers: ways to log in, by device name.
        look: judges the pair.
        watching: how it is watched.

    Raises:
        DeviceError: no member was within reach for the judgement.
    """
    clock = watching.sampling.clock
    bare = Around(openers, None, clock)
    with standing_by(pair, watching.sampling) as sampler, sampled(sampler, bare) as around:
        begin = around.clock.seconds()
        run = look(around.openers)
        _wait(around.clock, begin + watching.for_s, watching.progress)
    hitless = hitless_of(around.sampler, watching.traffic, clock)
    results = (*run.results, *results_of(hitless, asked=True))
    return replace(run, results=results, hitless=hitless, ended_at=clock.now())


def _wait(clock: Clock, until_s: float, progress: Callable[[float], None]) -> None:
    """Let time pass, a second each; stop here when somebody wants to."""
    while (left := until_s - clock.seconds()) > 0:
        interrupts.raise_if_interrupted()
        progress(left)
        clock.sleep(min(left, 1.0))
