"""The worst day: reboots, lost replies, other people, full disks; what is said is true of the devices."""

from __future__ import annotations

import errno
import os
import re
from dataclasses import replace
from pathlib import Path

import pytest

from emulator.management.history import History
from inventory.errors import DeviceError, HotpairError, IntentError, RefusedError
from tasks.plan.model import Command
from tasks.sessions.protocol import LostReplyError, Session
from tasks.sessions.steps import Exchange, Step
from tasks.transaction.ends import Decider, End
from tasks.transaction.listing import list_journals
from tasks.transaction.look import Saved
from tasks.transaction.machine import State
from tasks.transaction.model import Outcome, Progress, Verdict
from tasks.transaction.resume import abort, forget, resume
from tasks.transaction.run import carry_out
from tasks.transaction.tools import Tools
from tasks.transaction.waits import NEEDED_S
from tests.tasks.transaction.bench import NAMES, SERVICE, Bench, KilledError, Strike, require_true
from tests.tasks.wire import DeviceChannel, log_in

A, B = NAMES
RELEASES = ("v8r22", "v8r13", "v8r12", "v8r5")
EVERY_CALL = range(34)
EVERY_STAGED_CALL = range(0, 48, 2)
WHO = {"a": (A,), "b": (B,), "both": NAMES}


def require_both_or_none(bench: Bench, outcome: Outcome | None) -> None:
    """Require that it is told truly, and that taking it up again leads to both or none."""
    if outcome is not None:
        require_true(bench, outcome)
    if outcome is None or outcome.end in {End.UNSETTLED, End.SPLIT_MIXED, End.SPLIT_HAZARD}:
        bench.clock.now += 1_000
        outcome = bench.resume()
        require_true(bench, outcome)
    assert outcome.end in {End.DONE, End.AS_BEFORE, End.UNCHANGED, End.REFUSED}


# ---- reboots -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("nth", EVERY_CALL)
def test_a_reboot_at_any_call_ends_truly(tmp_path: Path, nth: int, who: str) -> None:
    bench = Bench(tmp_path)
    bench.strike = Strike(nth, lambda: bench.reboot(*WHO[who]), after=True)
    require_both_or_none(bench, bench.carry_out())


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("nth", EVERY_STAGED_CALL)
def test_a_reboot_between_several_commits_ends_truly(tmp_path: Path, nth: int, who: str) -> None:
    bench = Bench(tmp_path)
    bench.strike = Strike(nth, lambda: bench.reboot(*WHO[who]), after=True)
    require_both_or_none(bench, bench.carry_out(stages=2))


def test_a_that_reboots_after_its_confirm_takes_b_back(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.strike = Strike(0, lambda: bench.reboot(A), after=True, method="confirm")
    outcome = bench.carry_out()
    assert (outcome.end, outcome.decided_by) == (End.AS_BEFORE, Decider.REBOOT)
    assert bench.both_old


@pytest.mark.parametrize("who", WHO)
def test_killed_when_both_were_confirmed_and_then_rebooted(tmp_path: Path, who: str) -> None:
    bench = Bench(tmp_path, Strike(0, KilledError, method="save"))
    with pytest.raises(KilledError):
        bench.carry_out()
    bench.reboot(*WHO[who])
    outcome = bench.resume()
    assert (outcome.end, outcome.decided_by) == (End.AS_BEFORE, Decider.REBOOT)
    assert bench.both_old


def test_a_member_that_was_saved_new_is_saved_old_again(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.strike = Strike(1, lambda: bench.reboot(B), method="save")  # a is saved, b is not yet
    outcome = bench.carry_out()
    assert outcome.end is End.AS_BEFORE
    bench.reboot(*NAMES)
    assert bench.both_old


# ---- time --------------------------------------------------------------------------------------------------


def test_a_is_not_confirmed_when_b_has_too_little_time_left(tmp_path: Path) -> None:
    bench = Bench(tmp_path, Strike(0, KilledError, method="confirm"))
    with pytest.raises(KilledError):
        bench.carry_out()
    bench.clock.now += bench.devices[B].store.trial.deadline - bench.clock.now - 10  # type: ignore[union-attr] # it runs
    outcome = bench.resume()
    assert outcome.end is End.AS_BEFORE
    assert "cannot be confirmed any more" in outcome.reason
    assert bench.both_old


@pytest.mark.parametrize("line", ["decided to keep", "about to put a on trial", "about to put b on trial"])
@pytest.mark.parametrize("seconds", [380, 450, 20_000])
def test_a_host_that_stands_still_at_a_line_confirms_nothing_too_late(
    tmp_path: Path, line: str, seconds: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = Bench(tmp_path)
    real = os.write

    def slow(descriptor: int, data: bytes) -> int:
        if line.encode() in data:
            bench.clock.now += seconds
        return real(descriptor, data)

    confirmed: list[float] = []

    def left() -> None:
        trial = bench.devices[B].store.trial
        confirmed.append(trial.deadline - bench.clock.now if trial else 0)

    bench.strike = Strike(0, left, method="confirm")
    monkeypatch.setattr("tasks.transaction.journal.os.write", slow)
    require_both_or_none(bench, bench.carry_out())
    assert all(one >= NEEDED_S for one in confirmed)


@pytest.mark.parametrize("name", NAMES)
def test_a_lost_reply_to_a_confirm_costs_no_more_than_the_reply(tmp_path: Path, name: str) -> None:
    bench = Bench(tmp_path)
    bench.strike = Strike(NAMES.index(name), lambda: LostReplyError("cut"), after=True, method="confirm")
    outcome = bench.carry_out()
    assert outcome.end is End.DONE
    assert bench.both_new


# ---- several commits ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("release", RELEASES)
@pytest.mark.parametrize("nth", EVERY_STAGED_CALL)
def test_killed_between_several_commits_and_taken_up_after_the_timers(
    tmp_path: Path, nth: int, release: str
) -> None:
    bench = Bench(tmp_path, Strike(nth, KilledError), release=release)
    try:
        outcome = bench.carry_out(stages=2)
    except KilledError:
        bench.hang_up()
        bench.clock.now += 70_000
        if not list(tmp_path.glob("*.jsonl")):
            assert bench.both_old
            return
        outcome = bench.resume()
    require_both_or_none(bench, outcome)


# ---- other people ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("release", ["v8r22", "v8r5"])
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("nth", EVERY_CALL)
def test_a_commit_of_others_elsewhere_is_never_lost_and_never_in_the_way(
    tmp_path: Path, nth: int, name: str, release: str
) -> None:
    bench = Bench(tmp_path, release=release)
    made = []

    def others() -> None:
        try:
            bench.commit(name, Command("lacp priority 77", ""))
        except HotpairError:
            return  # a trial runs: the device refuses it
        made.append(name)

    bench.strike = Strike(nth, others, after=True)
    outcome = bench.carry_out(held=nth % 3 > 0)
    require_true(bench, outcome)
    assert outcome.end in {End.DONE, End.AS_BEFORE, End.UNCHANGED, End.REFUSED}
    assert all("lacp priority 77" in bench.running(one) for one in made)


def test_a_commit_of_others_in_our_object_stops_the_undoing_and_is_named(tmp_path: Path) -> None:
    bench = Bench(tmp_path, release="v8r5")
    view = "-rm-backup-service-lyon"
    theirs = (
        Command(SERVICE, view),
        Command("track interface LoopBack0 weight 20", view),
        Command("quit", ""),
    )
    change = bench.change()

    def checks(_sessions: object) -> Verdict:
        bench.commit(B, *theirs)
        return Verdict(held=False, text="RBS down")

    outcome = carry_out(replace(change, converge=checks), tmp_path, tools=bench.tools)
    assert outcome.end is End.SPLIT_MIXED
    assert "would be lost" in str(outcome.problem()) or "more than our own lines" in outcome.reason
    assert "track interface" in bench.running(B)


@pytest.mark.parametrize("release", ["v8r22", "v8r13", "v8r12"])
def test_the_loser_of_two_deployments_is_told_who_holds_the_pair(tmp_path: Path, release: str) -> None:
    bench = Bench(tmp_path, release=release)
    ends: list[Outcome] = []
    change = bench.change()

    def second(_sessions: object) -> Verdict:
        ends.append(carry_out(bench.change(), tmp_path / "other host", tools=bench.tools))
        return Verdict(held=True)

    winner = carry_out(replace(change, converge=second), tmp_path / "one host", tools=bench.tools)
    assert winner.end is End.DONE
    assert ends[0].end is End.REFUSED
    problem = ends[0].problem()
    assert winner.transaction in str(problem)
    assert problem is not None
    assert problem.next_command == f"hotpair txn resume {winner.transaction}"
    assert not list((tmp_path / "other host").glob("*"))


# ---- the gate ----------------------------------------------------------------------------------------------


def nothing_to_do(bench: Bench, folder: Path) -> Outcome:
    change = bench.change()
    a, b = (replace(one, plan=replace(one.plan, forward=())) for one in (change.a, change.b))
    return carry_out(replace(change, a=a, b=b), folder, tools=bench.tools)


def test_nothing_to_do_is_said_of_a_pair_at_rest(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    outcome = nothing_to_do(bench, tmp_path)
    assert outcome.end is End.NOTHING
    assert outcome.problem() is None
    assert not list(tmp_path.glob("*.jsonl"))


def test_nothing_to_do_is_not_said_while_somebody_is_on_trial(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    other = log_in(bench.devices[A], bench.clock)
    other.stage([Command("lacp priority 7", "")])
    other.commit_trial(600, "theirs")
    outcome = nothing_to_do(bench, tmp_path)
    assert outcome.end is End.REFUSED
    assert "theirs" in str(outcome.problem())


def test_nothing_to_do_is_not_said_in_the_midst_of_a_transaction_of_ours(tmp_path: Path) -> None:
    bench = Bench(tmp_path, Strike(0, KilledError, after=True, method="confirm"))
    with pytest.raises(KilledError):
        bench.carry_out()
    bench.hang_up()
    bench.strike = Strike()
    problem = nothing_to_do(bench, tmp_path).problem()
    assert isinstance(problem, RefusedError)
    (path,) = tmp_path.glob("*.jsonl")
    assert problem.next_command == f"hotpair txn resume {path.stem}"


def test_nothing_to_do_is_not_said_of_what_is_not_saved(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.commit(B, Command("lacp priority 77", ""))
    problem = nothing_to_do(bench, tmp_path).problem()
    assert isinstance(problem, RefusedError)
    assert problem.member == B
    assert problem.next_command == "save"
    assert problem.wanted == "what runs is saved"
    assert "not saved: lacp priority 77" in str(problem.found)
    assert "saved still: lacp priority 4096" in str(problem.found)
    assert "holds the intent" not in str(problem)  # the line is none of the change's


def test_what_others_did_not_save_is_named(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.commit(B, Command("lacp priority 77", ""))
    outcome = bench.carry_out()
    assert outcome.end is End.DONE
    assert any(B in told and "lacp priority 77" in told for told in outcome.residue)


@pytest.mark.parametrize("stages", [1, 2])
def test_no_way_back_is_refused_before_anything_is_sent(tmp_path: Path, stages: int) -> None:
    bench = Bench(tmp_path, release="v8r5" if stages == 1 else "v8r22")
    for device in bench.devices.values():
        device.store = replace(device.store, history=History())
    outcome = bench.carry_out(stages=stages)
    assert outcome.end is End.REFUSED
    problem = outcome.problem()
    assert isinstance(problem, RefusedError)
    assert "commit point to go back to" in str(problem)
    assert "commit one harmless line there by hand" in (problem.wanted or "")
    assert bench.both_old
    assert not {"stage", "commit", "commit_trial"} & {*bench.strike.calls}


def test_the_way_out_of_no_commit_point_leads_out(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    for device in bench.devices.values():
        device.store = replace(device.store, history=History())
    assert bench.carry_out(stages=2).end is End.REFUSED
    for name in NAMES:
        session = log_in(bench.devices[name], bench.clock)
        session.stage([Command("lacp priority 8192", "")])
        session.commit()
        session.close()
        bench.save(name)
    assert bench.carry_out(stages=2).end is End.DONE


def test_a_pair_without_a_commit_point_is_changed_on_trial(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    for device in bench.devices.values():
        device.store = replace(device.store, history=History())
    assert bench.carry_out().end is End.DONE


# ---- disk and libraries ------------------------------------------------------------------------------------


@pytest.mark.parametrize("line", range(13))
def test_a_disk_that_is_full_at_any_line_leaves_nothing_armed(
    tmp_path: Path, line: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = Bench(tmp_path)
    real, written = os.write, []

    def write(descriptor: int, data: bytes) -> int:
        written.append(data)
        if len(written) > line:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(descriptor, data)

    monkeypatch.setattr("tasks.transaction.journal.os.write", write)
    outcome = bench.carry_out()
    require_true(bench, outcome)
    assert all(device.store.trial is None for device in bench.devices.values())
    if outcome.end is End.DONE:
        assert outcome.residue[-1].startswith("the journal takes nothing more") == (line < 13)


class AlienError(Exception):
    """What a library raises that nobody translated."""


@pytest.mark.parametrize("nth", EVERY_CALL)
def test_a_foreign_exception_at_any_call_ends_truly(tmp_path: Path, nth: int) -> None:
    bench = Bench(tmp_path, Strike(nth, lambda: AlienError("Channel closed."), after=True))
    require_both_or_none(bench, bench.carry_out())


def test_a_login_that_ends_in_a_foreign_exception_is_no_session(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    change = bench.change()
    logins = []

    def full() -> Session:
        logins.append(1)
        if len(logins) > 1:
            raise AlienError("no VTY is free")
        return bench.open(B)

    bench.strike = Strike(1, lambda: LostReplyError("cut"), method="confirm")
    outcome = carry_out(replace(change, b=replace(change.b, open_session=full)), tmp_path, tools=bench.tools)
    assert outcome.end is End.SPLIT_HAZARD
    assert "no VTY is free" in outcome.reason
    assert "ends in" in outcome.reason  # the seconds that are left on b
    assert outcome.looks[A].saved is Saved.NO


# ---- names on the devices ----------------------------------------------------------------------------------


@pytest.mark.parametrize("release", RELEASES)
def test_the_id_and_the_ticket_stand_on_the_devices(tmp_path: Path, release: str) -> None:
    bench = Bench(tmp_path, release=release)
    outcome = carry_out(replace(bench.change(), ticket="CHG-4711"), tmp_path, tools=bench.tools)
    assert outcome.end is End.DONE
    assert bench.told[0].text == f"transaction {outcome.transaction}"
    for side, name in zip("ab", NAMES, strict=True):
        point = bench.devices[name].store.history.points[0]
        assert point.label == outcome.transaction
        if release != "v8r13":  # which takes no description beside a persist id
            assert re.fullmatch(rf"{outcome.transaction} {side} @\d+ CHG-4711", point.description or "")


@pytest.mark.parametrize("release", RELEASES)
def test_labels_that_are_used_up_weaken_no_safety_line(tmp_path: Path, release: str) -> None:
    bench = Bench(tmp_path, release=release)
    plain = Bench(tmp_path / "plain", release=release).carry_out()
    for name in NAMES:
        for number in range(20):
            bench.commit(name, Command(f"lacp priority {100 + number}", ""))
            session = log_in(bench.devices[name], bench.clock)
            session.label_commit(session.commit_list(1)[0].commit_id, f"old{number}")
            session.close()
        bench.save(name)
        bench.before[name] = bench.running(name)
    outcome = bench.carry_out()
    assert outcome.end is End.DONE
    assert outcome.safety == plain.safety
    assert bench.both_new


def labels(bench: Bench, name: str) -> list[str]:
    return [point.label for point in bench.devices[name].store.history.points if point.label]


def test_ten_labels_of_ours_stay_and_those_of_others_are_left_alone(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    for name in NAMES:
        for number in range(12):
            bench.commit(name, Command(f"lacp priority {100 + number}", ""))
            session = log_in(bench.devices[name], bench.clock)
            label = f"hp-{number:010x}" if number < 11 else "monthly"
            session.label_commit(session.commit_list(1)[0].commit_id, label)
            session.close()
        bench.save(name)
        bench.before[name] = bench.running(name)
    outcome = bench.carry_out()
    assert outcome.end is End.DONE
    for name in NAMES:
        assert labels(bench, name) == [
            outcome.transaction,
            "monthly",
            *(f"hp-{number:010x}" for number in range(10, 1, -1)),
        ]
    assert f"{A}: old label taken off: hp-0000000000 (commit 1000000002)" in outcome.residue


@pytest.mark.parametrize("ticket", ["CHG 1", "what?", "x" * 33, "tür"])
def test_a_ticket_that_no_device_keeps_is_refused(tmp_path: Path, ticket: str) -> None:
    bench = Bench(tmp_path)
    with pytest.raises(IntentError, match="ticket"):
        carry_out(replace(bench.change(), ticket=ticket), tmp_path, tools=bench.tools)
    assert bench.strike.calls == []


# ---- abort, forget, list -----------------------------------------------------------------------------------


def died(tmp_path: Path, strike: Strike) -> tuple[Bench, Path]:
    bench = Bench(tmp_path, strike)
    with pytest.raises(KilledError):
        bench.carry_out()
    bench.hang_up()
    bench.strike = Strike()
    (path,) = tmp_path.glob("*.jsonl")
    return bench, path


@pytest.mark.parametrize("method", ["commit_trial", "confirm"])
def test_abort_takes_back_what_was_not_confirmed(tmp_path: Path, method: str) -> None:
    bench, path = died(tmp_path, Strike(0, KilledError, after=method == "commit_trial", method=method))
    outcome = abort(path, bench.open, tools=bench.tools)
    assert (outcome.end, outcome.decided_by) == (End.AS_BEFORE, Decider.OPERATOR)
    assert bench.both_old


def test_abort_is_refused_once_a_was_confirmed(tmp_path: Path) -> None:
    bench, path = died(tmp_path, Strike(0, KilledError, after=True, method="confirm"))
    with pytest.raises(RefusedError, match="cannot be aborted"):
        abort(path, bench.open, tools=bench.tools)
    assert bench.resume().end is End.DONE


def test_forget_is_refused_while_a_timer_runs(tmp_path: Path) -> None:
    bench, path = died(tmp_path, Strike(1, KilledError, after=True, method="commit_trial"))
    for unreachable in (set(), {B}):
        bench.unreachable = unreachable
        with pytest.raises(RefusedError, match="cannot be forgotten yet"):
            forget(path, "tired of it", bench.open, tools=bench.tools)
    bench.unreachable = {B}
    bench.clock.now += 70_000
    assert forget(path, "tired of it", bench.open, tools=bench.tools).end is End.ABANDONED
    assert bench.resume().end is End.ABANDONED


def test_the_list_tells_what_is_armed_without_dialling(tmp_path: Path) -> None:
    bench, path = died(tmp_path, Strike(1, KilledError, after=True, method="commit_trial"))
    bench.clock.now += 100
    (one,) = list_journals(tmp_path, bench.now())
    assert one.state is State.TRIAL_BOTH
    assert [(armed.member, armed.seconds_left) for armed in one.armed] == [(B, 380)]
    assert one.next_command == f"hotpair txn resume {path.stem}"
    bench.resume()
    (one,) = list_journals(tmp_path, bench.now())
    assert (one.end, one.finished, one.armed) == (End.AS_BEFORE, True, ())


@pytest.mark.parametrize(("nth", "method", "left"), [(1, "confirm", [B]), (0, "save", [])])
def test_the_list_calls_no_member_armed_that_was_seen_confirmed(
    tmp_path: Path, nth: int, method: str, left: list[str]
) -> None:
    bench, _ = died(tmp_path, Strike(nth, KilledError, method=method))
    (one,) = list_journals(tmp_path, bench.now())
    assert [armed.member for armed in one.armed] == left


def test_the_list_calls_no_member_armed_that_was_seen_reverted(tmp_path: Path) -> None:
    bench, path = died(tmp_path, Strike(1, KilledError, after=True, method="commit_trial"))
    bench.unreachable = {A}
    bench.clock.now += 70_000
    assert resume(path, bench.open, tools=bench.tools).end is End.UNSETTLED
    (one,) = list_journals(tmp_path, bench.now())
    assert B not in [armed.member for armed in one.armed]


def test_the_list_calls_a_forgotten_transaction_abandoned(tmp_path: Path) -> None:
    bench, path = died(tmp_path, Strike(1, KilledError, after=True, method="commit_trial"))
    bench.unreachable = {A}
    bench.clock.now += 70_000
    assert resume(path, bench.open, tools=bench.tools).end is End.UNSETTLED
    forget(path, "tired of it", bench.open, tools=bench.tools)
    (one,) = list_journals(tmp_path, bench.now())
    assert (one.end, one.by, one.why) == (End.ABANDONED, Decider.OPERATOR, "tired of it")


def test_a_finished_transaction_says_so_without_dialling(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    first = bench.carry_out()
    calls = len(bench.strike.calls)
    again = bench.resume()
    assert (again.end, again.seen) == (first.end, first.seen)
    assert bench.strike.calls == []
    assert calls > 0


def test_one_reason_is_said_once(tmp_path: Path) -> None:
    bench, _ = died(tmp_path, Strike(1, KilledError, method="confirm"))
    bench.unreachable = {B}
    outcome = bench.resume()
    assert isinstance(outcome.problem(), HotpairError)
    assert str(outcome.problem()).count(f"{B} is out of reach") <= 2  # the reason, and what was seen last


def test_a_journal_of_another_pair_is_not_touched(tmp_path: Path) -> None:
    bench, path = died(tmp_path, Strike(1, KilledError, method="confirm"))
    before = path.read_bytes()

    def nobody(name: str) -> Session:
        raise DeviceError(f"no host {name} in this inventory")

    outcome = resume(path, nobody, tools=bench.tools)
    assert outcome.end is End.SPLIT_HAZARD
    assert path.read_bytes().startswith(before)


# ---- what protects the routers -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_a_commit_that_is_not_on_trial_after_it_is_taken_back(tmp_path: Path, name: str) -> None:
    bench = Bench(tmp_path)

    def for_good() -> Session:
        session = bench.open(name)
        commit = session.commit

        def plain(
            seconds: int, persist: str | None, label: str | None = None, description: str | None = None
        ) -> Step[None]:
            assert (seconds, persist) > (0, "hp-")
            yield from commit.step(label, description)

        session.commit_trial = Exchange(plain)  # a device that takes it for a plain one
        return session

    change = bench.change()
    side = "ab"[NAMES.index(name)]
    odd = replace(change, **{side: replace(getattr(change, side), open_session=for_good)})
    outcome = carry_out(odd, tmp_path, tools=bench.tools)
    assert outcome.end is End.AS_BEFORE
    assert "did not make" in outcome.reason
    assert bench.both_old


@pytest.mark.parametrize(("stood_still_s", "looks"), [(0, 0), (2, 0), (4, 1)])
def test_the_look_before_the_decision_stands_for_the_next_one_as_long_as_it_is_young(
    tmp_path: Path, stood_still_s: float, looks: int
) -> None:
    bench = Bench(tmp_path)
    decided: list[int] = []

    def told(progress: Progress) -> None:
        if progress.text.startswith("decided"):
            decided.append(len(bench.strike.calls))
            bench.sleep(stood_still_s)

    tools = Tools(told, bench.sleep, bench.now)
    assert carry_out(bench.change(), tmp_path, tools=tools).end is End.DONE
    (at,) = decided
    assert bench.strike.calls[at:].index("confirm") == looks * len(NAMES)


@pytest.mark.parametrize(
    ("release", "most"),
    [
        ("v8r22", 17),
        ("v8r13", 20),  # each label is a command of its own; the look after it rides with it
        ("v8r12", 19),  # what b does not know is found out once, and not on a again
        ("v8r5", 17),
    ],
)
def test_a_deployment_takes_few_round_trips_in_a_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, release: str, most: int
) -> None:
    bench = Bench(tmp_path, release=release)
    change = bench.change()
    a, b = bench.open(A), bench.open(B)  # logins are not counted
    one = replace(change.a, open_session=lambda: a)
    other = replace(change.b, open_session=lambda: b)
    now, arrives = [0], dict[int, int]()
    write, read = DeviceChannel.write, DeviceChannel.read

    def sent(channel: DeviceChannel, text: str) -> None:
        arrives[id(channel)] = now[0] + 1
        write(channel, text)

    def heard(channel: DeviceChannel, seconds: float) -> str:
        now[0] = max(now[0], arrives.get(id(channel), 0))
        return read(channel, seconds)

    monkeypatch.setattr(DeviceChannel, "write", sent)
    monkeypatch.setattr(DeviceChannel, "read", heard)
    assert carry_out(replace(change, a=one, b=other), tmp_path, tools=bench.tools).end is End.DONE
    assert now[0] <= most  # and one more to read what runs, for the plan
