"""A session with a VRP8 device: the words of the transaction said in the device's own commands.

Source: Huawei NE40E command reference (system-view, commit, abort trial, clear configuration candidate,
rollback configuration, save) and configuration guide "Configuration Management".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import TYPE_CHECKING

from parsers.commits import CommitRecord, RollbackResult, read_commit_records, read_rollback_result
from parsers.replies import (
    ABORT_TRIAL_ANSWERS,
    CONFIRM_ANSWERS,
    FORGET_ANSWERS,
    INCOMPLETE,
    ROLLBACK_ANSWERS,
    SAVE_ANSWERS,
    SAVED,
    CommitPoint,
    RefusalKind,
    TrialStatus,
    asked,
    classify,
    read_commit_list,
    read_trial_status,
)
from tasks.sessions.lines import WINDOW_LINES, Heard, Line
from tasks.sessions.protocol import PasteLostError
from tasks.sessions.speaking import Speaking
from tasks.sessions.staging import configuration_cut, display_refused, refuse_acting, stage_fault
from tasks.sessions.steps import Step, exchange

if TYPE_CHECKING:
    from tasks.plan.model import Command

WINDOWS = (WINDOW_LINES, 8, 1)
"""Lines typed at once: the whole window first, fewer where the device loses some."""

CHANGES = "display configuration candidate changes"
COMMIT_S = 180.0  # cross-module checks and delivery on a loaded device
TRIAL_S = 30.0  # a trial locks others out: no longer, then the device is asked what it did
ROLLBACK_S = 600.0
SAVE_S = 600.0
_EMPTY_LIST = re.compile(r"(?i)\s*(?:-+|No\.\s+CommitId.*|Info:.*)?\s*")


class VrpSession(Speaking):
    """One login on one VRP8 device, in two-stage mode.

    Args:
        dialogue: a conversation that has logged in.
        secrets: fills in and masks what stands as `<secret:NAME>`.
    """

    # ---- displays ------------------------------------------------------------------------------------------

    @exchange
    def candidate_changes(self) -> Step[str]:
        """Return the uncommitted changes as the device shows them; empty when there are none."""
        yield from self._enter_system_view()
        return _changes((yield from self.run.step(CHANGES)))

    @exchange
    def trial_status(self) -> Step[TrialStatus]:
        """Tell whether the device is on trial, under which id, and for how long still."""
        text = yield from self.run.step("display configuration trial status")
        status = read_trial_status(text)
        if status is None:
            raise self._strange(
                "display configuration trial status", "Trial status: ACTIVE or INACTIVE", text
            )
        return status

    @exchange
    def commit_list(self, count: int = 1) -> Step[tuple[CommitPoint, ...]]:
        """Return the newest commit points, newest first."""
        command = f"display configuration commit list {count}"
        text = yield from self.run.step(command)
        points = read_commit_list(text)
        if not points and not all(_EMPTY_LIST.fullmatch(line) for line in text.split("\n")):
            raise self._strange(command, "a table of commit points", text)
        return points

    @exchange
    def commit_records(self, count: int | None = None) -> Step[tuple[CommitRecord, ...]]:
        """Return commit points in full, newest first: so many, or all that have a label."""
        command = f"display configuration commit list verbose {'label' if count is None else count}"
        text = yield from self.run.step(command)
        records = read_commit_records(text)
        if records is None:
            raise self._strange(command, "commit points", text)
        return records

    @exchange
    def rollback_result(self) -> Step[RollbackResult]:
        """Tell what the last rollback did not bring about."""
        command = "display configuration rollback result"
        text = yield from self.run.step(command)
        result = read_rollback_result(text)
        if result is None:
            raise self._strange(command, "a rollback result", text)
        return result

    # ---- candidate -----------------------------------------------------------------------------------------

    @exchange
    def stage(self, commands: Sequence[Command]) -> Step[None]:
        """Type commands into the candidate, pipelined; stop at the first refusal.

        Where the device loses a part of what is typed, the candidate is dropped, seen to be empty, and
        typed anew in smaller windows.
        """
        yield from self._staged(commands)

    @exchange
    def stage_and_show(
        self, commands: Sequence[Command], behind: Sequence[str] = ()
    ) -> Step[tuple[str, ...]]:
        """Stage commands, and give the uncommitted changes as `candidate_changes` does, in one go.

        The answers of displays `behind` follow; from the first that is refused or cut they are left out.
        """
        displays = [Line(display, display) for display in (CHANGES, *behind)]
        said = yield from self._staged(commands, *displays)
        changes, *others = ("\n".join(one.body) for one in said[len(commands) :])
        whole = takewhile(lambda one: not configuration_cut(*one), zip(behind, others, strict=False))
        return _changes(changes), *(answer for _, answer in whole)

    def _staged(self, commands: Sequence[Command], *displays: Line) -> Step[Sequence[Heard]]:
        for command in commands:
            refuse_acting(command.text, self.member)
        yield from self._enter_system_view()
        for at_once in WINDOWS:
            try:
                return (yield from self._type(commands, displays, at_once))
            except PasteLostError:
                if at_once == WINDOWS[-1]:
                    raise
            yield from self._dialogue.recover()
            yield from self.clear_candidate.step()
            left = yield from self.candidate_changes.step()
            if left:
                raise self._strange("clear configuration candidate", "an empty candidate", left)
        raise AssertionError("the last window raises")

    def _type(
        self, commands: Sequence[Command], displays: Sequence[Line], at_once: int
    ) -> Step[Sequence[Heard]]:
        """Type commands and displays behind them, so many at once; give what was said to each."""
        lines = [*(self._line(command.text, command.answers) for command in commands), *displays]

        def good(at: int, said: Heard) -> bool:
            if at < len(commands):
                return stage_fault(commands[at], said) is None
            return not display_refused(said)

        before = self._dialogue.prompt
        heard = yield from self._dialogue.ask_all(lines, good, at_once=at_once)
        for command, said in zip(commands, heard, strict=False):
            if self._dialogue.shows_prompt(said.body):
                raise PasteLostError(
                    f"{self.member}: lines behind `{command.text}` were lost", member=self.member
                )
            if (kind := stage_fault(command, said)) is not None:
                raise self._refusal(command.text, said, kind=kind, before=before)
            before = said.prompt
        if len(heard) > len(commands) and display_refused(heard[-1]):
            if len(heard) == len(commands) + 1:
                raise self._refusal(displays[0].shown, heard[-1])
            return heard[:-1]
        return heard

    @exchange
    def clear_candidate(self) -> Step[None]:
        """Drop everything that is not committed; the device goes back to the system view."""
        if self._dialogue.ended:
            return  # the candidate ended with the session
        yield from self._enter_system_view()
        yield from self._act("clear configuration candidate")

    @exchange
    def knows(self, beginning: str) -> Step[bool | None]:
        """Tell whether the release knows how a line begins; nothing when its answer tells neither."""
        said = yield from self._ask_in_system_view(beginning)
        reply = classify(said.body)
        if INCOMPLETE.search(reply.text):
            return True
        return False if reply.refusal is RefusalKind.SYNTAX else None

    @exchange
    def load_rollback(self, commit_id: int) -> Step[None]:
        """Load the inverse of one commit into the candidate."""
        yield from self._enter_system_view()
        command = f"load configuration rollback changes at commit-id {commit_id}"
        yield from self._act(command, ROLLBACK_ANSWERS, timeout_s=ROLLBACK_S)

    @exchange
    def commit(self, label: str | None = None, description: str | None = None) -> Step[None]:
        """Commit the candidate for good, named and described if that is given."""
        yield from self._enter_system_view()
        yield from self._act("commit" + _named(label, description), timeout_s=COMMIT_S)

    @exchange
    def label_commit(self, commit_id: int, label: str, displays: Sequence[str] = ()) -> Step[tuple[str, ...]]:
        """Name a commit point, and return the answers of displays asked behind it, in one go.

        A display that is refused, or that a busy device puts off, is asked again: it changes nothing.
        """
        act = f"set configuration commit {commit_id} label {label}"
        heard = yield from self._there_and_back(act, displays)
        if len(heard) == len(displays) and not any(map(display_refused, heard)):
            return tuple("\n".join(said.body) for said in heard)
        return (yield from self.run_all.step(displays))

    @exchange
    def unlabel_commit(self, commit_id: int) -> Step[bool]:
        """Take the name of a commit point away; false when the point itself would go with it."""
        yield from self._enter_user_view()
        command = f"clear configuration commit {commit_id} label"
        said = yield from self._act(command, FORGET_ANSWERS)
        return not asked("\n".join(said.body), FORGET_ANSWERS)

    # ---- trial ---------------------------------------------------------------------------------------------

    @exchange
    def commit_trial(
        self, seconds: int, persist: str | None, label: str | None = None, description: str | None = None
    ) -> Step[None]:
        """Commit on trial: the device reverts by itself after `seconds`."""
        yield from self._enter_system_view()
        command = f"commit trial {seconds}{_persist(persist)}{_named(label, description)}"
        yield from self._act(command, timeout_s=TRIAL_S)

    @exchange
    def confirm(self, persist: str | None) -> Step[None]:
        """Make the trial permanent; ask `trial_status` before and after."""
        yield from self._enter_system_view()
        yield from self._act("commit" + _persist(persist), CONFIRM_ANSWERS, timeout_s=TRIAL_S)

    @exchange
    def abort_trial(self, persist: str | None) -> Step[None]:
        """Revert the trial now."""
        yield from self._enter_system_view()
        yield from self._act("abort trial" + _persist(persist), ABORT_TRIAL_ANSWERS, timeout_s=TRIAL_S)

    # ---- rollback and save ---------------------------------------------------------------------------------

    @exchange
    def rollback(self, commit_id: int) -> Step[None]:
        """Put back the configuration as it was right after that commit; leftovers are an error."""
        yield from self._enter_user_view()
        command = f"rollback configuration to commit-id {commit_id}"
        yield from self._act(command, ROLLBACK_ANSWERS, timeout_s=ROLLBACK_S)
        left = (yield from self.rollback_result.step()).differences
        if left:
            raise self._strange(command, "no leftover differences", "\n".join(left))

    @exchange
    def save(self) -> Step[None]:
        """Make the running configuration the one that the device starts with."""
        said = yield from self._act_in_user_view("save", SAVE_ANSWERS, timeout_s=SAVE_S)
        if not SAVED.search("\n".join(said.body)):
            raise self._strange("save", "saved successfully", "\n".join(said.body))

    @exchange
    def leave(self) -> Step[None]:
        """Go back to the user view, so that nobody takes the session for one that edits."""
        yield from self._enter_user_view()


def _changes(text: str) -> str:
    """Take what the device says while it works out of its list of changes."""
    return re.sub(r"(?m)^Building configuration[ .]*\n?", "", text).strip("\n")


def _named(label: str | None, description: str | None) -> str:
    """Return the end of a commit line; the description runs to the end of the line."""
    name = f" label {label}" if label else ""
    return f"{name} description {description}" if description else name


def _persist(persist: str | None) -> str:
    return f" persist {persist}" if persist else ""
