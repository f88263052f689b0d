"""A notifier: each alert becomes a line of a file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


def to_file(alert: Mapping[str, object], options: Mapping[str, str]) -> None:
    """Take an alert; what is raised here is told as the fault of the route, and the alert is tried again."""
    with Path(options["file"]).open("a", encoding="utf-8") as lines:
        lines.write(f"{alert['title']}\n")
