"""The whole way, as a user has it, on routers that stamp their answers and tell their log to terminals."""

from __future__ import annotations

from pathlib import Path

import pytest

from runbooks.lab import LAB_PAIR, emulated, lab_devices, sample_file
from runbooks.lab_folder import write_inventory
from tests.integration.lab import BUDGET, MEMBERS, QUICK, Lab, here

pytestmark = pytest.mark.ssh


def stamping(folder: Path) -> dict[str, Path | None]:
    """Write the lab's devices with the line that stamps answers."""
    files: dict[str, Path | None] = {}
    for name, path in lab_devices().items():
        files[name] = folder / f"{name}.cfg"
        text = path.read_text(encoding="utf-8")
        (folder / f"{name}.cfg").write_text(
            text.replace("#\n", "#\ntimestamp enable\n#\n", 1), encoding="utf-8"
        )
    return files


def test_a_pair_that_stamps_and_logs_is_deployed_and_well(tmp_path: Path) -> None:
    control, folder = tmp_path / "control", tmp_path / "inventory"
    with emulated(stamping(tmp_path), ["--control", str(control), *QUICK]) as devices:
        write_inventory(folder, devices, sample_file(LAB_PAIR))
        pair = Lab(folder, devices, control)
        for name in MEMBERS:
            pair.order(fault="log-lines", device=name)
        deployed = here("deploy", LAB_PAIR, "-i", folder, "--yes", *BUDGET)
        assert deployed.code == 0, deployed.said
        checked = here("check", LAB_PAIR, "-i", folder)
        assert checked.code == 0, checked.said
