"""Read a display of 50,000 lines that arrives in small pieces with another one behind it, in two builds.

    python benchmarks/reading.py [--against REVISION] [--lines N] [--turns N]

No device and no network: a channel gives the text piece by piece. Both builds take turns, each in a process
of its own; the best turn of each counts. A reader that looks at everything again with every piece takes time
in proportion to the square of the length.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from time import perf_counter

sys.path.append(str(Path(__file__).parents[1]))  # last: the rooms are those of the build that is measured

from benchmarks.revisions import FIRST, here, revision

PIECE = 2_048
PROMPT = "<Reader-1>"


def answers(lines: int) -> dict[str, str]:
    """Return what the device says to each command."""
    running = "".join(
        f"interface GigabitEthernet0/{n % 16}/{n // 16}.{n}\r\n"
        if n % 5 == 0
        else f" description line {n}\r\n"
        for n in range(lines)
    )
    return {
        "screen-length 0 temporary": "Info: It takes effect here only.\r\n",
        "undo terminal monitor": "Info: Current terminal monitor is off.\r\n",
        "display current-configuration": running,
        "display configuration trial status": "Trial status: INACTIVE\r\nTrial time left (sec): 0\r\n",
    }


class Channel:
    """A device that says all of it at once, handed over in pieces."""

    def __init__(self, said: dict[str, str]) -> None:
        self._said = said
        self._pieces = [PROMPT]

    def write(self, text: str) -> None:
        whole = "".join(f"{line}\r\n{self._said[line]}{PROMPT}" for line in text.splitlines())
        self._pieces += [whole[at : at + PIECE] for at in range(0, len(whole), PIECE)][::-1]

    def read(self, _seconds: float) -> str:
        return self._pieces.pop() if self._pieces else ""

    def close(self) -> None:
        self._pieces.clear()


def measure(lines: int) -> float:
    """Return the seconds that reading both displays takes with the rooms of this process."""
    from tasks.sessions.dialogue import Dialogue
    from tasks.sessions.masking import SecretBook
    from tasks.sessions.vrp import VrpSession

    dialogue = Dialogue(Channel(answers(lines)), "Reader")
    dialogue.login()
    session = VrpSession(dialogue, SecretBook())
    begin = perf_counter()
    running, status = session.run_all(("display current-configuration", "display configuration trial status"))
    spent = perf_counter() - begin
    if running.count("\n") != lines - 1 or "INACTIVE" not in status:
        raise SystemExit("a display that was not read whole cannot be measured")
    return spent


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--against", default=FIRST, metavar="REVISION")
    parser.add_argument("--lines", type=int, default=50_000)
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.measure:
        print(json.dumps(measure(given.lines)))
        return
    builds = (revision(given.against), here())
    best: dict[str, float] = {}
    for _ in range(given.turns):
        for build in builds:
            spent = float(json.loads(build.output(Path(__file__), "--measure", "--lines", str(given.lines))))
            best[build.name] = min(spent, best.get(build.name, spent))
    old, new = (best[build.name] for build in builds)
    for build in builds:
        print(f"{build.name:14}{best[build.name]:9.3f} s")
    print(f"{given.lines} lines in pieces of {PIECE} characters; {old / new:.1f} times as fast")


if __name__ == "__main__":
    main()
