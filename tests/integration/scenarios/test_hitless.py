"""A pair that is sampled: flaps between two looks are found by their counters, a clean run shows none."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from functools import cache
from pathlib import Path

import pytest

from emulator.lab import Lab
from inventory.errors import ConnectError
from inventory.model import Pair
from runbooks.change import Changed, ChangeOptions, change_pair
from runbooks.hitless.model import Hitless, Traffic, Verdict
from runbooks.hitless.results import results_of
from runbooks.hitless.sampler import Around, Sampling, sampled, standing_by
from runbooks.hitless.verdict import judge
from runbooks.verify import convergence_budget
from tasks.checks.catalog import CONVERGING, checks_for
from tasks.checks.model import Outcome
from tasks.checks.waiting import Patience
from tasks.sessions.protocol import Session
from tests.integration.scenarios.bridge import Stage, besides, log_in, openers
from tests.integration.scenarios.pairs import deployed, sample
from tests.integration.scenarios.plants import Plant, struck, typed

SEED, ARP, BRAS = "seed-igmp", "user-vrrp-arp", "user-vrrp-bras"
SPELL_S = 6.0


@cache
def _aged(name: str) -> Lab:
    stage = deployed(name)
    stage.lab.advance(300)
    return stage.lab


def well(name: str) -> tuple[Stage, Pair]:
    """Return a pair of its own that has been well for a while."""
    return Stage(deepcopy(_aged(name))), sample(name)


def watched(name: str, *plants: Plant) -> Hitless:
    """Sample a pair for a while, in whose middle something happens that no look sees."""
    stage, pair = well(name)
    return seen_by(stage, pair, Sampling(besides(stage, pair), clock=stage.clock), *plants)


def seen_by(stage: Stage, pair: Pair, sampling: Sampling, *plants: Plant) -> Hitless:
    bare = Around(openers(stage, pair), None, stage.clock)
    with standing_by(pair, sampling) as sampler, sampled(sampler, bare) as around:
        around.clock.sleep(SPELL_S / 2)
        for plant in plants:
            plant(stage)
            stage.sleep(0.5)
        around.clock.sleep(SPELL_S / 2)
    assert around.sampler is not None
    return judge(around.sampler.watched())


@pytest.mark.parametrize("name", [SEED, ARP])
def test_a_clean_run_is_hitless(name: str) -> None:
    seen = watched(name)

    assert (seen.verdict, seen.hits, seen.untold) == (Verdict.HITLESS, (), ())
    assert seen.floor_s == pytest.approx(1.0)
    assert all(one.periods is None and not one.lost for one in seen.entries)
    assert seen.entries
    assert seen.traffic.verdict is Traffic.NOT_MEASURED


@pytest.mark.parametrize(
    ("name", "device", "what", "flapped", "signal"),
    [
        (SEED, "DeviceA", "channel", "service1", "channel service1"),
        (ARP, "GW1", "port", "GigabitEthernet0/1/0", "interface GigabitEthernet0/1/0.40"),
        (ARP, "GW2", "vrrp", "GigabitEthernet0/1/0.40 40", "VRRP 40 role on GigabitEthernet0/1/0.40"),
        (BRAS, "BNG1", "bfd", "odd-peer", "BFD odd-peer"),
    ],
)
def test_a_flap_between_two_looks_is_found_by_what_the_device_counts(
    name: str, device: str, what: str, flapped: str, signal: str
) -> None:
    seen = watched(name, struck(device, "flap", what=what, name=flapped, seconds=0.3))

    assert seen.verdict is Verdict.HIT
    (hit,) = [one for one in seen.hits if (one.member, one.signal) == (device, signal)]
    assert hit.counted
    assert hit.most_s is not None
    assert 0.3 <= hit.most_s <= 2.0


def test_a_role_that_moves_is_told_with_what_was_done_before_and_how_long_entries_were_missed() -> None:
    stage, pair = well(SEED)
    bare = Around(openers(stage, pair), None, stage.clock)
    sampling = Sampling(besides(stage, pair), clock=stage.clock)
    with standing_by(pair, sampling) as sampler, sampled(sampler, bare) as around:
        around.clock.sleep(3)
        assert around.sampler is not None
        around.sampler.note("the port goes down")
        struck("DeviceA", "shut-port", port="GigabitEthernet0/1/2")(stage)
        around.clock.sleep(20)

    seen = judge(around.sampler.watched())

    assert seen.verdict is Verdict.HIT
    down = next(one for one in seen.hits if one.signal == "interface Eth-Trunk1")
    assert (down.member, down.before, down.became, down.after) == (
        "DeviceA", "up", "down", "the port goes down",
    )  # fmt: skip
    assert down.most_s is None
    (igmp,) = seen.entries
    assert (igmp.entries, igmp.lost) == (2, ())
    assert igmp.periods is not None
    assert igmp.periods.count == 2
    assert 1 <= igmp.periods.min_s <= igmp.periods.max_s <= 8
    assert next(row.text for row in seen.timeline) == "the port goes down"
    assert any(row.text.startswith("convergence event instant") for row in seen.timeline)


# ---- where nothing can be said -----------------------------------------------------------------------------


def test_without_a_free_line_nothing_is_concluded_and_the_change_is_made(tmp_path: Path) -> None:
    stage, pair = well(SEED)
    typed("DeviceB", "interface Eth-Trunk1", "undo igmp enable")(stage)

    def full(_before: Callable[[], None]) -> Session:
        struck("DeviceB", "fill-lines")(stage)
        return log_in(stage, "DeviceB")

    ways = besides(stage, pair)
    changed = changing(stage, pair, Sampling({**ways, "DeviceB": full}, clock=stage.clock), tmp_path)

    assert changed.problem is None
    assert changed.run.hitless is not None
    assert changed.run.hitless.verdict is Verdict.INCONCLUSIVE
    assert "DeviceB not sampled" in changed.run.hitless.why


def test_a_fault_of_the_sampler_itself_harms_nobody() -> None:
    stage, pair = well(SEED)

    def broken(_before: Callable[[], None]) -> Session:
        raise LookupError("secret of a library")

    sampling = Sampling({**besides(stage, pair), "DeviceB": broken}, clock=stage.clock)
    seen = seen_by(stage, pair, sampling)

    assert seen.verdict is Verdict.INCONCLUSIVE
    assert seen.untold == ("DeviceB: a fault of Hotpair itself: LookupError",)


def test_a_line_is_given_up_for_the_change_itself() -> None:
    stage, pair = well(SEED)
    refused = iter([True, False])

    def opened() -> Session:
        if next(refused):
            raise ConnectError("no VTY line is free", member="DeviceB")
        return log_in(stage, "DeviceB")

    ways = openers(stage, pair)
    bare = Around({**ways, "DeviceB": opened}, None, stage.clock)
    sampling = Sampling(besides(stage, pair), clock=stage.clock)
    with standing_by(pair, sampling) as sampler, sampled(sampler, bare) as around:
        around.clock.sleep(2)
        assert around.openers["DeviceB"]().member == "DeviceB"
        around.clock.sleep(2)

    assert around.sampler is not None
    seen = judge(around.sampler.watched())
    assert seen.untold == ("DeviceB: the line was given up for the change itself",)
    assert seen.looks["DeviceB"] < seen.looks["DeviceA"]


def test_a_gap_that_is_too_wide_is_inconclusive_and_says_how_wide() -> None:
    stage, pair = well(SEED)
    seen = seen_by(
        stage, pair, Sampling(besides(stage, pair), clock=stage.clock), lambda there: there.sleep(30)
    )

    assert seen.verdict is Verdict.INCONCLUSIVE
    assert seen.floor_s is not None
    assert seen.floor_s > 30
    assert "between two looks, more than 10 s" in seen.why


def test_a_member_that_is_lost_and_comes_back_is_looked_at_again() -> None:
    stage, pair = well(SEED)
    seen = seen_by(
        stage, pair, Sampling(besides(stage, pair), clock=stage.clock), struck("DeviceB", "reboot")
    )

    assert seen.verdict is Verdict.HIT
    assert any(one.member == "DeviceB" for one in seen.hits)
    assert any("DeviceB" in text for text in seen.untold)
    assert seen.looks["DeviceB"] > 5


# ---- in a change -------------------------------------------------------------------------------------------


def changing(
    stage: Stage, pair: Pair, sampling: Sampling, folder: Path, traffic: Path | None = None
) -> Changed:
    patience = Patience(budget_s=convergence_budget(pair), interval_s=5, eager_s=5)
    options = ChangeOptions(
        checks_for(CONVERGING), patience, folder, clock=stage.clock, sampling=sampling, traffic=traffic
    )
    return change_pair(pair, openers(stage, pair), options)


def test_a_change_that_touches_nothing_is_hitless_and_one_that_moves_the_channel_is_not(
    tmp_path: Path,
) -> None:
    stage, pair = well(SEED)
    sampling = Sampling(besides(stage, pair), clock=stage.clock)
    typed("DeviceB", "interface Eth-Trunk1", "undo igmp enable")(stage)
    stage.sleep(60)
    mended = changing(stage, pair, sampling, tmp_path)
    typed("DeviceB", "e-trunk 1", "priority 5")(stage)
    stage.sleep(60)

    moved = changing(stage, pair, sampling, tmp_path)

    assert (mended.problem, moved.problem) == (None, None)
    assert mended.run.hitless is not None
    assert moved.run.hitless is not None
    assert mended.run.hitless.verdict is Verdict.HITLESS
    assert moved.run.hitless.verdict is Verdict.HIT
    roles = [one for one in moved.run.hitless.hits if one.signal == "E-Trunk 1 role"]
    assert {one.member for one in roles} == {"DeviceA", "DeviceB"}
    assert all("DeviceB: trial" in one.after or "DeviceB" in one.after for one in roles)
    assert moved.run.verdict is Outcome.SUCCESS
    told = {one.check: (one.outcome, one.note) for one in moved.run.results if one.tags == ("hitless",)}
    assert told["hitless"][0] is Outcome.SKIPPED
    assert told["hitless"][1].startswith("hit: ")
    assert told["traffic"] == (Outcome.SKIPPED, "traffic not measured")


def test_what_was_asked_for_fails_where_it_is_hit_or_not_told() -> None:
    hit = watched(SEED, struck("DeviceA", "flap", what="channel", name="service1"))

    control, traffic = results_of(hit, asked=True)
    assert (control.outcome, traffic.outcome) == (Outcome.FAILURE, Outcome.SKIPPED)
    assert results_of(None, asked=True) == ()
