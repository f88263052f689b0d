"""Deploy many pairs: in waves, with a look between, and no further once too many did not come to be."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from nornir.core import Nornir

from inventory.errors import IntentError
from inventory.model import Pair
from runbooks.change import Changed
from runbooks.fleet.over import Ended, over_pairs
from runbooks.report.run import Run
from runbooks.site import Work
from tasks.checks.model import Outcome

_REST = "rest"
_MAX_FAIL = re.compile(r"(?P<count>\d{1,5})(?P<percent>%?)")
_HUNDRED = 100


@dataclass(frozen=True, slots=True)
class MaxFail:
    """How many pairs may fail before no further one is begun.

    Args:
        count: pairs, or percent of all.
        percent: whether it is percent.
    """

    count: int = 0
    percent: bool = False

    def exceeded(self, failed: int, of: int) -> bool:
        """Tell whether more failed than may.

        Args:
            failed: how many did.
            of: how many pairs there are in all.
        """
        return failed * _HUNDRED > self.count * of if self.percent else failed > self.count


def read_max_fail(text: str) -> MaxFail:
    """Read `3` or `5%`.

    Raises:
        IntentError: it is neither.
    """
    read = _MAX_FAIL.fullmatch(text)
    if read is None or (read["percent"] and int(read["count"]) > _HUNDRED):
        raise IntentError("not a number of failures", wanted="--max-fail 3, or --max-fail 5%", found=text)
    return MaxFail(int(read["count"]), bool(read["percent"]))


def read_waves(text: str) -> tuple[int, ...]:
    """Read `1,10,rest`: how many pairs each wave has; what is left over is the last one.

    Raises:
        IntentError: a part is no number above 0, or `rest` is not the last.
    """
    parts = [part.strip() for part in text.split(",")] if text else []
    if parts and parts[-1] == _REST:
        parts.pop()
    if not all(part.isdigit() and int(part) > 0 for part in parts):
        raise IntentError("no waves", wanted="--wave 1,10,rest", found=text)
    return tuple(map(int, parts))


def in_waves(pairs: Sequence[Pair], sizes: Sequence[int]) -> Iterator[Sequence[Pair]]:
    """Give the pairs of each wave, in order."""
    rest = list(pairs)
    for size in sizes:
        wave, rest = rest[:size], rest[size:]
        if wave:
            yield wave
    if rest:
        yield rest


@dataclass(frozen=True, slots=True)
class Manner:
    """How a fleet is deployed.

    Args:
        workers: how many pairs at a time.
        max_fail: how many may fail.
        waves: how many pairs each wave has.
    """

    workers: int
    max_fail: MaxFail = MaxFail()
    waves: tuple[int, ...] = ()


def deploy_pairs(
    nornir: Nornir,
    pairs: Sequence[Pair],
    change: Work[Changed],
    look: Callable[[Sequence[Pair]], Sequence[Run]],
    manner: Manner,
    *,
    tell: Callable[[Ended[Changed]], None],
    say: Callable[[str], None],
) -> tuple[Ended[Changed], ...]:
    """Bring pairs to their intents, each both members or none.

    Args:
        nornir: inventory with their members.
        pairs: intents.
        change: changes one pair.
        look: judges pairs; asked between two waves for those of the wave that came to be.
        manner: waves, and how many may fail.
        tell: told each pair that ended.
        say: told why no further wave is begun.

    Returns:
        What became of each pair, in their order; those that were not begun are said to be so.

    Raises:
        KeyboardInterrupt: those at work came to their end.
    """
    ends: dict[str, Ended[Changed]] = {}

    def go_on(more: Sequence[Ended[Changed]] = ()) -> bool:
        failed = sum(map(has_failed, (*ends.values(), *more)))
        return not manner.max_fail.exceeded(failed, len(pairs))

    waves = list(in_waves(pairs, manner.waves))
    for number, wave in enumerate(waves, start=1):
        made = over_pairs(nornir, wave, change, workers=manner.workers, tell=tell, go_on=go_on)
        ends |= {one.pair.name: one for one in made}
        if not go_on():
            say("too many pairs failed: no further pair is begun")
            break
        if number < len(waves) and not _held(wave, ends, look, say, number):
            break
    return tuple(ends.get(pair.name, Ended(pair, begun=False)) for pair in pairs)


def has_failed(ended: Ended[Changed]) -> bool:
    """Tell whether a pair did not come to be as wanted."""
    return ended.error is not None or (ended.value is not None and ended.value.problem is not None)


def _held(
    wave: Sequence[Pair],
    ends: dict[str, Ended[Changed]],
    look: Callable[[Sequence[Pair]], Sequence[Run]],
    say: Callable[[str], None],
    number: int,
) -> bool:
    """Look at the pairs of a wave that came to be; tell whether all of them hold."""
    made = [pair for pair in wave if not has_failed(ends[pair.name])]
    wrong = [run.pair for run in look(made) if run.verdict is not Outcome.SUCCESS] if made else []
    if wrong:
        say(f"wave {number} does not hold ({', '.join(wrong)}): no further pair is begun")
    return not wrong
