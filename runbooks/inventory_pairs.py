"""Pairs of an inventory: by name or file, those of one router, and what is wrong with the others."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from nornir.core import Nornir

from inventory.errors import IntentError
from inventory.load import Pairs, load_around, load_pair
from inventory.model import SIDES, Pair
from inventory.pair_files import is_pair_file
from inventory.sources.settings import read_sourced

SHOWN = 20
"""Names of pairs that an error lists."""


def pair_named(nornir: Nornir, name: str) -> Pair:
    """Return a pair of an inventory.

    Raises:
        IntentError: there is none of that name, or its file or hosts are wrong.
    """
    pairs = pairs_in(nornir)
    if name in nornir.inventory.hosts and name not in {*pairs.good, *pairs.broken, *_routers(pairs)}:
        raise IntentError(
            f"no pair is named {name}; it is a host that no pair has as a member",
            wanted=f"a file in pairs/ that names both members, as `members: {{a: {name}, b: OTHER}}`",
            found=name,
            next_command="hotpair list",
        )
    return _named(pairs, name)


def _routers(pairs: Pairs) -> frozenset[str]:
    """Return the members of the pairs that could be read."""
    return frozenset(pair.members.of(side) for pair in pairs.good.values() for side in SIDES)


def find_pair(name_or_file: str, directory: Path) -> Pair:
    """Read a pair by its file, or by its name among the pair files of an inventory.

    Raises:
        IntentError: there is no such file or pair, or it is not a pair.
    """
    path = Path(name_or_file)
    if is_pair_file(path) or path.is_file():
        return load_pair(path)
    read = load_around(directory / "pairs", name_or_file, read_sourced(directory))
    return _named(without_overlaps(read), name_or_file)


def neighbours(directory: Path, name: str) -> tuple[Pair, ...]:
    """Return the pairs of an inventory that share a router with one, and perhaps others; none without any."""
    home = directory / "pairs"
    return tuple(load_around(home, name, read_sourced(directory)).good.values()) if home.is_dir() else ()


def without_overlaps(pairs: Pairs) -> Pairs:
    """Count pairs that own the same object of a router among the broken ones."""
    routers = [pair.members.of(side) for pair in pairs.good.values() for side in SIDES]
    if len(routers) == len({*routers}):
        return pairs
    from runbooks.overlap import overlapping

    overlaps = overlapping(pairs.good.values())
    good = {name: pair for name, pair in pairs.good.items() if name not in overlaps}
    return Pairs(good, {**pairs.broken, **overlaps})


def pairs_in(nornir: Nornir) -> Pairs:
    """Return the pairs of an inventory, and what is wrong with the others."""
    data = nornir.inventory.defaults.data
    return without_overlaps(Pairs(data["pairs"], data["broken_pairs"]))


def _named(pairs: Pairs, name: str) -> Pair:
    """Return one pair by its name."""
    if name in pairs.broken:
        raise pairs.broken[name]
    if name not in pairs.good:
        raise _unknown(name, pairs)
    return pairs.good[name]


def _unknown(name: str, pairs: Pairs) -> IntentError:
    """Return the error of a name that no pair has, with what may have been meant."""
    return IntentError(
        f"no pair is named {name}{pairs.nearest(name)}",
        wanted=_some(sorted({*pairs.good, *pairs.broken})) or "a file in pairs/",
        found=name,
        next_command="hotpair list",
    )


def _some(names: Sequence[str]) -> str:
    """List names; of very many only the first."""
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + more
