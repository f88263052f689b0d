"""Lint files: pair files, the two configurations of a pair, or the configuration of one device."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from inventory.errors import IntentError
from inventory.load import Pairs, load_files
from inventory.model import SIDES
from inventory.pair_files import is_pair_file, pair_files
from inventory.rules import Coverage, Finding, coverage, lint, lint_device
from inventory.sources.settings import read_sourced
from runbooks.configuration_file import read_both, read_configuration
from runbooks.inventory_pairs import without_overlaps
from tasks.render import facts
from tasks.render.members import configured_member, intended_member

MEMBERS = 2


@dataclass(frozen=True, slots=True)
class Linted:
    """What the rules say of some files.

    Args:
        findings: of every file that could be read.
        errors: why a file is no pair, by the pair's name.
        coverage: how much of each configuration was understood; of pair files all is.
        empty: pairs whose intent asks for nothing.
    """

    findings: tuple[Finding, ...]
    errors: tuple[IntentError, ...] = ()
    coverage: tuple[Coverage, ...] = ()
    empty: tuple[str, ...] = ()


def lint_files(given: Sequence[Path]) -> Linted:
    """Apply the rules to files.

    Args:
        given: pair files and folders of them; or one or two configuration files.

    Raises:
        IntentError: a configuration cannot be read or is none, or the files are no such set.
        UnparsedError: a configuration is cut off.
    """
    if given and all(path.is_dir() or is_pair_file(path) for path in given):
        sourced = read_sourced(given[0]) if len(given) == 1 and given[0].is_dir() else None
        files = _files(given) if sourced is None else pair_files(given[0] / "pairs")
        return _lint_pairs(without_overlaps(load_files(files, sourced)))
    if len(given) > MEMBERS or any(path.is_dir() or is_pair_file(path) for path in given):
        raise IntentError(
            "lint takes pair files and folders of them, or one or two configuration files",
            found=", ".join(map(str, given)),
        )
    trees = read_both(*given) if len(given) == MEMBERS else map(read_configuration, given)
    members = [configured_member(str(path), tree) for path, tree in zip(given, trees, strict=True)]
    understood = tuple(coverage(member) for member in members)
    if len(members) == 1:
        return Linted(lint_device(members[0]), coverage=understood)
    return Linted(lint(members[0], members[1]), coverage=understood)


def _files(given: Sequence[Path]) -> Iterator[Path]:
    """Yield the pair files that are meant; of an inventory, those below `pairs/`."""
    for path in given:
        if not path.is_dir():
            yield path
            continue
        below = path / "pairs" if (path / "pairs").is_dir() else path
        files = tuple(pair_files(below))
        if not files:
            raise IntentError("there is no pair file", wanted="*.yaml or *.yml", where=str(below))
        yield from files


def _lint_pairs(pairs: Pairs) -> Linted:
    """Apply the rules to each pair."""
    findings = (lint(intended_member(pair, "a"), intended_member(pair, "b")) for pair in pairs.good.values())
    return Linted(
        tuple(one for found in findings for one in found),
        tuple(pairs.broken.values()),
        empty=tuple(
            name for name, pair in pairs.good.items() if not any(facts(pair, side) for side in SIDES)
        ),
    )
