"""Lint files: a pair file, the two configurations of a pair, or the configuration of one device."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from inventory.errors import IntentError
from inventory.load import load_pair
from inventory.rules import Finding, lint, lint_device
from parsers.tree import read_tree
from tasks.render.members import configured_member, intended_member

PAIR_SUFFIXES = {".yaml", ".yml"}


def lint_files(files: Sequence[Path]) -> tuple[Finding, ...]:
    """Apply the rules to files.

    Args:
        files: one pair file; or one or two configuration files.

    Raises:
        IntentError: a file cannot be read or is no pair, or there are too many.
    """
    if len(files) == 1 and files[0].suffix in PAIR_SUFFIXES:
        pair = load_pair(files[0])
        return lint(intended_member(pair, "a"), intended_member(pair, "b"))
    if len(files) not in {1, 2} or any(path.suffix in PAIR_SUFFIXES for path in files):
        raise IntentError(
            "lint takes one pair file, or one or two configuration files", found=f"{len(files)} files"
        )
    members = [configured_member(str(path), read_tree(read_text(path), str(path))) for path in files]
    if len(members) == 1:
        return lint_device(members[0])
    return lint(members[0], members[1])


def read_text(path: Path) -> str:
    """Read a configuration file.

    Raises:
        IntentError: it cannot be read.
    """
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise IntentError("the file cannot be read", found=error.strerror, where=str(path)) from error
