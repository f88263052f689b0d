"""Replies of VRP8: accepted, refused, a question, or something that no rule knows.

Source: Huawei NE40E command reference (commit, abort trial, save, rollback configuration, bfd, display
configuration trial status, display configuration commit list) and configuration guide "Command Line Interface
Error Information"; each row names its page. What no row knows is `UNKNOWN`: the caller must not go on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache


class ReplyKind(StrEnum):
    """What a reply to one line means."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    UNKNOWN = "unknown"


class RefusalKind(StrEnum):
    """Why a line was not accepted."""

    SYNTAX = "the device does not know the line"
    SEMANTIC = "the device knows the line and does not want it"
    QUESTION = "the device asked what was not foreseen"
    VIEW = "the line did not lead to the view that it should"
    UNKNOWN = "the device answered what no rule knows"


@dataclass(frozen=True, slots=True)
class Reply:
    """One classified reply.

    Args:
        kind: accepted, refused or unknown.
        text: the device's words, one blank between lines; empty when it said nothing.
        refusal: the reason, when it is not accepted.
    """

    kind: ReplyKind
    text: str = ""
    refusal: RefusalKind | None = None


@dataclass(frozen=True, slots=True)
class CommitPoint:
    """One row of `display configuration commit list`: newest commits have the highest id."""

    commit_id: int
    label: str | None
    user: str
    at: str


@dataclass(frozen=True, slots=True)
class TrialStatus:
    """Answer of `display configuration trial status`."""

    active: bool
    persist_id: str | None = None
    seconds_left: int = 0


# ---- questions ---------------------------------------------------------------------------------------------

QUESTION_END = re.compile(
    r"(?i)(?:\[(?:Y/N|Yes/No|Y/N/C|Y\(yes\)/N\(no\)(?:/C\(cancel\))?)\][ \t]*:?"
    r"|\bpass(?:word|phrase)\b[^\r\n:]{0,40}:|\binput the file name\b[^\r\n:]{0,80}:)[ \t]*\Z"
)
"""End of a text on which the device waits for an answer on the same line: a choice, a password, a name."""

# First match wins; never yes. "Leaving with an uncommitted candidate" offers C, which changes nothing.
SAFE_ANSWERS = (
    (re.compile(r"(?i)/C(?:\(cancel\))?\][ \t]*:?[ \t]*$"), "C"),
    (re.compile(r"(?i)\[Yes/No\][ \t]*:?[ \t]*$"), "No"),
    (re.compile(r"(?i)\[Y(?:\(yes\))?/N(?:\(no\))?\][ \t]*:?[ \t]*$"), "N"),
)

# What the device may ask of a login. Anything else ends the login.
LOGIN_ANSWERS = (
    (re.compile(r"(?is)password needs to be changed.*change now\?"), "N"),  # initial password
    (re.compile(r"(?is)password .*(?:expire|risk).*\?"), "N"),  # password will expire
    (re.compile(r"(?is)security\s+risks\s+in\s+the\s+configuration\s+file"), "N"),
)

Answers = tuple[tuple[str, str], ...]
"""Pairs of a regular expression, searched without letter case in the question, and its answer."""

ABORT_TRIAL_ANSWERS: Answers = ((r"trial configuration will be rolled back", "Y"),)  # abort trial
CONFIRM_ANSWERS: Answers = ((r"trial configuration will be confirmed", "Y"),)  # commit, while on trial
ROLLBACK_ANSWERS: Answers = ((r"revert configuration changes to the previous status", "Y"),)  # rollback
FORGET_ANSWERS: Answers = (  # clear configuration commit: the point itself is never given up
    (r"will delete the rollback checkpoint", "N"),
)
SAVE_ANSWERS: Answers = (  # save; wordings by release, the last one when the file is there already
    (r"all configuration will be written to the device", "Y"),
    (r"current configuration will be written to the device", "Y"),
    (r"are you sure to save the configuration", "Y"),
    (r"are you sure to continue", "Y"),
    (r"are you sure to save\?", "Y"),
    (r"overwrite", "Y"),
    (r"input the file name", ""),  # the first save; Enter takes the name that it offers
)


def asks(text: str) -> bool:
    """Tell whether the text ends in a question that the device waits on."""
    return QUESTION_END.search(text, text.rfind("\n") + 1) is not None


def safe_answer(question: str) -> str | None:
    """Return the answer that changes nothing; nothing for a question that has none, e.g. a password."""
    return next((answer for pattern, answer in SAFE_ANSWERS if pattern.search(question)), None)


def login_answer(question: str) -> str | None:
    """Return the answer to a question before the first prompt; nothing: the login cannot go on."""
    return next((answer for pattern, answer in LOGIN_ANSWERS if pattern.search(question)), None)


def planned_answer(question: str, answers: Answers) -> str | None:
    """Return the foreseen answer to a question; nothing when it was not foreseen.

    Args:
        question: all that the device said since the line was sent.
        answers: what the line is known to ask.
    """
    return next((answer for pattern, answer in answers if re.search(pattern, question, re.IGNORECASE)), None)


def asked(said: str, answers: Answers) -> bool:
    """Tell whether one of the foreseen questions was asked in a reply."""
    return any(re.search(pattern, said, re.IGNORECASE) for pattern, _ in answers)


# ---- statements --------------------------------------------------------------------------------------------

ERROR = re.compile(r"^\s*Error(?:\[\d+\])?\s*:", re.IGNORECASE)
ABSENT = re.compile(
    r"(?i)^\s*Error(?:\[\d+\])?\s*:.*"
    r"\b(?:not (?:exist|found|configured|been (?:created|configured))|no such)\b"
)
"""Answer of a display when what it asks for is not on the device, e.g. an E-Trunk that was taken away."""
BUSY = re.compile(r"(?i)^\s*Error(?:\[\d+\])?\s*:.*\bsystem is busy\b")
"""Refusal of a device that builds its configuration or commits for somebody; it passes by itself."""
INCOMPLETE = re.compile(r"(?i)incomplete command found")
"""Answer to a line that is known so far and wants a value."""
_SYNTAX = re.compile(
    r"(?i)(?:unrecognized command|wrong parameter|incomplete command|too many parameters|ambiguous command)"
)
_ACCEPTED = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\s*",
        r"\s*Info(?:\[\d+\])?\s*:.*",
        r"\s*Warning(?:\[\d+\])?\s*:.*",
        r"Enter system view, return user view with return command\.\s*",  # system-view
        r"Committing\.*\s*(?:done\.?)?\s*",  # commit
        r"The system will revert to previous configuration if the trial .*",  # commit trial
        r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}\S*(?: .*)?",  # terminal command timestamp
        r"[ .]*\.[ .]*",  # progress
        r"Loading rollback changes[ .]*",  # rollback configuration
        r"Check rollback result[ .]*",
        r"Configuration (?:rollback|load) succeeded\.\s*",
        r"Please use '.*' to view the changes\.\s*",
        r"Please input the file name.*",
        r"(?:It will take|Now saving|Please wait|This may take).*",  # save
        r"Sav\w+ .*successfully\.?\s*",
        # a question with its answer
        r".*\[(?:Y/N|Yes/No|Y/N/C|Y\(yes\)/N\(no\)/C\(cancel\))\]\s*:?\s*(?:Y|N|C|Yes|No)\s*",
    )
)
SAVED = re.compile(r"(?is)sav\w+ .*successfully")
"""What a `save` that worked says, in every known wording."""


def classify(lines: Sequence[str]) -> Reply:
    """Tell what a device said to one configuration or management line.

    Args:
        lines: the reply without echo and prompt; answered questions stand in it with their answers.
    """
    said = [line.rstrip() for line in lines if line.strip()]
    error = next((index for index, line in enumerate(said) if ERROR.match(line)), None)
    if error is not None:
        words = " ".join(line.strip() for line in said[error:])
        kind = RefusalKind.SYNTAX if _SYNTAX.search(words) else RefusalKind.SEMANTIC
        return Reply(ReplyKind.REFUSED, words, kind)
    text = " ".join(line.strip() for line in said)
    strange = [line for line in _statements(said) if not any(rule.fullmatch(line) for rule in _ACCEPTED)]
    if strange:
        return Reply(ReplyKind.UNKNOWN, " ".join(line.strip() for line in strange), RefusalKind.UNKNOWN)
    return Reply(ReplyKind.ACCEPTED, text)


_CONTINUED = re.compile(r"^\s*(?:Info|Warning)(?:\[\d+\])?\s*:", re.IGNORECASE)


def _statements(lines: Sequence[str]) -> list[str]:
    """Drop the indented continuation lines of an Info or Warning; anything else stands alone."""
    kept: list[str] = []
    inside = False
    for line in lines:
        if inside and line.startswith("  "):
            continue
        inside = bool(_CONTINUED.match(line))
        kept.append(line)
    return kept


# ---- small displays of the commit dialogue -----------------------------------------------------------------

_TRIAL = re.compile(r"(?im)^\s*Trial status\s*:\s*(ACTIVE|INACTIVE)\s*$")
_PERSIST = re.compile(r"(?im)^\s*Persist id\s*:\s*(\S.*?)\s*$")
_LEFT = re.compile(r"(?im)^\s*Trial time left \(sec\)\s*:\s*(\d+)\s*$")
_POINT = re.compile(
    r"(?m)^[ \t]*\d+\*?[ \t]+(?P<id>[12]\d{9})\*?[ \t]+(?P<label>\S.*?)[ \t]+(?P<user>\S+)[ \t]+"
    r"(?P<at>\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}\S*)[ \t]*$"
)


@lru_cache(maxsize=32)
def read_trial_status(text: str) -> TrialStatus | None:
    """Read `display configuration trial status`; nothing when the answer is not one."""
    status = _TRIAL.search(text)
    if status is None:
        return None
    persist, left = _PERSIST.search(text), _LEFT.search(text)
    return TrialStatus(
        active=status[1].upper() == "ACTIVE",
        persist_id=persist[1] if persist else None,
        seconds_left=int(left[1]) if left else 0,
    )


def read_commit_list(text: str) -> tuple[CommitPoint, ...]:
    """Read the table of `display configuration commit list`, newest first; labels may hold blanks."""
    return tuple(
        CommitPoint(int(row["id"]), None if row["label"] == "-" else row["label"], row["user"], row["at"])
        for row in _POINT.finditer(text)
    )


_NO_POINT = re.compile(r"(?i)\s*(?:-+|No\.\s+CommitId.*|Info(?:\[\d+\])?\s*:.*)?\s*")


@lru_cache(maxsize=32)
def read_commit_points(text: str) -> tuple[CommitPoint, ...] | None:
    """Read the table of `display configuration commit list`; nothing when a line of it is not understood."""
    rest = _POINT.sub("", text)
    known = all(_NO_POINT.fullmatch(line) for line in rest.split("\n"))
    return read_commit_list(text) if known else None
