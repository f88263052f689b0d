"""A wire gives what came in the pieces that are asked for, and asks the system once for all of it."""

from __future__ import annotations

import select
import socket

import pytest

from tasks.sessions.wire import Wire


def test_all_that_came_is_read_at_once_and_given_as_it_is_asked_for() -> None:
    device, ours = socket.socketpair()
    with device, Wire(ours) as wire:
        device.sendall(b"a packet and more")
        assert wire.recv(2) == b"a "
        assert select.select([wire], [], [], 0)[0] == []  # the rest is here already
        assert (wire.recv(6), wire.recv(100)) == (b"packet", b" and more")
        device.close()
        assert (wire.recv(4), wire.recv(4)) == (b"", b"")


def test_it_waits_as_long_as_the_connection_that_it_took_over() -> None:
    device, ours = socket.socketpair()
    ours.settimeout(0.01)
    with device, Wire(ours) as wire:
        assert ours.fileno() == -1
        with pytest.raises(TimeoutError):
            wire.recv(1)
