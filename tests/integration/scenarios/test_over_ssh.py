"""Sample pairs other than the first one, deployed and verified from the command line over SSH."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from inventory.secrets import needed_by
from runbooks.lab import LAB, ServedDevice, emulated
from tests.integration.lab import BUDGET, QUICK, typed
from tests.integration.scenarios.pairs import files, sample

pytestmark = pytest.mark.ssh


def write_inventory(folder: Path, name: str, served: dict[str, ServedDevice]) -> None:
    """Write an inventory of one sample pair on served devices."""
    yaml, pair = YAML(), sample(name)
    (folder / "pairs").mkdir(parents=True)
    for file in ("groups.yaml", "defaults.yaml", f"pairs/{name}.yaml"):
        shutil.copy(LAB / file, folder / file)
    hosts = {
        device.device: {
            "hostname": device.host,
            "port": device.port,
            "username": device.username,
            "groups": ["ne40e"],
            "data": {"host_key": device.host_key},
        }
        for device in served.values()
    }
    yaml.dump(hosts, folder / "hosts.yaml")
    secrets = {secret: f"Ssh-{secret}" for secret in needed_by(pair)}
    path = folder / "secrets.yaml"
    path.touch(mode=0o600)
    yaml.dump({**secrets, "lab-password": next(iter(served.values())).password}, path)


@pytest.mark.parametrize(
    ("name", "driver"), [("user-vrrp-dhcp", "netmiko"), ("igmp-snooping-etrunk", "scrapli")]
)
def test_a_pair_is_deployed_and_verified(tmp_path: Path, name: str, driver: str) -> None:
    folder = tmp_path / "lab"
    with emulated(dict(files(sample(name))), QUICK) as served:
        write_inventory(folder, name, served)
        how = (name, "-i", folder, "--driver", driver)
        made = typed("deploy", *how, "--yes", *BUDGET)
        assert made.code == 0, made.said
        seen = typed("verify", *how)
        assert seen.code == 0, seen.said
        again = typed("deploy", *how, "--yes")
        assert again.code == 0, again.said
        assert "nothing to do, both members hold the intent" in again.said
