"""A configuration file entered line by line into a candidate.

Indentation says the view; a `#` in column 0 returns to the system view (config-sections, section 1).
Every question is answered with yes.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from emulator.config import secrets
from emulator.entry import engine
from emulator.entry.engine import Refusal
from emulator.grammar import Fault, load
from emulator.management.candidate import Candidate, Path


def entered_all(candidate: Candidate, lines: Sequence[str], dice: Random) -> Candidate | Refusal:
    """Enter every line; the first one that is refused ends it.

    Args:
        candidate: where they go.
        lines: of a configuration file.
        dice: salt of stored secrets.
    """
    path: Path = ()
    for number, line in enumerate(lines, 1):
        text = line.strip()
        if not text or text in ("#", "return") or text.startswith("!"):
            continue
        path = path[: len(line) - len(line.lstrip())]
        made = _entered(candidate, path, text, dice)
        if isinstance(made, Refusal):
            return Refusal(f"Line {number}: {made.message}")
        candidate, path = made
    return candidate


def _entered(candidate: Candidate, path: Path, text: str, dice: Random) -> tuple[Candidate, Path] | Refusal:
    view = engine.view(candidate.configuration, path)
    match = load().read(view.id, text) if view else None
    if match is None or isinstance(match, Fault) or match.kind not in ("config", "view"):
        return Refusal("The line is not a configuration line of its view.")
    match = secrets.seal(match, dice)
    made = candidate.entered(path, match)
    if isinstance(made, Refusal):
        return made
    return made, engine.opened(made.configuration, path, match) if match.enters else path
