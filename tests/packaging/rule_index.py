"""The index of rules: what each says, and where it is linted, planned, checked and emulated.

python -m tests.packaging.rule_index > docs/rules.md
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from inventory.lines import OWNED
from inventory.lines.line import OwnedLine
from inventory.rules.catalog import catalog

ROOT = Path(__file__).parents[2]
_ID = re.compile(r"\bR\d{1,3}\b")
HEAD = """\
# Rules

What hot backup demands, by number: what each rule says, how `hotpair lint` takes it (the number leads to a
page with an example), and whether the planner, the checks and the emulated router name it as the reason of
what they do.

| Rule | Says | Lint | Plan | Check | Emulator |
|---|---|---|---|---|---|
"""


def named_in(folder: str) -> set[str]:
    """Return the rules that the sources of a folder name."""
    files = (file for file in (ROOT / folder).rglob("*") if file.suffix in {".py", ".json"})
    return {found for file in files for found in _ID.findall(file.read_text(encoding="utf-8"))}


def planned() -> set[str]:
    """Return the rules that plans keep: those of the columns of lines, and those that the planner names."""
    return {rule for row in OWNED.values() for rule in _of(row)} | named_in("tasks/plan")


def _of(row: OwnedLine) -> Iterator[str]:
    columns = [row.undo_first, row.live_rule]
    columns += [need.rule for need in row.needs]
    columns += [leaver.rule for leaver in row.leavers]
    columns += [presence.rule for presence in row.relies]
    yield from filter(_ID.fullmatch, columns)


def index() -> str:
    """Write the page."""
    says: defaultdict[str, list[str]] = defaultdict(list)
    severities: defaultdict[str, list[str]] = defaultdict(list)
    for one in catalog():
        says[one.id].append(one.says.rstrip("."))
        severities[one.id] += [one.severity] if one.severity else []
    plans, checks, emulator = planned(), named_in("tasks/checks"), named_in("emulator")
    rows = []
    for rule, texts in says.items():
        page = ROOT / "docs" / "rules" / f"{rule}.md"
        name = f"[{rule}](rules/{rule}.md)" if page.exists() else rule
        lint = ", ".join(dict.fromkeys(severities[rule])) or "-"
        text = "; ".join(dict.fromkeys(texts)).replace("|", "\\|")
        marks = " | ".join("yes" if rule in there else "-" for there in (plans, checks, emulator))
        rows.append(f"| {name} | {text} | {lint} | {marks} |")
    return HEAD + "\n".join(rows) + "\n"


if __name__ == "__main__":
    sys.stdout.write(index())
