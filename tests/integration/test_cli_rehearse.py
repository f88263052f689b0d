"""`hotpair rehearse` at each of its ends: green, the change fails on the twin, nothing can be concluded."""

from __future__ import annotations

from pathlib import Path

import pytest

from runbooks.lab import LAB_PAIR
from runbooks.rehearse.agreement import UNCOMPARED
from tasks.plan.model import Command as Line
from tasks.sessions.protocol import DRIVERS
from tests.integration.lab import BUDGET, QUICK, Ended, Lab, here, lab

pytestmark = pytest.mark.ssh
CALM = 300
"""Seconds until nothing moves any more: a pair that has just come up is unlike its twin."""


def rehearsed(routers: Lab, *words: str | Path) -> Ended:
    before = [routers.running(name) for name in routers.devices]
    ended = here("rehearse", LAB_PAIR, "-i", routers.folder, *words, "--format", "json")
    assert [routers.running(name) for name in routers.devices] == before, "no router changes"
    return ended


def ends(ended: Ended) -> dict[str, str]:
    """Give how each part of the rehearsal ended, and require that the run is kept so."""
    run = ended.document()["run"]
    return {one["check"]: one["outcome"] for one in run["results"] if one["tags"] == ["rehearsal"]}


def test_a_change_that_ends_well_on_a_twin_that_agrees_is_green(tmp_path: Path) -> None:
    with lab(tmp_path, *QUICK) as routers:
        routers.order(advance=CALM)

        ended = rehearsed(routers)

        assert ended.code == 0, ended.said
        assert set(ends(ended).values()) == {"success"}
        said = ended.document()
        assert said["agreement"]["share"] >= 0.9
        assert said["agreement"]["doubt"] == ""
        assert (routers.folder / "runs" / said["run"]["id"] / "run.json").is_file()


def test_a_change_that_fails_on_the_twin_ends_with_1_and_may_not_be_deployed_as_rehearsed(
    tmp_path: Path,
) -> None:
    with lab(tmp_path, *QUICK) as routers:
        session = routers.session("DeviceA")
        port = "GigabitEthernet0/1/2"
        inside = f"-{port}"
        session.stage([Line(f"interface {port}", inside), Line("shutdown", inside), Line("quit", "")])
        session.commit()
        session.save()
        session.close()
        routers.order(advance=CALM)

        ended = rehearsed(routers)

        assert ended.code == 1, ended.said
        assert ends(ended)["rehearsed-change"] == "failure"
        assert "rehearsed-drill" not in ends(ended)
        run = ended.document()["run"]["id"]
        refused = here("deploy", LAB_PAIR, "-i", routers.folder, "--yes", "--rehearsed", run)
        assert refused.code == 4, refused.said
        assert "not green" in refused.err


def test_a_twin_that_agrees_in_too_few_fields_concludes_nothing(tmp_path: Path) -> None:
    with lab(tmp_path, *QUICK) as routers:
        made = here("deploy", LAB_PAIR, "-i", routers.folder, "--yes", *BUDGET)
        assert made.code == 0, made.said
        for name in routers.devices:
            if name in {"DeviceA", "DeviceB"}:
                for port in ("1", "2", "3"):
                    routers.order(fault="shut-port", device=name, port=f"GigabitEthernet0/1/{port}")
        routers.order(advance=CALM)

        for driver in DRIVERS:
            ended = rehearsed(routers, "--driver", driver)

            assert ended.code == 3, ended.said
            said = ended.document()["agreement"]
            assert 0 < said["share"] < 0.9
            assert said["doubt"].endswith("of the fields, less than 90%"), said["doubt"]
            assert ends(ended)["twin-agrees"] == "error"
            assert {one for check, one in ends(ended).items() if check != "twin-agrees"} == {"success"}


def test_files_alone_conclude_nothing(tmp_path: Path) -> None:
    with lab(tmp_path, *QUICK) as routers:
        files = [tmp_path / f"{name}.cfg" for name in ("DeviceA", "DeviceB")]
        for file in files:
            session = routers.session(file.stem)
            file.write_text(session.run("display current-configuration"), encoding="utf-8")
            session.close()

        ended = rehearsed(routers, "--running", *files)

        assert ended.code == 3, ended.said
        assert ended.document()["agreement"]["doubt"] == UNCOMPARED
        twice = rehearsed(routers, "--running", files[0], files[0])
        assert twice.code == 4, twice.said
