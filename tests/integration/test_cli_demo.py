"""The demo: from two bare routers to verified hot backup, as a newcomer sees it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.integration.lab import typed
from tests.integration.processes import needs_proc, processes_of, started

pytestmark = [pytest.mark.ssh, needs_proc]


@pytest.mark.parametrize("driver", ["netmiko", "scrapli"])
def test_the_demo_deploys_verifies_and_finds_nothing_left_to_do(tmp_path: Path, driver: str) -> None:
    report = tmp_path / "demo.html"
    with started("demo", "--driver", driver, "--report", report, folder=tmp_path) as process:
        out, err = process.communicate(timeout=120)
        assert processes_of(process.pid) == []
    assert process.returncode == 0, out + err
    for word in ("DeviceA answers SSH", "remote-backup-service service1", "both on trial", "e-trunk-roles"):
        assert word in out
    assert "Both members hold the intent: no line, no commit." in out
    assert "hotpair lab" in out.partition("Try next")[2]
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
