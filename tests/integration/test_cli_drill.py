"""`hotpair ready` and `hotpair drill` over SSH, with both drivers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from runbooks.lab import LAB_PAIR, emulated, lab_devices, sample_file
from runbooks.lab_folder import write_inventory
from tests.integration.lab import BUDGET, typed

pytestmark = pytest.mark.ssh
SLOWLY = ("--time-scale", "4")
"""The trial of a drill lasts 540 virtual seconds; on a slow machine it must not end before the looks do."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give an inventory whose pair is deployed."""
    home = tmp_path_factory.mktemp("drill") / "lab"
    file = sample_file(LAB_PAIR)
    with emulated(lab_devices(file), SLOWLY) as served:
        write_inventory(home, served, file)
        made = typed("deploy", LAB_PAIR, "-i", home, "--yes", *BUDGET)
        assert made.code == 0, made.said
        yield home


def test_ready_and_drilled(folder: Path) -> None:
    seen = typed("ready", LAB_PAIR, "-i", folder, "--driver", "netmiko")
    assert seen.code == 0, seen.said
    assert f"{LAB_PAIR}: ready" in seen.out

    done = typed(
        "drill",
        LAB_PAIR,
        "-i",
        folder,
        "--driver",
        "scrapli",
        "--yes",
        "--format",
        "json",
        "--ticket",
        "CHG-7",
    )

    assert done.code == 0, done.said
    (drill,) = done.document()["drills"]
    assert drill["moves"] == ["E-Trunk 1"]
    assert drill["lost"] == {}
    assert drill["times"]["roles_s"] <= drill["hypothesis"]["roles_within_s"]
    assert drill["run"]["kind"] == "drill"
    assert "drill" in typed("runs", "-i", folder).out


def test_a_dry_run_shows_what_would_be(folder: Path) -> None:
    shown = typed("drill", LAB_PAIR, "-i", folder, "--dry-run")

    assert shown.code == 0, shown.said
    assert "DeviceA: priority 254" in shown.out
    assert "expected: roles within 30 s, 0 entries lost" in shown.out


def test_words_that_do_not_go_together_are_refused(folder: Path) -> None:
    assert typed("drill", LAB_PAIR, "-i", folder, "--force").code == 2
    assert typed("drill", LAB_PAIR, "-i", folder, "--format", "json").code == 2
    refused = typed("drill", LAB_PAIR, "-i", folder, "--from", "b", "--yes")
    assert refused.code == 4, refused.said
    assert "DeviceB leads nothing that could move" in refused.said
    assert "drill seed-igmp --from a" in refused.said
