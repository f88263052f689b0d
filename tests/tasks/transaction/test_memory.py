"""What a transaction compares and waits for: fingerprints, planned changes, time."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventory.errors import RefusedError
from parsers.tree import read_tree
from tasks.sessions import vrp
from tasks.sessions.protocol import Session
from tasks.sessions.vrp import TRIAL_S
from tasks.transaction import waits
from tasks.transaction.changes import unlike_plan
from tasks.transaction.ends import End
from tasks.transaction.fingerprint import Fingerprint
from tasks.transaction.run import carry_out
from tasks.transaction.waits import (
    LOGIN_S,
    LONGEST_TRIAL_S,
    LOST_REPLIES,
    LOST_REPLY_S,
    NEEDED_S,
    REPLY_S,
    SHORTEST_TRIAL_S,
    SKEW_S,
    trial_seconds,
)
from tests.fixtures.text import text_of
from tests.tasks.transaction.bench import Bench

# ---- fingerprints ------------------------------------------------------------------------------------------

OLD = "!Software Version V800R012\n#\nsysname R\n#\ne-trunk 3\n security-key cipher %^%#aaaa%^%#\n#\nreturn\n"
NEW = OLD.replace("e-trunk 3", "e-trunk 4")


def test_release_and_time_lines_do_not_count() -> None:
    later = OLD.replace("!Software Version V800R012", "!Last configuration was updated at 2026-01-01")
    assert Fingerprint.of(OLD) == Fingerprint.of(later.replace("\n#", " \n#"))
    assert Fingerprint.of(OLD) != Fingerprint.of(NEW)


def test_ciphertext_that_changed_its_looks_is_the_same_configuration() -> None:
    shown_again = Fingerprint.of(OLD.replace("aaaa", "bbbb"))
    assert shown_again.same_as(Fingerprint.of(OLD), unlike=Fingerprint.of(NEW))
    assert not shown_again.same_as(Fingerprint.of(NEW), unlike=Fingerprint.of(OLD))


def test_when_only_ciphertext_differs_it_counts() -> None:
    old, new = Fingerprint.of(OLD), Fingerprint.of(OLD.replace("aaaa", "cccc"))
    assert old.same_as(old, unlike=new)
    assert new.same_as(new, unlike=old)
    assert not new.same_as(old, unlike=new)
    assert not Fingerprint.of(OLD.replace("aaaa", "dddd")).same_as(old, unlike=new)


@given(st.text(max_size=200))
def test_any_text_has_a_fingerprint_of_its_own(text: str) -> None:
    assert Fingerprint.of(text).same_as(Fingerprint.of(text), unlike=None)
    assert Fingerprint.of(f"{text}\nlacp priority 7") != Fingerprint.of(text)


# ---- candidate against plan --------------------------------------------------------------------------------

BASE = read_tree(
    "#\nlacp priority 7\n#\ne-trunk 3\n priority 10\n#\ninterface Eth-Trunk3\n e-trunk 3\n#\n", "x"
)
WANT = read_tree(
    "lacp priority 9\ne-trunk 3\n priority 20\n security-key cipher <secret:k>\n"
    "interface Eth-Trunk3\n e-trunk 3\n",
    "x",
)
SHOWN = text_of("outputs/configuration-changes.txt")


def test_the_planned_candidate_is_recognised() -> None:
    assert unlike_plan(SHOWN, BASE, WANT) == ()
    assert unlike_plan(SHOWN.upper().replace("%^%#Q#!X%^%#", "%^%#z%^%#"), BASE, WANT) == ()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("+  priority 20\n", ""), "missing in the candidate: + priority 20"),
        (("- lacp priority 7\n", ""), "missing in the candidate: - lacp priority 7"),
        (("+  priority 20", "+  priority 21"), "not planned: + priority 21"),
        (("  e-trunk 3\n", "  e-trunk 4\n"), "not planned: - priority 10 (in e-trunk 4)"),
        (("+ lacp priority 9", "+ lacp priority 9\n+ lacp priority 9"), "not planned: + lacp priority 9"),
    ],
)
def test_every_difference_is_named(change: tuple[str, str], said: str) -> None:
    assert any(said in line for line in unlike_plan(SHOWN.replace(*change), BASE, WANT))


@pytest.mark.parametrize("spelled", ["", " weight 10"])
def test_a_parameter_that_the_device_adds_or_leaves_out_makes_no_difference(spelled: str) -> None:
    line = "track interface GigabitEthernet0/4/2"
    base = read_tree("remote-backup-service lyon\n", "x")
    want = read_tree(f"remote-backup-service lyon\n {line} weight 10\n", "x")
    assert unlike_plan(f"  remote-backup-service lyon\n+  {line}{spelled}\n", base, want) == ()
    assert unlike_plan(f"  remote-backup-service lyon\n+  {line} weight 9\n", base, want)


def test_an_empty_candidate_is_not_a_plan() -> None:
    assert len(unlike_plan("", BASE, WANT)) == 5
    assert unlike_plan("", BASE, BASE) == ()


# ---- time --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("budget", "seconds"), [(0, 420), (30, 480), (600, 1_620), (0.4, 421)])
def test_a_trial_covers_the_budget_twice_the_skew_and_every_reply_that_can_be_lost(
    budget: float, seconds: int
) -> None:
    assert trial_seconds(budget) == seconds
    assert SHORTEST_TRIAL_S <= trial_seconds(budget) <= LONGEST_TRIAL_S
    assert trial_seconds(budget) >= 2 * budget + SKEW_S + LOST_REPLIES * LOST_REPLY_S


@pytest.mark.parametrize("budget", [1e9, 32_558, float("inf"), float("nan"), -1])
def test_a_budget_that_no_trial_covers_is_refused_and_not_clamped(budget: float) -> None:
    with pytest.raises(RefusedError, match="no trial that is long enough"):
        trial_seconds(budget)


def test_the_longest_budget_that_is_named_fits() -> None:
    with pytest.raises(RefusedError) as caught:
        trial_seconds(1e9)
    longest = int(str(caught.value.wanted).split()[-2])
    assert trial_seconds(longest) <= LONGEST_TRIAL_S < trial_seconds(longest) + 2


def test_no_wait_for_a_reply_of_the_trial_phase_is_longer_than_what_b_must_have_left() -> None:
    assert TRIAL_S <= REPLY_S <= 30
    assert NEEDED_S >= REPLY_S + LOGIN_S + REPLY_S  # a's confirm, a fresh login, a look


# ---- the table of waits ------------------------------------------------------------------------------------


def test_every_bound_of_the_table_of_waits_is_one() -> None:
    """A bound that is named is a number of seconds, here or in the session, and no wait goes without."""
    rows = [line.split("|")[1:4] for line in (waits.__doc__ or "").splitlines() if line.startswith("|")][2:]
    bounds = {wait.strip(): re.findall(r"`(\w+)`", bound) for wait, bound, _ in rows}
    assert [wait for wait, names in bounds.items() if not names] == ["convergence"]  # the budget of the plan
    named = {name for names in bounds.values() for name in names}
    own = {name for name in vars(waits) if name.endswith("_S")} - {"SKEW_S", "LOST_REPLY_S"}
    in_sums = {"SHORTEST_TRIAL_S", "LONGEST_TRIAL_S"}
    assert named == own - in_sums | {"trial_seconds", "COMMIT_S", "SAVE_S", "ROLLBACK_S"}
    for name in named - {"trial_seconds"}:
        value = getattr(waits, name, None) or getattr(vrp, name)
        assert all(0 < seconds < LONGEST_TRIAL_S for seconds in (value if name == "PAUSES_S" else (value,)))
    assert [pays.strip() for _, _, pays in rows if not pays.strip()] == []


class Watched:
    """A session that keeps the longest waits that it was told."""

    def __init__(self, session: Session, limits: set[float | None]) -> None:
        self._session = session
        self._limits = limits

    def __getattr__(self, name: str) -> object:
        return getattr(self._session, name)

    def limit_replies(self, seconds: float | None) -> None:
        self._limits.add(seconds)
        self._session.limit_replies(seconds)


def test_every_reply_but_that_of_a_save_is_waited_for_no_longer_than_the_table_says(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    limits: set[float | None] = set()
    change = bench.change()

    def opened(name: str) -> Session:
        return cast("Session", Watched(bench.open(name), limits))

    a, b = (replace(one, open_session=partial(opened, one.plan.member)) for one in (change.a, change.b))
    assert carry_out(replace(change, a=a, b=b), tmp_path, tools=bench.tools).end is End.DONE
    assert limits == {waits.REPLY_S, None}  # none: as long as the session lets a save take
    assert bench.slept == []
