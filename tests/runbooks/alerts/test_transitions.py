"""Who is told what, when findings come and go in an archive; and what waits until it went out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from runbooks.alerts.model import Alert, State
from runbooks.alerts.outbox import DeliveryError, NotTakenError, PartlyDeliveredError, deliver, next_due
from runbooks.alerts.settings import Alerts, Route
from runbooks.alerts.transitions import tell_transitions
from runbooks.archive.forgetting import forget
from runbooks.archive.opening import Archive, open_archive
from runbooks.archive.store import Origin, RunInputs, keep_run
from tasks.checks.model import REACH, CheckResult, CommitAuthor, Complaint, Outcome
from tasks.checks.policy import NO_POLICY, Grace, Policy, Severity
from tests.runbooks.archive.made import BAD, GOOD, START, down, ended, run

ROUTES = {
    name: Route.model_validate({"name": name, "least": least, "syslog": {"to": "unix:/none"}})
    for name, least in (("all", "warning"), ("worst", "critical"))
}
SETTINGS = Alerts(routes=tuple(ROUTES.values()), keep=3)
SITES = {"north": "BER", "south": "BER", "west": "MUC"}


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with open_archive(tmp_path / "archive.db") as opened:
        yield opened


def at(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


def looked(
    archive: Archive, minutes: int, policy: Policy = NO_POLICY, **results: tuple[CheckResult, ...]
) -> list[str]:
    """Keep what was found in pairs; give the titles of the alerts."""
    for pair, ends in results.items():
        keep_run(archive, run(minutes, *ends, pair=pair), Origin(), RunInputs())
    return [alert.title for alert in tell_transitions(archive, SETTINGS, policy, SITES, at(minutes))]


def away(device: str) -> CheckResult:
    return CheckResult(REACH, "pair", Outcome.ERROR, complaints=(Complaint("no answer", device=device),))


UNTOLD = ended(Outcome.ERROR, Complaint("needs both members"), check="drift", subject="configuration")


def test_only_transitions_are_told(archive: Archive) -> None:
    assert looked(archive, 0, north=(GOOD,)) == []
    assert looked(archive, 5, north=(BAD,)) == ["fail (major) north: north: rbs-connected"]
    assert looked(archive, 10, north=(BAD,)) == []
    more = ended(Outcome.FAILURE, down(), check="ports-up", subject="ports")
    assert looked(archive, 15, north=(BAD, more)) == ["fail (major) north: north: ports-up"]
    well = ended(Outcome.SUCCESS, check="ports-up", subject="ports")
    assert looked(archive, 20, north=(GOOD, well)) == [
        "clear (major) north: 2 troubles, north: ports-up first"
    ]
    assert looked(archive, 25, north=(GOOD, well)) == []


def test_a_site_that_is_down_is_one_alert_and_what_could_not_be_told_is_no_other(archive: Archive) -> None:
    titles = looked(
        archive,
        0,
        north=(away("north-1"), away("north-2"), UNTOLD),
        south=(away("south-1"), UNTOLD, BAD),
        west=(away("west-1"),),
    )
    assert titles == [
        "fail (major) site BER: 3 troubles, router north-1 out of reach first",
        "fail (major) site MUC: router west-1 out of reach",
        "fail (major) south: south: rbs-connected",
    ]


def test_a_failure_is_told_when_its_grace_has_passed_and_not_at_all_when_it_went_before(
    archive: Archive,
) -> None:
    patient = Policy(grace=(Grace(check="rbs-connected", minutes=15),))
    assert looked(archive, 0, patient, north=(BAD,), south=(BAD,)) == []
    assert looked(archive, 10, patient, south=(GOOD,)) == []
    assert looked(archive, 15, patient, north=(BAD,)) == ["fail (major) north: north: rbs-connected"]


def test_a_severity_is_that_of_the_policy_and_chooses_the_routes(archive: Archive) -> None:
    strict = Policy(severities={"rbs-connected": Severity.CRITICAL})
    looked(archive, 0, strict, north=(BAD,))
    looked(archive, 5, strict, north=(GOOD,), south=(ended(Outcome.FAILURE, down(), check="ports-up"),))
    out = Recorder()
    deliver(archive, ROUTES, out, at(6))
    assert out.titles("worst") == [
        "fail (critical) north: north: rbs-connected", "clear (critical) north: north: rbs-connected"
    ]  # fmt: skip
    assert len(out.titles("all")) == 3


class Recorder:
    """Takes alerts, or refuses them."""

    def __init__(self) -> None:
        self.got: list[tuple[str, Alert]] = []
        self.refuses = False

    def __call__(self, route: Route, alert: Alert) -> None:
        if self.refuses:
            raise DeliveryError("nobody is there")
        self.got.append((route.name, alert))

    def titles(self, route: str) -> list[str]:
        return [alert.title for name, alert in self.got if name == route]


@pytest.fixture
def failing(archive: Archive) -> Callable[[int], None]:
    """Return a way to queue an alert of another pair."""

    def fail(number: int) -> None:
        looked(archive, number, NO_POLICY, **{f"pair{number}": (BAD,)})

    return fail


def test_what_did_not_go_out_is_tried_again_later_and_in_order(
    archive: Archive, failing: Callable[[int], None]
) -> None:
    out, route = Recorder(), {"all": ROUTES["all"]}
    failing(0)
    failing(1)
    out.refuses = True
    (end,) = deliver(archive, route, out, at(2))
    assert (end.problem, end.waiting, end.sent) == ("nobody is there", 2, ())
    assert next_due(archive) == at(1)
    out.refuses = False
    assert deliver(archive, route, out, at(2) + timedelta(seconds=4))[0].waiting == 2
    assert deliver(archive, route, out, at(2) + timedelta(seconds=5))[0].waiting == 0
    assert [title.split()[2] for title in out.titles("all")] == ["pair0:", "pair1:"]
    assert next_due(archive) is None


def test_the_time_between_tries_grows_to_ten_minutes(
    archive: Archive, failing: Callable[[int], None]
) -> None:
    out, route, now = Recorder(), {"all": ROUTES["all"]}, at(1)
    out.refuses = True
    failing(0)
    waits = []
    for _ in range(10):
        deliver(archive, route, out, now)
        due = next_due(archive)
        assert due is not None
        waits.append((due - now).total_seconds())
        now = due
    assert waits == [5, 10, 20, 40, 80, 160, 320, 600, 600, 600]


def test_a_full_queue_drops_the_oldest_and_tells_how_many(
    archive: Archive, failing: Callable[[int], None]
) -> None:
    for number in range(5):
        failing(number)
    out, route = Recorder(), {"all": ROUTES["all"]}

    deliver(archive, route, out, at(9))

    assert [alert.dropped for _, alert in out.got] == [2, 0, 0]
    assert [title.split()[2] for title in out.titles("all")] == ["pair2:", "pair3:", "pair4:"]
    assert "2 alerts before this one were dropped" in out.got[0][1].text


def test_what_is_dropped_while_another_alert_goes_out_is_told_with_the_next(
    archive: Archive, failing: Callable[[int], None]
) -> None:
    out, route = Recorder(), {"all": ROUTES["all"]}
    for number in range(4):
        failing(number)

    def slow(to: Route, alert: Alert) -> None:
        if not out.got:
            failing(4)  # one more is queued meanwhile, and drops the one that goes out
            failing(5)
        out(to, alert)

    deliver(archive, route, slow, at(9))

    assert [alert.dropped for _, alert in out.got] == [1, 2, 0, 0]


def test_an_alert_that_some_have_is_not_sent_again_and_keeps_no_other_back(
    archive: Archive, failing: Callable[[int], None]
) -> None:
    sent: list[str] = []

    def partly(_route: Route, alert: Alert) -> None:
        sent.append(alert.title)
        raise PartlyDeliveredError("one address was refused")

    failing(0)
    failing(1)
    for _ in range(4):
        ends = deliver(archive, {"all": ROUTES["all"]}, partly, at(2))
        assert ends[0].waiting == 2 - len(sent)
    assert [title.split()[2] for title in sent] == ["pair0:", "pair1:"]


class Picky(Recorder):
    """Refuses alerts with some words in their titles, for good; all of them where it is said to."""

    def __init__(self, *words: str) -> None:
        super().__init__()
        self.words = words
        self.tries: list[str] = []

    def __call__(self, route: Route, alert: Alert) -> None:
        self.tries.append(alert.title.split()[2])
        if any(word in alert.title for word in self.words):
            raise NotTakenError("400")
        super().__call__(route, alert)


def rounds(archive: Archive, out: Picky, *minutes: float) -> list[tuple[int, int]]:
    """Deliver at some moments; give how many wait, and how many were given up, each time."""
    ends = [deliver(archive, {"all": ROUTES["all"]}, out, at(minute))[0] for minute in minutes]
    return [(end.waiting, end.given_up) for end in ends]


def test_an_alert_that_is_refused_for_good_holds_nothing_up_and_never_comes_after_a_later_one(
    archive: Archive, failing: Callable[[int], None]
) -> None:
    out = Picky("pair0", "pair1")
    failing(0)
    failing(1)
    assert rounds(archive, out, 2, 2.05, 3, 4, 5) == [(2, 0)] * 5
    failing(6)
    assert rounds(archive, out, 6, 6.2, 6.4, 8) == [(0, 2), (0, 0), (0, 0), (0, 0)]
    assert [(alert.title.split()[2], alert.dropped) for _, alert in out.got] == [("pair6:", 2)]
    failing(9)
    assert rounds(archive, out, 9) == [(0, 0)]
    assert out.got[-1][1].dropped == 0


def test_a_receiver_that_refuses_everything_loses_nothing_and_is_asked_seldom(
    archive: Archive, failing: Callable[[int], None]
) -> None:
    out = Picky("pair")
    for number in range(3):
        failing(number)
    rounds(archive, out, *range(3, 60))
    before = len(out.tries)
    rounds(archive, out, *range(60, 80))
    assert len(out.tries) - before <= 2 * 3  # the three of them, each ten minutes
    out.words = ()
    failing(80)  # drops the oldest: three are kept
    rounds(archive, out, 80)
    assert [(alert.title.split()[2], alert.dropped) for _, alert in out.got] == [
        ("pair1:", 1),
        ("pair2:", 0),
        ("pair80:", 0),
    ]


def test_what_is_passed_by_waits_with_the_others_while_nobody_is_there(
    archive: Archive, failing: Callable[[int], None]
) -> None:
    out = Picky("pair0")
    failing(0)
    rounds(archive, out, 1, 2, 3)
    away, tried = Recorder(), []

    def nobody(route: Route, alert: Alert) -> None:
        tried.append(alert.title)
        away(route, alert)

    away.refuses = True
    failing(4)
    for second in range(0, 20, 2):
        deliver(archive, {"all": ROUTES["all"]}, nobody, at(4) + timedelta(seconds=second))
    assert len(tried) == 1


def test_an_alert_waits_for_no_time_that_was_put_back(
    archive: Archive, failing: Callable[[int], None]
) -> None:
    out, route = Recorder(), {"all": ROUTES["all"]}
    out.refuses = True
    failing(60 * 24)
    deliver(archive, route, out, at(60 * 24))
    out.refuses = False
    deliver(archive, route, out, at(0))
    assert len(out.got) == 1


def test_a_router_of_pairs_with_and_without_a_site_is_one_cause(archive: Archive) -> None:
    keep_run(archive, run(0, away("hub"), pair="east"), Origin(), RunInputs())
    keep_run(archive, run(0, away("hub"), pair="north"), Origin(), RunInputs())
    (alert,) = tell_transitions(archive, SETTINGS, NO_POLICY, SITES, at(0))
    assert (alert.subject, [one.pairs for one in alert.troubles]) == ("site BER", [("east", "north")])


def test_alerts_of_a_route_that_is_gone_do_not_wait_for_ever(
    archive: Archive, failing: Callable[[int], None]
) -> None:
    failing(0)
    deliver(archive, {}, Recorder(), at(9))
    assert next_due(archive) is None


def test_the_end_of_a_pair_that_was_forgotten_claims_nothing(archive: Archive) -> None:
    looked(archive, 0, north=(BAD,))
    forget(archive, "north")
    (alert,) = tell_transitions(archive, SETTINGS, NO_POLICY, SITES, at(5))
    assert (alert.state, "north was forgotten: nobody looked" in alert.text) == (State.CLEAR, True)


def test_a_hand_stands_in_the_alert(archive: Archive) -> None:
    hand = CommitAuthor(1000000007, "carol", "VTY 1", "2026-03-04 01:59:00")
    keep_run(archive, run(0, ended(Outcome.FAILURE, replace(down(), hand=hand))), Origin(), RunInputs())
    (alert,) = tell_transitions(archive, SETTINGS, NO_POLICY, SITES, at(0))
    assert "changed by carol on VTY 1, commit 1000000007" in alert.text
