"""Take the displays that checks need from the members, at the same time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

from inventory.model import SIDES, Pair, Side
from parsers.api import parse_later
from parsers.ciphertext import hide
from tasks.checks.catalog import displays_for
from tasks.checks.check import Check
from tasks.checks.model import Observation
from tasks.clock import REAL, Clock
from tasks.sessions.protocol import Session


def observe(
    checks: Sequence[Check],
    pair: Pair,
    sessions: Mapping[Side, Session],
    clock: Clock = REAL,
    more: Sequence[str] = (),
) -> tuple[Observation, ...]:
    """Look once at the members that are within reach.

    Args:
        checks: what will be judged; what needs a member out of reach ends as an error.
        pair: intent.
        sessions: an open session for each member within reach.
        clock: gives the moments of the answers.
        more: displays beside those that the checks need.

    Raises:
        DeviceError: a member did not answer.
    """
    with ThreadPoolExecutor(max_workers=len(SIDES)) as pool:
        taken = pool.map(
            lambda side: look(
                sessions[side], dict.fromkeys((*displays_for(checks, pair, side), *more)), clock
            ),
            sessions,
        )
        return tuple(seen for member in taken for seen in member)


def look(session: Session, commands: Iterable[str], clock: Clock = REAL) -> tuple[Observation, ...]:
    """Take displays from one member in one go; ciphertext and keys in them are hidden at once.

    Raises:
        DeviceError: the member did not answer.
    """
    commands = tuple(commands)
    begin = clock.seconds()
    texts = [hide(text) for text in session.run_each(commands)]
    seconds = (clock.seconds() - begin) / max(len(commands), 1)
    now = clock.now()
    return tuple(
        Observation(session.member, command, text, parse_later(command, text), now, round(seconds, 4))
        for command, text in zip(commands, texts, strict=True)
    )
