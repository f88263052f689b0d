"""The demo: from two bare routers to verified hot backup, as a newcomer sees it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.integration.lab import HUNG_S, Ended, typed
from tests.integration.processes import needs_proc, processes_of, started
from tests.integration.spoken.kept import heard, require_as_kept
from tests.integration.spoken.plain import Names

pytestmark = [pytest.mark.ssh, needs_proc]


@pytest.mark.parametrize("driver", ["scrapli"])  # with netmiko: tests/packaging/test_release.py
def test_the_demo_deploys_verifies_and_finds_nothing_left_to_do(tmp_path: Path, driver: str) -> None:
    report = tmp_path / "demo.html"
    with started("demo", "--driver", driver, "--report", report.name, folder=tmp_path) as process:
        out, err = process.communicate(timeout=HUNG_S)
        assert processes_of(process.pid) == []
    assert process.returncode == 0, out + err
    for word in ("DeviceA answers SSH", "remote-backup-service service1", "both on trial", "e-trunk-roles"):
        assert word in out
    assert "Both members hold the intent: no line, no commit." in out
    assert "hotpair lab" in out.partition("Try next")[2]
    line = f"hotpair demo --driver {driver} --report {report.name}"
    require_as_kept("demo", [heard(line, Ended(process.returncode, out, err), Names(tmp_path))])
    page = report.read_text()
    for word in ("e-trunk-roles", "rbs-connected", "display e-trunk 1", "DeviceB", "trial with persist id"):
        assert word in page
    assert sorted(path.name for path in tmp_path.iterdir()) == ["demo.html"]


def test_a_report_that_cannot_be_written_ends_the_demo_before_it_begins(tmp_path: Path) -> None:
    report = tmp_path / "none" / "demo.html"
    ended = typed("demo", "--report", report)
    assert ended.code == 2
    assert str(report) in ended.err
    assert ended.out == ""
