"""Commands that set the terminal of one login and are never stored.

Sources: commands screen-length temporary, timestamp enable, terminal command timestamp, mmi-mode enable,
terminal command forward matched upper-view, terminal monitor.
"""

from __future__ import annotations

from emulator.commands.host import Call
from emulator.commands.questions import NOTHING, Dialogue, Question, Reply

_HERE_ONLY = "Info: The configuration takes effect on the current user terminal interface only."
_WIDTH = "Warning: This command will change the default screen width. Continue? [Y/N]:"


def screen_length(call: Call) -> Reply:
    """Set the lines of a page for this login; 0 never pages."""
    call.session.screen_length = None if call.match.undo else int(call.match.params["lines"])
    return Reply((_HERE_ONLY,))


def timestamps(call: Call) -> Reply:
    """Put a timestamp line before each output, or stop it."""
    call.session.timestamps = not call.match.undo
    return NOTHING


def monitor(call: Call) -> Reply:
    """Show lines of the log on this terminal, or stop it."""
    call.session.monitor = not call.match.undo
    return NOTHING


def echo_mode(call: Call) -> Reply:
    """Echo typed characters when their line ends, or each at once."""
    call.session.echo_by_line = "line" in call.match.params and not call.match.undo
    return NOTHING


def screen_width(call: Call) -> Dialogue:
    """Take the width of the terminal, after a question (wording of a sibling VRP product)."""
    if not call.session.machine and (yield Question(_WIDTH)) != "y":
        return NOTHING
    return Reply(("Info: Screen width was set successfully.",))


def machine(call: Call) -> Reply:
    """Answer every question with yes and never page, or stop it."""
    call.session.machine = not call.match.undo
    return NOTHING


def upper_views(call: Call) -> Reply:
    """Try lines that do not fit in the views above, or stop it."""
    call.session.upper_views = not call.match.undo
    return NOTHING
