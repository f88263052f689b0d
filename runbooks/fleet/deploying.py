"""Deploy many pairs: in waves, with a look between, and no further once too many did not come to be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from nornir.core import Nornir

from inventory.model import Pair
from runbooks.change import Changed
from runbooks.fleet.over import Ended, over_pairs
from runbooks.fleet.waves import NONE_MAY_FAIL, MaxFail, in_waves
from runbooks.report.run import Run
from runbooks.site import Work
from tasks.checks.model import Outcome


@dataclass(frozen=True, slots=True)
class FleetOptions:
    """How a fleet is deployed.

    Args:
        workers: how many pairs at a time.
        max_fail: how many may fail.
        waves: how many pairs each wave has.
    """

    workers: int
    max_fail: MaxFail = NONE_MAY_FAIL
    waves: tuple[int, ...] = ()


def deploy_pairs(
    nornir: Nornir,
    pairs: Sequence[Pair],
    change: Work[Changed],
    look: Callable[[Sequence[Pair]], Sequence[Run]],
    options: FleetOptions,
    *,
    tell: Callable[[Ended[Changed]], None],
    begin: Callable[[Pair], None],
    say: Callable[[str], None],
) -> tuple[Ended[Changed], ...]:
    """Bring pairs to their intents, each both members or none.

    Args:
        nornir: inventory with their members.
        pairs: intents.
        change: changes one pair.
        look: judges pairs; asked between two waves for those of the wave that came to be.
        options: waves, and how many may fail.
        tell: told each pair that ended.
        begin: told each pair that is begun.
        say: told why no further wave is begun.

    Returns:
        What became of each pair, in their order; those that were not begun are said to be so.

    Raises:
        KeyboardInterrupt: those at work came to their end.
    """
    ends: dict[str, Ended[Changed]] = {}

    def go_on(more: Sequence[Ended[Changed]] = ()) -> bool:
        failed = sum(map(has_failed, (*ends.values(), *more)))
        return not options.max_fail.exceeded(failed, len(pairs))

    waves = list(in_waves(pairs, options.waves))
    for number, wave in enumerate(waves, start=1):
        made = over_pairs(
            nornir, wave, lambda _pair: change, workers=options.workers, tell=tell, begin=begin, go_on=go_on
        )
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
