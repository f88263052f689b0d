"""The catalogue: selection, displays, strangers by entry point, and nothing examined."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from importlib.metadata import EntryPoint
from typing import Any

import pytest

from inventory.errors import IntentError
from inventory.model import SIDES
from tasks.checks import catalog
from tasks.checks.catalog import Selection, all_checks, checks_for, displays_for, judge
from tasks.checks.check import Check, Need, on_both
from tests.tasks.checks.bench import A, B, observed, pair_of

EMPTY = pair_of("")
PAIR = pair_of("""\
backup_services:
  - {name: {a: north, b: south}, address: {a: 198.51.100.1, b: 198.51.100.2}, port: 6009}
""")
GUEST = (
    Check(
        "guest",
        "A guest is at home",
        ("guests",),
        lambda pair: {pair.name: pair},
        lambda _pair, _subject: (Need("a", "display version"),),
        lambda answers, _subject: (
            answers.complaint(
                "a", "display version", "wrong model", "NE40E", answers.records("a", "display version")
            ),
        ),
    ),
)


def doors(monkeypatch: pytest.MonkeyPatch, *values: str) -> None:
    """Let entry points in; the catalogue is built anew before and after."""
    points: Sequence[EntryPoint] = [
        EntryPoint(f"door-{n}", value, catalog.GROUP) for n, value in enumerate(values)
    ]
    monkeypatch.setattr(catalog, "entry_points", lambda *, group: points if group == catalog.GROUP else ())
    monkeypatch.setattr(catalog, "all_checks", catalog._all_checks.__wrapped__)


def test_names_are_unique_and_every_check_has_title_and_tags() -> None:
    checks = all_checks()

    assert len({check.name for check in checks}) == len(checks)
    assert all(check.title and check.tags for check in checks)


def test_guest_comes_in_by_entry_point(monkeypatch: pytest.MonkeyPatch) -> None:
    doors(monkeypatch, f"{__name__}:GUEST")

    (check,) = checks_for(Selection(tags=("guests",)))

    assert check.name == "guest"
    assert displays_for([check], EMPTY, "a") == ("display version",)
    assert displays_for([check], EMPTY, "b") == ()


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("tasks.checks.bfd:CHECKS", "two checks have one name"),
        (f"{__name__}:doors.__name__", "gives no check"),
    ],
)
def test_bad_guest_is_refused(monkeypatch: pytest.MonkeyPatch, value: str, says: str) -> None:
    doors(monkeypatch, value)

    with pytest.raises(IntentError, match=says):
        checks_for()


def test_displays_are_those_of_each_member_once() -> None:
    checks = checks_for(Selection(tags=("rbs",)))

    assert displays_for(checks, PAIR, "a") == ("display remote-backup-service north",)
    assert displays_for(checks, PAIR, "b") == ("display remote-backup-service south",)


@pytest.mark.parametrize("selection", [Selection(names=("nobody",)), Selection(tags=("nothing",))])
def test_unknown_selection_is_refused(selection: Selection) -> None:
    with pytest.raises(IntentError, match="no such"):
        checks_for(selection)


def test_nothing_to_judge_is_skipped_by_tag_and_an_error_by_name() -> None:
    by_tag = judge(checks_for(Selection(tags=("vrrp",))), EMPTY, ())
    by_name = judge(checks_for(Selection(names=("vrrp-roles",))), EMPTY, ())

    assert {result.outcome for result in by_tag} == {"skipped"}
    assert {result.outcome for result in by_name} == {"error"}


def test_no_check_succeeds_without_answers() -> None:
    assert not [result for result in judge(checks_for(), PAIR, ()) if result.outcome == "success"]


def test_one_member_alone_is_asked_only_what_it_can_answer_for() -> None:
    checks = checks_for(Selection(tags=("rbs", "underlay"), side="b"))

    assert displays_for(checks, PAIR, "a") == ()
    assert displays_for(checks, PAIR, "b") == (
        "display ip interface brief",
        "ping -a 198.51.100.2 -c 5 198.51.100.1",
    )
    assert {(result.check, str(result.outcome)) for result in judge(checks, PAIR, ())} == {
        ("rbs-connected", "skipped"),
        ("rbs-as-intended", "skipped"),
        ("addresses-up", "error"),
        ("underlay-reaches", "error"),
    }


def test_example_of_the_module_works() -> None:
    known: dict[str, Any] = {"Check": Check, "SIDES": SIDES, "on_both": on_both}
    example = (catalog.__doc__ or "").partition(":\n\n")[2]
    exec(textwrap.dedent(example), known)  # noqa: S102 - the text of our own module
    head = "Interface                   PHY   Protocol  InUti OutUti   inErrors  outErrors"
    texts = {
        (device, "display interface brief"): f"{head}\n{port}   up    up(s)   0%   0%   0   0\n"
        for device, port in ((A, "LoopBack0"), (B, "LoopBack1"))
    }

    (result,) = judge(known["CHECKS"], EMPTY, observed(texts))

    assert [str(complaint) for complaint in result.complaints] == [
        f"there is no LoopBack0: on {B}, by `display interface brief`"
    ]
