"""The judge: it believes no claim that is not true of the devices."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from runbooks.certify import endings, kept, oracle
from runbooks.certify.deeds import strike
from runbooks.certify.oracle import Complaint
from runbooks.certify.pairs import DEPLOY, MEMBERS, SECRETS, Flow, _typed
from runbooks.certify.play import ScheduleRunner
from runbooks.certify.schedule import Kind, Place, Schedule, Strike, What
from runbooks.certify.subject import Said
from runbooks.certify.truth import Holds, truth
from runbooks.certify.world import Effect, World
from tasks.transaction.ends import End
from tasks.transaction.look import Look, Saved, Seen
from tests.runbooks.certify.stage import runner

OLD = {"a": False, "b": False}


@pytest.fixture(scope="module")
def stage() -> Iterator[ScheduleRunner]:
    with runner() as opened:
        yield opened


@pytest.fixture
def world(stage: ScheduleRunner) -> World:
    """The pair as it is before a deployment."""
    stage.play(Schedule("deploy", "v8r22"))
    stage.obey({"renew": "deploy v8r22"})
    world = World(stage.obey, MEMBERS, SECRETS, "v8r22", (), DEPLOY.rival, DEPLOY.elsewhere, strike)
    world.order(advance=0)
    return world


def make_new(world: World, side: str, *, flow: Flow = DEPLOY, save: bool = True, lines: int = 99) -> None:
    """Let somebody type what the flow makes of a member."""
    del flow
    from runbooks.certify.pairs import _SERVICE, _TRUNK

    typed = [line.replace("<secret:lyon-key>", "Kx9_night-shift") for line in _typed(side, _TRUNK, _SERVICE)]
    world.order(do=["system-view", *typed[:lines], "commit"], device=MEMBERS[side], user="ops")
    if save:
        world.order(do=["save", "y"], device=MEMBERS[side], user="ops")


LOOK = "display current-configuration"


def look_at(world: World, side: str) -> None:
    """Look at a member, as a process of ours does."""
    session = world.order(open=MEMBERS[side], user="ops")["session"]
    world.meet(What.LINE, side, LOOK)
    world.order(type=f"{LOOK}\n", device=MEMBERS[side], session=session)


def judged(
    world: World, code: int, text: str = "", end: End | None = None, looks: dict[str, Look] | None = None
) -> list[Complaint]:
    """Judge words that are said now."""
    before = {side: truth(world, DEPLOY, side) for side in MEMBERS}
    return oracle.claims(world, DEPLOY, Said(code, text, end, looks or {}), before)


def test_both_new_and_saved_is_believed_only_when_it_is_so(world: World) -> None:
    assert judged(world, 0)
    make_new(world, "a")
    assert judged(world, 0)
    make_new(world, "b")
    assert judged(world, 0) == []


def test_new_and_not_saved_is_not_done(world: World) -> None:
    make_new(world, "a")
    make_new(world, "b", save=False)
    assert judged(world, 0)
    assert judged(world, 3, "not settled yet") == []


@pytest.mark.parametrize("code", [5])
def test_as_before_is_believed_only_when_it_is_so(world: World, code: int) -> None:
    assert judged(world, code) == []
    make_new(world, "b")
    assert judged(world, code)


def test_a_half_change_is_neither(world: World) -> None:
    make_new(world, "a", lines=2)
    assert truth(world, DEPLOY, "a").holds is Holds.OTHER
    assert judged(world, 0)
    assert judged(world, 5)


def test_a_split_is_believed_only_when_they_differ(world: World) -> None:
    assert judged(world, 6)
    make_new(world, "a")
    assert judged(world, 6) == []


def test_an_exit_code_that_nobody_knows_is_no_claim(world: World) -> None:
    assert "nobody knows" in judged(world, 77)[0].text


def test_a_sentence_is_judged_beside_the_exit_code(world: World) -> None:
    assert judged(world, 3, "both members are new, but not saved")
    assert judged(world, 3, "both members are as before") == []


@pytest.mark.parametrize(
    ("seen", "right"),
    [(Seen.OLD, True), (Seen.NEW, False), (Seen.TRIAL, False), (Seen.OTHER, False), (Seen.UNSEEN, True)],
)
def test_what_is_said_of_a_member_is_judged(world: World, seen: Seen, right: bool) -> None:  # noqa: FBT001 - table
    found = judged(world, 3, end=End.UNSETTLED, looks={"a": Look(MEMBERS["a"], seen)})
    assert (found == []) is right


def test_saved_is_judged_too(world: World) -> None:
    make_new(world, "a", save=False)
    look = Look(MEMBERS["a"], Seen.NEW, saved=Saved.YES)
    assert judged(world, 3, end=End.UNSETTLED, looks={"a": look})


def test_a_hazard_needs_a_member_that_is_not_seen(world: World) -> None:
    looks = {side: Look(MEMBERS[side], Seen.OLD) for side in MEMBERS}
    assert judged(world, 6, end=End.SPLIT_HAZARD, looks=looks)
    looks["b"] = Look(MEMBERS["b"], Seen.UNSEEN)
    assert judged(world, 6, end=End.SPLIT_HAZARD, looks=looks) == []


def test_an_error_of_nobody_is_a_complaint(world: World) -> None:
    found = oracle.claims(world, DEPLOY, Said(crash="ValueError: x"), {})
    assert found[0].kind == "traceback"


def test_what_came_after_the_last_look_is_forgiven_until_somebody_acts(world: World) -> None:
    make_new(world, "a")
    make_new(world, "b")
    look_at(world, "a")
    world.order(do=["system-view", *DEPLOY.rival["a"], "commit"], device=MEMBERS["a"], user="carol")
    look_at(world, "b")
    assert judged(world, 0) == []
    world.meet(What.LINE, "b", "save")
    assert judged(world, 0)


def _leave_trial(world: World) -> None:
    session = world.order(open=MEMBERS["b"], user="ops")["session"]
    typed = "system-view\ninterface LoopBack9\ndescription x\ncommit trial 600 persist hp-1\n"
    world.order(type=typed, device=MEMBERS["b"], session=session)
    world.order(close=session, device=MEMBERS["b"])


KINDS: dict[str, Callable[[World], None]] = {
    "mixed end": lambda world: make_new(world, "b"),
    "residue": _leave_trial,
    "lost work of others": lambda world: world.committed["a"].append("description carol-1"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_the_end_is_judged(world: World, kind: str) -> None:
    assert endings.end(world, DEPLOY, Said(5, "as before"), alone=False) == []
    KINDS[kind](world)
    found = endings.end(world, DEPLOY, Said(5, "as before"), alone=False)
    assert kind in {complaint.kind for complaint in found}


def test_a_session_left_open_is_residue(world: World) -> None:
    world.opened[MEMBERS["a"], 9] = "a"
    found = endings.end(world, DEPLOY, Said(5, "as before"), alone=False)
    assert "left open" in found[0].text


def test_no_end_when_nothing_is_wrong_is_a_complaint(world: World) -> None:
    found = endings.end(world, DEPLOY, Said(3, "not settled yet"), alone=False)
    assert found[0].kind == "no end"


@pytest.mark.parametrize("shown", ["key Kx9_night-shift", "cipher %^%#abc%^%#"])
def test_secrets_are_found_on_the_screen_and_in_journals(tmp_path: Path, shown: str) -> None:
    assert kept.secrets_in(DEPLOY, ["nothing"], [tmp_path]) == []
    assert kept.secrets_in(DEPLOY, [shown], [tmp_path])
    (tmp_path / "x.jsonl").write_text(shown)
    assert kept.secrets_in(DEPLOY, [], [tmp_path])


def test_a_rival_among_our_lines_makes_a_member_another(world: World) -> None:
    place = Place(0, "a", "save", 1)
    assert strike(world, Strike(place, Kind.RIVAL, "a"))
    assert truth(world, DEPLOY, "a").holds is Holds.OTHER


def test_a_colleague_in_our_lines_is_none_of_our_change(world: World) -> None:
    assert strike(world, Strike(Place(0, "a", "save", 1), Kind.RIVAL, "a"))
    now = truth(world, DEPLOY, "a")
    assert now.holds is Holds.OTHER
    assert now.ours == frozenset()


@pytest.mark.parametrize(("code", "forgiven"), [(6, True), (0, False)])
def test_what_is_lost_in_the_very_moment_of_a_commit_is_told(world: World, code: int, forgiven: bool) -> None:  # noqa: FBT001 - table
    world.release = "v8r5"
    world.committed["a"].append("description carol-1")
    world.meet(What.LINE, "a", "commit label hp-1")
    place = world.events[-1].place
    world.effects.append(Effect(Strike(place, Kind.RIVAL, "a"), took=True))
    found = endings.end(world, DEPLOY, Said(code, "the members differ"), alone=False)
    assert ("lost work of others" not in {complaint.kind for complaint in found}) is forgiven
