"""A running transaction as server-sent events: each line of its journal as it is written."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

from inventory.errors import HotpairError
from runbooks.report.transactions import standing, told
from runbooks.transactions import Shown

LOOK_S = 0.5
"""How often the journal is looked at."""


def is_over(shown: Shown) -> bool:
    """Tell whether nothing more will come: nobody is at work on it."""
    return not shown.listed.held


async def events(read: Callable[[], Shown]) -> AsyncIterator[dict[str, Any]]:
    """Yield each line of a journal as an event `line`, then one event `over`.

    Args:
        read: gives the transaction as it is now.
    """
    sent = 0
    while True:
        try:
            shown = await asyncio.to_thread(read)
        except HotpairError as error:
            yield {"event": "over", "data": json.dumps({"standing": error.message})}
            return
        for entry in shown.entries[sent:]:
            line = {"at": entry.at, "event": entry.name, "state": entry.state.value, "told": told(entry)}
            yield {"event": "line", "data": json.dumps(line)}
        sent = len(shown.entries)
        if is_over(shown):
            yield {"event": "over", "data": json.dumps({"standing": standing(shown.listed)})}
            return
        await asyncio.sleep(LOOK_S)
