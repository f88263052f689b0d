"""Compare what was seen in two runs of a pair: rows by what names them, configurations line by line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from inventory.errors import DeviceError, IntentError
from inventory.quantities import quantity
from parsers.tree import read_tree
from runbooks.lasting import lasting
from runbooks.report.evidence import load_evidence
from runbooks.report.run import Run
from tasks.checks.model import Observation

# Fields that name a row, in the records of the displays.
NAMING = (
    "id", "name", "trunk", "trunk_id", "interface", "vrid", "service", "group", "source", "peer_ip",
    "address", "ip", "vlan", "vpn_instance", "local_discriminator", "object", "type", "slot", "board",
    "commit_id", "sequence",
)  # fmt: skip
_CONFIGURATIONS = ("display current-configuration", "display saved-configuration")


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that changed between two runs.

    Args:
        member: device name.
        command: display that shows it.
        field: place in its records, e.g. `[7].state`, or the views above a line.
        before: value then; empty when it was not there.
        after: value now; empty when it is gone.
        held: names of the fields of a row that came or went.
    """

    member: str
    command: str
    field: str
    before: str
    after: str
    held: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Show on one line."""
        before, after = self.before or "absent", self.after or "absent"
        return f"{self.member} `{self.command}` {self.field}: {before} -> {after}"

    def as_dict(self) -> dict[str, str]:
        """Return plain values."""
        return {name: value for name, value in asdict(self).items() if name != "held"}


def compare_runs(before: Run, after: Run) -> tuple[Difference, ...]:
    """Tell what changed between two runs of a pair.

    Raises:
        IntentError: they are of different pairs, or routers.
        DeviceError: there is no display that both looked at, as with a change that was refused.
    """
    _require_same(before.id, before.pair, before.members, after)
    looked = [{(one.member, one.command) for one in run.observations} for run in (before, after)]
    if looked[0].isdisjoint(looked[1]):
        raise DeviceError(
            "the two runs cannot be compared: they looked at nothing alike",
            wanted="a display that both runs hold",
            found="\n".join(
                f"{quantity(len(seen), 'display')} in {run.id}"
                for run, seen in zip((before, after), looked, strict=True)
            ),
            next_command=f"hotpair runs {after.pair}",
        )
    return compare_seen(before.observations, after.observations)


def compare_with_kept(home: Path, after: Run) -> tuple[Difference, ...]:
    """Tell what changed since a run that was kept in a folder.

    Args:
        home: folder of the earlier run.
        after: the later run.

    Raises:
        IntentError: no run lies there, its evidence was changed, or it is of another pair.
    """
    kept, observations = load_evidence(home)
    _require_same(kept.id, kept.pair, kept.members, after)
    return compare_seen(observations, after.observations)


def _require_same(before: str, pair: str, members: tuple[str, str], after: Run) -> None:
    if members == after.members and pair != after.pair:  # two pairs may stand on the same routers
        raise IntentError("the runs are of different pairs", wanted=after.pair, found=f"{pair} in {before}")
    if members != after.members:
        raise IntentError(
            "the runs are of different routers",
            wanted=", ".join(after.members),
            found=f"{', '.join(members)} in {before}",
        )


def compare_seen(before: Sequence[Observation], after: Sequence[Observation]) -> tuple[Difference, ...]:
    """Tell what changed between two looks; a display that only one of them holds is not compared."""
    old = {(one.member, one.command): one for one in before}
    new = {(one.member, one.command): one for one in after}
    return tuple(
        Difference(member, command, *change)
        for member, command in new
        if (member, command) in old
        for change in _changes(old[member, command], new[member, command])
    )


_Change = tuple[str, str, str, tuple[str, ...]]  # place, before, after, names of the fields of a row


def _changes(old: Observation, new: Observation) -> Iterator[_Change]:
    if new.command.startswith(_CONFIGURATIONS):
        return _of_lines(old, new)
    return _of_values("", *(lasting(one.parsed.as_dict()["records"]) for one in (old, new)))


def _of_lines(old: Observation, new: Observation) -> Iterator[_Change]:
    """Compare two configurations: a line that is gone, a line that came."""
    before, after = _lines(old), _lines(new)
    for views, text in (before - after).elements():
        yield views, text, "", ()
    for views, text in (after - before).elements():
        yield views, "", text, ()


def _lines(seen: Observation) -> Counter[tuple[str, str]]:
    tree = read_tree(seen.text, seen.member)
    return Counter((" / ".join(path) or "system view", line.text) for path, line in tree.walk())


def _of_values(place: str, old: Any, new: Any) -> Iterator[_Change]:
    """Compare two values at a place."""
    if isinstance(old, dict) and isinstance(new, dict):
        for name in dict.fromkeys([*old, *new]):
            yield from _of_values(f"{place}.{name}".lstrip("."), old.get(name), new.get(name))
    elif isinstance(old, list) and isinstance(new, list):
        yield from _of_rows(place, old, new)
    elif old != new:
        yield place, _shown(old), _shown(new), ()


def _of_rows(place: str, old: Sequence[Any], new: Sequence[Any]) -> Iterator[_Change]:
    """Compare two lists of rows; a row that came or went is one change."""
    words = _words_needed(old, new)
    before, after = _named(old, words), _named(new, words)
    for name in dict.fromkeys([*before, *after]):
        at = f"{place}[{name}]"
        if name not in before:
            yield at, "", _shown(after[name]), tuple(_names(place, after[name]))
        elif name not in after:
            yield at, _shown(before[name]), "", tuple(_names(place, before[name]))
        else:
            yield from _of_values(at, before[name], after[name])


def _names(place: str, value: Any) -> Iterator[str]:
    """Yield the name of each field that a value holds; a plain value is one of its place."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _names(name, inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _names(place, inner)
    else:
        yield place.rpartition(".")[2]


def _words_needed(*lists: Sequence[Any]) -> int:
    """Tell how many of the naming fields it takes until no two rows of a list have the same name."""
    most = len(NAMING)
    alone = (
        words
        for words in range(1, most)
        if all(len({_name(row, words) for row in rows}) == len(rows) for rows in lists)
    )
    return next(alone, most)


def _named(rows: Sequence[Any], words: int) -> dict[str, Any]:
    """Return rows by what names them; the second of a name is numbered."""
    named: dict[str, Any] = {}
    counts: Counter[str] = Counter()
    for row in rows:
        name = _name(row, words)
        counts[name] += 1
        named[f"{name} #{counts[name]}" if counts[name] > 1 else name] = row
    return named


def _name(row: Any, words: int) -> str:
    """Return the name of a row: its first naming fields; a plain value names itself."""
    if not isinstance(row, Mapping):
        return str(row)
    present = (str(row[name]) for name in NAMING if row.get(name) not in {None, ""})
    return ", ".join(islice(present, words))


def _shown(value: Any) -> str:
    """Show a value; of a row what it holds, of nothing nothing."""
    if isinstance(value, Mapping):
        held = ((name, inner) for name, inner in value.items() if inner not in (None, "", [], {}))
        return ", ".join(f"{name} {_shown(inner)}" for name, inner in held)
    if isinstance(value, list):
        return ", ".join(_shown(inner) for inner in value)
    return "" if value is None else str(value)
