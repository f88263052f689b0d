"""Temporal's own log lines do not reach the operator: what matters of them is said in our words."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from temporalio.client import Client
from temporalio.runtime import LoggingConfig, Runtime, TelemetryConfig
from temporalio.service import RPCError

_ROUND_S = 5.0


def silent_runtime() -> Runtime:
    """Return Temporal's engine without its log; lines of its Python part, which hold values, are dropped."""
    logger = logging.getLogger("temporalio")
    logger.addHandler(logging.NullHandler())
    logger.propagate = False
    return Runtime(telemetry=TelemetryConfig(logging=LoggingConfig(filter="off")))


async def tell_of_server(client: Client, say: Callable[[str], None]) -> None:
    """Say when the server is away, and when it is back; goes on until it is cancelled."""
    there = True
    while True:
        await asyncio.sleep(_ROUND_S)
        answers = await _answers(client)
        if answers != there:
            say("the Temporal server is back" if answers else "the Temporal server gives no answer; waiting")
        there = answers


async def _answers(client: Client) -> bool:
    try:
        return await client.service_client.check_health()
    except RPCError:
        return False
