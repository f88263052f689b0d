"""A seeded sample of the faults at the commands of the flows: nothing fails but what is known.

It is a third of them; `hotpair certify --count 10000` plays each, and takes minutes.

`known_faults.txt` lists faults of the transaction that are open: each by a schedule that must still fail (a
fault that is mended is taken off the list), and by what tells others of its kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from hotpair.cli.certify import code_of
from runbooks.certify.pairs import FLOWS
from runbooks.certify.play import Theatre
from runbooks.certify.schedule import Kind, schedule_from
from runbooks.certify.sweep import Ground, cell_of, sample
from runbooks.certify.verdicts import Tally, Verdict
from runbooks.certify.workers import troupe
from tests.runbooks.certify.stage import in_process, theatre

SEED, SCHEDULES, WORKERS = 1, 2_000, 2


@dataclass(frozen=True, slots=True)
class KnownFault:
    """An open fault of the transaction.

    Args:
        code: a schedule that fails.
        among: schedules among which it is found, by their codes.
        shows: what is complained of.
        reason: what is wrong, and why it is open.
    """

    code: str
    among: re.Pattern[str]
    shows: re.Pattern[str]
    reason: str

    def explains(self, verdict: Verdict) -> bool:
        """Tell whether a failing schedule is one of this kind."""
        shown = any(self.shows.search(complaint) for complaint in verdict.complaints)
        return shown and self.among.search(verdict.schedule.code) is not None


def known_faults() -> list[KnownFault]:
    """Read the list: groups of four lines, a free line between them."""
    text = Path(__file__).with_name("known_faults.txt").read_text(encoding="utf-8")
    groups = [group.splitlines() for group in text.split("\n\n")[1:]]
    return [
        KnownFault(code, re.compile(among), re.compile(shows), reason.strip())
        for code, among, shows, reason in groups
    ]


KNOWN = known_faults()


@pytest.fixture(scope="module")
def stage() -> Iterator[Theatre]:
    with theatre() as opened:
        yield opened


def test_what_is_known_is_still_open(stage: Theatre) -> None:
    """A fault that is mended comes off the list."""
    verdicts = [(fault, Verdict.of(stage.play(schedule_from(fault.code)))) for fault in KNOWN]
    assert [fault.code for fault, verdict in verdicts if not fault.explains(verdict)] == []


def test_what_is_drawn_ends_well_or_is_known(stage: Theatre) -> None:
    ground = Ground.explored(stage.play)
    drawn = sample(ground, SEED, SCHEDULES)
    occurring = [cell_of(schedule) for schedule in drawn if schedule.strikes]
    assert {cell.flow for cell in occurring} == {*FLOWS, "resume", "adopt"}
    tally = Tally()
    with troupe(code_of, WORKERS, in_process) as players:
        for verdict in players.verdicts(drawn):
            tally.add(verdict)
    assert tally.schedules == SCHEDULES
    assert {kind for kind in Kind if tally.took[kind]} == set(Kind)
    unknown = [one for one in tally.failed if not any(fault.explains(one) for fault in KNOWN)]
    assert [f"{one.schedule.code}: {one.complaints}" for one in unknown] == []
