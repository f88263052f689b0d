"""Sample pairs other than the first one, deployed and verified from the command line over SSH."""

from __future__ import annotations

from pathlib import Path

import pytest

from runbooks.lab import emulated, lab_devices, sample_file
from runbooks.lab_folder import write_inventory
from tests.integration.lab import BUDGET, QUICK, typed

pytestmark = pytest.mark.ssh


@pytest.mark.parametrize(
    ("name", "driver"), [("user-vrrp-dhcp", "netmiko"), ("igmp-snooping-etrunk", "scrapli")]
)
def test_a_pair_is_deployed_and_verified(tmp_path: Path, name: str, driver: str) -> None:
    folder = tmp_path / "lab"
    with emulated(lab_devices(sample_file(name)), QUICK) as served:
        write_inventory(folder, served, sample_file(name))
        how = (name, "-i", folder, "--driver", driver)
        made = typed("deploy", *how, "--yes", *BUDGET)
        assert made.code == 0, made.said
        seen = typed("verify", *how)
        assert seen.code == 0, seen.said
        again = typed("deploy", *how, "--yes")
        assert again.code == 0, again.said
        assert "nothing to do, both members hold the intent" in again.said
