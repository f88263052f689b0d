"""The whole demo on devices that stamp every answer, in both spellings of the moment, over real SSH."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

import paramiko  # type: ignore[import-untyped] # ships no types
import pytest

from runbooks import demo
from runbooks.lab import ServedDevice, emulated, lab_devices
from runbooks.report.run import Run
from tasks.checks.model import Outcome
from tasks.checks.waiting import Patience, Sample
from tasks.plan.model import PairPlan
from tasks.transaction.model import Progress
from tests.integration.lab import QUICK

pytestmark = pytest.mark.ssh

STAMPS = "#\ntimestamp enable\n"
MOMENT = r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}"
RELEASES = {"DeviceA": "v8r22", "DeviceB": "v8r13"}
"""The first prints the zone behind a blank, the second none."""


def first_line(device: ServedDevice) -> str:
    """Return the first line of an answer, as it comes over the wire."""
    with paramiko.SSHClient() as client:
        client.set_missing_host_key_policy(paramiko.AutoAddPolicy())
        client.connect(
            device.host,
            device.port,
            device.username,
            device.password,
            look_for_keys=False,
            allow_agent=False,
        )
        _, output, _ = client.exec_command("display startup")
        return str(output.read().decode().splitlines()[0])


class Quiet:
    """Watches the demo and says yes."""

    def __init__(self) -> None:
        self.runs: list[Run] = []
        self.stamps: dict[str, str] = {}

    def served(self, devices: dict[str, ServedDevice]) -> None:
        """Keep the first line that each device answers."""
        self.stamps = {name: first_line(device) for name, device in devices.items()}

    def agree(self, plan: PairPlan) -> bool:
        """Go on, whatever is planned."""
        del plan
        return True

    def step(self, step: Progress) -> None:
        """Look away."""

    def sample(self, sample: Sample) -> None:
        """Look away."""

    def verified(self, run: Run) -> None:
        """Keep what was verified."""
        self.runs.append(run)


def test_the_demo_runs_on_devices_that_stamp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stamping = {}
    for name, file in lab_devices().items():
        assert file is not None
        stamping[name] = tmp_path / f"{name}.cfg"
        stamping[name].write_text(STAMPS + file.read_text())
    options = (*QUICK, *(f"--personality={name}={release}" for name, release in RELEASES.items()))
    monkeypatch.setattr(demo, "lab_devices", lambda: stamping)
    monkeypatch.setattr(demo, "emulated", partial(emulated, options=options))
    monkeypatch.setattr(demo, "PATIENCE", Patience(budget_s=300, interval_s=0.2, stable=2))
    audience = Quiet()

    done = demo.run_demo(audience)

    (run,) = audience.runs
    assert (run.verdict, run.outcome) == (Outcome.SUCCESS, "done")
    assert done.second.plan.empty
    assert re.fullmatch(rf"{MOMENT} [+-]\d\d:\d\d", audience.stamps["DeviceA"])
    assert re.fullmatch(MOMENT, audience.stamps["DeviceB"])
