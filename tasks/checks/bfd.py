"""Checks of static BFD sessions.

Source: manual page display bfd session; pair rules R90 to R92.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from inventory.model import SIDES, BfdSession, Pair, Side
from parsers.records.bfd import BfdSession as ShownSession
from tasks.checks.check import Answers, Check, Need
from tasks.checks.e_trunk import down_on_purpose
from tasks.checks.model import Complaint

DEFAULT_MULTICAST: Final = "224.0.0.184"
DEFAULT_MS: Final = 10
DEFAULT_MULTIPLIER: Final = 3
DEFAULT_TOS: Final = 7
MS_A_MINUTE: Final = 60_000


def _sessions(pair: Pair) -> Mapping[str, BfdSession]:
    """Return the sessions that are meant to run."""
    sessions = pair.bfd.sessions if pair.bfd else ()
    return {
        f"BFD {session.name.a or session.name.b}": session
        for session in sessions
        if not (session.shutdown.a or session.shutdown.b)
    }


def _sides(session: BfdSession) -> tuple[Side, ...]:
    return tuple(side for side in SIDES if session.on(side))


def _command(session: BfdSession, side: Side) -> str:
    """Return the display of one session, by its discriminator where it has one."""
    discriminator = session.discriminator.of(side)
    selector = "all" if discriminator is None else f"discriminator {discriminator}"
    return f"display bfd session {selector} verbose"


def _needs(_pair: Pair, session: BfdSession) -> tuple[Need, ...]:
    """Need the session in detail on each member that has it; showing none is an answer."""
    return tuple(Need(side, _command(session, side), may_be_empty=True) for side in _sides(session))


def _shows(answers: Answers, session: BfdSession) -> Iterator[tuple[Side, str, ShownSession | None]]:
    """Yield what each member shows of a session, with the display; nothing where there is none."""
    for side in _sides(session):
        command = _command(session, side)
        there = bool(answers.records(side, command))
        yield side, command, answers.one(side, command, name=session.name.of(side)) if there else None


def _up(answers: Answers, session: BfdSession) -> Iterator[Complaint]:
    """Find sessions that are not up; one over an Eth-Trunk that is down on the backup is as it should be."""
    for side, command, show in _shows(answers, session):
        if show is None:
            yield answers.complaint(side, command, "there is no such session", session.name.of(side), "none")
        elif down_on_purpose(answers.pair, side, session.interface.of(side)):
            continue
        elif show.state != "up" or show.state_mark:
            why = [show.state + (f" ({show.state_mark})" if show.state_mark else "")]
            why += [text for text in (show.not_up_reason, show.last_diagnostic) if text]
            yield answers.complaint(side, command, "session is not up", "up", "; ".join(why))


def _as_intended(answers: Answers, session: BfdSession) -> Iterator[Complaint]:
    """Find discriminators, peer, interface and timers that are not the intended ones."""
    for side, command, show in _shows(answers, session):
        if show is None:
            yield answers.complaint(side, command, "there is no such session", session.name.of(side), "none")
            continue
        rows = (
            ("local discriminator", session.discriminator.of(side), show.local_discriminator),
            ("remote discriminator", session.remote_of(side), show.remote_discriminator),
            ("peer address of the session", _peer(answers.pair, session, side), show.peer_ip),
            ("interface of the session", session.interface.of(side), show.interface),
        )
        yield from answers.compare(side, command, *(row for row in rows if row[1] is not None))
        yield from answers.compare_shown(side, command, *_timers(session, side, show))


def _timers(session: BfdSession, side: Side, show: ShownSession) -> Iterator[tuple[str, object, object]]:
    """Yield the timers and switches, at their defaults where the intent says nothing."""
    yield "interval of packets sent in ms", session.min_tx.of(side) or DEFAULT_MS, show.min_tx_ms
    yield "interval of packets received in ms", session.min_rx.of(side) or DEFAULT_MS, show.min_rx_ms
    yield "multiplier", session.multiplier.of(side) or DEFAULT_MULTIPLIER, show.local_multiplier
    tos = session.tos_exp.of(side)
    yield "priority of the packets", DEFAULT_TOS if tos is None else tos, show.tos_exp
    yield "port state table", "enable" if session.process_pst.of(side) else "disable", show.process_pst
    wtr_ms = (session.wtr.of(side) or 0) * MS_A_MINUTE
    yield "wait before the session counts as up in ms", wtr_ms, show.wtr_ms


def _peer(pair: Pair, session: BfdSession, side: Side) -> str | None:
    """Return the peer address: multicast, the one given, or the other member's."""
    if session.default_ip.of(side):
        default = pair.bfd.default_ip_address.of(side) if pair.bfd else None
        return default or DEFAULT_MULTICAST
    return session.peer_of(side)


CHECKS: Final = (
    Check(
        "bfd-up",
        "Each BFD session is up; one over an Eth-Trunk that is down on the backup may be down there",
        ("bfd", "channel", "converge"),
        _sessions,
        _needs,
        _up,
    ),
    Check(
        "bfd-as-intended",
        "Discriminators, peer, interface and timers of each BFD session are the intended ones",
        ("bfd", "configuration", "converge"),
        _sessions,
        _needs,
        _as_intended,
    ),
)
