"""What README and docs show: fenced blocks, commands within the text, and routers to try them on."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.fixtures.text import text_of

HOUSE = Path(__file__).parents[2]
PAGES = (HOUSE / "README.md", *sorted((HOUSE / "docs").glob("*.md")))
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"`(hotpair [^`]+)`")


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block.

    Args:
        page: file name of the page.
        number: among the blocks of the page, from 1.
        language: what stands after the fence.
        text: what stands in it.
    """

    page: str
    number: int
    language: str
    text: str

    def __str__(self) -> str:
        """Name it for a test."""
        return f"{self.page}-{self.number}-{self.language}"


def blocks() -> tuple[Block, ...]:
    """Return every fenced block of every page."""
    return tuple(
        Block(page.name, number, language, text)
        for page in PAGES
        for number, (language, text) in enumerate(fenced(page), start=1)
    )


def fenced(page: Path) -> list[tuple[str, str]]:
    """Return the language and the text of every fenced block of a page."""
    return _BLOCK.findall(page.read_text(encoding="utf-8"))


def inline_commands() -> Iterator[tuple[str, list[str]]]:
    """Yield each command that stands within the text, and its words after `hotpair`."""
    for page in PAGES:
        text = _BLOCK.sub("", page.read_text(encoding="utf-8"))
        for command in _INLINE.findall(text):
            yield f"{page.name}: {command}", shlex.split(command)[1:]


def block_commands() -> Iterator[tuple[str, list[str]]]:
    """Yield each command of a block that a shell would read, and its words after `hotpair`."""
    for block in blocks():
        for line in block.text.splitlines() if block.language in {"sh", "bash"} else ():
            if line.startswith("hotpair "):
                yield f"{block.page}: {line}", shlex.split(line, comments=True)[1:]


_ROUTER = text_of("configurations/router-of-a-document.cfg")
_TRUNK = """\
interface Eth-Trunk{trunk}
 ip address 10.78.0.{n} 255.255.255.0
#
interface {port}
 undo shutdown
 eth-trunk {trunk}
#"""
_USERS = text_of("configurations/users-of-a-document.cfg")


def _router(name: str, n: int, loopback: str, ports: str) -> str:
    return _ROUTER.format(name=name, n=n, loopback=loopback, ports=ports.format(n=n))


def _trunk(trunk: int, port: str) -> str:
    return _TRUNK.replace("{trunk}", str(trunk)).replace("{port}", port)


ROUTERS = {
    "Metro-PE1": _router("Metro-PE1", 1, "192.0.2.1", _trunk(30, "GigabitEthernet0/2/4")),
    "Metro-PE2": _router("Metro-PE2", 2, "192.0.2.2", _trunk(30, "GigabitEthernet0/2/4")),
    "METRO-A": _router("METRO-A", 1, "192.0.2.1", _trunk(1, "GigabitEthernet0/1/2")),
    "METRO-B": _router("METRO-B", 2, "192.0.2.2", _trunk(1, "GigabitEthernet0/1/3")),
    "BNG-A": _router("BNG-A", 1, "192.0.2.5", _USERS),
    "BNG-B": _router("BNG-B", 2, "192.0.2.6", _USERS),
}
"""What the routers of the pages' pairs run before the pair is deployed."""
