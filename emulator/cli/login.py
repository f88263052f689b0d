"""What a login prints before its first prompt, and what it may be asked.

Source: cli-behaviour, section 8; the layout of the `Info:` block differs between releases.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass

from emulator.clock import Clock
from emulator.commands.questions import Dialogue, Kind, Question, Reply
from emulator.personalities import Personality

_RISK = ("Warning: The initial password poses security risks.",)
_RISKY_FILE = "Warning: There are security risks in the configuration file. Save it again? [Y/N]:"
_OVERWRITE = "Warning: The current configuration will be written to the device. Continue? [Y/N]:"
Step = Generator[Question, str, tuple[str, ...]]
"""One question of a login with what follows from it; gives lines to print."""
_CHANGE = "The password needs to be changed. Change now? [Y/N]:"
_EXPIRED = ("Warning: The password has expired.",)
_MUST_CHANGE = "The password must be changed. Change now? [Y/N]:"
_CHANGED = "Info: The password has been changed successfully."


@dataclass(frozen=True, slots=True)
class LastLogin:
    """When a user logged in before, seconds on the device's clock, and from where."""

    at: float
    origin: str


def greeting(
    release: Personality, clock: Clock, now: float, *, lines: int, online: int, last: LastLogin | None
) -> tuple[str, ...]:
    """Return the `Info:` block.

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


class TurnedAway(Exception):  # noqa: N818 - no fault of the program: a login that ends
    """A login is refused; its argument is what is said."""


def asked(steps: Sequence[Step], after: tuple[str, ...]) -> Dialogue:
    """Ask what a login is asked, one question after the other, and end with the lines before the prompt."""
    lines: list[str] = []
    try:
        for step in steps:
            lines += yield from step
    except TurnedAway as refused:
        return Reply((*lines, *refused.args), closes=True)
    return Reply((*lines, *after))


def change_password(password: str, changed: Callable[[str], None], error: str) -> Step:
    """Ask whether the initial password shall be changed; a no goes on.

    Args:
        password: as it is.
        changed: told the new one.
        error: how this release begins an error.
    """
    if (yield Question(_CHANGE, before=_RISK)) != "y":
        return ()
    new = yield from _new_password(password)
    if not new:
        return (f"{error}The password is incorrect.",)
    changed(new)
    return (_CHANGED,)


def must_change_password(password: str, changed: Callable[[str], None], error: str) -> Step:
    """Insist on a new password: a no, or a wrong answer, ends the login (its texts are the emulator's own).

    Args:
        password: as it is.
        changed: told the new one.
        error: how this release begins an error.

    Raises:
        TurnedAway: no, or a wrong answer.
    """
    if (yield Question(_MUST_CHANGE, before=_EXPIRED)) != "y":
        raise TurnedAway(f"{error}The password must be changed before the login.")
    new = yield from _new_password(password)
    if not new:
        raise TurnedAway(f"{error}The password is incorrect.")
    changed(new)
    return (_CHANGED,)


def _new_password(password: str) -> Generator[Question, str, str]:
    """Ask for the old password and twice for the new one; give it, or nothing when an answer is wrong."""
    old = yield Question("Please enter old password: ", Kind.PASSWORD)
    new = yield Question("Please enter new password: ", Kind.PASSWORD)
    again = yield Question("Please confirm new password: ", Kind.PASSWORD)
    return new if old == password and new == again else ""


def save_again(save: Callable[[], None]) -> Step:
    """Ask whether a saved file with weakly protected secrets shall be written anew; a no goes on."""
    if (yield Question(_RISKY_FILE)) != "y" or (yield Question(_OVERWRITE)) != "y":
        return ()
    save()
    return ("Info: The configuration has been saved successfully.",)
