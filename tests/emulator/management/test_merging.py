"""Taking one commit back while later ones stay."""

from __future__ import annotations

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from emulator.config.statement import Configuration
from emulator.entry import printing
from emulator.entry.engine import Refusal
from emulator.management.candidate import Candidate
from emulator.management.merging import taken_back
from emulator.management.scripts import entered_all
from tests.emulator.client import PAIR_MEMBER

BASE = printing.load(PAIR_MEMBER)
CHANGES = (
    "sysname PE70",
    "bridge-domain 9",
    "e-trunk 12\n priority 55\n timer hello 30",
    "e-trunk 13\n priority 1",
    "interface GigabitEthernet0/2/0\n mtu 9000",
    "interface LoopBack4\n ip address 192.0.2.77 255.255.255.255",
    "configuration-occupied timeout 900",
    "remote-backup-service north\n peer 198.51.100.9 source 198.51.100.7 port 4000",
)


def changed(base: Configuration, change: str) -> Configuration:
    made = entered_all(Candidate.clean(base), change.splitlines(), Random(1))  # noqa: S311 - salt of a test
    assert not isinstance(made, Refusal)
    return made.configuration


@settings(max_examples=40, deadline=None)
@given(st.permutations(CHANGES), st.integers(1, len(CHANGES) - 1))
def test_each_change_goes_alone_whatever_came_after(order: list[str], count: int) -> None:
    states = [BASE]
    for change in order[:count]:
        states.append(changed(states[-1], change))
    without_first = BASE
    for change in order[1:count]:
        without_first = changed(without_first, change)
    assert taken_back(states[-1], states[0], states[1]) == without_first


def test_taking_back_the_last_commit_is_the_state_before() -> None:
    after = changed(BASE, CHANGES[2])
    assert taken_back(after, BASE, after) == BASE


def test_a_script_stops_at_the_first_refused_line() -> None:
    made = entered_all(Candidate.clean(BASE), ["sysname PE1", "#", "e-trunk 12", " priority 999"], Random(1))  # noqa: S311 - salt of a test
    assert isinstance(made, Refusal)
    assert made.message.startswith("Line 4: ")
