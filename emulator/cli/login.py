"""What a login prints before its first prompt, and the question about the initial password.

Source: cli-behaviour, section 8; the layout of the `Info:` block differs between releases.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from emulator.cli.questions import Dialogue, Kind, Question, Reply
from emulator.management.clock import Clock
from emulator.personalities import Personality

_RISK = ("Warning: The initial password poses security risks.",)
_CHANGE = "The password needs to be changed. Change now? [Y/N]:"


@dataclass(frozen=True, slots=True)
class LastLogin:
    """When a user logged in before, seconds on the device's clock, and from where."""

    at: float
    origin: str


def greeting(
    release: Personality, clock: Clock, now: float, *, lines: int, online: int, last: LastLogin | None
) -> tuple[str, ...]:
    """Give the `Info:` block.

    Args:
        release: whose layout it has.
        clock: of the device.
        now: seconds on it.
        lines: VTY lines there are.
        online: VTY lines in use, this one included.
        last: the same user's last login.
    """
    total = (
        f"Info: The max number of VTY users is {lines}, the number of current VTY users online is {online},"
    )
    first = [f"{total} and total number of terminal users online is {online}."]
    if release.login_break:
        first = [
            f"Info: The max number of VTY users is {lines}, and the number",
            f"      of current VTY users on line is {online}.",
        ]
    times = [f"      The current login time is {clock.stamp(now)}."]
    if last:
        times.append(f"      The last login time is {clock.stamp(last.at)} from {last.origin} through SSH.")
    return (*first, *times)


def change_password(
    password: str, changed: Callable[[str], None], after: tuple[str, ...], error: str
) -> Dialogue:
    """Ask whether the initial password shall be changed; a no goes on to the prompt.

    Args:
        password: as it is.
        changed: told the new one.
        after: lines before the first prompt.
        error: how this release begins an error.
    """
    if (yield Question(_CHANGE, before=_RISK)) != "y":
        return Reply(after)
    old = yield Question("Please enter old password: ", Kind.PASSWORD)
    new = yield Question("Please enter new password: ", Kind.PASSWORD)
    again = yield Question("Please confirm new password: ", Kind.PASSWORD)
    if old != password or not new or new != again:
        return Reply((f"{error}The password is incorrect.", *after))
    changed(new)
    return Reply(("Info: The password has been changed successfully.", *after))
