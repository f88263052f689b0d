"""Logins are bounded by the groups of a host: a burst at once, then one at a time, over all its hosts."""

from __future__ import annotations

import pytest
from nornir.core import Nornir
from nornir.core.inventory import Group, Host, Hosts, Inventory, ParentGroups
from nornir.core.processor import Processors
from nornir.core.task import Task

from inventory.errors import IntentError
from inventory.logins import Logins
from tasks import nornir_tasks
from tasks.limits import Bucket, await_turn
from tasks.sessions.nornir_connections import CONNECTION_NAMES


def test_a_burst_goes_at_once_and_then_each_waits_its_turn() -> None:
    now = 100.0
    bucket = Bucket(Logins(per_second=4, burst=3), lambda: now)
    assert [bucket.turn() for _ in range(6)] == [0, 0, 0, 0.25, 0.5, 0.75]
    now = 100.75
    assert bucket.turn() == 0.25
    now = 200.0
    assert [bucket.turn() for _ in range(4)] == [0, 0, 0, 0.25]


def host(name: str, *groups: Group) -> Host:
    return Host(name, groups=ParentGroups(list(groups)))


def test_hosts_of_a_group_share_its_limit_and_a_parent_counts_too() -> None:
    realm = Group("aaa-test", data={"logins": {"per_second": 0.001}})
    site = Group("site-test", groups=ParentGroups([realm]))
    waits: list[float] = []
    for name in ("one", "two"):
        await_turn(host(name, site), waits.append)
    await_turn(host("three", Group("free-test")), waits.append)
    assert waits[0] == 0
    assert waits[1] == pytest.approx(1000, rel=0.01)
    assert len(waits) == 2


def test_what_is_no_limit_is_told_with_its_group() -> None:
    wrong = Group("wrong-test", data={"logins": {"per_minute": 3}})
    with pytest.raises(IntentError, match="wrong-test"):
        await_turn(host("one", wrong), lambda _seconds: None)


def test_only_the_first_login_of_a_piece_of_work_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    did: list[str] = []
    monkeypatch.setattr(nornir_tasks, "await_turn", lambda one: did.append(f"waited for {one.name}"))
    monkeypatch.setattr(
        Host,
        "open_connection",
        lambda one, name, _config, **_extras: did.append(f"dialled {one.name} by {name}"),
    )
    monkeypatch.setattr(nornir_tasks, "session_of", lambda _task, one, _driver: did.append(f"has {one.name}"))
    open_session = nornir_tasks.opener(
        Task(print, Nornir(Inventory(Hosts())), global_dry_run=False, processors=Processors()), host("one")
    )
    for _ in range(3):
        open_session()
    assert did == [
        "waited for one",
        f"dialled one by {CONNECTION_NAMES['netmiko']}",
        *["has one"] * 3,
    ]
