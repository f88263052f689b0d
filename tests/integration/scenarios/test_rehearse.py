"""Rehearsals on a twin: what agrees, what differs, what cannot be concluded, and what is deployed of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from inventory.errors import RefusedError
from inventory.model import Pair
from runbooks.gates import Permission
from runbooks.keys import Keys
from runbooks.observe import observe
from runbooks.planning import plan_digest
from runbooks.proposal import propose
from runbooks.rehearsal import Rehearsal, read_rehearsal, require_rehearsed, surprises
from runbooks.rehearse.agreement import UNCOMPARED
from runbooks.rehearse.faults import read_fault
from runbooks.rehearse.model import Live, RehearsalOptions, Rehearsed
from runbooks.rehearse.rehearsing import rehearse
from runbooks.report.evidence import save_run
from runbooks.site import logged_in
from tasks.checks.catalog import checks_for
from tasks.checks.model import CheckResult, Outcome
from tests.integration.scenarios.bridge import Stage, openers
from tests.integration.scenarios.pairs import bare, deployed, sample
from tests.integration.scenarios.plants import struck, typed

SEED, SNOOPING = "seed-igmp", "igmp-snooping-etrunk"
NOW = datetime(2026, 11, 28, 2, tzinfo=UTC)


def live_of(stage: Stage, pair: Pair, folder: Path) -> Live:
    """Read a pair as the command does."""
    sessions = logged_in(pair, openers(stage, pair))
    plan = propose(pair, sessions, Keys({}, folder)).plan
    texts = {side: session.run("display current-configuration") for side, session in sessions.items()}
    return Live(texts, observe(checks_for(), pair, sessions, stage.clock), plan)


def rehearsed(pair: Pair, live: Live, *faults: str, remove: bool = False) -> Rehearsed:
    options = RehearsalOptions(Permission(), remove=remove, faults=tuple(map(read_fault, faults)))
    return rehearse(pair, live, options, NOW)


def ends(done: Rehearsed) -> dict[str, Outcome]:
    return {one.check: one.outcome for one in done.run.results if one.tags == ("rehearsal",)}


def said(done: Rehearsed, check: str) -> str:
    (one,) = [one for one in done.run.results if one.check == check]
    return one.note or "; ".join(map(str, one.complaints))


def test_a_deployment_is_rehearsed_drilled_and_struck_and_its_lines_alone_may_be_deployed(
    tmp_path: Path,
) -> None:
    pair = sample(SEED)
    live = live_of(bare(pair), pair, tmp_path)

    done = rehearsed(pair, live, "reboot,device=DeviceB")

    assert done.run.verdict is Outcome.SUCCESS
    assert ends(done) == dict.fromkeys(
        (
            *("twin-agrees", "twin-plays", "twin-plans"),
            *("rehearsed-change", "rehearsed-drill", "rehearsed-boot", "rehearsed-fault"),
        ),
        Outcome.SUCCESS,
    )
    assert done.agreement.fields > 400
    assert done.agreement.share > 0.99
    assert "both members are as before" in said(done, "rehearsed-fault")
    assert {one.kind for one in done.unplayed} == {"inert"}
    assert any("replaced by a static neighbour" in text for text in done.told)
    assert live.plan is not None
    assert done.run.plan == plan_digest(live.plan)

    kept = read_rehearsal(save_run(done.run, tmp_path / "runs"))
    require_rehearsed(kept, live.plan)
    with pytest.raises(RefusedError, match="not green"):
        require_rehearsed(replace(kept, verdict=Outcome.ERROR), live.plan)
    with pytest.raises(RefusedError, match="were not rehearsed"):
        require_rehearsed(replace(kept, plan="0" * 64), live.plan)


def test_a_twin_that_differs_on_an_object_of_the_plan_concludes_nothing(tmp_path: Path) -> None:
    stage, pair = deployed(SEED), sample(SEED)
    typed("DeviceB", "e-trunk 1", "priority 5")(stage)
    struck("DeviceA", "shut-port", port="GigabitEthernet0/1/2")(stage)
    stage.sleep(60)

    done = rehearsed(pair, live_of(stage, pair, tmp_path))

    assert done.run.verdict is Outcome.ERROR
    assert ends(done)["twin-agrees"] is Outcome.ERROR
    assert "differs on an object of the plan" in said(done, "twin-agrees")
    assert "display e-trunk 1" in said(done, "twin-agrees")


def test_a_change_that_fails_on_the_twin_fails_and_is_not_drilled(tmp_path: Path) -> None:
    pair = sample(SNOOPING)
    stage = bare(pair)
    live = live_of(stage, pair, tmp_path)
    other = "10.255.99.99"
    wrong = {**live.texts, "b": live.texts["b"].replace("10.255.0.12", other)}

    done = rehearsed(pair, replace(live, texts=wrong))

    assert ends(done)["rehearsed-change"] is Outcome.FAILURE
    assert "rehearsed-drill" not in ends(done)
    assert done.run.verdict is Outcome.FAILURE


def test_files_alone_let_nothing_be_concluded_and_those_of_one_router_are_no_pair(tmp_path: Path) -> None:
    stage, pair = deployed(SEED), sample(SEED)
    texts = live_of(stage, pair, tmp_path).texts
    unknown = {**texts, "a": texts["a"].replace("e-trunk 1\n", "e-trunk 1\n frobnicate 7\n", 1)}

    done = rehearsed(pair, Live(unknown), remove=True)

    assert ends(done)["twin-agrees"] is Outcome.ERROR
    assert said(done, "twin-agrees").startswith(
        f"{UNCOMPARED}: wanted `hotpair rehearse seed-igmp` without --running"
    )
    assert str(done.agreement) == "was compared with no display of the pair"
    assert ends(done)["twin-plays"] is Outcome.ERROR
    assert "DeviceA: e-trunk 1 / frobnicate 7" in said(done, "twin-plays")
    with pytest.raises(RefusedError, match="that is no pair"):
        rehearsed(pair, Live({"a": texts["a"], "b": texts["a"]}))
    with pytest.raises(RefusedError, match="empty"):
        rehearsed(pair, Live({"a": texts["a"], "b": ""}))


def test_a_fault_that_did_not_happen_proves_nothing(tmp_path: Path) -> None:
    stage, pair = deployed(SEED), sample(SEED)

    done = rehearsed(pair, live_of(stage, pair, tmp_path), "reboot,device=Nobody", remove=True)

    assert ends(done)["rehearsed-change"] is Outcome.SUCCESS
    assert ends(done)["rehearsed-fault"] is Outcome.ERROR
    assert said(done, "rehearsed-fault").startswith("the fault did not happen: no device 'Nobody'")
    assert done.run.verdict is Outcome.ERROR


def test_what_ended_otherwise_than_on_the_twin_is_kept() -> None:
    seen = CheckResult("rbs-connected", "RBS service1", Outcome.FAILURE)
    rehearsal = Rehearsal(
        "r", SEED, Outcome.SUCCESS, "x", {("rbs-connected", "RBS service1"): Outcome.SUCCESS}
    )

    (surprised,) = surprises(rehearsal, [seen])
    (calm,) = surprises(rehearsal, [replace(seen, outcome=Outcome.SUCCESS)])

    assert (surprised.outcome, str(surprised.complaints[0])) == (
        Outcome.SKIPPED,
        "rbs-connected of RBS service1: wanted success, found failure",
    )
    assert (calm.outcome, calm.complaints) == (Outcome.SUCCESS, ())
