"""What changed between two looks: each change once, whatever moved with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from inventory.errors import DeviceError, IntentError
from parsers.api import parse
from runbooks.compare import Difference, compare_runs, compare_seen, compare_with_kept
from runbooks.report.evidence import save_run
from tasks.checks.model import Observation
from tests.runbooks.archive.made import GOOD, run

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
BRIEF = "display interface brief"
HEAD = "Interface                   PHY   Protocol InUti OutUti   inErrors  outErrors\n"
PORT = "{:<28}{:<6}{:<8}    0%     0%          0          0\n"
RUNNING = "display current-configuration"


def seen(command: str, text: str) -> tuple[Observation, ...]:
    return (Observation("north-1", command, text, parse(command, text), NOON, 0.1),)


def ports(*rows: tuple[str, str]) -> tuple[Observation, ...]:
    text = HEAD + "".join(PORT.format(name, state, state) for name, state in rows)
    return seen(BRIEF, text)


THREE = (("GigabitEthernet0/2/1", "up"), ("GigabitEthernet0/2/3", "up"), ("LoopBack4", "up"))


@pytest.mark.parametrize("at", range(4))
def test_a_row_that_came_is_one_change_wherever_it_stands(at: int) -> None:
    more = (*THREE[:at], ("Eth-Trunk9", "down"), *THREE[at:])
    (came,) = compare_seen(ports(*THREE), ports(*more))
    assert (came.field, came.before) == ("[Eth-Trunk9]", "")
    (gone,) = compare_seen(ports(*more), ports(*THREE))
    assert (gone.field, gone.after) == ("[Eth-Trunk9]", "")


def test_rows_in_another_order_are_no_change() -> None:
    assert compare_seen(ports(*THREE), ports(*reversed(THREE))) == ()


def test_a_value_that_changed_is_told_with_the_name_of_its_row() -> None:
    changed = (THREE[0], ("GigabitEthernet0/2/3", "down"), THREE[2])
    told = compare_seen(ports(*THREE), ports(*changed))
    assert told == tuple(
        Difference("north-1", BRIEF, f"[GigabitEthernet0/2/3].{field}", "up", "down")
        for field in ("phy", "protocol")
    )


def test_configurations_are_compared_line_by_line() -> None:
    before = seen(
        RUNNING, "!Last change 1\n#\nsysname A\n#\ne-trunk 7\n priority 10\n sequence enable\n#\nreturn\n"
    )
    after = seen(
        RUNNING,
        "!Last change 2\n#\nsysname A\n#\nbfd\n#\ne-trunk 7\n priority 20\n sequence enable\n#\nreturn\n",
    )
    assert compare_seen(before, after) == (
        Difference("north-1", RUNNING, "e-trunk 7", "priority 10", ""),
        Difference("north-1", RUNNING, "system view", "", "bfd"),
        Difference("north-1", RUNNING, "e-trunk 7", "", "priority 20"),
    )


def test_the_same_line_in_another_view_is_a_change() -> None:
    before = seen(RUNNING, "#\ninterface Eth-Trunk1\n mtu 1400\n#\ninterface Eth-Trunk2\n#\nreturn\n")
    after = seen(RUNNING, "#\ninterface Eth-Trunk1\n#\ninterface Eth-Trunk2\n mtu 1400\n#\nreturn\n")
    assert [(one.field, one.before, one.after) for one in compare_seen(before, after)] == [
        ("interface Eth-Trunk1", "mtu 1400", ""),
        ("interface Eth-Trunk2", "", "mtu 1400"),
    ]


def test_who_is_logged_in_is_no_change_but_who_holds_the_lock_is_one() -> None:
    def sessions(*rows: str) -> tuple[Observation, ...]:
        rule = "-" * 74
        head = "Session User-Intf    User                 Date                Lock"
        text = "\n".join((rule, head, rule, *rows, rule, ""))
        return seen("display configuration sessions", text)

    ours = "31 *    VTY 2        noc                  2026-05-01 01:00:00    -"
    other = "32      VTY 3        robot                2026-05-01 01:00:07    -"
    locked = other[:-1] + "*"
    assert compare_seen(sessions(ours), sessions(other.replace("32", "33"), ours.replace("31", "34"))) == ()
    (change,) = compare_seen(sessions(ours, other), sessions(ours, locked))
    assert "user robot" in change.after
    assert change.before == ""


def test_a_display_that_one_look_lacks_is_not_compared() -> None:
    assert compare_seen((), ports(*THREE)) == ()
    assert compare_seen(ports(*THREE), ()) == ()


def test_runs_of_different_routers_are_refused(tmp_path: Path) -> None:
    north = run(0, GOOD, observations=ports(*THREE))
    south = run(1, GOOD, pair="south")
    kept = save_run(north, tmp_path)
    with pytest.raises(IntentError, match="different routers"):
        compare_runs(north, south)
    with pytest.raises(IntentError, match="different routers"):
        compare_with_kept(kept, south)
    assert compare_with_kept(kept, replace(north, id="later")) == ()
    neighbour = replace(north, id="later", pair="other")  # another pair on the same routers
    with pytest.raises(IntentError, match="different pairs"):
        compare_runs(north, neighbour)
    with pytest.raises(IntentError, match="different pairs"):
        compare_with_kept(kept, neighbour)


def test_runs_that_looked_at_nothing_alike_are_no_run_without_a_change() -> None:
    looked, refused = run(0, GOOD, observations=ports(*THREE)), replace(run(1, GOOD), observations=())
    for before, after in ((looked, refused), (refused, looked)):
        with pytest.raises(DeviceError, match="nothing alike") as told:
            compare_runs(before, after)
        assert f"0 displays in {refused.id}" in (told.value.found or "")
