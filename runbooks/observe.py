"""Take the displays that checks need from the members, at the same time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from time import monotonic

from inventory.model import SIDES, Pair, Side
from parsers.api import parse
from parsers.ciphertext import hide
from tasks.checks.catalog import displays_for
from tasks.checks.check import Check
from tasks.checks.model import Observation
from tasks.sessions.protocol import LineRefusedError, Session


def observe(checks: Sequence[Check], pair: Pair, sessions: Mapping[Side, Session]) -> tuple[Observation, ...]:
    """Look once at the members that are within reach.

    Args:
        checks: what will be judged; what needs a member out of reach ends as an error.
        pair: intent.
        sessions: an open session for each member within reach.

    Raises:
        DeviceError: a member did not answer.
    """
    with ThreadPoolExecutor(max_workers=len(SIDES)) as pool:
        taken = pool.map(
            lambda side: look(sessions[side], displays_for(checks, pair, side)),
            sessions,
        )
        return tuple(seen for member in taken for seen in member)


def look(session: Session, commands: Iterable[str]) -> tuple[Observation, ...]:
    """Take displays from one member in one go; ciphertext and keys in them are hidden at once.

    Raises:
        DeviceError: the member did not answer.
    """
    commands = tuple(commands)
    begin = monotonic()
    texts = [hide(text) for text in _answers(session, commands)]
    seconds = (monotonic() - begin) / max(len(commands), 1)
    now = datetime.now(UTC)
    return tuple(
        Observation(session.member, command, text, parse(command, text), now, round(seconds, 4))
        for command, text in zip(commands, texts, strict=True)
    )


def _answers(session: Session, commands: Sequence[str]) -> tuple[str, ...]:
    """Give what a member says to each display; that it refuses one does not hide the others."""
    try:
        return session.run_all(commands)
    except LineRefusedError:
        return tuple(_answer(session, command) for command in commands)


def _answer(session: Session, command: str) -> str:
    """Give what a member says to a display; the words of a refusal are an answer too."""
    try:
        return session.run(command)
    except LineRefusedError as refused:
        return refused.reply
