"""Address lines that are pasted into one emulated router: this tree and the first build, in turns.

    python benchmarks/paste.py [--lines 10000] [--rounds 1] [--against 2e8bd66]

Processor time of the emulated device alone, without SSH. `one interface` holds all addresses as secondary
ones; `sub-interfaces` have one each. Without `--lines` the first build takes some minutes.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from time import process_time

sys.path.append(str(Path(__file__).parents[1]))  # last: the rooms are those of the build that is measured

from benchmarks.revisions import FIRST, here, revision

CHUNK = 4096
SHAPES = ("one interface", "sub-interfaces")


def typed(shape: str, lines: int) -> list[str]:
    """Return what is pasted."""
    if shape == SHAPES[0]:
        more = [f"ip address 10.{n // 250}.{n % 250}.1 255.255.255.0 sub" for n in range(lines - 2)]
        return ["interface GigabitEthernet0/1/0", "ip address 9.9.9.9 255.255.255.0", *more]
    return [
        line
        for n in range(lines // 4)
        for line in (
            f"interface GigabitEthernet0/1/0.{n + 1}",
            f"vlan-type dot1q {n % 4094 + 1}",
            f"ip address 10.{n // 250}.{n % 250}.1 255.255.255.0",
            "quit",
        )
    ]


def measure(shape: str, lines: int) -> float:
    """Return the processor seconds that one paste takes."""
    from emulator.device import Device

    device = Device("R1", "sysname R1\n")
    session = device.connect("admin", 0.0, width=0)
    device.receive(session, b"system-view\r", 0.0)
    data = "".join(f"{line}\r" for line in typed(shape, lines)).encode()
    begin, shown = process_time(), b""
    for place in range(0, len(data), CHUNK):
        shown += device.receive(session, data[place : place + CHUNK], 0.0)
    took = process_time() - begin
    if b"Error" in shown:
        raise ValueError("a line was refused")
    return took


def main() -> None:
    """Measure both builds in turns."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--lines", type=int, default=10000)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--against", default=FIRST, metavar="REVISION")
    parser.add_argument("--measure", metavar="SHAPE", help="measure the build that runs this file, once")
    options = parser.parse_args()
    if options.measure:
        print(measure(options.measure, options.lines))
        return
    builds = (revision(options.against), here())
    for shape in SHAPES:
        words = ("--lines", str(options.lines), "--measure", shape)
        turns = [
            [float(build.output(Path(__file__), *words)) for build in builds] for _ in range(options.rounds)
        ]
        old, new = (min(times) for times in zip(*turns, strict=True))
        print(
            f"{shape}: {options.lines} lines, {builds[0].name} {old:.2f} s, this tree {new:.2f} s,"
            f" {old / new:.1f} times less"
        )


if __name__ == "__main__":
    main()
