"""Figures for Prometheus on the pages: off unless told, for those who may look."""

from __future__ import annotations

from pathlib import Path

from prometheus_client.parser import text_string_to_metric_families

from hotpair.pages.access import Access
from hotpair.pages.source import Source
from inventory.secrets import Secret
from tests.hotpair.pages.asking import ask
from tests.hotpair.pages.conftest import served


def asked(
    inventory: Path, access: Access, *, metrics: bool = True, authorization: str = ""
) -> tuple[int, dict[str, float]]:
    """Ask for the figures; give the status, and the samples of one pair and of none."""
    with served(Source(inventory, inventory / "archive.db"), access, metrics=metrics) as found:
        answer = ask(found.port, "/metrics", authorization=authorization)
    if answer.status != 200:
        return answer.status, {}
    samples = [one for family in text_string_to_metric_families(answer.text) for one in family.samples]
    return 200, {one.name: one.value for one in samples if one.labels.get("pair") in {None, "north"}}


def test_they_are_there_when_they_are_wanted(inventory: Path) -> None:
    status, figures = asked(inventory, Access())
    assert status == 200
    assert figures["hotpair_archive_up"] == 1
    assert figures["hotpair_pair_compliant"] == 0
    assert asked(inventory, Access(), metrics=False)[0] == 404


def test_without_an_archive_they_say_so(tmp_path: Path) -> None:
    assert asked(tmp_path, Access()) == (200, {"hotpair_archive_up": 0})


def test_a_token_is_wanted_for_them_too(inventory: Path) -> None:
    access = Access(token=Secret("let-me-in"))
    assert asked(inventory, access)[0] == 401
    assert asked(inventory, access, authorization="Bearer let-me-in")[0] == 200
