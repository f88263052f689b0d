"""What the words of `compare` and `learn` mean: two configuration files, a pair file, or a pair's name."""

from __future__ import annotations

import os
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hotpair.cli.live import live
from inventory.errors import IntentError
from inventory.pair_files import is_pair_file

if TYPE_CHECKING:
    from inventory.facts import ConfigTree
    from inventory.model import Pair, Side

CONFIGURATIONS = frozenset({".cfg", ".conf", ".txt"})
"""Endings of configuration files."""
_WANTED = "two configuration files, a's first"
_TWO_HOSTS = "; two routers are a pair once a file in pairs/ says `pair: NAME` and `members: {a: .., b: ..}`"
"""What is missing where two names were typed."""


@dataclass(frozen=True, slots=True)
class TwoFiles:
    """The configuration files of two members.

    Args:
        a: of one.
        b: of the other.
    """

    a: Path
    b: Path


@dataclass(frozen=True, slots=True)
class PairFile:
    """The intent of a pair, in a file.

    Args:
        file: where it lies.
    """

    file: Path


@dataclass(frozen=True, slots=True)
class Named:
    """A pair of the inventory.

    Args:
        name: of the pair.
    """

    name: str


def read_source(words: Sequence[str]) -> TwoFiles | PairFile | Named | None:
    """Return what was given to a command; nothing where it is none of these.

    Args:
        words: that were typed.
    """
    match words:
        case [file] if is_pair_file(file):
            return PairFile(Path(file))
        case [name] if not _is_file(name):
            return Named(name)
        case [a, b] if not (_is_name(a) and _is_name(b)) and not any(map(is_pair_file, words)):
            return TwoFiles(Path(a), Path(b))
    return None


def misunderstood(command: str, words: Sequence[str], others: str) -> IntentError:
    """Return the error of words that a command cannot take, with what it was given and what it takes.

    Args:
        command: its name.
        words: that were typed.
        others: what it takes beside two configuration files.
    """
    hosts = _TWO_HOSTS if len(words) > 1 and all(map(_is_name, words)) else ""
    return IntentError(
        f"hotpair {command} is about one pair",
        wanted=f"{_WANTED}, or {others}{hosts}",
        found=_found(words),
        next_command=_instead(command, words),
    )


def running_on(name: str, inventory: Path, driver: str | None) -> tuple[Pair, Mapping[Side, ConfigTree]]:
    """Return a pair of the inventory, and what runs on its members.

    Args:
        name: of the pair.
        inventory: folder of the inventory.
        driver: library that connects, before what the hosts say.

    Raises:
        HotpairError: there is no such pair, or a member cannot be read.
    """
    from runbooks.change import running_of
    from runbooks.inventory_pairs import pair_named
    from runbooks.site import logged_in, on_pair, open_inventory

    nornir = open_inventory(inventory, driver, pair=name)
    pair = pair_named(nornir, name)
    with live(f"reading what runs on {pair.members.a} and {pair.members.b}"):
        return pair, on_pair(nornir, pair, lambda pair, openers: running_of(pair, logged_in(pair, openers)))


def _ending(word: str) -> str:
    return Path(word).suffix.lower()


def _is_name(word: str) -> bool:
    """Tell whether a word can mean a pair alone: no file is there, and it does not look like one."""
    return not Path(word).exists() and not _ending(word) and os.sep not in word


def _is_file(word: str) -> bool:
    """Tell whether a word means a file; a pair whose name a file beside it has too is a pair."""
    looks = bool(_ending(word)) or os.sep in word
    return is_pair_file(word) or _ending(word) in CONFIGURATIONS or (looks and Path(word).is_file())


def _kind(word: str) -> str:
    if is_pair_file(word):
        return "a pair file"
    if _is_file(word) or Path(word).is_file():
        return "a configuration file"
    return "a folder" if Path(word).is_dir() else "no file"


def _found(words: Sequence[str]) -> str:
    """Say what was given, and what each of it is."""
    return "\n".join(f"{word}, {_kind(word)}" for word in words) or "nothing"


def _instead(command: str, words: Sequence[str]) -> str:
    """Give what would be taken: the first two configurations of them, or the first pair."""
    files = [word for word in words if _is_file(word) and not is_pair_file(word)]
    if files:
        return shlex.join(("hotpair", command, *[*files, "OTHER.cfg"][:2]))
    names = [Path(word).stem for word in words]
    return shlex.join(("hotpair", command, names[0])) if names else f"hotpair {command} --help"
