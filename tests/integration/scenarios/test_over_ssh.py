"""Sample pairs other than the first one, deployed and verified from the command line over SSH."""

from __future__ import annotations

from pathlib import Path

import pytest

from runbooks.lab import emulated, lab_devices, sample_file
from runbooks.lab_folder import write_inventory
from tests.integration.lab import APART, here

pytestmark = pytest.mark.ssh
QUICKER = ("--time-scale", "60")
"""A group may preempt after 900 s only, where its backup was heard first."""
BUDGET = ("--budget", "30000")
"""Seconds of ours; the trial lasts as long on routers that live faster."""


@pytest.mark.parametrize(
    ("name", "driver"), [("user-vrrp-dhcp", "netmiko"), ("igmp-snooping-etrunk", "scrapli")]
)
def test_a_pair_is_deployed_and_verified(tmp_path: Path, name: str, driver: str) -> None:
    folder = tmp_path / "lab"
    with emulated(lab_devices(sample_file(name)), QUICKER) as served:
        write_inventory(folder, served, sample_file(name))
        (folder / "policy.yaml").write_text(APART, encoding="utf-8")
        how = (name, "-i", folder, "--driver", driver)
        made = here("deploy", *how, "--yes", *BUDGET)
        assert made.code == 0, made.said
        seen = here("verify", *how)
        assert seen.code == 0, seen.said
        again = here("deploy", *how, "--yes")
        assert again.code == 0, again.said
        assert "nothing to do, both members hold the intent" in again.said
