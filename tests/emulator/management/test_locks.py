"""Locks and sessions, typed at the terminal."""

from __future__ import annotations

from emulator.device import Device
from tests.emulator.client import at, configuring


def test_the_lock_bars_others_and_falls_away_idle(device: Device) -> None:
    owner, other = configuring(device), configuring(device)
    owner.type("configuration exclusive")
    assert other.type("sysname PE8", "commit") == (
        f"Error: The configuration is locked by other user. [Session ID = {owner.session}]"
    )
    assert "netops" in other.type("display configuration-occupied user")
    other.now = owner.now = 29.0
    owner.type("display configuration trial status")
    other.wait(29.0)
    assert other.type("commit").startswith("Error: ")
    other.wait(1.0)
    assert other.type("commit") == ""
    assert device.sysname == "PE8"


def test_the_lock_timeout_is_configurable_and_logout_unlocks(device: Device) -> None:
    owner, other = configuring(device), configuring(device)
    owner.type("configuration-occupied timeout 300", "commit", "configuration exclusive")
    other.wait(299.0)
    assert device.store.lock is not None
    device.disconnect(owner.session, 299.0)
    assert other.type("configuration exclusive") == ""
    other.type("undo configuration exclusive")
    assert device.store.lock is None


def test_sessions_are_listed(device: Device) -> None:
    client, _other = at(device), at(device)
    rows = client.type("display configuration sessions").splitlines()
    assert rows[3] == "1 *     VTY 0        netops               2026-01-05 08:00:00    -"
    assert rows[4] == "2       VTY 1        netops               2026-01-05 08:00:00    -"
