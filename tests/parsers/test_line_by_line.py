"""A configuration is read line by line: it gives what blocks and templates give, without either."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers import engine
from parsers.displays import display_for
from parsers.layout import Layout
from parsers.values import Parsed

COMMAND = "display current-configuration"
LINES = st.sampled_from(
    [
        "#",
        "sysname PE1",
        "interface GigabitEthernet0/1/0",
        " ip address 10.0.0.1 255.255.255.0",
        " description a : b",
        "  rule 5 permit ip",
        "^",
        "  ^",
        "Error: Unrecognized command",
        " Error[3] : y",
        "error: lower",
        "a" * 1999,
        " " * 5 + "a" * 2100,
        "- x",
        "!Software Version V800R012C10SPC300",
        "block-a~q : 3",
        "%%01IFNET/4/LINK x",
        "x {{ y }} at_3",
        "Total Number: 0",
        "\u2028 x",
        "return",
    ]
)


def read(lines: list[str]) -> Parsed:
    return engine.read(display_for(COMMAND), COMMAND, "\n".join(lines))


@settings(max_examples=60, deadline=None)
@given(st.lists(LINES, max_size=12))
def test_a_line_by_itself_is_read_as_among_blocks(lines: list[str]) -> None:
    alone = read(lines)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Layout, "line", property(lambda _: None))
        assert alone == read(lines)


def test_no_template_is_run_over_a_configuration(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a template was run")

    monkeypatch.setattr(engine, "run", refuse)
    parsed = read(["#", "sysname PE1", "#", "interface LoopBack0", " ip address 1.1.1.1 32", "#", "return"])
    assert [(one.indent, one.text) for one in parsed.records][4] == (1, "ip address 1.1.1.1 32")
    assert (parsed.unparsed, parsed.lacks) == ((), ())
