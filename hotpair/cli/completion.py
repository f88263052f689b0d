"""What Tab offers: pairs, checks, tags, runs and transactions of the inventory that is meant.

A wrong inventory offers nothing; the command itself says what is wrong with it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path

import typer

from inventory.errors import HotpairError

Offer = Callable[[typer.Context], list[str]]


def _of(names: Callable[[Path], Iterable[str]]) -> Offer:
    """Offer names of the inventory that the words before name, or the environment, or the current folder."""

    def offered(context: typer.Context) -> list[str]:
        given = context.params.get("inventory") or os.environ.get("HOTPAIR_INVENTORY") or "."
        try:
            return sorted(names(Path(str(given))))
        except (HotpairError, OSError):
            return []

    return offered


def _pairs(inventory: Path) -> Iterable[str]:
    from inventory.load import pair_files
    from inventory.pair_index import indexed

    home = inventory / "pairs"
    return {entry.name for entry in indexed(home, pair_files(home)).values()}


def _checks(_inventory: Path) -> Iterable[str]:
    from tasks.checks.catalog import checks_for

    return (check.name for check in checks_for())


def _tags(_inventory: Path) -> Iterable[str]:
    from tasks.checks.catalog import checks_for

    return {tag for check in checks_for() for tag in check.tags}


def _samples(_inventory: Path) -> Iterable[str]:
    from runbooks.lab import sample_pairs

    return sample_pairs()


def _runs(inventory: Path) -> Iterable[str]:
    return (run.parent.name for run in (inventory / "runs").glob("*/run.json"))


def _transactions(inventory: Path) -> Iterable[str]:
    return (journal.stem for journal in (inventory / "journals").glob("*.jsonl"))


def _members(_inventory: Path) -> Iterable[str]:
    return ("a", "b")


pairs, checks, tags, samples, members = _of(_pairs), _of(_checks), _of(_tags), _of(_samples), _of(_members)
runs, transactions = _of(_runs), _of(_transactions)
