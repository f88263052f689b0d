"""A line that is missing, or that stands twice, changes the meaning of no other line.

Each line of each display is deleted and doubled, one at a time. What a line says may come or go with it.
A line that names or opens a block may take the rest of that block with it, which is then reported
unread; nothing outside the block changes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from parsers.api import parse
from parsers.displays import display_for
from parsers.values import Parsed
from tests.parsers.samples import SAMPLES
from tests.parsers.test_cases import CASES, FOLDER

Fact = tuple[tuple[str, ...], tuple[str, ...], str]
"""Names of the blocks that hold it, from the outside; names of the fields down to it; its value."""

GOLDENS = (
    *((sample.command, sample.text) for sample in SAMPLES),
    *((command, (FOLDER / name).read_text(encoding="utf-8")) for name, (command, _, _) in CASES.items()),
)
EACH = pytest.mark.parametrize(("command", "text"), GOLDENS, ids=[command for command, _ in GOLDENS])
NAMELESS = "none"
WRAPPED = " " * 20
"""Before a line that goes on with the row above it."""
CANNOT_BE_TOLD = {
    "dhcp_relay_address": "a server without its option looks like one more of the option before",
    "multicast_group": "an interface without its instance looks like one more of the instance before",
    "remote_backup_service": "a pool without its list looks like one more of the list before",
    "interface": "a counter without its direction looks like one more of the direction before",
    "ip_pool": "totals of the device without their heading look like those of the last pool",
    "arp": "a VLAN without its entry looks like that of the entry before, where that has none",
    "l2tp_tunnel": "a board without its side looks like one of the side before",
    "snooping_configuration": "a line without its VLAN looks like one more of the VLAN before",
    "ipv6_interface_brief": "an address without its interface looks like one more of the interface before",
}
"""Templates in which what a block holds, and nothing counts, can be taken for its neighbour's."""


def facts(parsed: Parsed) -> Counter[Fact]:
    """Return all values with the blocks that hold them."""
    return Counter(fact for record in parsed.as_dict()["records"] for fact in _facts(record, (), ()))


def _facts(record: Mapping[str, Any], around: tuple[str, ...], path: tuple[str, ...]) -> Iterator[Fact]:
    """Yield the values of a block; its first value names it."""
    first = next(iter(record.values()))
    here = (*around, "" if isinstance(first, dict) else bare(first))
    for name, value in record.items():
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, dict) and name != "extra":
                yield from _facts(item, here, (*path, name))
            elif isinstance(item, dict):
                yield from ((here, (*path, f"extra {key}"), bare(inner)) for key, inner in item.items())
            elif item is not None and item is not False and item != "":
                yield here, (*path, name), bare(item)


def bare(value: object) -> str:
    """Return a value as it can be found in the text of a line."""
    text = f"{value:g}" if isinstance(value, float) else str(value)
    return re.sub(r"[\s()]", "", text).lower().replace("gigabitethernet", "ge")


def says(line: str, fact: Fact) -> bool:
    """Tell whether a line can say a fact, or opens the list or the block that holds it."""
    _, path, value = fact
    text = bare(line).replace("init", "initialize").replace("-", "")
    of_the_list = any(
        bare(name.removeprefix("extra ")).rstrip("s").replace("_", "") in text
        for name in path
        if len(name) > 4
    )
    shown = value.replace("-", "") in text or value == "true" or path[-1] == "indent"
    return shown or of_the_list or names(line, fact)


def names(line: str, fact: Fact) -> bool:
    """Tell whether a line names a block that holds the fact."""
    text = bare(line)
    return any(block in text for block in fact[0] if block not in {"", NAMELESS})


def is_nameless(fact: Fact, before: Counter[Fact], line: str) -> bool:
    """Tell whether a fact stands in a block that lost its name with the line, and said the same before."""
    blocks, path, value = fact
    same = any(names(line, other) and other[1:] == (path, value) for other in before)
    return NAMELESS in blocks and same


@EACH
def test_missing_line_changes_no_other(command: str, text: str) -> None:
    before = facts(parse(command, text))
    lines = text.split("\n")
    for place, line in enumerate(lines):
        spoilt = parse(command, "\n".join([*lines[:place], *lines[place + 1 :]]))
        after = facts(spoilt)

        opens = line.rstrip().endswith(":") or any(names(line, fact) for fact in before)
        reported = spoilt.unparsed or display_for(command).template in CANNOT_BE_TOLD
        new = [fact for fact in after - before if fact[2] and not is_nameless(fact, before, line)]
        assert new == [] or (opens and reported), line
        others = {fact[0][0] for fact in before if not names(line, (fact[0][:1], (), ""))}
        leaked = [fact for fact in new if fact[0][0] in others - {NAMELESS, ""}]
        assert leaked == [] or display_for(command).template in CANNOT_BE_TOLD, line
        row = f"{lines[place - 1]} {line}" if line.startswith(WRAPPED) else line
        lost = [fact for fact in before - after if not says(row, fact)]
        assert lost == [] or (opens and display_for(command).template in CANNOT_BE_TOLD), line


@EACH
def test_line_that_stands_twice_changes_no_other(command: str, text: str) -> None:
    before = facts(parse(command, text))
    lines = text.split("\n")
    for place, line in enumerate(lines):
        after = facts(parse(command, "\n".join([*lines[: place + 1], *lines[place:]])))

        assert before - after == Counter(), line
        assert [
            fact for fact, count in (after - before).items() if count > 1 or not says(line, fact)
        ] == [], line


def test_what_stands_below_a_lost_beginning_goes_to_no_other_block() -> None:
    text = "  Pool-Name      : one\n  Pool-No        : 7\n  Pool-No        : 8\n  Status         : Locked\n"
    parsed = parse("display ip pool", text)
    (pool,) = parsed.records

    assert (pool.number, pool.status) == (7, None)
    assert [line.line for line in parsed.unparsed] == [3, 4]
