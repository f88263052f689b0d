"""What several tests of commits type first."""

from __future__ import annotations

from emulator.device import Device
from tests.emulator.client import Client, configuring


def ids(device: Device) -> list[int]:
    return [point.id for point in device.store.history.points]


def on_trial(device: Device, command: str = "commit trial 120 persist tx-9") -> Client:
    client = configuring(device)
    client.type("sysname PE8")
    shown = client.type(command)
    assert shown.endswith("if the trial configuration is not confirmed in 120 seconds.")
    return client
