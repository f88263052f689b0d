"""A state diagram as a table: a reader's browser would load a program from elsewhere to draw it."""

from __future__ import annotations

import re

from sitebuild.tables import code, table

_BLOCK = re.compile(r"^```mermaid\nstateDiagram-v2\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_STEP = re.compile(r"^\s*(\S+) --> (\S+?)(?:: (.*))?$", re.MULTILINE)


def without_diagrams(markdown: str) -> str:
    """Write each diagram as a table of its steps."""
    return _BLOCK.sub(lambda block: _steps(block[1]), markdown)


def _steps(diagram: str) -> str:
    rows = (
        ("begins" if one == "[*]" else code(one), said, "ends" if to == "[*]" else code(to))
        for one, to, said in _STEP.findall(diagram)
    )
    return table(("State", "What happens", "Next state"), rows)
