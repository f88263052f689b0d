"""What goes into a candidate, and when a reply is no acceptance.

Source: Huawei NE40E configuration guide, "Editing a Command" and "Configuration Management".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from inventory.errors import RefusedError
from parsers.configuration import is_whole
from parsers.prompts import same_view
from parsers.replies import ABSENT, BUSY, ERROR, RefusalKind, ReplyKind, classify
from tasks.sessions.lines import Heard

if TYPE_CHECKING:
    from tasks.plan.model import Command

_WHOLE = re.compile(r"display (?:current|saved)-configuration")
LONGEST_LINE = 3_100  # configuration guide, "Editing a Command"

# What never goes into a candidate, and why. A line that is not configuration acts at once.
# A word with a hyphen behind it is another one: `load-balance` is configuration.
NEVER_STAGED = (
    (re.compile(r"(?i)(?:undo\s+)?mmi-mode(?![\w-])"), "machine mode answers every question with yes"),
    (re.compile(r"(?i)system-view(?![\w-])"), "the session moves between views by itself"),
    (
        re.compile(r"(?i)(?:commit|abort|save|rollback|return|run|reboot|reset|refresh|load)(?![\w-])"),
        "it acts at once",
    ),
    (re.compile(r"(?i)clear\s+configuration\b"), "it acts at once"),
    (re.compile(r"(?i)(?:y|n|c|yes|no|cancel)\s*$"), "it could answer a question"),
    (re.compile(r".*[?\x00-\x1f\x7f]", re.DOTALL), "the terminal acts on `?`, tabs and control characters"),
    (re.compile(r"\s*(?:[#!].*)?$"), "it is not a command"),
    (re.compile(rf".{{{LONGEST_LINE + 1},}}", re.DOTALL), f"a line holds {LONGEST_LINE} characters at most"),
)


def refuse_acting(text: str, member: str) -> None:
    """Refuse a line that is not configuration.

    Raises:
        RefusedError: it acts at once, or the terminal would act on it.
    """
    for pattern, reason in NEVER_STAGED:
        if pattern.match(text):
            raise RefusedError(f"`{text[:80]}` is never staged: {reason}", member=member)


def fault(said: Heard) -> RefusalKind | None:
    """Tell why a reply is no acceptance; nothing when it is one."""
    if said.question is not None:
        return RefusalKind.QUESTION
    reply = classify(said.body)
    return None if reply.kind is ReplyKind.ACCEPTED else reply.refusal


def stage_fault(command: Command, said: Heard) -> RefusalKind | None:
    """Tell why a staged line was not accepted, or did not lead to its view; nothing when it did."""
    wrong = fault(said)
    if wrong is not None:
        return wrong
    reached = not said.prompt.user_view and same_view(command.suffix, said.prompt.suffix)
    return None if reached else RefusalKind.VIEW


def display_refused(said: Heard) -> bool:
    """Tell whether a display was refused: its first words, a caret aside, are an error.

    That there is no such object is no refusal: it is what the device has to say of it.
    """
    words = next((line for line in said.body if line.strip(" ^")), "")
    wrong = ERROR.match(words) is not None and ABSENT.match(words) is None
    return said.question is not None or wrong


def configuration_cut(command: str, answer: str) -> bool:
    """Tell whether the answer to a display of a whole configuration lacks its end.

    A device on which nothing is saved says so.
    """
    return _WHOLE.fullmatch(command) is not None and not is_whole(answer) and ABSENT.match(answer) is None


def busy(said: Heard) -> bool:
    """Tell whether the device had no time for it."""
    return any(BUSY.match(line) for line in said.body)
