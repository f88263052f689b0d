"""How a lab is served; known before anything of SSH is loaded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from emulator.edge.door import Access


@dataclass(frozen=True, slots=True)
class Serving:
    """How a lab is served.

    Args:
        access: who may log in.
        round_trip: seconds to the client and back.
        control: path of the side channel; None for none.
        until_eof: stop when standard input is closed, as it is when the process that started us has died.
    """

    access: Access
    round_trip: float = 0.0
    control: Path | None = None
    until_eof: bool = False
