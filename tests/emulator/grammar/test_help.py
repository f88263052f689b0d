from __future__ import annotations

import pytest

from emulator.grammar import load
from emulator.grammar.help import END

GRAMMAR = load()


def words(view: str, line: str) -> list[str]:
    return [word for word, _ in GRAMMAR.help(view, line)]


def test_help_in_an_empty_line_lists_the_commands_of_the_view() -> None:
    listed = words("rbs", "")
    assert {"peer", "track", "undo", "quit", "commit", "display"} <= set(listed)
    assert "service-type" not in listed
    assert "undo" not in words("user", "")


def test_help_after_a_blank_lists_what_comes_next() -> None:
    assert words("rbs", "track ") == ["bfd-session", "interface", "monitor-group", "route-monitor-group"]


def test_help_inside_a_word_lists_its_completions() -> None:
    assert words("rbp", "service-type dhcp") == ["dhcp-server", "dhcpv6-relay"]


def test_help_shows_the_range_of_a_parameter_and_the_end_of_the_line() -> None:
    assert GRAMMAR.help("e-trunk", "priority ")[0][0] == "INTEGER<1-254>"
    assert words("e-trunk", "priority 10 ") == [END]
    assert words("if-ge", "ip address 10.1.1.1 24 ") == ["sub", END]
    assert END not in words("system", "e-trunk ")
    assert END not in words("rbp", "e-trunk ")
    assert END not in words("if-eth-trunk", "e-trunk ")
    assert END in words("system", "bfd ")


def test_help_after_undo_lists_undo_forms() -> None:
    listed = words("rbs", "undo ")
    assert "peer" in listed
    assert "batch-backup" in listed
    assert words("rbs", "undo peer 192.0.2.1 ") == [END]


def test_help_after_a_fault_is_empty() -> None:
    assert words("e-trunk", "priority 999 ") == []


@pytest.mark.parametrize(
    ("view", "line", "found"),
    [
        ("system", "remote-backup-s", ["remote-backup-service"]),
        ("system", "remote-backup", ["remote-backup-profile", "remote-backup-service"]),
        ("user", "sys", ["system-view", "sysmac"]),
        ("system", "undo remote-backup-p", ["remote-backup-profile"]),
        ("rbs", "peer 192.0.2.1 so", ["source"]),
        ("rbs", "xyz", []),
        ("rbs", "peer ", []),
    ],
)
def test_completion(view: str, line: str, found: list[str]) -> None:
    assert GRAMMAR.complete(view, line) == found
