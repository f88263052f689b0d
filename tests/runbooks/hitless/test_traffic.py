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


@pytest.mark.parametrize("text", ["{", '{"other": 1}', '{"report": {"sessions": 3}}', "no moment at all\n"])
def test_what_is_no_witness_is_inconclusive(tmp_path: Path, text: str) -> None:
    file = tmp_path / "witness"
    file.write_text(text)

    assert read_witness(file, BEGIN, END).verdict is Traffic.INCONCLUSIVE
    assert read_witness(tmp_path / "absent", BEGIN, END).verdict is Traffic.INCONCLUSIVE
