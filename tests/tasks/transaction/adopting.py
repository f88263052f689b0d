"""A host that dies in a transaction, and another one that takes it over."""

from __future__ import annotations

from pathlib import Path

import pytest

from tasks.transaction.adopt import adopt
from tasks.transaction.model import Outcome
from tests.tasks.transaction.bench import NAMES, Bench, KilledError, Strike

A, B = NAMES


def die(folder: Path, strike: Strike, release: str = "v8r22", **how: object) -> tuple[Bench, str]:
    """Let a transaction die at a strike; give what is left and its id."""
    bench = Bench(folder / "gone", strike, release=release)
    with pytest.raises(KilledError):
        bench.carry_out(**how)
    bench.hang_up()
    bench.strike = Strike()
    (path,) = bench.folder.glob("*.jsonl")
    return bench, path.stem


def taken_over(bench: Bench, transaction: str, folder: Path, *, swapped: bool = False) -> Outcome:
    members = {"a": B, "b": A} if swapped else {"a": A, "b": B}
    return adopt(transaction, "lyon", members, bench.open, folder / "here", tools=bench.tools)
