"""Every wrong input ends with its exit code and a message of what, wanted, found and where; no traceback."""

from __future__ import annotations

import re
import shutil
import socket
from pathlib import Path
from typing import Any

import pytest

from runbooks.lab import LAB_PAIR
from tests.integration.conftest import Command
from tests.integration.lab import BUDGET, MEMBERS, Lab, edit, told, typed

pytestmark = pytest.mark.ssh

KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBmwCJc3Zp5rJ9qVnJt6yHk7X1vQy0sF2bHcL4dE8aTg"


@pytest.fixture
def copy(deployed_lab: Lab, tmp_path: Path) -> Path:
    """Return an inventory of one's own for the shared routers, to be spoilt."""
    folder = tmp_path / "copy"
    shutil.copytree(deployed_lab.folder, folder, ignore=shutil.ignore_patterns("runs", "journals"))
    return folder


# ---- inventory -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("verb", ["plan", "deploy", "verify", "check", "learn"])
def test_a_pair_that_is_not_there(copy: Path, command: Command, verb: str) -> None:
    told(command(verb, "metro-9", "-i", copy), 2, "wanted", LAB_PAIR, "found", "metro-9")


@pytest.mark.parametrize("verb", ["plan", "check"])
def test_a_folder_without_inventory(command: Command, tmp_path: Path, verb: str) -> None:
    told(command(verb, LAB_PAIR, "-i", tmp_path / "none"), 2, "hosts.yaml", str(tmp_path))


def test_an_inventory_without_a_pair_is_not_well(copy: Path, command: Command) -> None:
    (copy / "pairs" / f"{LAB_PAIR}.yaml").unlink()
    told(command("check", "-i", copy), 3, "nothing was checked")


def test_a_member_that_is_no_host(copy: Path, command: Command) -> None:
    edit(copy / "hosts.yaml", lambda hosts: hosts.pop("DeviceB"))
    told(command("plan", LAB_PAIR, "-i", copy), 2, "DeviceB", "hosts.yaml", f"{LAB_PAIR}.yaml:")


def test_a_password_in_the_inventory(copy: Path, command: Command) -> None:
    edit(copy / "hosts.yaml", lambda hosts: hosts["DeviceA"].update(password="Hx7_in_clear"))
    ended = command("plan", LAB_PAIR, "-i", copy)
    told(ended, 2, "DeviceA", "wanted", "secret: NAME")
    assert "Hx7_in_clear" not in ended.said


def test_a_password_as_text_in_the_data(copy: Path, command: Command) -> None:
    edit(copy / "hosts.yaml", lambda hosts: hosts["DeviceA"]["data"].update(password="Hx7_in_clear"))
    ended = command("plan", LAB_PAIR, "-i", copy)
    told(ended, 2, "DeviceA", "data.password")
    assert "Hx7_in_clear" not in ended.said


def test_an_unknown_driver(copy: Path, command: Command) -> None:
    told(command("plan", LAB_PAIR, "-i", copy, "--driver", "telnet"), 2, "netmiko", "scrapli", "telnet")
    edit(copy / "groups.yaml", lambda groups: groups["ne40e"]["data"].update(driver="telnet"))
    told(command("plan", LAB_PAIR, "-i", copy), 2, "netmiko", "scrapli", "data.driver")


def test_a_fault_that_is_none_is_refused_before_a_router_is_dialled(copy: Path, command: Command) -> None:
    edit(copy / "hosts.yaml", lambda hosts: [host.update(port=1) for host in hosts.values()])
    ended = command("rehearse", LAB_PAIR, "-i", copy, "--fault", "rebot,device=DeviceA")
    told(ended, 2, "--fault rebot,device=DeviceA", "did you mean 'reboot'?")


# ---- secrets -----------------------------------------------------------------------------------------------


def test_all_missing_secrets_are_named_before_any_connection(copy: Path, command: Command) -> None:
    (copy / "secrets.yaml").unlink()
    edit(copy / "hosts.yaml", lambda hosts: hosts["DeviceA"].update(port=9))
    ended = command("deploy", LAB_PAIR, "-i", copy, "--yes")
    told(ended, 2, "lab-password", "seed-igmp-etrunk", "HOTPAIR_SECRET_", "wanted", "found")
    both = r"read -rs (HOTPAIR_SECRET_\w+) && read -rs (HOTPAIR_SECRET_\w+) && export \1 \2\n"
    assert re.search(f"next: +{both}", ended.err)
    assert re.search(r"wanted: +(HOTPAIR_SECRET_\w+), (HOTPAIR_SECRET_\w+) in the environment", ended.err)


@pytest.mark.parametrize("verb", ["plan", "verify"])
def test_a_missing_login(copy: Path, command: Command, verb: str) -> None:
    (copy / "secrets.yaml").unlink()
    told(command(verb, LAB_PAIR, "-i", copy), 2, "lab-password", "HOTPAIR_SECRET_LAB_PASSWORD")


def test_a_secrets_file_that_others_may_read(copy: Path, command: Command) -> None:
    (copy / "secrets.yaml").chmod(0o644)
    ended = command("plan", LAB_PAIR, "-i", copy)
    told(ended, 2, "wanted", "0600", "found", "0644", str(copy / "secrets.yaml"))


# ---- sessions --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("driver", ["netmiko", "scrapli"])
def test_a_router_that_is_out_of_reach(copy: Path, command: Command, driver: str) -> None:
    with socket.socket() as closed:  # bound and not listening: nobody else gets the port meanwhile
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
        edit(copy / "hosts.yaml", lambda hosts: hosts["DeviceB"].update(port=port))
        for verb in ("plan", "verify", "check"):
            told(command(verb, LAB_PAIR, "-i", copy, "--driver", driver), 3, "DeviceB", str(port))
        told(command("deploy", LAB_PAIR, "-i", copy, "--yes", "--driver", driver), 3, "DeviceB", str(port))
    assert not (copy / "journals").exists()


@pytest.mark.parametrize("driver", ["netmiko", "scrapli"])
def test_a_wrong_password(copy: Path, command: Command, driver: str) -> None:
    edit(copy / "secrets.yaml", lambda secrets: secrets.update({"lab-password": "Hx7_not_it"}))
    ended = command("verify", LAB_PAIR, "-i", copy, "--driver", driver)
    told(ended, 3, "DeviceA", "user admin", "the password is the secret lab-password")
    assert "Hx7_not_it" not in ended.said


@pytest.mark.parametrize("driver", ["netmiko", "scrapli"])
def test_an_unknown_host_key(copy: Path, command: Command, driver: str) -> None:
    known = copy / "known_hosts"
    known.write_text(f"pe9.example.net {KEY}\n")

    def forget(hosts: Any) -> None:
        del hosts["DeviceA"]["data"]["host_key"]
        hosts["DeviceA"]["data"]["known_hosts"] = "known_hosts"

    edit(copy / "hosts.yaml", forget)
    ended = command("verify", LAB_PAIR, "-i", copy, "--driver", driver)
    told(ended, 3, "DeviceA", "host key", "wanted", "found", str(known))


@pytest.mark.parametrize("driver", ["netmiko", "scrapli"])
def test_a_host_key_that_has_changed(copy: Path, command: Command, driver: str) -> None:
    edit(copy / "hosts.yaml", lambda hosts: hosts["DeviceB"]["data"].update(host_key=KEY))
    ended = command("verify", LAB_PAIR, "-i", copy, "--driver", driver)
    told(ended, 3, "DeviceB", "host key", "wanted", "found")


def test_a_router_that_is_gone_is_not_well(copy: Path, deployed_lab: Lab, command: Command) -> None:
    edit(copy / "hosts.yaml", lambda hosts: hosts["DeviceB"]["data"].update(timeout=3))
    deployed_lab.order(fault="power-off", device="DeviceB")
    try:
        deployed_lab.order(advance=60)  # the other one knows by now that it is alone
        ended = command("check", "-i", copy)
        told(ended, 1, "DeviceB")  # what is known to be wrong comes before what could not be told
        assert "rbs-connected" in ended.out
    finally:
        deployed_lab.order(fault="power-on", device="DeviceB")
        deployed_lab.order(advance=300)


# ---- devices -----------------------------------------------------------------------------------------------


def test_an_address_that_the_router_does_not_have(bare_lab: Lab, command: Command) -> None:
    bare_lab.pair_file.write_text(bare_lab.pair_file.read_text().replace("3.3.3.3", "3.3.3.99"))
    for words in (("plan",), ("deploy", "--yes")):
        told(command(words[0], LAB_PAIR, "-i", bare_lab.folder, *words[1:]), 4, "DeviceB", "3.3.3.99")


@pytest.mark.parametrize("driver", ["netmiko", "scrapli"])
def test_a_line_that_the_router_refuses(bare_lab: Lab, command: Command, driver: str) -> None:
    before = {name: bare_lab.running(name) for name in MEMBERS}
    bare_lab.order(fault="refuse-line", device="DeviceB", nth=7, message="Error: The table is full.")
    ended = command("deploy", LAB_PAIR, "-i", bare_lab.folder, "--yes", "--driver", driver, *BUDGET)
    told(ended, 4, "DeviceB", "table is full", "where", "wanted", "found")
    assert {name: bare_lab.running(name) for name in MEMBERS} == before


def test_a_commit_that_the_router_refuses(bare_lab: Lab, command: Command) -> None:
    before = {name: bare_lab.running(name) for name in MEMBERS}
    bare_lab.order(fault="fail-commit", device="DeviceA", message="Error: Out of memory.")
    ended = command("deploy", LAB_PAIR, "-i", bare_lab.folder, "--yes", *BUDGET)
    told(ended, 5, "DeviceA", "Out of memory", "both members are as before")
    assert {name: bare_lab.running(name) for name in MEMBERS} == before


# ---- words -------------------------------------------------------------------------------------------------


def test_an_unknown_check_and_tag(copy: Path, command: Command) -> None:
    told(command("verify", LAB_PAIR, "-i", copy, "--check", "weather"), 2, "weather", "`hotpair checks`")
    told(command("verify", LAB_PAIR, "-i", copy, "--tag", "e-trnk"), 2, "did you mean 'e-trunk'?")


def test_a_program_cannot_be_asked(copy: Path, command: Command) -> None:
    told(command("deploy", LAB_PAIR, "-i", copy, "--format", "json"), 2, "wanted", "--yes")


def test_an_unknown_transaction(copy: Path, command: Command) -> None:
    told(command("resume", "hp-0000000000", "-i", copy), 2, "hp-0000000000")


def test_no_answer_to_the_question_is_no(bare_lab: Lab) -> None:
    ended = typed("deploy", LAB_PAIR, "-i", bare_lab.folder)
    assert ended.code == 4, ended.said
    assert "nothing was sent" in ended.err
    assert "Traceback" not in ended.said


@pytest.mark.parametrize("verb", ["check", "verify", "plan", "deploy", "learn"])
def test_all_pairs_and_one_of_them_is_refused(copy: Path, command: Command, verb: str) -> None:
    told(command(verb, LAB_PAIR, "--all", "-i", copy), 2, "--all")


def test_a_report_that_cannot_be_written(copy: Path, command: Command, tmp_path: Path) -> None:
    report = tmp_path / "none" / "verify.html"
    told(command("verify", LAB_PAIR, "-i", copy, "--report", report), 2, str(report))
    assert re.search(r"\.html", command("verify", LAB_PAIR, "-i", copy, "--report", "verify").err)


def test_a_run_cannot_be_kept(copy: Path, command: Command, tmp_path: Path) -> None:
    (tmp_path / "runs").write_text("a file")
    ended = command("verify", LAB_PAIR, "-i", copy, "--runs", tmp_path / "runs")
    told(ended, 2, str(tmp_path / "runs"))
