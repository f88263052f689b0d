"""Pending, locked, unsaved, and clocks apart."""

from __future__ import annotations

import pytest

from tasks.checks.catalog import Selection, checks_for, judge
from tests.fixtures.text import text_of
from tests.tasks.checks.bench import A, B, Texts, complaints, observed, outcomes, pair_of, spoiled

PAIR = pair_of("")
CHECKS = checks_for(Selection(tags=("configuration-state", "clock")))
TRIAL, SESSIONS = "display configuration trial status", "display configuration sessions"
STARTUP, CLOCK = "display startup", "display clock"
RUNNING, SAVED = "display current-configuration", "display saved-configuration"

CONFIGURATION = text_of("configurations/running.cfg")
ONE: Texts = {
    ("", TRIAL): "Trial status: INACTIVE\nTrial time left (sec): 0\n",
    ("", SESSIONS): """\
Session User-Intf    User                 Date                Lock
108                  watcher              2026-03-04 11:00:00    -
177   * VTY 0        robot                2026-03-04 12:00:00    *
""",
    ("", STARTUP): """\
MainBoard                               :
  Startup saved-configuration file      : cfcard:/north.cfg
  Next startup saved-configuration file : cfcard:/north.cfg
""",
    ("", RUNNING): CONFIGURATION,
    ("", SAVED): CONFIGURATION.replace("11:59:00", "11:59:30"),
    ("", CLOCK): "2026-03-04 12:00:01+01:00\nWednesday\nTime Zone(CET) : UTC+01:00\n",
}
HEALTHY: Texts = {(device, command): text for device in (A, B) for (_, command), text in ONE.items()}


def test_healthy_pair_passes_whole_our_own_lock_included() -> None:
    results = judge(CHECKS, PAIR, observed(HEALTHY))

    assert complaints(results) == []
    assert len(results) == 8


@pytest.mark.parametrize(
    ("command", "change", "failing", "says"),
    [
        (
            TRIAL,
            ("INACTIVE\nTrial time left (sec): 0", "ACTIVE\nPersist id: x1\nTrial time left (sec): 30"),
            "no-trial South-1",
            "a trial commit is running: wanted inactive, found active, 30 s left",
        ),
        (
            SESSIONS,
            ("11:00:00    -", "11:00:00    *"),
            "no-lock South-1",
            "is locked: wanted no lock, found watcher on a channel since 2026-03-04 11:00:00",
        ),
        (STARTUP, ("Next startup saved-configuration file : cfcard:/north.cfg",
                   "Next startup saved-configuration file : NULL"),
         "boots-into-pair metro-7, saved South-1", "nothing is saved"),
        (
            RUNNING,
            ("cipher %^%#abc%^%#", "cipher %^%#xyz%^%#"),
            "saved South-1",
            ("the running configuration is not saved: wanted equal, "
            "found 1 line differs, first in e-trunk 40 / security-key, on South-1"),
        ),
        (CLOCK, ("12:00:01", "12:00:31"), "clocks-agree metro-7", "wanted 5 s or less apart, found 30 s"),
    ],
)  # fmt: skip
def test_spoiled_picture_fails_where_it_should(
    command: str, change: tuple[str, str], failing: str, says: str
) -> None:
    spoilt = spoiled(HEALTHY, B, command, *change)

    assert outcomes(CHECKS, PAIR, spoilt) == dict.fromkeys(failing.split(", "), "failure")
    assert says in " | ".join(complaints(judge(CHECKS, PAIR, observed(spoilt))))


def test_no_ciphertext_is_shown() -> None:
    spoilt = spoiled(HEALTHY, B, RUNNING, "cipher %^%#abc%^%#", "cipher %^%#xyz%^%#")

    assert not any(
        "xyz" in said or "abc" in said for said in complaints(judge(CHECKS, PAIR, observed(spoilt)))
    )


def test_clock_without_zone_is_an_error() -> None:
    bare = spoiled(HEALTHY, A, CLOCK, "12:00:01+01:00", "12:00:01")

    assert outcomes(CHECKS, PAIR, bare) == {"clocks-agree metro-7": "error"}


OTHER_ORDER = text_of("configurations/saved-in-other-order.cfg")


def test_order_of_saved_lines_makes_no_difference() -> None:
    texts = {**HEALTHY, (B, SAVED): OTHER_ORDER}

    assert outcomes(CHECKS, PAIR, texts) == {}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ((" priority 30\n", ""), "found 1 line differs, first in e-trunk 40 / priority"),
        ((" priority 30\n", " priority 30\n priority 30\n"), "found 1 line differs, first in e-trunk 40"),
        (("sysname North-1", "sysname North-2"), "found 1 line differs, first in sysname"),
        (("sysname North-1\n", "sysname North-2\n#\nbfd\n"), "found 2 lines differ, first in sysname"),
        (("#\nreturn", "#\nbfd\n#\nreturn"), "found 1 line differs, first in bfd"),
    ],
)
def test_first_real_difference_is_named(change: tuple[str, str], says: str) -> None:
    saved = OTHER_ORDER.replace(*change)
    assert saved != OTHER_ORDER

    results = judge(CHECKS, PAIR, observed({**HEALTHY, (B, SAVED): saved}))

    assert says in " | ".join(complaints(results))


@pytest.mark.parametrize("zone", [" +01:00", "UTC+01:00", " UTC+01:00 DST", "+01:00 DST"])
def test_zone_of_the_clock_in_any_spelling(zone: str) -> None:
    assert outcomes(CHECKS, PAIR, spoiled(HEALTHY, A, CLOCK, "12:00:01+01:00", f"12:00:01{zone}")) == {}
