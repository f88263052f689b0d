"""The JSON Schemas of what goes in and comes out."""

from __future__ import annotations

from pathlib import Path

SCHEMAS = {
    "pair": ("a pair file", "inventory/schema/pair.json"),
    "policy": ("`policy.yaml`", "tasks/checks/policy.schema.json"),
    "watch": ("`watch.yaml`", "runbooks/watch/watch.schema.json"),
    "plan": ("`hotpair plan --format json`", "runbooks/report/plan.schema.json"),
    "lint": ("`hotpair lint --format json`", "runbooks/report/lint.schema.json"),
    "run": (
        "a run: `hotpair verify --format json`, `--report FILE.json`, `hotpair drill`",
        "runbooks/report/run.schema.json",
    ),
    "deploy": ("`hotpair deploy --format json`", "runbooks/report/deploy.schema.json"),
    "check": ("`hotpair check --format json`", "runbooks/report/fleet.schema.json"),
    "parse": ("`hotpair parse --format json`", "runbooks/report/parse.schema.json"),
    "errors": (
        "any command with `--format json` that ends without a result",
        "runbooks/report/errors.schema.json",
    ),
}
"""What each describes, and where it lies."""


def page(house: Path) -> str:
    """Write the page with all of them."""
    parts = ["# JSON Schemas\n\nWhat programs read and write. Each schema is shipped with the package.\n\n"]
    for name, (what, place) in SCHEMAS.items():
        text = (house / place).read_text(encoding="utf-8").rstrip()
        parts.append(f"## {name}\n\nOf {what}: [{place}](../../{place}).\n\n")
        parts.append(f'??? note "The schema"\n    ```json\n{_indented(text)}\n    ```\n\n')
    return "".join(parts)


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" if line else "" for line in text.splitlines())
