"""A number with its noun."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from inventory.quantities import quantity

ROOT = Path(__file__).parents[2]
ROOMS = ("hotpair", "runbooks", "tasks", "parsers", "inventory")
_THINGS = (
    "addresses answers checks commits days devices displays entries errors files findings hours items lines"
    " members mistakes moments names objects packets pairs pauses problems routers rows runs schedules"
    " sessions steps streams troubles waves"
).replace(" ", "|")
_NUMBER = r"\{[^{}\n]*\}"
_COUNTED = re.compile(rf"{_NUMBER} (?:of {_NUMBER} )?(?:more |other )?(?:{_THINGS})\b(?!')")
"""A number of things, written out."""
_NEVER_ONE = {
    "hotpair/cli/parse.py: {len(supported())} displays",
    "inventory/pair_files.py: {MOST_ENTRIES} files",
    "runbooks/alerts/model.py: {len(self.troubles)} troubles",
    "runbooks/certify/page.py: {corpus['schedules']} schedules",
    "runbooks/certify/page.py: {counted['there_are']} schedules",
    "runbooks/certify/page.py: {twice['played_twice']} schedules",
    "runbooks/certify/page.py: {values['played']} of {values['there_are']} schedules",
    "runbooks/workers/deploying.py: {_ASKED.total_seconds() / 3600:.0f} hours",
    "tasks/checks/interfaces.py: {PINGS} packets",
}
_NO_NUMBER = {
    "hotpair/cli/demo.py: {device.device} answers",
    "hotpair/cli/serve.py: {', '.join(sorted(access.proxies))} names",
    "inventory/model/types.py: {backwards[-1]} runs",
    "inventory/rules/mentions.py: {where} names",
    "inventory/rules/platform.py: {name} runs",
    "inventory/rules/users.py: {interface} checks",
    "parsers/patterns.py: {1,20} packets",
    "runbooks/report/roles.py: {tag} entries",
    "tasks/checks/services.py: {protocol.word} runs",
    "tasks/transaction/residue.py: {whose} runs",
}


@pytest.mark.parametrize(("number", "said"), [(0, "0 lines"), (1, "1 line"), (2, "2 lines")])
def test_one_is_one(number: int, said: str) -> None:
    assert quantity(number, "line") == said


def test_what_follows_the_noun_agrees_too() -> None:
    assert quantity(1, "entry was", "entries were") == "1 entry was"
    assert quantity(2, "entry was", "entries were") == "2 entries were"


def test_no_text_counts_in_another_way() -> None:
    found = {
        f"{file.relative_to(ROOT)}: {match.group()}"
        for room in ROOMS
        for file in (ROOT / room).rglob("*.py")
        for match in _COUNTED.finditer(file.read_text(encoding="utf-8"))
    }
    assert found == _NEVER_ONE | _NO_NUMBER
