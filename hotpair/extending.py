"""What a package that extends Hotpair imports (docs/extending.md); other names may change in any release."""

from __future__ import annotations

from inventory.model import SIDES, Pair, Side
from inventory.secret_sources import Absent
from inventory.sources.model import SourcedHost
from parsers.catalogue.display import Display
from tasks.checks.check import Answers, Check, Need, on_both
from tasks.checks.model import Complaint

__all__ = [
    "SIDES",
    "Absent",
    "Answers",
    "Check",
    "Complaint",
    "Display",
    "Need",
    "Pair",
    "Side",
    "SourcedHost",
    "on_both",
]
