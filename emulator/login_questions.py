"""What a device asks and tells somebody who logs in, before the first prompt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from emulator.cli import login
from emulator.cli.login import Step
from emulator.commands.questions import NOTHING, Dialogue, Reply


@dataclass(slots=True)
class LoginQuestions:
    """The door of one device.

    Args:
        error: how its release begins an error.
        password: of its user.
        initial_password: every login is asked whether the password shall be changed.
        expired: so many logins from now on must change it, or end.
        risky_file: every login is asked whether the saved configuration shall be written anew.
    """

    error: str
    password: str = ""
    initial_password: bool = False
    expired: int = 0
    risky_file: bool = False

    def greet(self, lines: tuple[str, ...], save_again: Callable[[], None]) -> Reply | Dialogue:
        """Return what a login is asked, and the lines before its prompt."""
        steps: list[Step] = []
        if self.expired:
            self.expired -= 1
            steps.append(login.must_change_password(self.password, self._changed, self.error))
        elif self.initial_password:
            steps.append(login.change_password(self.password, self._changed, self.error))
        if self.risky_file:
            steps.append(login.save_again(lambda: self._saved(save_again)))
        return login.asked(steps, lines) if steps else Reply(lines)

    def admit(self) -> Reply:
        """Let somebody in for one command, without questions; not with an expired password."""
        if not self.expired:
            return NOTHING
        self.expired -= 1
        return Reply((f"{self.error}The password must be changed before the login.",), closes=True)

    def _changed(self, password: str) -> None:
        self.password, self.initial_password, self.expired = password, False, 0

    def _saved(self, save_again: Callable[[], None]) -> None:
        save_again()
        self.risky_file = False
