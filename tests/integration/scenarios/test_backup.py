"""Batch backup now: what is typed, how it is followed, and when it is refused."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from inventory.errors import DeviceError, IntentError, RefusedError
from runbooks import interrupts
from runbooks.backup import Backed, backup_now, plan_backup
from tasks.checks.model import Outcome
from tasks.checks.policy import NO_POLICY
from tasks.checks.waiting import Patience
from tasks.sessions.vrp import VrpSession
from tests.integration.scenarios.bridge import Stage, openers
from tests.integration.scenarios.pairs import deployed, sample
from tests.integration.scenarios.plants import typed
from tests.runbooks.struck import signals_told, struck

SEED, ARP, BRAS = "seed-igmp", "user-vrrp-arp", "user-vrrp-bras"


def backed(name: str, stage: Stage, types: Sequence[str] = ()) -> Backed:
    pair = sample(name)
    return backup_now(
        pair, openers(stage, pair), types, policy=NO_POLICY, patience=Patience(budget_s=30), clock=stage.clock
    )


def test_every_channel_sends_what_its_profiles_back_up() -> None:
    lines = {member: [one.text for one in typed] for member, typed in plan_backup(sample(ARP), ()).items()}

    expected = [
        "remote-backup-service gateway",
        "batch-backup service-type arp now",
        "batch-backup service-type nd now",
        "quit",
    ]
    assert lines == {"GW1": expected, "GW2": expected}
    (first, *_) = plan_backup(sample(SEED), ()).values()
    assert [one.text for one in first][1] == "batch-backup service-type multicast now"


def test_entries_that_were_held_back_reach_the_backup() -> None:
    stage = deployed(SEED)
    typed("DeviceA", "remote-backup-service service1", "backup block send multicast")(stage)
    stage.lab.world.join("DeviceA", "Eth-Trunk1", "225.7.7.9", "10.9.9.9")
    stage.lab.advance(30)
    held_back = backed(SEED, stage)
    typed("DeviceA", "remote-backup-service service1", "undo backup block send multicast")(stage)
    stage.lab.advance(60)

    done = backed(SEED, stage, ("multicast",))

    assert held_back.outcome is Outcome.FAILURE
    assert held_back.after[0].missing == ("225.7.7.9",)
    assert [one.on_backup for one in done.before] == [2]
    assert done.outcome is Outcome.SUCCESS
    assert [(one.on_backup, one.on_master, one.missing) for one in done.after] == [(3, 3, ())]
    assert done.typed["DeviceB"] == (
        "remote-backup-service service1",
        "batch-backup service-type multicast now",
        "quit",
    )


def test_a_signal_that_got_lost_is_heeded_before_a_line_is_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    stage = deployed(SEED)
    monkeypatch.setattr(VrpSession, "stage", lambda *_given: pytest.fail("a line was typed"))
    monkeypatch.setattr(interrupts._WATCH, "came", True)
    with pytest.raises(KeyboardInterrupt):
        backed(SEED, stage)


def test_a_signal_while_lines_are_typed_has_them_typed_on_both_and_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stage, typed_on = deployed(SEED), list[str]()
    close = struck(VrpSession.close)

    def noted(session: VrpSession) -> None:
        typed_on.append(session.member)
        close(session)

    monkeypatch.setattr(VrpSession, "close", noted)
    with signals_told(), pytest.raises(DeviceError, match="batch backups are started on both") as caught:
        backed(SEED, stage)
    assert typed_on[:2] == ["DeviceA", "DeviceB"]
    assert "interrupted" in caught.value.message
    assert caught.value.next_command == f"hotpair ready {SEED}"


def test_what_no_display_shows_is_not_called_done() -> None:
    assert backed(BRAS, deployed(BRAS)).outcome is Outcome.ERROR


def test_without_a_channel_nothing_is_sent() -> None:
    stage = deployed(SEED)
    typed("DeviceB", "remote-backup-service service1", "shutdown")(stage)
    stage.lab.advance(30)

    with pytest.raises(RefusedError, match="nothing was sent") as told:
        backed(SEED, stage)
    assert "channel is not connected" in (told.value.found or "")


def test_a_type_that_is_none_is_told_with_what_may_be_meant() -> None:
    with pytest.raises(IntentError, match="did you mean 'multicast'"):
        plan_backup(sample(SEED), ("multicas",))
