"""Errors of the protocol world; the type says whose fault it is."""

from __future__ import annotations


class ProtocolError(Exception):
    """The caller asked for what cannot be: an unknown device, port, link or host."""


class IllegalEventError(ProtocolError):
    """A machine met an event that its table does not hold; nothing changed."""
