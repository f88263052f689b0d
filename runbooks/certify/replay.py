"""Play one schedule step by step, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from inventory.errors import IntentError
from runbooks.certify.emulator import piped
from runbooks.certify.pairs import FLOWS
from runbooks.certify.play import Played, ScheduleRunner
from runbooks.certify.schedule import RELEASES, schedule_from
from runbooks.certify.second_pairs import SECOND_FLOWS
from runbooks.certify.subject import CodeOf
from runbooks.certify.world import Event


def replayed(code: str, code_of: CodeOf, tell: Callable[[str], None]) -> Played:
    """Play the schedule of a code.

    Args:
        code: as a certificate prints it.
        code_of: exit codes.
        tell: given each step in words.

    Raises:
        IntentError: it is no code of a schedule, or names a flow or a release that there is not.
    """
    schedule = schedule_from(code)
    _require("flow", schedule.flow, (*FLOWS, *SECOND_FLOWS))
    _require("release", schedule.release, RELEASES)
    strikes = {strike.place: strike for strike in schedule.strikes}
    tell(schedule.words())

    def watch(event: Event) -> None:
        where = f"{event.place.process}  {event.place.side or '-'}"
        tell(f"{event.at:10.2f} s  {where}  {event.what}: {event.text}")
        if event.place in strikes:
            tell(f"{'':14}!! {strikes[event.place].kind} {strikes[event.place].side}".rstrip())

    with piped() as obey:
        runner = ScheduleRunner(obey, code_of)
        try:
            played = runner.play(schedule, watch)
        finally:
            runner.close()
    for number, said in enumerate(played.said):
        tell(f"process {number} ended: {said}")
    for strike in schedule.strikes:
        if strike not in {effect.strike for effect in played.effects}:
            tell(f"did not happen, its event did not come: {strike}")
    return played


def _require(what: str, name: str, known: Iterable[str]) -> None:
    if name not in known:
        raise IntentError(f"no such {what}", wanted=", ".join(known), found=name)
