"""`hotpair ready` and `hotpair drill` over SSH, with both drivers."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from runbooks.lab import LAB_PAIR, emulated, lab_devices, sample_file
from runbooks.lab_folder import write_inventory
from tasks.plan.model import Command as Line
from tests.integration.lab import BUDGET, Lab, here, typed
from tests.integration.spoken.kept import heard, require_as_kept
from tests.integration.spoken.plain import Names

pytestmark = pytest.mark.ssh
SLOWLY = ("--time-scale", "4")
"""The trial of a drill lasts 540 virtual seconds; on a slow machine it must not end before the looks do."""


@pytest.fixture(scope="module")
def deployed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """Yield routers whose pair was rehearsed and deployed."""
    home = tmp_path_factory.mktemp("drill") / "lab"
    file = sample_file(LAB_PAIR)
    control = home.parent / "control"
    with emulated(lab_devices(file), ["--control", str(control), *SLOWLY]) as served:
        write_inventory(home, served, file)
        routers = Lab(home, served, control)
        routers.order(advance=300)  # a pair that has just come up is unlike its twin
        told = typed("rehearse", LAB_PAIR, "--driver", "scrapli", folder=home)
        assert told.code == 0, told.said
        require_as_kept("rehearse", [heard(f"hotpair rehearse {LAB_PAIR}", told, Names(home))])
        (run,) = (home / "runs").glob("*-rehearse-*")
        made = typed("deploy", LAB_PAIR, "-i", home, "--yes", "--rehearsed", run.name, *BUDGET)
        assert made.code == 0, made.said
        assert "as-rehearsed" in made.out
        yield routers


@pytest.fixture
def folder(deployed: Lab) -> Path:
    """Return the inventory of the pair, which came to rest after what others did."""
    deployed.order(advance=300)
    return deployed.folder


def test_ready_and_drilled(folder: Path) -> None:
    seen = here("ready", LAB_PAIR, "-i", folder, "--driver", "netmiko")
    assert seen.code == 0, seen.said
    assert f"{LAB_PAIR}: ready" in seen.out

    done = typed(
        "drill",
        LAB_PAIR,
        "-i",
        folder,
        "--driver",
        "scrapli",
        "--yes",
        "--format",
        "json",
        "--ticket",
        "CHG-7",
        "--report",
        folder.parent / "drill.html",
    )

    assert done.code == 0, done.said
    (drill,) = done.document()["drills"]
    assert drill["moves"] == ["E-Trunk 1"]
    assert drill["lost"] == {}
    assert drill["times"]["roles_s"] <= drill["hypothesis"]["roles_within_s"]
    assert drill["run"]["kind"] == "drill"
    assert drill["run"]["transaction"]["id"] in (folder.parent / "drill.html").read_text()
    sampled = drill["run"]["hitless"]
    assert sampled["verdict"] == "hit"
    assert {hit["signal"] for hit in sampled["hits"]} >= {"E-Trunk 1 role"}
    assert all(looks > 3 for looks in sampled["looks"].values()), sampled["looks"]
    assert sampled["traffic"]["verdict"] == "traffic not measured"
    assert "drill" in here("runs", "-i", folder).out
    past = here("drill", LAB_PAIR, "-i", folder, "--history", "--format", "json").document()["drills"]
    assert (past[0]["verdict"], past[0]["run"]) == ("success", drill["run"]["id"])
    assert past[0]["entries"] == "0 of 0 kept" or "nothing could be lost" in past[0]["entries"]
    policy = folder.parent / "drills.yaml"
    policy.write_text("drill_every: 1d\n")
    looked = here("check", LAB_PAIR, "-i", folder, "--policy", policy, "--format", "json").document()
    (due,) = [one for run in looked["runs"] for one in run["results"] if one["check"] == "drilled"]
    assert due["outcome"] == "success"


def test_a_calm_pair_is_hitless_and_the_deployment_that_made_it_was_told(folder: Path) -> None:
    ping = folder / "ping.log"
    ping.write_text("".join(f"[{1_600_000_000 + n}.5] 64 bytes from 192.0.2.1\n" for n in range(9)))

    seen = typed("verify", LAB_PAIR, "-i", folder, "--check", "rbs-connected", "--for", "3s",
                 "--traffic", ping, "--format", "json", "--driver", "scrapli")  # fmt: skip

    assert seen.code == 3, seen.said
    run = seen.document()
    assert run["hitless"]["verdict"] == "hitless"
    assert run["hitless"]["floor_s"] > 0
    assert run["hitless"]["traffic"]["verdict"] == "inconclusive"
    assert {one["check"]: one["outcome"] for one in run["results"]} == {
        "rbs-connected": "success", "hitless": "success", "traffic": "error",
    }  # fmt: skip
    assert here("verify", LAB_PAIR, "-i", folder, "--for", "soon").code == 2
    assert here("verify", LAB_PAIR, "-i", folder, "--traffic", ping).code == 2
    (made,) = (folder / "runs").glob("*-deploy-*")
    kept = json.loads((made / "run.json").read_text())["hitless"]
    assert kept["verdict"] == "hit"
    assert kept["timeline"][0]["text"].startswith("transaction hp-")


class Striking(io.StringIO):
    """What hears a command, and lets the channel flap once while a member is on trial."""

    def __init__(self, routers: Lab) -> None:
        super().__init__()
        self.routers = routers
        self.struck = False

    def write(self, text: str) -> int:
        if "trial with" in text and not self.struck:
            self.struck = True
            self.routers.order(fault="flap", device="DeviceA", what="channel", name="service1")
        return super().write(text)


@pytest.mark.parametrize("driver", ["netmiko", "scrapli"])
def test_a_service_that_is_off_fails_its_check_alone_and_a_flap_while_it_is_mended_is_found(
    deployed: Lab, folder: Path, tmp_path: Path, driver: str
) -> None:
    how = (LAB_PAIR, "-i", folder, "--driver", driver, "--runs", tmp_path, "--format", "json")
    inside = "-Eth-Trunk1"
    colleague = deployed.session("DeviceB")
    colleague.stage(
        [Line("interface Eth-Trunk1", inside), Line("undo igmp enable", inside), Line("quit", "")]
    )
    colleague.commit()
    colleague.save()
    colleague.close()

    seen = here("verify", *how)
    made = here("deploy", *how, "--yes", *BUDGET, err=Striking(deployed))

    assert (seen.code, made.code) == (1, 0), seen.said + made.said
    failed = [one for one in seen.document()["results"] if one["outcome"] not in {"success", "skipped"}]
    assert [(one["check"], one["outcome"]) for one in failed] == [("igmp-enabled", "failure")]
    hitless = made.document()["run"]["hitless"]
    assert hitless["verdict"] == "hit"
    assert {hit["signal"] for hit in hitless["hits"]} == {"channel service1"}
    assert all(hit["counted"] for hit in hitless["hits"])


@pytest.mark.parametrize("driver", ["netmiko", "scrapli"])
def test_a_standby_that_takes_nothing_in_is_not_ready_until_it_does(
    deployed: Lab, folder: Path, driver: str
) -> None:
    host = {"device": "DeviceA", "interface": "Eth-Trunk1", "host": "10.9.9.9"}
    how = (LAB_PAIR, "-i", folder, "--driver", driver)
    deployed.order(fault="slow-backup", device="DeviceB")
    deployed.order(join="225.7.7.7", **host)
    deployed.order(advance=30)

    behind, refused = here("ready", *how), here("drill", *how, "--yes")
    deployed.order(fault="restore-backup", device="DeviceB")
    deployed.order(advance=30)
    there = here("ready", *how)
    deployed.order(leave="225.7.7.7", **host)

    assert (behind.code, refused.code, there.code) == (1, 4, 0), behind.said + refused.said + there.said
    assert "0 of 1 entry of DeviceA is on the backup; missing 225.7.7.7" in behind.out
    assert re.search(r"lag: 1 of 1 entry, (?:29|3\d) s$", behind.out, re.MULTILINE), behind.out
    assert "lag: 0 of 1 entry\n" in there.out


def test_a_dry_run_shows_what_would_be(folder: Path) -> None:
    shown = here("drill", LAB_PAIR, "-i", folder, "--dry-run")
    refused = here("drill", LAB_PAIR, "-i", folder, "--dry-run", "--report", folder.parent / "no.html")
    assert (refused.code, (folder.parent / "no.html").exists()) == (2, False)

    assert shown.code == 0, shown.said
    assert "DeviceA: priority 254" in shown.out
    assert "expected: roles within 30 s, 0 entries lost" in shown.out


@pytest.mark.parametrize("driver", ["netmiko", "scrapli"])
def test_a_port_that_would_be_shut_is_shown_with_what_moves(folder: Path, driver: str) -> None:
    port = ("--by", "shutdown", "--port", "GE0/1/2")

    shown = here("drill", LAB_PAIR, "-i", folder, *port, "--dry-run", "--driver", driver)

    assert shown.code == 0, shown.said
    assert "moves: Eth-Trunk1 in E-Trunk 1" in shown.out
    assert "DeviceA: interface GigabitEthernet0/1/2\n  DeviceA: shutdown\n" in shown.out


def test_a_port_that_is_none_or_not_named_is_not_shut(folder: Path) -> None:
    by = ("drill", LAB_PAIR, "-i", folder, "--by", "shutdown", "--yes")

    none = here(*by, "--port", "GE0/9/9")
    assert none.code == 4, none.said
    assert "DeviceA has no port GE0/9/9; nothing was sent" in none.said
    assert here(*by).code == 2
    assert here(*by, "--port", "GE0/1/2", "--both").code == 2
    assert here("drill", LAB_PAIR, "-i", folder, "--yes", "--port", "GE0/1/2").code == 2


def test_words_that_do_not_go_together_are_refused(folder: Path) -> None:
    assert here("drill", LAB_PAIR, "-i", folder, "--force").code == 2
    assert here("drill", LAB_PAIR, "-i", folder, "--format", "json").code == 2
    refused = here("drill", LAB_PAIR, "-i", folder, "--from", "b", "--yes")
    assert refused.code == 4, refused.said
    assert "DeviceB leads nothing that could move" in refused.said
    assert "drill seed-igmp --from a" in refused.said
