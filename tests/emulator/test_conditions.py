"""Conditions of a device: each holds from now on, shows where an operator looks, and can be taken back."""

from __future__ import annotations

import pytest

from emulator.commands.saving import saved
from emulator.fault_reading import FaultError, fault_from
from emulator.faults import (
    Board,
    ClearCommits,
    ClockApart,
    Condition,
    ExpirePassword,
    FillLines,
    FreeLines,
    Moment,
    MuteLine,
    NetconfLogin,
    NetconfLogout,
    Reboot,
    RebootAt,
    RestoreLine,
    SecondBoard,
)
from emulator.lab import Lab, TerminalUser
from emulator.logins import VtyFullError
from tests.emulator.pair import PE1, PE2

SAVED = "Info: Save the configuration successfully."
QUESTION = "Warning: The configuration will also be written to the slot 2. Continue? [Y/N]:"
CHANGE = ("system-view", "sysname Renamed")


@pytest.fixture
def lab() -> Lab:
    return Lab({"PE1": PE1, "PE2": PE2}, password="first")


def suffering(lab: Lab, *conditions: Condition) -> TerminalUser:
    for condition in conditions:
        lab.inject(condition, "PE1")
    return TerminalUser(lab, "PE1")


def test_cleared_commit_points_leave_nothing_to_go_back_to(lab: Lab) -> None:
    typist = TerminalUser(lab, "PE1")
    typist.types(*CHANGE, "commit label mine")
    lab.inject(ClearCommits(), "PE1")
    assert not [line for line in typist.shows("display configuration commit list") if "mine" in line]
    typist.types("sysname Again", "commit", "return")
    assert "1000000002" in "".join(typist.shows("display configuration commit list"))
    assert "Error: The commit ID 1000000001 does not exist." in typist.types(
        "rollback configuration to commit-id 1000000001"
    )


@pytest.mark.parametrize(
    ("board", "successes", "asked", "failed"),
    [
        (Board.ABSENT, 1, False, False),
        (Board.SUCCEEDS, 2, False, False),
        (Board.ASKS, 2, True, False),
        (Board.FAILS, 1, False, True),
    ],
)
def test_a_second_board(lab: Lab, board: Board, successes: int, asked: bool, failed: bool) -> None:  # noqa: FBT001 - a row of the table
    typist = suffering(lab, SecondBoard(board))
    typist.types(*CHANGE, "commit", "return")
    out = typist.types("save", "y")
    assert out.endswith(QUESTION) is asked
    out += typist.types("y") if asked else ""
    assert out.count(SAVED) == successes
    assert ("Error: Failed to write the configuration to the slot 2." in out) is failed
    device = lab.device("PE1")
    assert device.store.files == saved(device.store, device.store.next_file, as_next=True).files


def test_a_no_at_the_second_board_leaves_the_first_written(lab: Lab) -> None:
    typist = suffering(lab, SecondBoard(Board.ASKS))
    typist.types(*CHANGE, "commit", "return", "save", "y", "n")
    lab.inject(Reboot(), "PE1")
    assert lab.device("PE1").sysname == "Renamed"


def test_a_clock_that_jumps_and_runs_fast_shows_it(lab: Lab) -> None:
    typist = suffering(lab, ClockApart(seconds=3600, rate=2.0))
    assert typist.shows("display clock")[0] == "2026-01-05 09:00:00+00:00"
    lab.advance(60)
    assert typist.shows("display clock")[0] == "2026-01-05 09:02:00+00:00"
    lab.inject(ClockApart(seconds=-3720), "PE1")
    lab.advance(60)
    assert typist.shows("display clock")[0] == "2026-01-05 08:01:00+00:00"


def test_a_trial_ends_by_the_clock_of_its_device(lab: Lab) -> None:
    typist = suffering(lab, ClockApart(rate=2.0))
    typist.types(*CHANGE, "commit trial 120 persist tx-1")
    lab.advance(30)
    assert typist.shows("display configuration trial status")[2] == "Trial time left (sec): 60"
    lab.advance(29.9)
    assert lab.device("PE1").sysname == "Renamed"
    lab.advance(0.2)
    assert lab.device("PE1").sysname == "PE1"


def test_a_clock_that_changes_its_pace_moves_the_end_of_a_running_trial(lab: Lab) -> None:
    typist = TerminalUser(lab, "PE1")
    typist.types(*CHANGE, "commit trial 120 persist tx-1")
    lab.advance(20)
    lab.inject(ClockApart(rate=0.5), "PE1")
    assert typist.shows("display configuration trial status")[2] == "Trial time left (sec): 100"
    lab.advance(199)
    assert lab.device("PE1").sysname == "Renamed"
    lab.advance(2)
    assert lab.device("PE1").sysname == "PE1"


def test_a_muted_line_swallows_in_silence_and_delivers_late(lab: Lab) -> None:
    typist = TerminalUser(lab, "PE1")
    lab.inject(MuteLine(), "PE1")
    assert not lab.reachable("PE1")
    assert typist.types(*CHANGE, "commit") == ""
    assert lab.device("PE1").sysname == "PE1"
    lab.inject(RestoreLine(), "PE1")
    assert typist.waits(0).endswith("[~Renamed]")
    assert lab.device("PE1").sysname == "Renamed"


def test_who_hangs_up_on_a_muted_line_stays_logged_in_and_types_no_more(lab: Lab) -> None:
    typist = TerminalUser(lab, "PE1")
    typist.types(*CHANGE, "commit trial 120")
    lab.inject(MuteLine(), "PE1")
    typist.types("commit", "y")
    typist.device.disconnect(typist.session, lab.now)
    lab.advance(60)
    assert lab.device("PE1").sysname == "Renamed", "the device has not learned that its session is gone"
    lab.inject(RestoreLine(), "PE1")
    assert lab.device("PE1").sysname == "PE1"
    assert lab.device("PE1").logins == ()


def test_a_session_that_goes_idle_behind_a_muted_line_is_learned_to_be_closed_late(lab: Lab) -> None:
    typist = TerminalUser(lab, "PE1")
    lab.inject(MuteLine(), "PE1")
    lab.advance(700)
    assert lab.device("PE1").logins == ()
    assert not typist.device.closed(typist.session)
    lab.inject(RestoreLine(), "PE1")
    assert typist.device.closed(typist.session)


@pytest.mark.parametrize(
    "answers", [("n",), ("y", "wrong", "second", "second"), ("y", "first", "one", "two")]
)
def test_an_expired_password_ends_the_login(lab: Lab, answers: tuple[str, ...]) -> None:
    typist = suffering(lab, ExpirePassword())
    assert typist.greeting.endswith("The password must be changed. Change now? [Y/N]:")
    assert "Error: The password" in typist.types(*answers)
    assert typist.device.closed(typist.session)
    assert TerminalUser(lab, "PE1").greeting.endswith("<PE1>")


def test_an_expired_password_can_be_changed(lab: Lab) -> None:
    typist = suffering(lab, ExpirePassword(times=9))
    assert typist.types("y", "first", "second", "second").endswith("<PE1>")
    assert TerminalUser(lab, "PE1").greeting.endswith("<PE1>")


def test_a_controller_is_a_row_among_the_sessions(lab: Lab) -> None:
    typist = suffering(lab, NetconfLogin("controller"))
    row = typist.shows("display configuration sessions")[3]
    assert row.split()[:2] == ["1", "controller"]
    verbose = typist.shows("display configuration sessions verbose")
    assert verbose[1] == "User-Intf    :"
    assert verbose[6] == "Client       : NETCONF"
    assert "User Name            : controller" in typist.shows("display netconf session")
    lab.inject(NetconfLogout(), "PE1")
    assert typist.shows("display netconf session") == []


def test_full_lines_turn_everybody_away_until_they_are_freed(lab: Lab) -> None:
    typist = TerminalUser(lab, "PE1")
    lab.inject(FillLines(), "PE1")
    lab.advance(590)
    typist.types("display clock")
    lab.advance(590)
    with pytest.raises(VtyFullError):
        TerminalUser(lab, "PE1")
    assert len([line for line in typist.shows("display users | include operator") if line]) == 20
    lab.inject(FreeLines(), "PE1")
    assert TerminalUser(lab, "PE1").greeting.endswith("<PE1>")


@pytest.mark.parametrize(
    ("when", "committed", "shown"),
    [(Moment.BEFORE, 0, ""), (Moment.DURING, 1, ""), (Moment.AFTER, 1, "[~Renamed]")],
)
def test_a_restart_at_a_command_loses_what_is_not_saved(
    lab: Lab, when: Moment, committed: int, shown: str
) -> None:
    lab.advance(60)
    typist = TerminalUser(lab, "PE1")
    lab.inject(RebootAt(when, "commit"), "PE1")
    assert typist.types(*CHANGE, "commit").endswith(shown)
    assert typist.device.closed(typist.session)
    assert lab.device("PE1").sysname == "PE1"
    assert len(lab.device("PE1").store.history.points) == committed
    assert lab.world.state("PE1").booted == 60


def test_a_typed_reboot_restarts_the_protocols_too(lab: Lab) -> None:
    lab.advance(60)
    TerminalUser(lab, "PE1").types("reboot fast", "y")
    assert lab.world.state("PE1").booted == 60


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("clock-apart", {"rate": 0}),
        ("clock-apart", {"seconds": "1e12"}),
        ("clock-apart", {"seconds": "nan"}),
        ("second-board", {"outcome": "maybe"}),
        ("second-board", {}),
        ("expire-password", {"times": 0}),
        ("slow-output", {"seconds": 1e12}),
        ("reboot-at", {"command": "("}),
    ],
)
def test_absurd_values_are_refused(name: str, values: dict[str, object]) -> None:
    with pytest.raises(FaultError):
        fault_from(name, values)
