"""What a session with a device is: the seam between the transaction and the wire.

A session speaks in the words of the pair transaction (stage, trial, confirm, abort), not in prompts.
`open_session` in `tasks.sessions.opening` gives one over SSH; tests give one in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from inventory.errors import ReplyError
from inventory.quantities import quantity
from parsers.commits import CommitRecord, RollbackResult
from parsers.replies import CommitPoint, RefusalKind, TrialStatus
from tasks.sessions.steps import Step, exchange

if TYPE_CHECKING:
    from tasks.plan.model import Command

DRIVERS = ("netmiko", "scrapli")
"""Names that `Target.driver` may have."""

DEFAULT_TIMEOUT_S = 30.0


class SecretLike(Protocol):
    """A value that shows itself only when asked: `repr` and `str` never hold it."""

    def reveal(self) -> str:
        """Return the value in clear."""
        ...


SecretResolver = Callable[[str], SecretLike]
"""Returns the value behind `<secret:NAME>`; asked at the moment of writing."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a device is and how to log in: by keys first, by the agent, then by password, as far as given.

    Args:
        member: device name in the pair; used in every message.
        host: address or name to connect to.
        username: login name.
        password: login password.
        port: TCP port of the SSH server.
        driver: `netmiko` or `scrapli`.
        host_key: the device's public key as `ssh-ed25519 AAAA...`; nothing: see `known_hosts`.
        known_hosts: file with known keys; nothing: the user's own `~/.ssh/known_hosts`.
        timeout_s: seconds for the connection and for an ordinary reply.
        private_keys: files with private keys.
        passphrase: opens the private keys.
        agent: whether the keys of the user's SSH agent may be used.
        jump: through which host the connection goes; its key is checked like any other.
        password_name: name of the secret that the password is; empty when it is none that has a name.
        ssh_config: file whose `ProxyJump` for `host` says so instead.
    """

    member: str
    host: str
    username: str
    password: SecretLike | None = field(default=None, repr=False)
    port: int = 22
    driver: str = "netmiko"
    host_key: str | None = None
    known_hosts: Path | None = None
    timeout_s: float = DEFAULT_TIMEOUT_S
    private_keys: tuple[Path, ...] = ()
    passphrase: SecretLike | None = field(default=None, repr=False)
    agent: bool = False
    jump: Target | None = None
    ssh_config: Path | None = None
    password_name: str = ""


class LineRefusedError(ReplyError):
    """The device refused one line; what was sent before it stays in the candidate.

    Args:
        command: the line as planned, secrets masked.
        view: prompt suffix of the view in which it was typed.
        prompt: the prompt behind which it was typed, as the device showed it.
        kind: whether the line itself was wrong or what it asks for.
        reply: the device's words, secrets masked.
        member: device name.
    """

    def __init__(
        self, command: str, *, view: str, prompt: str, kind: RefusalKind, reply: str, member: str
    ) -> None:
        super().__init__(
            f"{member} refused `{command}`",
            wanted="no error",
            found=reply,
            member=member,
            where=f"view {prompt}",
        )
        self.command = command
        self.view = view
        self.kind = kind
        self.reply = reply


class CutAnswerError(ReplyError):
    """The device showed a part of its configuration, or nothing of it: what it runs cannot be told.

    Args:
        command: the display.
        reply: what it showed.
        member: device name.
    """

    def __init__(self, command: str, *, reply: str, member: str) -> None:
        lines = reply.split("\n") if reply.strip() else []
        super().__init__(
            f"{member} did not show its whole configuration",
            wanted="`return` at the end",
            found=quantity(len(lines), "line") if lines else "nothing",
            member=member,
            where=command,
        )
        self.reply = reply


class LostReplyError(ReplyError):
    """No whole reply came: whether the device did it is unknown.

    Ask the device; never send the write again blindly.
    """


class PasteLostError(LostReplyError):
    """The device lost a part of what was typed: an echo is missing, or is not what was sent."""


class Session(Protocol):
    """One login on one device.

    Every method raises `ReplyError` or a kind of it; after `LostReplyError` only `close` may be called.
    Each exchange is offered both ways: `session.save()` makes it, and `session.save.step()` gives a step,
    to be brought to its end together with that of another session (`tasks.sessions.steps.together`).
    """

    @property
    def member(self) -> str:
        """Device name in the pair."""
        ...

    @property
    def host_name(self) -> str:
        """Name that the device shows in its prompt."""
        ...

    @exchange
    def run(self, command: str) -> Step[str]:
        """Send one display command and give its answer without echo, paging and prompt."""
        ...

    @exchange
    def run_all(self, commands: Sequence[str], behind: Sequence[str] = ()) -> Step[tuple[str, ...]]:
        """Send several display commands in one go and give their answers in order.

        Args:
            commands: displays.
            behind: displays on which nothing hangs; from the first that is refused they are left out.
        """
        ...

    @exchange
    def run_each(self, commands: Sequence[str]) -> Step[tuple[str, ...]]:
        """Send several display commands in one go and give what the device says to each, refusals too."""
        ...

    @exchange
    def stage(self, commands: Sequence[Command]) -> Step[None]:
        """Type commands into the candidate, pipelined; stop at the first refusal.

        Raises:
            LineRefusedError: the device refused a line, asked what the command does not answer, or is
                not in the view that the command should lead to.
        """
        ...

    @exchange
    def stage_and_show(
        self, commands: Sequence[Command], behind: Sequence[str] = ()
    ) -> Step[tuple[str, ...]]:
        """Stage commands, and give the uncommitted changes as `candidate_changes` does, in one go.

        Args:
            commands: as for `stage`.
            behind: displays that are asked then; from the first that is refused or cut they are left out.
        """
        ...

    @exchange
    def candidate_changes(self) -> Step[str]:
        """Return the uncommitted changes as the device shows them; empty when there are none."""
        ...

    @exchange
    def clear_candidate(self) -> Step[None]:
        """Drop everything that is not committed."""
        ...

    @exchange
    def knows(self, beginning: str) -> Step[bool | None]:
        """Tell whether the release knows how a line begins; nothing when its answer tells neither.

        Args:
            beginning: a line that ends where a value must follow, so that it can do nothing.
        """
        ...

    @exchange
    def load_rollback(self, commit_id: int) -> Step[None]:
        """Load the inverse of one commit into the candidate; nothing is committed.

        Args:
            commit_id: the commit whose changes are taken back; what came after it stays.
        """
        ...

    @exchange
    def commit(self, label: str | None = None, description: str | None = None) -> Step[None]:
        """Commit the candidate for good, as a point with this name and description.

        Args:
            label: 1-256 characters, not beginning with a digit, unique on the device.
            description: 1-60 characters, no `?`.
        """
        ...

    @exchange
    def commit_trial(
        self, seconds: int, persist: str | None, label: str | None = None, description: str | None = None
    ) -> Step[None]:
        """Commit on trial: the device reverts by itself after `seconds`.

        With a `persist` id any session may confirm or abort; without, the trial is bound to this session.
        Label and description as for `commit`; not every release takes them beside a trial.
        """
        ...

    @exchange
    def confirm(self, persist: str | None) -> Step[None]:
        """Make the trial permanent; ask `trial_status` before and after."""
        ...

    @exchange
    def abort_trial(self, persist: str | None) -> Step[None]:
        """Revert the trial now."""
        ...

    @exchange
    def trial_status(self) -> Step[TrialStatus]:
        """Tell whether the device is on trial, under which id, and for how long still."""
        ...

    @exchange
    def commit_list(self, count: int = 1) -> Step[tuple[CommitPoint, ...]]:
        """Return the newest commit points, newest first."""
        ...

    @exchange
    def commit_records(self, count: int | None = None) -> Step[tuple[CommitRecord, ...]]:
        """Return commit points in full, newest first: so many, or all that have a label."""
        ...

    @exchange
    def label_commit(self, commit_id: int, label: str, displays: Sequence[str] = ()) -> Step[tuple[str, ...]]:
        """Return a commit point a name, as for `commit`, and the answers of displays behind it, in one go."""
        ...

    @exchange
    def unlabel_commit(self, commit_id: int) -> Step[bool]:
        """Take the name of a commit point away.

        Returns:
            Whether it is gone; false when the device would have deleted the point with it, and was told no.
        """
        ...

    @exchange
    def rollback(self, commit_id: int) -> Step[None]:
        """Put back the configuration as it was right after that commit; leftovers are an error."""
        ...

    @exchange
    def rollback_result(self) -> Step[RollbackResult]:
        """Tell what the last rollback did not bring about."""
        ...

    @exchange
    def leave(self) -> Step[None]:
        """Go back to the user view, with nothing uncommitted."""
        ...

    @exchange
    def save(self) -> Step[None]:
        """Make the running configuration the one that the device starts with."""
        ...

    def limit_replies(self, seconds: float | None) -> None:
        """Wait no longer than this for any reply from now on; nothing: as long as each may take."""
        ...

    def still_open(self) -> bool:
        """Tell whether the session can go on, as far as that is seen without asking the device.

        Devices end sessions that are idle; that one can go on is no promise that the next exchange works.
        """
        ...

    def close(self) -> None:
        """End the session; an uncommitted candidate is lost. Never raises, may be called again."""
        ...
