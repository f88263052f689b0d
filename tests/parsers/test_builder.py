"""A view that is built line by line, against a list in which each line is looked for."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from inventory.facts import ConfigLine, read_line
from inventory.lines.order import UNKNOWN, rank
from parsers.builder import View

LINES = (
    "sysname PE1",
    "something that nobody knows",
    "something else",
    "bfd",
    "bfd one bind peer-ip 192.0.2.2",
    "interface GigabitEthernet0/1/10",
    "interface GigabitEthernet0/1/2",
    "interface GigabitEthernet0/1/2.7",
    "interface Eth-Trunk1",
    "e-trunk 1",
    "remote-backup-service chan",
    "remote-backup-profile users2",
    "remote-backup-profile users1",
    "stp enable",
)


def placed(lines: list[str], text: str) -> list[str]:
    """Put a line after the last one that is printed before it, or with it; at the end when nobody knows."""
    if text in lines:
        return lines
    ranks = [rank("system", read_line(line, None, None)) for line in lines]
    own = rank("system", read_line(text, None, None))
    if own <= UNKNOWN:
        return [*lines, text]
    before = [at for at, other in enumerate(ranks) if UNKNOWN < other <= own]
    at = before[-1] + 1 if before else 0
    return [*lines[:at], text, *lines[at:]]


@given(
    st.lists(st.sampled_from(LINES), unique=True),
    st.lists(st.tuples(st.booleans(), st.sampled_from(LINES))),
)
def test_lines_stand_where_a_search_through_the_whole_view_puts_them(
    there: list[str], changes: list[tuple[bool, str]]
) -> None:
    """Lines come and go in any order, in a configuration that stands in any order."""
    view = View(None, [ConfigLine(read_line(text, None, None)) for text in there])
    wanted = list(there)
    for puts, text in changes:
        if puts:
            view.add(text)
            wanted = placed(wanted, text)
        elif text in wanted:
            view.remove(text)
            wanted.remove(text)
        assert [line.text for line in view] == wanted
    assert [line.text for line in view.tree()] == wanted
    assert list(view.texts()) == [(text,) for text in wanted]
