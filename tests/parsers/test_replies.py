"""Replies: accepted, refused, a question, or unknown; and the small displays of the commit dialogue."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parsers.locks import foreign_locks
from parsers.replies import (
    ABORT_TRIAL_ANSWERS,
    SAVE_ANSWERS,
    SAVED,
    CommitPoint,
    RefusalKind,
    ReplyKind,
    TrialStatus,
    asks,
    classify,
    login_answer,
    planned_answer,
    read_commit_list,
    read_trial_status,
    safe_answer,
)
from parsers.terminal import plain

ACCEPTED = [
    "",
    "Info: Nothing was to be done.",
    "Info:no blank",
    "Warning: The interface is down.",
    "Warning: A long story\n  that goes on, indented.",
    "Enter system view, return user view with return command.",
    "Committing..done.",
    "2026-03-04 11:22:33.456+01:00",
    """Info: The system enters the trial configuration mode.
The system will revert to previous configuration if the trial configuration is not confirmed in 9 seconds.""",
    """Warning: All will be written. Continue? [Y/N]:Y
Now saving all configuration to the slot 3 ...
Info: Save the configuration successfully.""",
]
REFUSED = [
    ("   ^\nError: Unrecognized command found at '^' position.", RefusalKind.SYNTAX),
    ("Error:Wrong parameter found at '^' position.", RefusalKind.SYNTAX),
    ("Error[2]: Too many parameters found at '^' position.", RefusalKind.SYNTAX),
    ("Info: one\nError: The address already exists.", RefusalKind.SEMANTIC),
    ("Error[14]: Something else.", RefusalKind.SEMANTIC),
]


@pytest.mark.parametrize("text", ACCEPTED)
def test_silence_info_and_warnings_are_acceptance(text: str) -> None:
    assert classify(text.split("\n")).kind is ReplyKind.ACCEPTED


@pytest.mark.parametrize(("text", "kind"), REFUSED)
def test_errors_are_refusals(text: str, kind: RefusalKind) -> None:
    reply = classify(text.split("\n"))
    assert (reply.kind, reply.refusal) == (ReplyKind.REFUSED, kind)
    assert "Error" in reply.text


@pytest.mark.parametrize("text", ["%% login: ", "Unit 3 rebooting", "peer 192.0.2.1", "\x07garbage"])
def test_what_no_rule_knows_is_unknown(text: str) -> None:
    assert classify([text]).kind is ReplyKind.UNKNOWN


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # of a busy machine
@given(st.lists(st.text(max_size=60), max_size=6))
def test_any_text_is_classified_and_an_error_is_never_accepted(lines: list[str]) -> None:
    said = [line.replace("\n", " ") for line in lines]
    classify(said)
    assert classify([*said, "Error: no"]).kind is ReplyKind.REFUSED


QUESTIONS = [
    ("Warning: all configuration will be written.\nAre you sure to continue?[Y/N]", "N"),
    ("Warning: This operation will delete all BFD sessions. Continue?  [Yes/No]:", "No"),
    ("Are you sure to commit them before exiting? [Y(yes)/N(no)/C(cancel)]:", "C"),
    ("Error: Please choose 'YES', 'NO' or 'CANCEL' first before pressing 'Enter'. [Y/N/C]:", "C"),
    ("packets will be discarded.continue? [y/n]: ", "N"),
]


@pytest.mark.parametrize(("text", "answer"), QUESTIONS)
def test_questions_have_an_answer_that_changes_nothing(text: str, answer: str) -> None:
    assert asks(text)
    assert safe_answer(text) == answer


def test_a_password_question_has_no_safe_answer() -> None:
    assert asks("Enter Password:")
    assert safe_answer("Enter Password:") is None


@pytest.mark.parametrize(
    "text", ["[Y/N]: y", "value [Y/N] stands inside", "[~R1]", "Passwords", "[Y/N]:\nnext line"]
)
def test_what_only_mentions_a_question_is_none(text: str) -> None:
    assert not asks(text)


def test_only_foreseen_questions_are_answered() -> None:
    assert (
        planned_answer("The trial configuration will be ROLLED BACK. Continue? [Y/N]:", ABORT_TRIAL_ANSWERS)
        == "Y"
    )
    assert (
        planned_answer("Warning: All sessions will be deleted. Continue? [Y/N]:", ABORT_TRIAL_ANSWERS) is None
    )


@pytest.mark.parametrize(
    "question",
    [
        "Warning: all configuration will be written to the device.\nAre you sure to continue?[Y/N]",
        "Warning: The current configuration will be written to the device. Continue? [Y/N]:",
        "Warning: Are you sure to save the configuration to cfcard:/x.cfg? [Y/N]:",
    ],
)
def test_every_wording_of_the_save_question_is_known(question: str) -> None:
    assert planned_answer(question, SAVE_ANSWERS) == "Y"


def test_saving_counts_only_when_the_device_says_so() -> None:
    assert SAVED.search("Info: Save the configuration successfully.")
    assert SAVED.search("Saved the current configuration to cfcard:/a.zip successfully.")
    assert not SAVED.search("Now saving the current configuration to the slot 1 .")


def test_login_questions_are_never_answered_with_yes() -> None:
    initial = "The password needs to be changed. Change now? [Y/N]:"
    assert login_answer(initial) == "N"
    assert login_answer("Reboot now? [Y/N]:") is None


def test_marks_of_the_terminal_are_taken_out() -> None:
    assert plain("peer 192.0.2.1 sou \x1b[1Drce 192.0.2.2\r\n") == "peer 192.0.2.1 source 192.0.2.2\n"
    assert plain("a\x1b[0mb\x07") == "ab"


def test_trial_status_is_read_or_nothing() -> None:
    assert read_trial_status("Trial status: INACTIVE\nTrial time left (sec): 0\n") == TrialStatus(
        active=False
    )
    active = "Trial status: active\nPersist id: hp-07\nTrial time left (sec): 41\n"
    assert read_trial_status(active) == TrialStatus(active=True, persist_id="hp-07", seconds_left=41)
    assert read_trial_status("Trial: who knows") is None


def test_commit_lists_keep_labels_with_blanks() -> None:
    text = (
        "No.  CommitId     Label      User   TimeStamp\n"
        "1    1000000022   before win 3      noc  2026-02-01 10:00:00+01:00\n"
        "2    1000000021*  -          batch  2026-01-31 10:00:00\n"
    )
    assert read_commit_list(text) == (
        CommitPoint(1000000022, "before win 3", "noc", "2026-02-01 10:00:00+01:00"),
        CommitPoint(1000000021, None, "batch", "2026-01-31 10:00:00"),
    )
    assert read_commit_list("nothing here") == ()


def test_locks_of_others_are_seen_and_ones_own_is_not_a_lock_of_others() -> None:
    row = "{}   VTY {}        noc                  2026-01-17 12:0{}:00    {}\n"
    clean = row.format("177  ", 0, 1, "-") + row.format("180 *", 2, 2, "-")
    assert foreign_locks(clean) == ()
    (locked,) = foreign_locks(clean + row.format("181  ", 3, 3, "*")) or ()
    assert str(locked) == "session 181 (noc, VTY 3, since 2026-01-17 12:03:00)"
    assert foreign_locks(row.format("180 *", 2, 2, "*")) == ()
    assert foreign_locks("Session User-Intf\n") is None


@pytest.mark.parametrize(
    "odd",
    [
        "181     VTY 3        noc                  2026-01-17 12:03:00    locked\n",
        "181     VTY 3        noc                  17 January                *\n",
        "181     VTY 3        two words            2026-01-17 12:03:00    *\n",
        "Error: no permission\n",
    ],
)
def test_a_row_that_cannot_be_read_may_be_the_lock(odd: str) -> None:
    own = "180 *   VTY 2        noc                  2026-01-17 12:02:00    -\n"
    assert foreign_locks(own) == ()
    assert foreign_locks(own + odd) is None


def test_sessions_of_other_kinds_are_rows_too() -> None:
    text = (
        "-----\nSession User-Intf    User                 Date                Lock\n-----\n"
        "41                   snmp-nms             2024-03-05 09:50:01    -\n"
        "52      CON 0        anonymous            2024-03-05 09:51:12    *\n"
        "14911 * VTY 1        ops-b                2024-03-05 09:58:30+01:00 DST    -\n-----\n"
    )
    assert [str(one) for one in foreign_locks(text) or ()] == [
        "session 52 (anonymous, CON 0, since 2024-03-05 09:51:12)"
    ]
