"""Every sample pair: deployed, verified by every check, deployed again, taken away."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from inventory.facts import ConfigTree
from inventory.model import SIDES
from runbooks.batches import FOLLOWED
from runbooks.change import Changed, ChangeOptions, change_pair, running_of
from runbooks.site import logged_in
from runbooks.verify import convergence_budget
from tasks.checks.catalog import CONVERGING, checks_for
from tasks.checks.model import DRIFT, Outcome
from tasks.checks.waiting import Patience
from tasks.render import tree
from tests.integration.scenarios.bridge import openers
from tests.integration.scenarios.pairs import PAIRS, bare, look, sample

NOTHING = {"the intent has nothing to judge", "no entry on either member"}
REASONS = {
    "igmp-snooping-entries": (
        "not provable here: the backup lists no port that is down, so its list proves nothing"
    ),
    "entries-seen": (
        "not provable here: no display that Hotpair reads lists these entries; they are not seen"
    ),
}
"""Why a check that has a subject may be skipped on a pair that is well, with hosts behind it."""
WRONG = (Outcome.FAILURE, Outcome.ERROR, Outcome.UNSET)
SHARED = {
    ((), text)
    for text in (
        "bfd",
        "igmp-snooping enable",
        "lacp priority 100",
        "multicast ipv6 routing-enable",
        "multicast routing-enable",
        "vrrp recover-delay 60",
    )
}
"""Switches of the whole device stay when a pair is taken away: others may rest on them."""


@pytest.mark.parametrize("name", PAIRS)
def test_a_pair_is_deployed_verified_and_taken_away(name: str, tmp_path: Path) -> None:
    pair = sample(name)
    stage = bare(pair)
    ways = openers(stage, pair)
    patience = Patience(budget_s=convergence_budget(pair), interval_s=5, eager_s=5)
    options = partial(ChangeOptions, checks_for(CONVERGING), patience, tmp_path, clock=stage.clock)

    def change(*, remove: bool = False) -> Changed:
        return change_pair(pair, ways, options(remove=remove))

    before = running_of(pair, logged_in(pair, ways))
    made = change()
    assert (made.problem, made.run.outcome) == (None, "done")
    held = {result.subject: result.outcome for result in made.run.results if result.check == DRIFT}
    assert held == {f"configuration of {name}": Outcome.SUCCESS for name in (pair.members.a, pair.members.b)}

    sent = {result.outcome: result.note for result in made.run.results if result.check == FOLLOWED}
    assert set(sent) == {Outcome.SUCCESS for one in pair.backup_services if one.batch_backup_now}
    assert all(note.endswith("arp 1 of 1, nd 1 of 1") for note in sent.values())

    results = look(stage, pair)
    wrong = {result.check: result.complaints for result in results if result.outcome in WRONG}
    skipped = {(result.check, result.note) for result in results if result.outcome is Outcome.SKIPPED}
    assert wrong == {}
    assert {note for check, note in skipped if note != REASONS.get(check)} <= NOTHING

    assert change().plan.empty

    gone = change(remove=True)
    assert (gone.problem, gone.run.outcome) == (None, "done")
    assert DRIFT not in {result.check for result in gone.run.results}
    after = running_of(pair, logged_in(pair, ways))
    assert change(remove=True).plan.empty
    for side in SIDES:
        old, new = lines(before[side]), lines(after[side])
        assert new - old <= SHARED
        gone_lines = old - new
        assert gone_lines <= lines(tree(pair, side)), "lines that are not the pair's are gone"


def lines(configuration: ConfigTree) -> set[tuple[tuple[str, ...], str]]:
    """Return every line with the views above it."""
    return {(path, line.text) for path, line in configuration.walk()}
