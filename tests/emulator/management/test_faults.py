"""Faults that are planted in a device: refused lines, lost replies, dropped sessions."""

from __future__ import annotations

import pytest

from emulator.device import Device
from emulator.faults import (
    DropSession,
    Garble,
    Moment,
    RefuseLine,
    SlowOutput,
    SwallowReply,
)
from tests.emulator.client import at, configuring


def test_the_nth_line_is_refused(device: Device) -> None:
    client = configuring(device)
    device.inject(RefuseLine(nth=3, message="Error: No resource."))
    assert client.type("e-trunk 12") == ""
    assert client.type("priority 20") == ""
    assert client.type("priority 30") == "Error: No resource."
    assert client.type("priority 40") == ""


def test_replies_are_swallowed_delayed_and_damaged(device: Device) -> None:
    client = at(device)
    device.inject(SwallowReply("trial"))
    assert client.raw(b"display configuration trial status\r").endswith("status\r\n")
    device.inject(SlowOutput(2.0))
    assert client.raw(b"\rdis\r") == "\r\n"
    assert device.next_event() == 2.0
    assert client.wait(2.0).startswith("<PE7>dis\r\n")
    device.inject(Garble())
    assert "Trial status: INACTIVE" not in client.raw(b"display configuration trial status\r")


@pytest.mark.parametrize(
    ("when", "named", "whole"),
    [(Moment.BEFORE, "PE7", False), (Moment.DURING, "PE8", False), (Moment.AFTER, "PE8", True)],
)
def test_a_session_drops_around_a_commit(device: Device, when: Moment, named: str, whole: bool) -> None:  # noqa: FBT001 - a row of the table
    client = configuring(device)
    client.type("sysname PE8")
    device.inject(DropSession(when, "^commit"))
    assert client.raw(b"commit\r").endswith("[~PE8]") is whole
    assert client.closed
    assert device.sysname == named
