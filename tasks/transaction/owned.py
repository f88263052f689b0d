"""The owned lines by which a member is told to be old, part-way or new; nobody else's line counts.

A line stands as `block / line`: the top-level line that it stands below, and itself, as the device prints
them, without letter case, with what the device adds by itself, and with one mark in the place of each key.
What matters are the lines in which the configurations of a plan differ, also by a key that is typed anew, and
the other owned lines of the objects that these lines stand in: an object that somebody took away is neither
old nor new. Of what nobody owns one line counts, `shutdown` of an interface, where a plan types it: that of a
drill.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from threading import local

from inventory.facts import ConfigLine, ConfigTree, read_line
from inventory.lines import OwnedLine, Statement, read
from parsers.ciphertext import hide
from parsers.tree import read_tree
from tasks.plan.items import items_of
from tasks.plan.model import MemberPlan
from tasks.transaction.records import MemberRecord

SHUTDOWN = "shutdown"
_TEXTS = 12
"""Texts that a thread remembers: what both members run and have saved before and after a change, and more."""
_NOTES = re.compile(r"\A(?:[ \t]*(?:!.*)?\n)+")
_MARK = "<key>"
_IN_CLEAR = re.compile(r"(?i)\b(simple|plain)\b")
_SHOWN_AS = re.compile(rf"(?:(?:simple|cipher|plain|md5) )*{_MARK}")
"""A key may be typed in one form and be shown in another."""


@dataclass(frozen=True, slots=True)
class Lines:
    """The owned lines of one configuration.

    Args:
        places: path of the object that each line stands in, by line.
        objects: name of the object at the top that each line is of, by line.
        ciphers: ciphertext by line; of keys that are shown in clear nothing is kept.
        shut: the interface of each `shutdown`, by line; counts only where a plan differs in it.
    """

    places: Mapping[str, tuple[str, ...]]
    objects: Mapping[str, str]
    ciphers: Mapping[str, str]
    shut: Mapping[str, tuple[str, ...]]

    def of(self, objects: Iterable[str]) -> frozenset[str]:
        """Return the lines that are of some objects."""
        wanted = frozenset(objects)
        return frozenset(line for line, name in self.objects.items() if name in wanted)

    def within(self, lines: Iterable[str]) -> tuple[str, ...]:
        """Return those of the lines that stand here, sorted."""
        return tuple(sorted(line for line in lines if line in self.places or line in self.shut))

    def keys(self, lines: Iterable[str]) -> str:
        """Return a digest of the ciphertext among some lines; empty when there is none."""
        shown = [f"{line}\n{self.ciphers[line]}" for line in sorted(self.ciphers.keys() & lines)]
        return sha256("\n".join(shown).encode()).hexdigest() if shown else ""


class _Read(local):
    """What one thread has read: a transaction asks for few texts, each many times, and others for others."""

    def __init__(self) -> None:
        """Begin with nothing; each thread does."""
        self.text = lru_cache(maxsize=_TEXTS)(_read_text)
        self.cache_clear = self.text.cache_clear


def lines_in(text: str) -> Lines:
    """Read the owned lines of what a device shows; one transaction asks for the same text many times.

    What runs and what is saved differ in the notes above them, which are no lines.
    """
    return _READ.text(_NOTES.sub("", text))


def _read_text(text: str) -> Lines:
    return _read_tree(read_tree(text, ""))


@lru_cache(maxsize=16)
def lines_of(tree: ConfigTree) -> Lines:
    """Read the owned lines of a configuration; a plan is asked for those of its own several times."""
    return _read_tree(tree)


def _read_tree(tree: ConfigTree) -> Lines:
    places: dict[str, tuple[str, ...]] = {}
    objects: dict[str, str] = {}
    ciphers: dict[str, str] = {}
    for item in items_of(tree).values():
        line = line_of(item)
        objects[line] = " ".join(item.key[0])
        places[line] = tuple(text.casefold() for text in item.path)
        if shown := _ciphertext(item):
            ciphers[line] = shown
    return Lines(places, objects, ciphers, _shut(tree))


_READ = _Read()


def _shut(tree: ConfigTree) -> dict[str, tuple[str, ...]]:
    """Return each `shutdown` of an interface with the path of the object that it stands in."""
    heads = (
        line.text.casefold()
        for line in tree.lines
        if line.text.startswith("interface ") and any(child.text == SHUTDOWN for child in line.children)
    )
    return {f"{head} / {SHUTDOWN}": (head,) for head in heads}


def objects_of(lines: Iterable[str]) -> tuple[str, ...]:
    """Name the objects at the top that some lines, written as `block / line`, are of."""
    heads = dict.fromkeys(line.partition(" / ")[0] for line in lines)
    tree = ConfigTree(tuple(ConfigLine(read_line(head, None, None)) for head in heads))
    return tuple(sorted(frozenset(lines_of(tree).objects.values())))


def member_record(plan: MemberPlan, base_commit: int | None) -> MemberRecord:
    """Return what a journal keeps of a member, so that it is known again without the intent.

    Args:
        plan: what is to be typed; one without stages leaves the member alone.
        base_commit: its newest commit before.
    """
    base = lines_of(plan.base)
    after = [lines_of(stage.predicted) for stage in plan.forward]
    telling = _telling(base, after)
    return MemberRecord(
        plan.member,
        idle=not plan.forward,
        base_commit=base_commit,
        base=base.within(telling),
        stages=tuple(one.within(telling) for one in after[:-1]),
        new=after[-1].within(telling) if after else (),
        base_keys=base.keys(telling),
    )


def _telling(base: Lines, after: Iterable[Lines]) -> frozenset[str]:
    """Return the lines that tell the configurations of a plan apart, and their neighbours.

    A key that is typed anew leaves its line equal: then the ciphertext in it tells.
    """
    versions = [base, *after]
    shut = {line: path for one in versions for line, path in one.shut.items() if not _in_all(line, versions)}
    union = shut | {line: path for one in versions for line, path in one.places.items()}
    typed = {line for one in versions for line in one.ciphers if one.ciphers[line] != base.ciphers.get(line)}
    differing = typed | {line for line in union if not _in_all(line, versions)}
    touched = {union[line] for line in differing} - {()}
    return frozenset(line for line, path in union.items() if line in differing or path in touched)


def _in_all(line: str, versions: Iterable[Lines]) -> bool:
    return all(one.within([line]) for one in versions)


def shown_lines(text: str, sign: str) -> frozenset[str]:
    """Read the lines that a candidate adds or takes away, owned or not.

    Args:
        text: answer of `display configuration candidate changes`; `tasks.transaction.changes` tells its form.
        sign: `+` or `-`.
    """
    found: set[str] = set()
    block, views = "", ["system"]
    for raw in text.splitlines():
        body = " ".join(raw[1:].split())
        if body in {"", "#"}:
            block, views = "", ["system"]
            continue
        owned = next((line for view in reversed(views) if (line := read(view, body))), None)
        if owned is not None and owned.row.opens:
            views.append(owned.row.opens)
        if owned is not None and owned.is_default:
            continue  # the device adds it by itself, and it stands in no reading of a configuration
        said = _text(owned.row, owned.params) if owned is not None else hide(body).casefold()
        if raw[0] == sign:
            found.add(f"{block} / {said}" if block else said)
        block = block or said
    return frozenset(found)


def line_of(item: Statement) -> str:
    """Return a line as it stands here: `block / line`."""
    line = _text(item.row, item.params)
    return f"{_text(item.within.row, item.within.params)} / {line}" if item.within else line


def _text(row: OwnedLine, params: Mapping[str, str]) -> str:
    """Write an owned line without letter case, with what the device adds, and a mark for each key."""
    masked = {**params, **dict.fromkeys(params.keys() & row.secrets, _MARK)}
    return _SHOWN_AS.sub(_MARK, row.text(**{**row.implied, **masked})).casefold()


def _ciphertext(item: Statement) -> str:
    """Return what the device shows in the place of its keys; nothing of a key that it shows in clear."""
    if _IN_CLEAR.search(item.row.text(**item.params)):
        return ""
    return " ".join(value for name, value in item.params.items() if name in item.row.secrets)
