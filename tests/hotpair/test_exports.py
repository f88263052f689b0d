"""Public names: sorted, complete, there; and importing us is cheap."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import hotpair
from hotpair.rooms import ROOMS, refuse_intruders

HEAVY = {"netmiko", "scrapli", "paramiko", "ttp", "nornir", "asyncssh", "jinja2"}


def modules_after(statement: str) -> set[str]:
    shown = subprocess.run(
        [sys.executable, "-c", f"{statement}; import sys; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    return {name.split(".")[0] for name in shown.stdout.split()}


def test_all_is_sorted_and_there() -> None:
    assert hotpair.__all__ == sorted(hotpair.__all__)
    for name in hotpair.__all__:
        assert getattr(hotpair, name) is not None


def test_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no_such_name"):
        getattr(hotpair, "no_such_" + "name")


def test_importing_hotpair_loads_no_heavy_library() -> None:
    assert not modules_after("import hotpair") & HEAVY


def test_emulator_stands_alone() -> None:
    loaded = modules_after("import emulator.lab")
    assert "emulator" in loaded
    assert not loaded & {"hotpair", "runbooks", "tasks", "parsers", "inventory"}


def test_rooms_beside_us_are_accepted() -> None:
    refuse_intruders()


def test_a_room_elsewhere_is_named(tmp_path: Path) -> None:
    with pytest.raises(ImportError, match=f"room '{ROOMS[0]}' is shadowed.*{tmp_path}"):
        refuse_intruders(house=tmp_path)
