"""Alerts to the system log, in the form of RFC 5424; over TCP with counted octets (RFC 6587)."""

from __future__ import annotations

import socket

from inventory.errors import reason
from runbooks.alerts.model import Alert, State
from runbooks.alerts.outbox import DeliveryError
from runbooks.alerts.settings import Syslog
from tasks.checks.policy import Severity

TIMEOUT_S = 10.0
_DAEMON = 3 * 8  # facility
_NOTICE = 5
_LEVEL = {Severity.CRITICAL: 2, Severity.MAJOR: 3, Severity.MINOR: 4, Severity.WARNING: 4}
_LONGEST = 8192
"""Bytes of a message: receivers cut longer ones."""


def send_syslog(log: Syslog, alert: Alert) -> None:
    """Send an alert as one message.

    Raises:
        DeliveryError: nobody listens there; over UDP that is rarely known.
    """
    message = to_rfc5424(alert)
    try:
        if log.to.startswith("unix:"):
            _to_unix(log.to.removeprefix("unix:"), message)
            return
        scheme, _, place = log.to.partition("://")
        host, _, port = place.rpartition(":")
        address = (host.strip("[]"), int(port))
        if scheme == "tcp":
            with socket.create_connection(address, TIMEOUT_S) as connection:
                connection.sendall(f"{len(message)} ".encode() + message)
        else:
            _to_udp(address, message)
    except (OSError, OverflowError) as error:
        raise DeliveryError(f"{log.to}: {reason(error)}") from None


def to_rfc5424(alert: Alert) -> bytes:
    """Write an alert as a message of RFC 5424, its lines joined by ` | `."""
    level = _NOTICE if alert.state is State.CLEAR else _LEVEL[alert.severity]
    at = alert.at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    head = f"<{_DAEMON + level}>1 {at} {socket.gethostname() or '-'} hotpair - {alert.state} - "
    text = " | ".join(line.strip() for line in alert.text.splitlines())
    return (head + f"{text} (alert {alert.id})").encode()[:_LONGEST]


def _to_udp(address: tuple[str, int], message: bytes) -> None:
    family, kind, proto, _, place = socket.getaddrinfo(*address, type=socket.SOCK_DGRAM)[0]
    with socket.socket(family, kind, proto) as sender:
        sender.connect(place)
        sender.send(message)


def _to_unix(path: str, message: bytes) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
        sender.settimeout(TIMEOUT_S)
        sender.connect(path)
        sender.send(message)
