"""A Nornir user's own script: our inventory, runner, connections and tasks over SSH, with both drivers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from nornir import InitNornir
from nornir.core import Nornir

from inventory.errors import RefusedError, RolledBackError
from inventory.load import load_pair
from runbooks import site
from runbooks.nornir_tasks import check_pair, deploy_pair, display, learn_pair, plan, verify_pair
from tasks.progress import EventProcessor, Moment, TaskEvent
from tasks.runner import PairRunner
from tasks.sessions.protocol import DRIVERS
from tests.integration.served import ServedPair, served_pair
from tests.tasks.transaction.bench import ADDRESS, NAMES

pytestmark = pytest.mark.ssh

A, B = NAMES
PAIR = f"""
pair: lyon
members: {{a: {A}, b: {B}}}
backup_services:
  - name: lyon
    address: {{a: {ADDRESS[A]}, b: {ADDRESS[B]}}}
    port: 2046
"""


LINK = {
    name: f"""#
interface GigabitEthernet0/7/0
 undo shutdown
 ip address 10.77.0.{host} 255.255.255.252
#
ospf 1
 area 0.0.0.0
  network 10.77.0.0 0.0.0.3
  network {ADDRESS[name]} 0.0.0.0
"""
    for host, name in enumerate(NAMES, start=1)
}
"""A link between the members, by which the channel comes up."""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedPair]:
    with served_pair(tmp_path_factory.mktemp("served"), more=LINK) as pair:
        yield pair


@pytest.fixture
def inventory(served: ServedPair, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    hosts = [
        f"{name}:\n  hostname: {device.host}\n  port: {device.port}\n  username: {device.username}\n"
        f"  data:\n    password: {{secret: {name}}}\n    host_key: {device.host_key}\n"
        for name, device in served.devices.items()
    ]
    (tmp_path / "hosts.yaml").write_text("".join(hosts))
    (tmp_path / "pairs").mkdir()
    (tmp_path / "pairs" / "lyon.yaml").write_text(PAIR)
    (tmp_path / "secrets.yaml").write_text(
        "".join(f"{name}: {device.password}\n" for name, device in served.devices.items())
    )
    (tmp_path / "secrets.yaml").chmod(0o600)
    monkeypatch.setenv("HOTPAIR_SECRETS_FILE", str(tmp_path / "secrets.yaml"))
    return tmp_path


@pytest.fixture(params=DRIVERS)
def nornir(inventory: Path, request: pytest.FixtureRequest) -> Iterator[Nornir]:
    site._register()  # as entry points do where the project is installed
    started = InitNornir(
        runner={"plugin": "hotpair-pairs", "options": {"num_workers": 2}},
        inventory={
            "plugin": "HotpairInventory",
            "options": {"directory": str(inventory), "driver": request.param},
        },
        logging={"enabled": False},
    )
    yield started
    started.close_connections()


def test_the_plugins_are_found_by_their_names(nornir: Nornir) -> None:
    assert isinstance(nornir.runner, PairRunner)
    assert set(nornir.inventory.hosts) == set(NAMES)


def test_a_display_gives_text_and_records_from_every_host(nornir: Nornir) -> None:
    result = nornir.run(task=display, command="display configuration trial status")
    assert not result.failed, {name: multi.exception for name, multi in result.items()}
    for name in NAMES:
        assert result[name].result.unparsed == ()
        assert "INACTIVE" in getattr(result[name][0], "text", "")


def test_a_pair_is_planned_deployed_and_planned_empty(nornir: Nornir, inventory: Path) -> None:
    pair = load_pair(inventory / "pairs" / "lyon.yaml")
    events: list[TaskEvent] = []
    told: Any = EventProcessor(events.append)
    watched = nornir.with_processors([told])
    first = watched.run(task=plan, pair=pair)
    assert not first.failed, {name: multi.exception for name, multi in first.items()}
    changed = any(first[name].result.forward for name in NAMES)
    result = watched.run(task=deploy_pair, pair=pair, journals=inventory / "journals", budget_s=20)
    assert not result.failed, result[A].exception
    assert result[A].changed is changed
    assert result[B][0].result is None
    again = watched.run(task=plan, pair=pair)
    assert [again[name].result.forward for name in NAMES] == [(), ()]
    assert TaskEvent(Moment.HOST_ENDED, "deploy_pair", A) in events


def test_a_deployed_pair_is_verified_checked_and_learned(nornir: Nornir, inventory: Path) -> None:
    pair = load_pair(inventory / "pairs" / "lyon.yaml")
    deployed = nornir.run(task=deploy_pair, pair=pair, journals=inventory / "journals", budget_s=20)
    assert not deployed.failed, deployed[A].exception
    verified = nornir.run(task=verify_pair, pair=pair, budget_s=20)
    assert {str(one.outcome) for one in verified[A].result.results} <= {"success", "skipped"}
    checked = nornir.run(task=check_pair, pair=pair)
    assert "drift" in {one.check for one in checked[A].result.results}
    learned = nornir.run(task=learn_pair, pair=pair)
    assert "name: lyon" in learned[A].result
    assert [verified[B][0].result, checked[B][0].result, learned[B][0].result] == [None, None, None]


def test_a_channel_whose_source_is_on_no_interface_is_refused(nornir: Nornir, inventory: Path) -> None:
    text = PAIR.replace(ADDRESS[B], "192.0.2.250")
    (inventory / "pairs" / "lyon.yaml").write_text(text)
    result = nornir.run(task=plan, pair=load_pair(inventory / "pairs" / "lyon.yaml"))
    assert isinstance(result[B].exception, RefusedError)
    assert "192.0.2.250 (R3)" in (result[B].exception.wanted or "")


def test_a_dry_run_gives_the_plan_and_types_nothing(nornir: Nornir, inventory: Path) -> None:
    (inventory / "pairs" / "lyon.yaml").write_text(PAIR.replace("port: 2046", "port: 2048"))
    pair = load_pair(inventory / "pairs" / "lyon.yaml")
    before = nornir.run(task=plan, pair=pair)
    nornir.data.dry_run = True
    result = nornir.run(task=deploy_pair, pair=pair, journals=inventory / "journals", budget_s=20)
    assert not result.failed, result[A].exception
    assert (result[A].changed, result[B][0].result) == (True, None)
    shown = result[A].result
    assert [one.forward for one in (shown.a, shown.b)] == [before[name].result.forward for name in NAMES]
    after = nornir.run(task=plan, pair=pair)
    assert [after[name].result.forward for name in NAMES] == [before[name].result.forward for name in NAMES]
    assert not (inventory / "journals").exists()


def test_a_pair_that_does_not_hold_is_a_failed_task_and_no_change(nornir: Nornir, inventory: Path) -> None:
    text = PAIR.replace("port: 2046", "port: 2047")
    (inventory / "pairs" / "lyon.yaml").write_text(text)
    pair = load_pair(inventory / "pairs" / "lyon.yaml")
    before = nornir.run(task=plan, pair=pair)
    result = nornir.run(
        task=deploy_pair,
        pair=pair,
        journals=inventory / "journals",
        budget_s=0,
    )
    assert isinstance(result[A].exception, RolledBackError)
    after = nornir.run(task=plan, pair=pair, on_failed=True)
    for name in NAMES:
        assert after[name].result.forward == before[name].result.forward != ()
