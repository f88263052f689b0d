"""Long views: an index gives what a search gives, and a line of a paste costs the same wherever it stands."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import _lru_cache_wrapper
from random import Random
from types import FrameType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emulator.config import following, secrets
from emulator.config.statement import Configuration
from emulator.config.tree import Path
from emulator.entry import engine, printing
from emulator.entry.engine import Refusal
from emulator.grammar import Match
from emulator.lab import Lab, TerminalUser
from tests.emulator.config.session import GRAMMAR

NAMES = st.integers(1, 6)
OCTET = st.integers(1, 9)
LINES = st.one_of(
    st.builds("interface GigabitEthernet0/1/0.{}".format, NAMES),
    st.builds("interface LoopBack{}".format, NAMES),
    st.builds("undo interface LoopBack{}".format, NAMES),
    st.builds("vlan-type dot1q {}".format, NAMES),
    st.builds("ip address 10.0.{}.{} 255.255.255.0".format, OCTET, OCTET),
    st.builds("ip address 10.1.{}.{} 255.255.255.0 sub".format, OCTET, OCTET),
    st.builds("undo ip address 10.1.{}.{} 255.255.255.0 sub".format, OCTET, OCTET),
    st.builds("ip binding vpn-instance v{}".format, NAMES),
    st.builds("undo ip binding vpn-instance v{}".format, NAMES),
    st.builds("ip route-static 10.{}.0.0 255.255.0.0 NULL0".format, OCTET),
    st.builds("undo ip route-static 10.{}.0.0 255.255.0.0 NULL0".format, OCTET),
    st.builds("e-trunk {}".format, NAMES),
    st.builds("priority {}".format, OCTET),
    st.builds("mpls lsr-id 10.0.0.{}".format, OCTET),
    st.just("mpls"),
    st.just("undo mpls"),
    st.just("quit"),
)


@contextmanager
def long_from(lines: int) -> Iterator[None]:
    before, following.LONG = following.LONG, lines
    try:
        yield
    finally:
        following.LONG = before


def entered(lines: list[str]) -> list[list[str] | str]:
    """Return the configuration, or the refusal, after each line."""
    now, path, seen = Configuration(), Path(), list[list[str] | str]()
    for line in lines:
        if line == "quit":
            path = path[:-1]
            continue
        here = engine.view(now, path)
        if here is None:
            path = ()
            continue
        match = GRAMMAR.read(here.id, line)
        if not isinstance(match, Match):
            continue
        after = engine.enter(now, path, secrets.seal(match, Random(1)))  # noqa: S311 - salts of a toy cipher
        if isinstance(after, Refusal):
            seen.append(after.message)
            continue
        path = engine.opened(after, path, match) if match.enters and not match.undo else path
        now = after
        seen.append(printing.lines(now))
    return seen


@settings(max_examples=60, deadline=None)
@given(st.lists(LINES, min_size=5, max_size=60))
def test_an_index_finds_what_a_search_finds(lines: list[str]) -> None:
    with long_from(10**6):
        searched = entered(lines)
    with long_from(1):
        assert entered(lines) == searched


PASTES = {
    "addresses of one interface": lambda n: (
        ["interface GigabitEthernet0/1/0", "ip address 9.9.9.9 24"]
        + [f"ip address 10.{i // 250}.{i % 250}.1 255.255.255.0 sub" for i in range(n)]
    ),
    "interfaces with an address": lambda n: [
        line
        for i in range(n // 2)
        for line in (f"interface LoopBack{i}", f"ip address 10.{i // 250}.{i % 250}.1 255.255.255.255")
    ],
    "sub-interfaces": lambda n: [
        line
        for i in range(1, n // 3)
        for line in (
            f"interface GigabitEthernet0/1/0.{i}",
            f"vlan-type dot1q {i}",
            f"ip address 10.{i // 250}.{i % 250}.1 255.255.255.0",
        )
    ],
    "routes": lambda n: [f"ip route-static 10.{i // 250}.{i % 250}.0 255.255.255.0 NULL0" for i in range(n)],
}


def forget() -> None:
    """Empty what the emulator remembers of lines: another test may have typed some of ours before."""
    modules = [vars(module) for name, module in sys.modules.items() if name.startswith("emulator.")]
    classes = [vars(one) for names in modules for one in names.values() if isinstance(one, type)]
    for found in [one for names in (*modules, *classes) for one in names.values()]:
        if isinstance(found, _lru_cache_wrapper) and found.cache_parameters()["maxsize"] not in (None, 1):
            found.cache_clear()


def calls(typist: TerminalUser, lines: list[str]) -> int:
    """Count the calls of typing these lines, each read for the first time."""
    made = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal made
        made += event == "call"

    forget()
    gc.collect()  # what other tests left dies before we count
    before = sys.getprofile()
    sys.setprofile(count)
    try:
        shown = typist.types(*lines)
    finally:
        sys.setprofile(before)
    assert "Error" not in shown
    return made


@pytest.mark.parametrize("kind", PASTES)
def test_a_late_line_of_a_paste_costs_what_an_early_one_does(kind: str) -> None:
    typist = TerminalUser(Lab({"A": "#\ninterface GigabitEthernet0/1/0\n undo shutdown\n#\nreturn\n"}), "A")
    typist.types("system-view")
    lines = PASTES[kind](1200)
    typist.types(*lines[:300])
    early = calls(typist, lines[300:600])
    typist.types(*lines[600:-300])
    assert calls(typist, lines[-300:]) < 1.2 * early
