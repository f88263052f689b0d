"""A key and a password that may stand nowhere: not on the screen, not in journals, runs or reports."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from runbooks.lab import LAB_PAIR
from tests.integration.conftest import Command
from tests.integration.lab import BUDGET, MEMBERS, QUICK, Ended, Lab, lab

pytestmark = [pytest.mark.ssh]

PASSWORD = "Pw_canary_7Jq2"
KEY = "Et_canary_9Xw4"
REPORTS = ("html", "json", "xml", "md", "csv")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "lab").mkdir()
    return tmp_path


@pytest.fixture
def guarded(home: Path) -> Iterator[Lab]:
    """Yield a lab with known secrets."""
    with lab(home / "lab", "--password", PASSWORD, *QUICK) as routers:
        file = routers.folder / "secrets.yaml"
        YAML().dump({"lab-password": PASSWORD, "seed-igmp-etrunk": KEY}, file)
        file.chmod(0o600)
        yield routers


def leaks(ended: Ended) -> set[str]:
    return {secret for secret in (PASSWORD, KEY) if secret in ended.said}


def leaking_files(folder: Path) -> set[str]:
    """Name the files that hold a secret; the secrets file is where they are kept."""
    return {
        path.name
        for path in folder.rglob("*")
        if path.is_file()
        and path.name != "secrets.yaml"
        and any(secret.encode() in path.read_bytes() for secret in (PASSWORD, KEY))
    }


@pytest.mark.parametrize("driver", ["netmiko", "scrapli"])
def test_no_secret_is_shown_or_kept(home: Path, guarded: Lab, command: Command, driver: str) -> None:
    here = (LAB_PAIR, "-i", guarded.folder, "--driver", driver)
    reports = [word for form in REPORTS for word in ("--report", home / f"verify.{form}")]
    saw = [
        command("plan", *here, "--back"),
        command("plan", *here, "-f", "json"),
        command("deploy", *here, "--yes", "-f", "json", *BUDGET),
        command("deploy", *here, "--yes"),
        command("verify", *here, *reports),
        command("check", "-i", guarded.folder, "-f", "json"),
        command("learn", LAB_PAIR, "-i", guarded.folder),
        command("render", guarded.pair_file),
        command("deploy", "--help"),
    ]
    assert [ended.code for ended in saw] == [10, 10, 0, 0, 0, 0, 0, 0, 0]
    assert [leaks(ended) for ended in saw] == [set()] * len(saw)
    assert "<secret:seed-igmp-etrunk>" in saw[0].out
    assert all((home / f"verify.{form}").is_file() for form in REPORTS)
    assert list((guarded.folder / "journals").glob("*.jsonl"))
    assert leaking_files(home) == set()


@pytest.mark.parametrize("driver", ["netmiko", "scrapli"])
@pytest.mark.parametrize("nth", [5, 6, 7, 8])
def test_no_secret_is_shown_when_a_line_with_it_is_refused(
    home: Path, guarded: Lab, command: Command, driver: str, nth: int
) -> None:
    guarded.order(fault="refuse-line", device="DeviceB", nth=nth, message=f"Error: {KEY} is too weak.")
    ended = command("deploy", LAB_PAIR, "-i", guarded.folder, "--yes", "--driver", driver)
    assert ended.code == 4
    assert "too weak" in ended.err
    assert leaks(ended) == set()
    assert leaking_files(home) == set()


def test_the_one_refused_line_that_holds_the_key_names_it(guarded: Lab, command: Command) -> None:
    said = set()
    for nth in range(5, 9):
        guarded.order(fault="refuse-line", device="DeviceB", nth=nth)
        said.add(command("deploy", LAB_PAIR, "-i", guarded.folder, "--yes").err)
    assert any("security-key cipher <secret:seed-igmp-etrunk>" in text for text in said)


@pytest.mark.parametrize("driver", ["netmiko", "scrapli"])
def test_no_secret_is_shown_when_the_login_fails(
    home: Path, guarded: Lab, command: Command, driver: str
) -> None:
    host_keys = {name: guarded.devices[name].host_key for name in MEMBERS}
    file = guarded.folder / "secrets.yaml"
    YAML().dump({"lab-password": f"{PASSWORD}x", "seed-igmp-etrunk": KEY}, file)
    ended = command("verify", LAB_PAIR, "-i", guarded.folder, "--driver", driver)
    assert ended.code == 3
    assert leaks(ended) == set()
    assert host_keys["DeviceA"] not in ended.said
    assert leaking_files(home) == set()


def test_the_lab_keeps_its_secrets_to_its_owner(guarded: Lab) -> None:
    assert (guarded.folder / "secrets.yaml").stat().st_mode & 0o077 == 0
