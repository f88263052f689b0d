"""Figures of the pairs for Prometheus: a file for a node exporter, or a small server of `/metrics`.

One file holds all pairs, since a node exporter drops a whole file whose HELP texts differ from another's.
Everything comes from the archive: a pair that nobody looked at has no figure.
"""

from __future__ import annotations

import errno
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from inventory.errors import ArchiveError, IntentError, reason
from runbooks.archive.opening import Archive
from runbooks.archive.states import Gauge, gauges

try:
    from prometheus_client import (
        CONTENT_TYPE_LATEST,
        CollectorRegistry,
        generate_latest,
        start_http_server,
        write_to_textfile,
    )
    from prometheus_client.core import GaugeMetricFamily
    from prometheus_client.registry import Collector
except ImportError as error:
    raise IntentError(
        "metrics need a package that is not installed", wanted="pip install 'hotpair[metrics]'"
    ) from error

CONTENT_TYPE: str = CONTENT_TYPE_LATEST
_UP = ("hotpair_archive_up", "1 when the archive could be read")
_FIGURES: tuple[tuple[str, str, Callable[[Gauge], float]], ...] = (
    ("hotpair_pair_compliant", "1 when the newest look found nothing wrong", lambda one: one.compliant),
    ("hotpair_pair_failed_checks", "Checks of the pair that fail", lambda one: one.failed_checks),
    ("hotpair_pair_unknown_checks", "Checks of the pair that could not tell", lambda one: one.unknown_checks),
    ("hotpair_pair_drift_lines", "Lines of the pair that are not as intended", lambda one: one.drift_lines),
    (
        "hotpair_pair_last_look_timestamp_seconds",
        "Start of the newest look at the pair, in seconds since 1970",
        lambda one: one.at.timestamp(),
    ),
    ("hotpair_pair_look_duration_seconds", "How long the newest look took", lambda one: one.seconds),
    ("hotpair_pair_unsaved_members", "Members whose configuration is not saved", lambda one: one.unsaved),
    ("hotpair_pair_armed_trials", "Members on which a trial commit runs", lambda one: one.trials),
)


def figure_names() -> tuple[str, ...]:
    """Return the names of all figures, for rules and dashboards."""
    return (_UP[0], *(name for name, _, _ in _FIGURES))


class Figures(Collector):
    """The figures of every pair, read from the archive when they are asked for."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def describe(self) -> list[GaugeMetricFamily]:
        """Name the figures without reading the archive."""
        return [GaugeMetricFamily(name, text, labels=["pair"]) for name, text, _ in _FIGURES]

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield the figures; one tells whether the archive could be read."""
        up = GaugeMetricFamily(*_UP)
        try:
            rows = gauges(self._archive)
        except ArchiveError:
            up.add_metric([], 0)
            yield up
            return
        up.add_metric([], 1)
        yield up
        for name, text, figure in _FIGURES:
            family = GaugeMetricFamily(name, text, labels=["pair"])
            for row in rows:
                family.add_metric([row.pair], figure(row))
            yield family


def registry_of(archive: Archive) -> CollectorRegistry:
    """Return the figures alone, without those of the Python process."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(Figures(archive))
    return registry


def text_of(archive: Archive) -> bytes:
    """Return the figures as Prometheus reads them."""
    return bytes(generate_latest(registry_of(archive)))


def no_figures() -> bytes:
    """Return what is said where there is no archive to read."""
    name, text = _UP
    return f"# HELP {name} {text}\n# TYPE {name} gauge\n{name} 0.0\n".encode()


def write_file(archive: Archive, file: Path) -> None:
    """Write the figures into a file, whole or not at all.

    Raises:
        IntentError: it cannot be written.
    """
    try:
        write_to_textfile(str(file), registry_of(archive))
    except OSError as error:
        raise IntentError("the metrics cannot be written", found=error.strerror, where=str(file)) from error


def refuse_address(listen: str) -> None:
    """Refuse an address at which nobody could serve; that another process does so now is no reason.

    Raises:
        IntentError: it is not of this host, or not allowed.
    """
    host, port = _parts(listen)
    try:
        for family, *_, address in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM):
            with socket.socket(family) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind((address[0], port, *address[2:]))
    except (OSError, OverflowError) as error:
        if not isinstance(error, OSError) or error.errno != errno.EADDRINUSE:
            raise _not_served(listen, error) from error


@contextmanager
def served(archive: Archive, listen: str) -> Iterator[int]:
    """Serve `/metrics` at `host:port` for as long as the block lasts; give the port.

    Raises:
        IntentError: it cannot listen there.
    """
    host, port = _parts(listen)
    try:
        server, thread = start_http_server(port, host, registry_of(archive))
    except (OSError, OverflowError) as error:
        raise _not_served(listen, error) from error
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _parts(listen: str) -> tuple[str, int]:
    host, _, port = listen.rpartition(":")
    return host.strip("[]"), int(port)


def _not_served(listen: str, error: Exception) -> IntentError:
    return IntentError("metrics cannot be served", found=reason(error), where=listen)
