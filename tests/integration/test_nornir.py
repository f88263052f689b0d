"""A Nornir user's own script: our inventory, runner, connections and tasks over SSH, with both drivers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from nornir import InitNornir
from nornir.core import Nornir

from inventory.errors import RefusedError
from inventory.load import load_pair
from runbooks import site
from tasks.nornir_tasks import deploy_pair, display, plan
from tasks.progress import EventProcessor, Moment, TaskEvent
from tasks.runner import PairRunner
from tasks.sessions.protocol import DRIVERS
from tasks.transaction.machine import State
from tasks.transaction.model import Verdict
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


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedPair]:
    with served_pair(tmp_path_factory.mktemp("served")) as pair:
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
    result = watched.run(
        task=deploy_pair,
        pair=pair,
        converge=lambda _sessions: Verdict(held=True),
        journals=inventory / "journals",
    )
    assert not result.failed, result[A].exception
    assert result[A].changed is changed
    if changed:
        assert result[A].result.state is State.DONE
    again = watched.run(task=plan, pair=pair)
    assert [again[name].result.forward for name in NAMES] == [(), ()]
    assert TaskEvent(Moment.HOST_ENDED, "deploy_pair", A) in events


def test_a_channel_whose_source_is_on_no_interface_is_refused(nornir: Nornir, inventory: Path) -> None:
    text = PAIR.replace(ADDRESS[B], "192.0.2.250")
    (inventory / "pairs" / "lyon.yaml").write_text(text)
    result = nornir.run(task=plan, pair=load_pair(inventory / "pairs" / "lyon.yaml"))
    assert isinstance(result[B].exception, RefusedError)
    assert "192.0.2.250 (R3)" in (result[B].exception.wanted or "")


def test_a_pair_that_does_not_hold_is_a_failed_task_and_no_change(nornir: Nornir, inventory: Path) -> None:
    text = PAIR.replace("port: 2046", "port: 2047")
    (inventory / "pairs" / "lyon.yaml").write_text(text)
    pair = load_pair(inventory / "pairs" / "lyon.yaml")
    before = nornir.run(task=plan, pair=pair)
    result = nornir.run(
        task=deploy_pair,
        pair=pair,
        converge=lambda _sessions: Verdict(held=False, text="RBS lyon is not connected"),
        journals=inventory / "journals",
    )
    assert result[A].failed
    assert "RBS lyon is not connected" in str(result[A].exception)
    after = nornir.run(task=plan, pair=pair, on_failed=True)
    for name in NAMES:
        assert after[name].result.forward == before[name].result.forward != ()
