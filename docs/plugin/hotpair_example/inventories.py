"""An inventory: `NAME ADDRESS PAIR MEMBER`, a line a host."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from hotpair.extending import SourcedHost


def hosts(options: Mapping[str, str], directory: Path) -> Iterator[SourcedHost]:
    """Yield the hosts of a file."""
    lines = (directory / options["file"]).read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, start=1):
        name, address, pair, member = line.split()
        yield SourcedHost(name, {"hostname": address}, pair, member, line=number)
