"""What a witness of the traffic says, joined by time."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from runbooks.hitless.model import NO_WITNESS, Traffic
from runbooks.hitless.traffic import read_witness

BEGIN = datetime(2026, 11, 28, 2, 0, 0, tzinfo=UTC)
END = BEGIN + timedelta(seconds=20)


def pings(path: Path, seconds: Iterable[float]) -> Path:
    lines = [
        f"[{(BEGIN + timedelta(seconds=at)).timestamp():.6f}] 64 bytes from 192.0.2.1: icmp_seq={n} ttl=63"
        for n, at in enumerate(seconds)
    ]
    path.write_text("PING 192.0.2.1 (192.0.2.1) 56(84) bytes of data.\n" + "\n".join(lines) + "\n")
    return path


def test_without_a_witness_traffic_is_not_measured() -> None:
    assert read_witness(None, BEGIN, END) == NO_WITNESS
    assert str(NO_WITNESS) == "traffic not measured"


def test_a_pause_while_the_pair_was_sampled_is_a_loss_with_its_moment(tmp_path: Path) -> None:
    sent = [n * 0.2 for n in range(-20, 130) if not 30 < n < 40]
    seen = read_witness(pings(tmp_path / "ping.log", sent), BEGIN, END)

    assert seen.verdict is Traffic.LOSS
    assert "1 pause, the longest 1.80 s from 02:00:06.0" in seen.said


def test_a_pause_before_the_pair_was_sampled_is_none_of_ours(tmp_path: Path) -> None:
    sent = [n * 0.2 for n in range(-60, 130) if not -40 < n < -20]

    assert read_witness(pings(tmp_path / "ping.log", sent), BEGIN, END).verdict is Traffic.NO_LOSS


def test_lines_of_packets_that_did_not_come_back_are_no_packets(tmp_path: Path) -> None:
    file = pings(tmp_path / "ping.log", [n * 0.2 for n in range(-20, 130) if not 30 < n < 40])
    missed = (BEGIN + timedelta(seconds=7)).timestamp()
    file.write_text(f"{file.read_text()}[{missed:.6f}] no answer yet for icmp_seq=35\n")

    assert read_witness(file, BEGIN, END).verdict is Traffic.LOSS


@pytest.mark.parametrize("sent", [range(-5, 10), range(5, 40), ()])
def test_a_witness_that_covers_a_part_of_the_time_tells_nothing(
    tmp_path: Path, sent: Iterable[float]
) -> None:
    assert read_witness(pings(tmp_path / "ping.log", sent), BEGIN, END).verdict is Traffic.INCONCLUSIVE


def test_moments_of_iso_8601_are_read(tmp_path: Path) -> None:
    file = tmp_path / "probe.log"
    file.write_text(
        "".join(f"{BEGIN + timedelta(seconds=n):%Y-%m-%dT%H:%M:%S}Z reply {n}\n" for n in range(-3, 25))
    )

    assert read_witness(file, BEGIN, END).verdict is Traffic.NO_LOSS


@pytest.mark.parametrize(("lost", "verdict"), [([0, 0], Traffic.NO_LOSS), ([0, 12], Traffic.LOSS)])
def test_a_report_of_bng_blaster_tells_the_loss_of_its_streams(
    tmp_path: Path, lost: list[int], verdict: Traffic
) -> None:
    file = tmp_path / "report.json"
    streams = [{"name": f"s{n}", "rx-packets": 100, "rx-loss": one} for n, one in enumerate(lost)]
    file.write_text(json.dumps({"report": {"sessions": 2, "streams": streams}}))

    seen = read_witness(file, BEGIN, END)
    assert seen.verdict is verdict
    assert f"{sum(lost)} packets of 2 streams lost in the whole test" in seen.said


def test_one_packet_that_is_lost_is_a_loss(tmp_path: Path) -> None:
    sent = [n * 0.2 + 0.01 * (n % 2) for n in range(-20, 130) if n != 30]

    assert read_witness(pings(tmp_path / "ping.log", sent), BEGIN, END).verdict is Traffic.LOSS


def test_packets_that_never_come_again_are_lost_where_they_are_told(tmp_path: Path) -> None:
    file = pings(tmp_path / "ping.log", [n * 0.2 for n in range(-20, 60)])
    after = [(BEGIN + timedelta(seconds=n * 0.2)).timestamp() for n in range(60, 130)]
    missed = "".join(f"[{at:.6f}] no answer yet for icmp_seq={n}\n" for n, at in enumerate(after, 80))
    file.write_text(file.read_text() + missed)

    seen = read_witness(file, BEGIN, END)

    assert seen.verdict is Traffic.LOSS
    assert "1 pause, the longest 8.20 s from 02:00:11.8" in seen.said


def fping(path: Path, *answers: tuple[str, Iterable[int], Iterable[int]]) -> Path:
    """Write what `fping -D -l` says: one line a target and second, of what came and what did not."""
    lines = [
        ((BEGIN + timedelta(seconds=n + 0.025 * nth)).timestamp(), f"{name} : [{n}], {said}")
        for nth, (name, came, lost) in enumerate(answers)
        for numbers, said in ((came, "64 bytes, 0.3 ms (0.3 avg, 0% loss)"), (lost, "timed out (1 avg)"))
        for n in numbers
    ]
    path.write_text("".join(f"[{at:.5f}] {said}\n" for at, said in sorted(lines)))
    return path


@pytest.mark.parametrize(
    ("second", "verdict", "says"),
    [
        ((range(-3, 25), ()), Traffic.NO_LOSS, "21 packets of 192.0.2.1, one each 1 s"),
        (((*range(-3, 8), *range(11, 25)), ()), Traffic.LOSS, "1 pause of 2001:db8::2, the longest 3.00 s"),
        ((range(-3, 9), range(9, 25)), Traffic.LOSS, "of 2001:db8::2"),
        ((range(-3, 9), ()), Traffic.INCONCLUSIVE, "does not cover all of 2001:db8::2"),
        (((), range(-3, 25)), Traffic.LOSS, "of 2001:db8::2"),
    ],
)
def test_each_of_several_targets_is_judged_for_itself(
    tmp_path: Path, second: tuple[Iterable[int], Iterable[int]], verdict: Traffic, says: str
) -> None:
    file = fping(tmp_path / "fping.log", ("192.0.2.1", range(-3, 25), ()), ("2001:db8::2", *second))

    seen = read_witness(file, BEGIN, END)

    assert seen.verdict is verdict
    assert says in seen.said


@pytest.mark.parametrize(
    ("sent", "came", "verdict", "says"),
    [
        (100, 100, Traffic.NO_LOSS, "0 packets of 2 streams lost"),
        (1000, 995, Traffic.NO_LOSS, "0 packets of 2 streams lost"),
        (100, 0, Traffic.LOSS, "s1 got none of what was sent"),
        (100, 60, Traffic.INCONCLUSIVE, "40 packets of s1 neither came nor are told as lost"),
    ],
)
def test_a_stream_that_never_came_or_stopped_is_not_taken_for_one_without_loss(
    tmp_path: Path, sent: int, came: int, verdict: Traffic, says: str
) -> None:
    file = tmp_path / "report.json"
    streams = [
        {"name": "s0", "tx-packets": 9, "rx-packets": 9, "rx-loss": 0},
        {"name": "s1", "tx-packets": sent, "rx-packets": came, "rx-loss": 0},
    ]
    file.write_text(json.dumps({"report": {"streams": streams}}))

    seen = read_witness(file, BEGIN, END)

    assert seen.verdict is verdict
    assert says in seen.said


NO_MOMENT = "2026-13-45T10:00:00Z 64 bytes from 192.0.2.1\n"


@pytest.mark.parametrize(
    "text", ["{", '{"other": 1}', '{"report": {"sessions": 3}}', "no moment at all\n", 3 * NO_MOMENT]
)
def test_what_is_no_witness_is_inconclusive(tmp_path: Path, text: str) -> None:
    file = tmp_path / "witness"
    file.write_text(text)

    assert read_witness(file, BEGIN, END).verdict is Traffic.INCONCLUSIVE
    assert read_witness(tmp_path / "absent", BEGIN, END).verdict is Traffic.INCONCLUSIVE
