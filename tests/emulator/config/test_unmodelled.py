"""What the emulator keeps without playing it is told line by line, and nothing else is."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from emulator.config.unmodelled import unmodelled
from emulator.entry import printing
from emulator.grammar.commands import commands
from emulator.protocols.settings import device
from tests.emulator.protocols.pairs import NORTH, SOUTH, converged, vrrp_pair
from tests.fixtures.text import text_of

FOREIGN = text_of("configurations/unmodelled.cfg")


def told(text: str) -> list[tuple[str, tuple[str, ...], str]]:
    return [(one.kind, one.path, one.line) for one in unmodelled(printing.load(text))]


def test_each_line_has_its_class_its_place_and_its_reason() -> None:
    assert sorted(told(FOREIGN)) == sorted(
        [
            ("inert", (), "aaa"),
            ("foreign", ("aaa",), "authentication-scheme local-first"),
            ("unknown", (), "xyzzy plugh 7"),
            ("inert", (), "isis 7"),
            ("inert", ("isis 7",), "network-entity 49.0001.0000.0000.0007.00"),
            ("foreign", (), "bgp 65001"),
            ("foreign", ("bgp 65001",), "peer 192.0.2.9 as-number 65001"),
            (
                "unreadable",
                ("e-trunk 3",),
                "security-key cipher %^%#u2Hk;!vQ<Xr9$Zd'wB7s(Lm1EJ0oT3|yGp5~N8Rb%^%#",
            ),
        ]
    )
    assert all(one.why for one in unmodelled(printing.load(FOREIGN)))


@pytest.mark.parametrize("text", [*converged().texts.values(), *vrrp_pair().texts.values()])
def test_a_pair_that_is_played_whole_has_none(text: str) -> None:
    assert told(text) == []


def named(*places: str) -> set[str]:
    """Every text in some sources of the emulator."""
    room = Path(printing.__file__).parents[1]
    return {
        node.value
        for place in places
        for file in room.glob(place)
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_inert_commands_are_those_that_nothing_reads() -> None:
    folders = (".", "cli", "protocols/**", "displays", "management", "commands")
    names = named(*(f"{folder}/*.py" for folder in folders), "entry/engine.py", "entry/change.py")
    of_vrrp = named("protocols/settings/vrrp.py")  # reads both families by the second half of the id

    def read(command: str) -> bool:
        family, _, rest = command.partition(".")
        return command in names or (family in {"vrrp", "vrrp6"} and rest in of_vrrp)

    stored = [one for one in commands() if one.kind in {"config", "view"} and one.saved]
    assert [one.id for one in stored if read(one.id) is bool(one.inert)] == []


def test_taking_an_inert_line_away_changes_nothing_that_is_played() -> None:
    inert = "ospfv3 9\n router-id 192.0.2.7\n"
    text = f"interface Eth-Trunk4\n lacp vrrp priority 7\n mode lacp-static\n{inert}return\n"
    without = "interface Eth-Trunk4\n mode lacp-static\nreturn\n"
    assert device.read(printing.load(text)) == device.read(printing.load(without))
    assert [kind for kind, _, _ in told(text)] == ["inert", "inert", "inert"]


def test_keys_of_real_routers_are_taken_as_equal() -> None:
    pair = converged()
    first, second = (f"%^%#{letter * 34}%^%#" for letter in "ab")
    pair.edit(NORTH, "security-key simple heartbeat-key", f"security-key cipher {first}")
    pair.edit(SOUTH, "security-key simple heartbeat-key", f"security-key cipher {second}")
    pair.run(60)
    assert (pair.election(NORTH), pair.election(SOUTH)) == ("Master/PRI", "Backup/PRI")
    pair.edit(SOUTH, f"security-key cipher {second}", "security-key simple other-key")
    pair.edit(NORTH, f"security-key cipher {first}", "security-key simple heartbeat-key")
    pair.run(60)
    assert pair.election(SOUTH) == "Master/TIMEOUT"
