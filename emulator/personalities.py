"""Releases of the emulated router: where VRP8 releases word or spell things differently.

A personality is data. The terminal and the configuration management read their texts from it, so that
a client is met with every wording that its own patterns must survive.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum


class TrialSupport(Enum):
    """How far a release goes with `commit trial`."""

    NONE = "none"
    SESSION = "session"  # confirmed by the session that began it
    PERSIST = "persist"  # and with a persist id by any session; then without label and description
    NAMED = "named"  # with a persist id beside label and description

    @property
    def persists(self) -> bool:
        """Whether a trial can have a persist id."""
        return self in {TrialSupport.PERSIST, TrialSupport.NAMED}


@dataclass(frozen=True, slots=True)
class SaveDialogue:
    """What `save` asks and says.

    Args:
        warning: lines before the question.
        question: the question itself, on which the answer is typed.
        named_question: the question when a file name was typed, with `{file}`.
        progress: lines after a yes.
        done: the line of success.
        asks_first_name: a device that never saved asks for the name of the file.
    """

    warning: tuple[str, ...]
    question: str
    named_question: str
    progress: tuple[str, ...]
    done: str
    asks_first_name: bool = False


@dataclass(frozen=True, slots=True)
class Personality:
    """One release: the texts, spellings and abilities that vary (cli-behaviour, sections 1-8).

    Args:
        name: how a user selects it, e.g. `v8r12`.
        software: as `display version` and the file header print it.
        error: what stands before the text of a syntax error or refusal.
        error_numbers: whether a syntax error is numbered, as `Error[1]:`.
        flag_in_user_view: prints `<~HUAWEI>` instead of `<HUAWEI>`.
        uncommitted_question: asked on leaving with an uncommitted candidate.
        commit_done: printed by a successful commit; empty when it is silent.
        trial: how far `commit trial` is supported.
        confirm_question: asked before a trial is confirmed; empty when it is confirmed at once.
        save: the save dialogue.
        login_break: whether the login sentence is broken after `and the number`.
        narrow_commit_list: whether the commit list has the older, narrow layout.
        pager_erase: how many columns the pager wipes.
        service_prompt: what stands in the prompt for the remote backup service view.
        zoned_stamps: a timestamp above an answer holds the zone, behind a blank.
        screen_width: it knows `screen-width`.
    """

    name: str
    software: str
    error: str = "Error: "
    error_numbers: bool = False
    flag_in_user_view: bool = False
    uncommitted_question: str = (
        "Warning: Uncommitted configurations found. Are you sure to commit them before exiting?"
        " [Y(yes)/N(no)/C(cancel)]:"
    )
    commit_done: str = ""
    trial: TrialSupport = TrialSupport.NAMED
    confirm_question: str = ""
    save: SaveDialogue = SaveDialogue(
        warning=("Warning: all configuration will be written to the device.",),
        question="Are you sure to continue?[Y/N]",
        named_question="Warning: Are you sure to save the configuration to {file}? [Y/N]:",
        progress=("Now saving all configuration to the slot 1",),
        done="Info: Save the configuration successfully.",
    )
    login_break: bool = False
    narrow_commit_list: bool = False
    pager_erase: int = 16
    service_prompt: str = "rm-backup-srv"
    zoned_stamps: bool = False
    screen_width: bool = False

    def refusal(self, reason: str) -> str:
        """Return a refusal in this release's spelling."""
        return self.error + reason

    def syntax_error(self, reason: str, number: int) -> str:
        """Return a syntax error in this release's spelling; numbered releases count the kinds from 1."""
        return f"Error[{number}]: {reason}" if self.error_numbers else self.error + reason


NEWER = Personality(
    "v8r22",
    "V800R022C00",
    confirm_question="The trial configuration will be confirmed. Continue? [Y/N]:",
    zoned_stamps=True,
)
"""The release of the newer configuration guide: trial with persist id, label and description."""

PLAINER = Personality("v8r13", "V800R013C00", commit_done="Committing..done.", trial=TrialSupport.PERSIST)
"""A release whose trial takes a persist id, or a label and description; confirmed without a question."""

MIDDLE = Personality(
    "v8r12",
    "V800R012C10",
    error="Error:",
    uncommitted_question=(
        "Warning: Uncommitted configurations found, commit them before exiting? [Y(yes)/N(no)/C(cancel)]:"
    ),
    commit_done="Committing..done.",
    trial=TrialSupport.SESSION,
    save=SaveDialogue(
        warning=(),
        question="Warning: The current configuration will be written to the device. Continue? [Y/N]:",
        named_question="Warning: Are you sure to save the configuration to {file}? [Y/N]:",
        progress=("Now saving the current configuration to the slot 1 .",),
        done="Info: Save the configuration successfully.",
    ),
    pager_erase=42,
    screen_width=True,
)
"""The release of the older command reference: a trial is bound to its session."""

OLDER = Personality(
    "v8r5",
    "V800R005C01",
    error_numbers=True,
    flag_in_user_view=True,
    trial=TrialSupport.NONE,
    save=SaveDialogue(
        warning=("Warning: The current configuration will be written to the device.",),
        question="Are you sure to save? [Y/N]:",
        named_question="Warning: Are you sure to save the configuration to {file}? [Y/N]:",
        progress=("Now saving the current configuration to the slot 1 ", "...."),
        done="Info: The current configuration was saved to the device successfully.",
        asks_first_name=True,
    ),
    login_break=True,
    narrow_commit_list=True,
    service_prompt="rm-backup-service",
)
"""A release without trial: labelled commits and rollback points are its only safety line."""

PERSONALITIES: Mapping[str, Personality] = {
    release.name: release for release in (NEWER, PLAINER, MIDDLE, OLDER)
}
DEFAULT = NEWER
