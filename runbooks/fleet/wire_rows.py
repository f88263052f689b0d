"""Rows of the table of lines on their way through a pipe: by their ids, so that they are the same rows there.

Loaded by both ends before work goes that may give lines; a look at routers gives none.
"""

from __future__ import annotations

from multiprocessing.reduction import ForkingPickler

from inventory.lines import OWNED, OwnedLine


def _row(id_: str) -> OwnedLine:
    return OWNED[id_]


ForkingPickler.register(OwnedLine, lambda row: (_row, (row.id,)))
