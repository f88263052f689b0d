"""What Tab offers: pairs, hosts, checks, rules, tags, runs and transactions of the inventory that is meant.

A wrong inventory offers nothing; the command itself says what is wrong with it.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

import typer

from inventory.errors import HotpairError

Offer = Callable[[typer.Context], list[str]]


def _of(names: Callable[[Path], Iterable[str]]) -> Offer:
    """Offer names of the inventory that the words before name, or the environment, or the current folder."""

    def offered(context: typer.Context) -> list[str]:
        given = context.params.get("inventory") or os.environ.get("HOTPAIR_INVENTORY") or "."
        try:
            return sorted(set(names(Path(str(given)))))
        except (HotpairError, OSError):
            return []

    return offered


def _pairs(inventory: Path) -> Iterable[str]:
    from inventory.pair_files import pair_files
    from inventory.pair_index import indexed

    home = inventory / "pairs"
    return {entry.name for entry in indexed(home, pair_files(home)).values()}


def _checks(_inventory: Path) -> Iterable[str]:
    from tasks.checks.catalog import checks_for

    return (check.name for check in checks_for())


def _rules(_inventory: Path) -> Iterable[str]:
    from inventory.rules.catalog import catalog

    return (rule.id for rule in catalog())


def _explained(inventory: Path) -> Iterable[str]:
    return (*_checks(inventory), *_rules(inventory))


def _hosts(inventory: Path) -> Iterable[str]:
    from inventory.document import read_file

    values = read_file(inventory / "hosts.yaml").values
    return map(str, values) if isinstance(values, dict) else ()


def _tags(_inventory: Path) -> Iterable[str]:
    from tasks.checks.catalog import checks_for

    return {tag for check in checks_for() for tag in check.tags}


def _samples(_inventory: Path) -> Iterable[str]:
    from runbooks.lab import sample_pairs

    return sample_pairs()


def _runs(inventory: Path) -> Iterable[str]:
    return (run.parent.name for run in (inventory / "runs").glob("*/run.json"))


def _archived(inventory: Path) -> Iterable[str]:
    """Name the runs of the archive, which Tab neither makes nor brings to a newer form."""
    from runbooks.archive.place import FILE

    place = (inventory / FILE).resolve()
    try:
        with closing(sqlite3.connect(f"{place.as_uri()}?mode=ro", uri=True)) as archive:
            return [str(run) for (run,) in archive.execute("SELECT id FROM runs")]
    except sqlite3.Error:
        return ()


def _transactions(inventory: Path) -> Iterable[str]:
    return (journal.stem for journal in (inventory / "journals").glob("*.jsonl"))


def _members(_inventory: Path) -> Iterable[str]:
    return ("a", "b")


pairs, checks, tags, samples, members = _of(_pairs), _of(_checks), _of(_tags), _of(_samples), _of(_members)
runs, archived, transactions = _of(_runs), _of(_archived), _of(_transactions)
rules, explained, hosts = _of(_rules), _of(_explained), _of(_hosts)
