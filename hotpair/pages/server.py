"""The server under the pages."""

from __future__ import annotations

import uvicorn

from hotpair.pages.access import Access
from hotpair.pages.app import pages
from hotpair.pages.source import Source

STOP_S = 2
"""Seconds that open pages have when the server is to end."""


def server_of(source: Source, access: Access, *, metrics: bool = False) -> uvicorn.Server:
    """Make the server, which listens where it is told to.

    Args:
        source: what is shown.
        access: who may look.
        metrics: whether `/metrics` is there, for Prometheus.
    """
    config = uvicorn.Config(
        pages(source, access, metrics=metrics),
        log_config=None,
        server_header=False,
        proxy_headers=False,  # who asks is who connects; a header can say anything
        lifespan="off",
        timeout_graceful_shutdown=STOP_S,
    )
    return uvicorn.Server(config)
