"""How much work a rehearsal is: whole configurations are read so many times, however long they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

import parsers.engine
import parsers.tree
from inventory.load import load_pair
from inventory.model import SIDES, Side
from inventory.rules import lint
from inventory.rules.member import Member
from parsers.configuration import configuration_lines
from runbooks.gates import Permission
from runbooks.lab import lab_devices, sample_file
from runbooks.rehearse.model import Live, RehearsalOptions
from runbooks.rehearse.rehearsing import rehearse
from tasks.checks.model import Outcome

NOW = datetime(2026, 11, 28, 2, tzinfo=UTC)
TREES, DISPLAYS = 30, 12
"""Readings as a tree and as a display: before, between and after change, drill and restart."""
SAVED = 2
"""What is saved before and after the change."""


def customers(side: Side) -> Iterator[str]:
    """Return sections that are none of the pair's: of this test alone, and too long to be kept as read."""
    for number in range(1, 200):
        yield from (
            f"interface GigabitEthernet0/2/0.{number}",
            f" vlan-type dot1q {number}",
            f" description counted customer {number}",
            f" ip address 100.64.{number}.{SIDES.index(side) + 1} 255.255.255.0",
            "#",
        )


def test_a_configuration_is_read_so_many_times_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    pair, devices = load_pair(sample_file("seed-igmp")), lab_devices()
    texts = {
        side: devices[pair.members.of(side)]
        .read_text(encoding="utf-8")
        .replace("#\nospf 1", "\n".join(["#", *customers(side), "ospf 1"]))
        for side in SIDES
    }
    read, by_line, by_rules = Counter[str](), parsers.engine._line_by_line, lint

    def as_tree(text: str) -> object:
        read["tree"] += "counted customer" in text
        return configuration_lines(text)

    def as_display(*given: object) -> object:
        read["display"] += 1
        return by_line(*given)  # type: ignore[arg-type]  # passed on as they came

    def as_pair(*given: Member) -> object:
        read["rules"] += given[0].underlay is not None  # a configuration, and no intent
        return by_rules(*given)

    monkeypatch.setattr("tasks.checks.boot.lint", as_pair)
    monkeypatch.setattr(parsers.tree, "configuration_lines", as_tree)
    monkeypatch.setattr(parsers.engine, "_line_by_line", as_display)

    done = rehearse(pair, Live(texts), RehearsalOptions(Permission()), NOW)

    ends = {one.check: one.outcome for one in done.run.results if one.tags == ("rehearsal",)}
    assert ends["rehearsed-boot"] is Outcome.SUCCESS
    assert 0 < read["tree"] <= TREES
    assert 0 < read["display"] <= DISPLAYS
    assert 0 < read["rules"] <= SAVED, "what is saved is judged once for each time that it was saved"
