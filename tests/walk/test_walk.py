"""Every field of the model, and every alternative: linted, deployed, verified, learned, taken away."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from functools import cache, partial
from pathlib import Path

import pytest

from emulator.lab import Lab
from emulator.personalities import PERSONALITIES
from inventory.errors import HotpairError
from inventory.facts import ConfigTree
from inventory.lines import OWNED, Statement
from inventory.lines.statement import Key
from inventory.load import parse_pair
from inventory.model import SIDES, Pair, Side
from inventory.rules import Severity, lint
from runbooks.change import ChangeOptions, change_pair, running_of
from runbooks.site import logged_in
from runbooks.verify import convergence_budget
from tasks.checks.catalog import CONVERGING, checks_for
from tasks.checks.model import Outcome
from tasks.checks.waiting import Patience
from tasks.learn import learn
from tasks.plan.items import items_of, read_items
from tasks.render import facts as render
from tasks.render.members import intended_member
from tests.integration.scenarios.bridge import Stage, openers
from tests.integration.scenarios.pairs import edit, look
from tests.walk.documents import HERE, ORDINARY, Wave, alternatives, changed, reason, refusal, waves

MEMBERS = ("NORTH", "SOUTH")
RELEASE = "v8r22"
OTHERS = sorted(set(PERSONALITIES) - {RELEASE})
WRONG = (Outcome.FAILURE, Outcome.ERROR, Outcome.UNSET)


@cache
def _waves() -> tuple[Wave, ...]:
    return tuple(waves(alternatives()))


@cache
def _booted(release: str) -> Lab:
    """Boot both members as they are before the pair; somebody has changed a word on each since."""
    text = (HERE / "base.cfg").read_text(encoding="utf-8")
    texts = {name: text.format(name=name, own=own, peer=3 - own) for own, name in enumerate(MEMBERS, start=1)}
    stage = Stage(Lab(texts, personality=PERSONALITIES[release]))
    for name in MEMBERS:
        edit(stage, name, "interface LoopBack0", "description router ID")
    stage.lab.advance(60)
    return stage.lab


def test_each_field_of_the_model_is_walked() -> None:
    walked = {str(change) for wave in _waves() for change in wave.changes}
    assert [str(one) for one in alternatives() if str(one) not in walked and not refusal(one)] == []


def test_what_is_walked_reaches_every_line() -> None:
    pairs = [Pair.model_validate(wave.document) for wave in _waves()]
    facts = [fact for pair in pairs for side in SIDES for fact in render(pair, side)]
    views = {"if.enter", "dhcp.pool", "vlan.enter", "vsi.enter"}  # only in the path of their lines
    by_itself = {"rbp.igmp-copy"}  # what the device does anyway is never written

    assert sorted(set(OWNED) - {fact.id for fact in facts} - views) == sorted(by_itself)


def test_what_cannot_be_is_refused_before_a_device_is_asked() -> None:
    said = {str(one): reason(changed(ORDINARY, one)) for one in alternatives() if refusal(one)}
    wanted = {str(one): refusal(one) for one in alternatives() if refusal(one)}

    assert [name for name, words in wanted.items() if words not in said[name]] == []


@pytest.mark.parametrize(
    "clear", ["e_trunks[].security_key.form = simple", "authentication.mode = simple plain"]
)
def test_a_key_in_clear_is_a_warning(clear: str) -> None:
    (change,) = (one for one in alternatives() if str(one).endswith(clear))
    pair = Pair.model_validate(changed(ORDINARY, change))
    findings = lint(intended_member(pair, "a"), intended_member(pair, "b"))

    assert Severity.WARNING in {one.severity for one in findings if one.rule == "R144"}


def test_every_alternative_holds(tmp_path: Path) -> None:
    wrong = {}
    for wave in _waves():
        try:
            walk(Pair.model_validate(wave.document), RELEASE, tmp_path)
        except (AssertionError, HotpairError) as error:
            wrong[", ".join(map(str, wave.changes))] = error
    assert wrong == {}


def holding_every_field() -> list[Wave]:
    """Return few of the pairs, which hold every field between them."""
    chosen: list[Wave] = []
    held: set[str] = set()
    for wave in _waves():
        fields = {change.path for change in wave.changes}
        if not fields <= held:
            chosen.append(wave)
            held |= fields
    assert held == {one.path for one in alternatives() if not refusal(one)}
    return chosen


@pytest.mark.parametrize("release", OTHERS)
def test_every_field_holds_on_another_release(release: str, tmp_path: Path) -> None:
    for wave in holding_every_field():
        walk(Pair.model_validate(wave.document), release, tmp_path)


def walk(pair: Pair, release: str, journals: Path) -> None:
    """Deploy a pair, look at it, deploy it again, learn it, take it away."""
    stage = Stage(deepcopy(_booted(release)))
    ways = openers(stage, pair)
    patience = Patience(budget_s=convergence_budget(pair), interval_s=20)
    options = partial(ChangeOptions, checks_for(CONVERGING), patience, journals, clock=stage.clock)
    before = running_of(pair, logged_in(pair, ways))
    made = change_pair(pair, ways, options())
    assert (made.problem, made.run.outcome) == (None, "done")
    stage.lab.advance(60)
    wrong = {one.check: one.complaints for one in look(stage, pair) if one.outcome in WRONG}
    assert wrong == {}
    assert change_pair(pair, ways, options()).plan.empty

    learned_back(pair, running_of(pair, logged_in(pair, ways)))

    gone = change_pair(pair, ways, options(remove=True))
    assert (gone.problem, gone.run.outcome) == (None, "done")
    after = running_of(pair, logged_in(pair, ways))
    for side in SIDES:
        taken_away(pair, side, before[side], after[side])


def learned_back(pair: Pair, running: Mapping[Side, ConfigTree]) -> None:
    """What is learned from the devices is what was written."""
    learned = parse_pair(learn(running["a"], running["b"], pair.name, whole=True), "learned")
    for side in SIDES:
        assert said(render(learned, side)) == said(render(pair, side))


def said(lines: tuple[Statement, ...]) -> dict[Key, tuple[str, ...]]:
    """Return what lines say; a default says nothing, and a key does not tell its name."""
    return {
        key: tuple(value for value in item.value if value.partition("=")[0] not in item.row.secrets)
        for key, item in read_items(lines).items()
        if not item.row.is_default(item.params) or item.row.shown
    }


def taken_away(pair: Pair, side: Side, before: ConfigTree, after: ConfigTree) -> None:
    """What the pair brought is gone but for switches of the whole device; what stood there before stays."""
    old, new = items_of(before), items_of(after)
    brought = [item.text for key, item in new.items() if key not in old and not item.row.shared]
    lost = [
        item.text for key, item in old.items() if key not in new and key not in read_items(render(pair, side))
    ]
    assert (brought, lost) == ([], [])
