"""A rehearsal of a pair whose members have so many lines, from configuration files, with displays or without.

    python benchmarks/rehearse.py [--lines 20000] [--live] [--against REVISION]

The sample pair `seed-igmp` with customers around it: sub-interfaces in subnets that both members share,
routes, access lists. `--live` lets emulated routers run them, so that every display is compared too, as
`hotpair rehearse PAIR` does; else it is `--running A B`. Said are seconds of the clock, processor seconds of
ours and of the twin, and virtual seconds.
"""

from __future__ import annotations

import argparse
import resource
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

HERE = Path(__file__).resolve().parent
sys.path[:] = [one for one in sys.path if Path(one).resolve() != HERE]  # a file here has the name of a room
sys.path.append(str(HERE.parent))  # last: the rooms are those of the build that is measured

from benchmarks.revisions import here, revision  # noqa: E402 - found by the path above

if TYPE_CHECKING:
    from inventory.model import Pair, Side
    from runbooks.rehearse.model import Live

PAIR = "seed-igmp"
HOST = {"a": 1, "b": 2}


def customers(side: Side, lines: int) -> Iterator[str]:
    """Return the sections of so many lines: half interfaces, a quarter routes, a quarter access lists."""
    for number in range(1, lines // 10):
        yield from (
            "#",
            f"interface GigabitEthernet0/2/{number // 4000}.{number}",
            f" vlan-type dot1q {number % 4000 + 1}",
            f" description customer {number}",
            f" ip address 100.{64 + number // 250}.{number % 250}.{HOST[side]} 255.255.255.0",
        )
    yield "#"
    for number in range(lines // 4):
        yield f"ip route-static 172.{16 + number // 250}.{number % 250}.0 255.255.255.0 NULL0"
    for number in range(lines // 20):
        yield from ("#", f"acl number {3000 + number}")
        for rule in (5, 10, 15):
            yield f" rule {rule} permit ip source 10.{number // 250}.{number % 250}.{rule} 0"


def grown(text: str, side: Side, lines: int) -> str:
    """Return a configuration with customers."""
    head, _, end = text.rstrip().rpartition("#")
    return "\n".join([head.rstrip(), *customers(side, lines), "#", end.strip(), ""])


def files(lines: int) -> tuple[Pair, dict[Side, str]]:
    """Return the pair and what runs on both members."""
    from inventory.load import load_pair
    from inventory.model import SIDES
    from runbooks.lab import lab_devices, sample_file

    pair, known = load_pair(sample_file(PAIR)), lab_devices()
    texts = {
        side: grown(known[pair.members.of(side)].read_text(encoding="utf-8"), side, lines) for side in SIDES
    }
    return pair, texts


def measure(lines: int, *, live: bool) -> str:
    """Rehearse once and say what it took."""
    from runbooks.gates import Permission
    from runbooks.rehearse.model import Live, RehearsalOptions
    from runbooks.rehearse.rehearsing import rehearse

    pair, texts = files(lines)
    seen = _live(pair, texts) if live else Live(texts)
    before, begun = _spent(), perf_counter()
    done = rehearse(pair, seen, RehearsalOptions(Permission()), datetime.now(UTC))
    took = perf_counter() - begun
    own, twin = (now - then for now, then in zip(_spent(), before, strict=True))
    ends = ", ".join(f"{one.check} {one.outcome}" for one in done.run.results if "rehearsal" in one.tags)
    spent = f"processor {own:.1f} s of ours and {twin:.1f} s of the twin"
    return f"{took:.1f} s, {spent}, {done.virtual_s:.0f} virtual seconds ({ends})"


def _spent() -> tuple[float, float]:
    """Return the processor seconds of ours and of the routers that have ended."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    own, twin = (one.ru_utime + one.ru_stime for one in used)
    return own, twin


def _live(pair: Pair, texts: dict[Side, str]) -> Live:
    """Read emulated routers as the command reads those of a pair."""
    from runbooks.keys import Keys
    from runbooks.observe import observe
    from runbooks.proposal import propose
    from runbooks.rehearse.model import Live
    from runbooks.rehearse.rehearsing import SETTLE_S
    from runbooks.rehearse.twin import twin_of
    from runbooks.site import logged_in
    from tasks.checks.catalog import checks_for

    names = {pair.members.of(side): text for side, text in texts.items()}
    with twin_of(names, {}) as (routers, _):
        routers.order(advance=SETTLE_S)
        sessions = logged_in(pair, routers.openers)
        plan = propose(pair, sessions, Keys({}, Path())).plan
        running = {side: session.run("display current-configuration") for side, session in sessions.items()}
        return Live(running, observe(checks_for(), pair, sessions, routers.clock), plan)


def main() -> None:
    """Measure this tree, and another revision before it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--lines", type=int, default=20000)
    parser.add_argument("--live", action="store_true", help="compare displays of emulated routers too")
    parser.add_argument("--against", metavar="REVISION")
    parser.add_argument("--measure", action="store_true", help="measure the build that runs this file, once")
    options = parser.parse_args()
    if options.measure:
        print(measure(options.lines, live=options.live))
        return
    words = ("--lines", str(options.lines), "--measure", *(["--live"] if options.live else []))
    for build in [*([revision(options.against)] if options.against else []), here()]:
        print(f"{build.name}: {build.output(Path(__file__), *words).strip()}", flush=True)


if __name__ == "__main__":
    main()
