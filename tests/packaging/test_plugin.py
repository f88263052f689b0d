"""The example package of docs/plugin, installed as a user would, brings one of each."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from runbooks.lab import LAB
from tests.integration.documents import HOUSE, fenced

PLUGIN = HOUSE / "docs" / "plugin"
TRIED = """
import json, sys
from pathlib import Path

import hotpair
from inventory.nornir_plugin import HotpairInventory
from inventory.secrets import store
from runbooks.alerts.sending import sender_for
from runbooks.alerts.settings import Alerts
from tasks.checks.catalog import Selection, checks_for

home = Path(sys.argv[1])
(check,) = checks_for(Selection(tags=("example",)))
shown = " clock status: synchronized\\n clock stratum: 3\\n reference clock ID: 192.0.2.9\\n"
parsed = hotpair.parse("display ntp-service status", shown)
route = {"name": "file", "plugin": {"name": "example-file", "options": {"file": str(home / "alerts.txt")}}}
alerts = Alerts.model_validate({"routes": [route]})
sender = sender_for(alerts, lambda name: None)
sender.plugins["example-file"]({"title": "fail (major) metro-1"}, alerts.routes[0].plugin.options)
inventory = HotpairInventory(str(home)).load()
print(json.dumps({
    "check": check.name,
    "displays": [need.command for need in check.all_needs(inventory.defaults.data["pairs"]["user-vrrp-arp"])],
    "records": [[type(one).__name__, one.status, one.stratum, one.reference] for one in parsed.records],
    "unparsed": len(parsed.unparsed),
    "alerts": (home / "alerts.txt").read_text(),
    "secret": store({"EXAMPLE_SECRETS_FOLDER": str(home / "mounted")})("login").reveal(),
    "hosts": {name: host.hostname for name, host in inventory.hosts.items()},
}))
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install a copy: building leaves files beside its sources."""
    home = tmp_path_factory.mktemp("plugin")
    shutil.copytree(PLUGIN, home / "source", ignore=shutil.ignore_patterns("__pycache__"))
    words = ["-m", "pip", "install", "-q", "--no-deps", "--no-index", "--no-build-isolation"]
    subprocess.run(
        [sys.executable, *words, "--target", str(home / "site"), str(home / "source")],
        check=True,
        capture_output=True,
    )
    return home / "site"


def run(installed: Path, *words: str, folder: Path) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join((str(installed), str(HOUSE)))
    return subprocess.run(
        [sys.executable, *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": path, "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_one_of_each_is_used(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "inventory.yaml").write_text("plugin: {name: example-list, options: {file: list.txt}}\n")
    (tmp_path / "list.txt").write_text("GW1 192.0.2.1 user-vrrp-arp a\nGW2 192.0.2.2 user-vrrp-arp b\n")
    (tmp_path / "defaults.yaml").write_text("username: netops\ndata: {password: {secret: login}}\n")
    (tmp_path / "pairs").mkdir()
    shutil.copy(LAB / "pairs" / "user-vrrp-arp.yaml", tmp_path / "pairs")
    (tmp_path / "mounted").mkdir()
    (tmp_path / "mounted" / "login").write_text("of the folder\n")

    done = run(installed, "-c", TRIED, str(tmp_path), folder=tmp_path)

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "check": "example-same-software",
        "displays": ["display version", "display version"],
        "records": [["NtpState", "synchronized", 3, "192.0.2.9"]],
        "unparsed": 0,
        "alerts": "fail (major) metro-1\n",
        "secret": "of the folder",
        "hosts": {"GW1": "192.0.2.1", "GW2": "192.0.2.2"},
    }


def test_the_commands_of_the_page_know_it(installed: Path, tmp_path: Path) -> None:
    blocks = fenced(HOUSE / "docs" / "extending.md")
    (commands,) = (text for kind, text in blocks if kind == "sh")
    for line in commands.splitlines():
        program, *words = line.split()
        if program == "pip":
            assert (HOUSE / words[-1]).is_dir()
            continue
        done = run(installed, "-m", "hotpair", *words, folder=tmp_path)
        assert done.returncode == 0, done.stderr
        assert "both members run the same software" in done.stdout


def test_the_page_names_the_groups_of_the_package() -> None:
    page = (HOUSE / "docs" / "extending.md").read_text(encoding="utf-8")
    (shown,) = (text for kind, text in fenced(HOUSE / "docs" / "extending.md") if kind == "toml")
    given = tomllib.loads((PLUGIN / "pyproject.toml").read_text(encoding="utf-8"))["project"]["entry-points"]
    assert all(f"| `{group}` |" in page for group in given)
    assert tomllib.loads(shown)["project"]["entry-points"].items() <= given.items()


def test_a_package_that_cannot_be_loaded_is_named(installed: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    shutil.copytree(installed, broken)
    (broken / "hotpair_example" / "displays.py").write_text("raise RuntimeError('torn')\n")
    done = run(broken, "-m", "hotpair", "parse", "display ntp-service status", "/dev/null", folder=tmp_path)
    assert done.returncode == 2
    assert "the plugin example cannot be loaded" in done.stderr
    assert "RuntimeError: torn" in done.stderr
    assert "pip uninstall hotpair-example" in done.stderr
