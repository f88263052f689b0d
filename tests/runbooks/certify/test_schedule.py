"""Schedules as values: their codes, and the names of places."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.personalities import PERSONALITIES
from inventory.errors import IntentError
from runbooks.certify.pairs import FLOWS, paths
from runbooks.certify.schedule import (
    RELEASES,
    Kind,
    Next,
    Place,
    Schedule,
    Strike,
    What,
    command_of,
    schedule_from,
)

COMMANDS = ("login", "save", "commit persist ID", "journal: write about to put a on trial", "candidate line")
PLACES = st.builds(
    Place, st.integers(0, 2), st.sampled_from(["a", "b", ""]), st.sampled_from(COMMANDS), st.integers(1, 9)
)
STRIKES = st.builds(Strike, PLACES, st.sampled_from(Kind), st.sampled_from(["a", "b", ""]))
SCHEDULES = st.builds(
    Schedule,
    st.sampled_from(sorted(FLOWS)),
    st.sampled_from(RELEASES),
    st.lists(STRIKES, max_size=3).map(tuple),
    st.sampled_from(Next),
    st.sampled_from([0.0, 30.0, 5_000.0]),
)


def test_every_release_that_the_emulator_plays_is_swept() -> None:
    assert set(RELEASES) == set(PERSONALITIES)


@given(SCHEDULES)
def test_a_code_gives_the_schedule_back(schedule: Schedule) -> None:
    assert schedule_from(schedule.code) == schedule
    assert " " not in schedule.code


@pytest.mark.parametrize("code", ["", "deploy", "deploy;v8r22;later@0", "deploy;v8r22;resume@0;0/a/save"])
def test_what_is_no_code_is_said_so(code: str) -> None:
    with pytest.raises(IntentError, match="no code of a schedule"):
        schedule_from(code)


@pytest.mark.parametrize(
    ("what", "text", "command"),
    [
        (What.LOGIN, "PE1", "login"),
        (What.DISK, "sync", "journal: sync"),
        (What.LINE, "commit trial 180 persist hp-31b8e04b98", "commit trial N persist ID"),
        (What.LINE, "commit label hp-31b8e04b98-2", "commit label ID"),
        (What.LINE, "display configuration commit list 1", "display configuration commit list N"),
        (What.LINE, "Y", "Y"),
        (What.LINE, "e-trunk 7", "candidate line"),
        (What.LINE, "yesterday 7", "candidate line"),
    ],
)
def test_commands_of_one_form_are_one(what: What, text: str, command: str) -> None:
    assert command_of(what, text) == command


def test_a_configuration_is_read_as_paths() -> None:
    text = "#\nsysname R\n#\ne-trunk 7\n security-key cipher %^%#x%^%#\n deep\n  deeper\n#\nreturn\n"
    wanted = {"sysname R", "e-trunk 7", "e-trunk 7 / security-key cipher *", "e-trunk 7 / deep"}
    assert paths(text) == {*wanted, "e-trunk 7 / deep / deeper"}
