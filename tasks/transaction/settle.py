"""Bring an unfinished transaction to its end: look at both members, act, look again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import cast

from inventory.errors import DeviceError, ReplyError
from tasks.transaction.journal import Data, Journal
from tasks.transaction.link import Link
from tasks.transaction.machine import ENDS, Event, State
from tasks.transaction.safety import PERSISTENT, SafetyLine, abort, confirm, safety_line
from tasks.transaction.settling import DUTIES, PROOFS, Act, Seen
from tasks.transaction.sight import ON_TRIAL, look

PAUSES_S = (1.0, 3.0, 9.0)
"""How long a member that is not to be seen is waited for, time after time."""
SETTLED = ENDS | {State.NEW_BOTH}

_MOST_LOOKS = 12
_MOST_INTERRUPTS = 5

Tell = Callable[[str], None]
Sleep = Callable[[float], None]


@dataclass(slots=True)
class Settlement:
    """How far settling came.

    Args:
        seen: what each device was last seen to be, by name; members without a part in the change are absent.
        why: why it stopped short, if it did.
    """

    seen: dict[str, Seen] = field(default_factory=dict)
    why: list[str] = field(default_factory=list)


def settle(journal: Journal, links: Mapping[str, Link], tell: Tell, sleep: Sleep) -> Settlement:
    """Confirm both or take both back, as the journal says; do as much as the members in reach allow.

    A member that is not to be seen is looked for again a few times. Ctrl-C does not stop it: half-way is the
    one place where nobody wants to be. A session that was interrupted in the midst of a reply is replaced by
    a fresh one at the next look.

    Args:
        journal: of the transaction.
        links: ways to the members by side, `a` and `b`.
        tell: told each act, for people who watch.
        sleep: waits some seconds.
    """
    result = Settlement()
    if journal.state in {State.COMMITTING, State.TRIAL_B, State.TRIAL_BOTH}:
        journal.record(Event.FAILED)
    pauses = iter(PAUSES_S)
    interrupts = 0
    for _ in range(_MOST_LOOKS):
        try:
            if _advance(journal, links, result, tell):
                continue
            pause = next(pauses, None)
            if pause is None or journal.state in SETTLED:
                break
            tell(
                f"waiting for {', '.join(name for name, seen in result.seen.items() if seen is Seen.UNKNOWN)}"
            )
            sleep(pause)
        except KeyboardInterrupt:
            interrupts += 1
            if interrupts > _MOST_INTERRUPTS:
                raise
    return result


def save(journal: Journal, links: Mapping[str, Link], tell: Tell) -> list[str]:
    """Save both members; give the reasons why one could not be saved.

    Args:
        journal: of a transaction whose members are both new.
        links: ways to the members by side.
        tell: told each act.
    """
    why = []
    for link in links.values():
        try:
            link.session().save()
        except (DeviceError, KeyboardInterrupt) as error:
            why.append(f"{link.member} is not saved: {error}")
            link.drop()
        else:
            tell(f"{link.member} saved")
    if not why:
        journal.record(Event.SAVED)
    return why


def _advance(journal: Journal, links: Mapping[str, Link], result: Settlement, tell: Tell) -> bool:
    """Look once, record what is proved, do the next duty; tell whether there may be more to do."""
    idle = cast("Collection[str]", journal.opening["idle"])
    looks = {side: look(link, journal) for side, link in links.items() if link.member not in idle}
    result.seen = {links[side].member: seen for side, (seen, _) in looks.items()}
    why = [reason for _, reason in looks.values() if reason]
    while (proof := PROOFS.get((journal.state, *_pair(looks, journal.state)))) is not None:
        journal.record(proof)
        tell(proof)
    act = DUTIES.get((journal.state, *_pair(looks, journal.state)))
    if act is None:
        result.why = [*result.why, *why] if why else result.why
        return False
    side, do = _DEEDS[act]
    tell(f"{act.removesuffix(side)}{links[side].member}")
    try:
        do(links[side], journal)
    except DeviceError as error:  # what it did all the same is seen at the next look
        result.why.append(str(error))
        links[side].drop()
    return True


def _pair(looks: Mapping[str, tuple[Seen, str]], state: State) -> tuple[Seen, Seen]:
    """Give what is seen on a and b; a member without a part in the change is whatever is wanted of it."""
    wanted = Seen.OLD if state is State.BACKING_OUT else Seen.NEW
    a, b = (looks[side][0] if side in looks else wanted for side in ("a", "b"))
    return a, b


def _safety(journal: Journal, member: str) -> SafetyLine:
    noted = journal.last(ON_TRIAL, member)
    return safety_line(str(noted["safety"])) if noted else PERSISTENT


def _confirm(link: Link, journal: Journal) -> None:
    confirm(link, _safety(journal, link.member), journal.transaction_id)


def _abort(link: Link, journal: Journal) -> None:
    abort(link, _safety(journal, link.member), journal.transaction_id)


def _roll_back(link: Link, journal: Journal) -> None:
    base = cast("Mapping[str, Data]", journal.opening["base"])[link.member]["commit"]
    if not isinstance(base, int):
        raise ReplyError(f"{link.member} has no commit point to go back to", member=link.member)
    link.session().rollback(base)


_DEEDS: Mapping[Act, tuple[str, Callable[[Link, Journal], None]]] = {
    Act.CONFIRM_A: ("a", _confirm),
    Act.CONFIRM_B: ("b", _confirm),
    Act.ABORT_A: ("a", _abort),
    Act.ABORT_B: ("b", _abort),
    Act.ROLL_BACK_A: ("a", _roll_back),
    Act.ROLL_BACK_B: ("b", _roll_back),
}
