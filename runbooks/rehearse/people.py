"""Hosts behind the twin: those whose groups and addresses the pair shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from inventory.model import Pair
from runbooks.rehearse.twin import Twin
from tasks.checks.check import Answers
from tasks.checks.entries import master_of_profile
from tasks.checks.entry_kinds import ARP, IGMP, MLD, bound_to
from tasks.checks.model import Observation

SETTLE_S = 60.0
"""Virtual seconds in which entries are learned and backed up."""


def settle_people(pair: Pair, observations: Sequence[Observation], twin: Twin) -> tuple[str, ...]:
    """Let the hosts of the pair live behind its twin; tell which could not.

    Args:
        pair: intent.
        observations: of the pair.
        twin: that is up.
    """
    if not observations:
        return ()
    answers = Answers(pair, {(one.member, one.command): one for one in observations})
    told = tuple(_settled(pair, answers, twin))
    twin.order(advance=SETTLE_S)
    return told


def _settled(pair: Pair, answers: Answers, twin: Twin) -> Iterator[str]:
    for kind, word in ((IGMP, "join"), (MLD, "join"), (ARP, "host")):
        for bound in bound_to(kind, pair).values():
            master = master_of_profile(pair, bound.profile)
            command = kind.display(bound.interfaces[master])
            if answers.observation(master, command) is None:
                continue
            keys = kind.entries(answers, master, bound.interfaces)
            where = {"device": pair.members.of(master), "interface": bound.interfaces[master]}
            for number, key in enumerate(sorted(keys), start=1):
                with twin.turn:
                    answer = twin.obey({**_order(word, key, number), **where})
                if not answer["ok"]:
                    yield f"{key} behind {where['interface']} is not on the twin: {answer['error']}"


def _order(word: str, key: str, number: int) -> dict[str, str]:
    """Return the order that lets a host join a group, of one source where it says so, or answer."""
    low, high = number & 255, number >> 8 & 255
    if word == "host":
        return {"host": key, "mac": f"00e0-fc{high:02x}-{number:04x}"}
    source, _, group = key.strip("()").rpartition(", ")
    host = f"fe80::{number:x}" if ":" in group else f"10.9.{high}.{low}"
    return {"join": group, "host": host, "source": source}
