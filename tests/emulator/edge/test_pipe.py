"""A lab behind a pipe: orders and answers, one JSON object a line, in virtual time."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emulator.edge.pipe import Pipe, serve
from emulator.lab import Lab

FILE = "sysname PE1\ninterface LoopBack0\n ip address 192.0.2.1 255.255.255.255\n"
PEER = "sysname PE2\n"


def pipe() -> Pipe:
    return Pipe(Lab({"PE1": FILE, "PE2": PEER}))


def done(pipe: Pipe, **order: Any) -> dict[str, Any]:
    answer = pipe.obey(order)
    assert answer["ok"], answer
    return answer


def run(pipe: Pipe, device: str) -> list[str]:
    lines: list[str] = done(pipe, ask=device)["running"]
    return lines


def commit(pipe: Pipe, *lines: str, device: str = "PE1") -> str:
    out: str = done(pipe, do=["system-view", *lines, "commit", "return"], device=device, user="carol")["out"]
    return out


def test_a_session_shows_its_greeting_and_what_is_typed() -> None:
    served = pipe()
    opened = done(served, open="PE1", user="ops")
    assert opened["out"].endswith("<PE1>")
    shown = done(served, type="system-view\n", device="PE1", session=opened["session"])
    assert shown["out"].endswith("[~PE1]")
    assert not shown["closed"]


def test_time_stands_still_until_it_is_told_to_pass() -> None:
    served = pipe()
    assert done(served, ask="PE1")["now"] == 0
    assert done(served, advance=90)["now"] == 90


def test_a_wait_ends_with_the_time_or_with_what_is_shown() -> None:
    served = pipe()
    session = done(served, open="PE1")["session"]
    done(served, fault="slow-output", device="PE1", seconds=5)
    done(served, type="display clock\n", device="PE1", session=session)
    early = done(served, wait=2, device="PE1", session=session)
    assert (early["out"], early["now"]) == ("", 2)
    late = done(served, wait=30, device="PE1", session=session)
    assert late["out"].endswith("<PE1>")
    assert late["now"] == 5


def test_what_is_true_of_a_device_is_told() -> None:
    served = pipe()
    before = done(served, ask="PE1")
    assert before["saved"] == [*FILE.rstrip("\n").split("\n"), "return"]
    assert (before["trial"], before["commits"], before["sessions"]) == (None, [], [])
    session = done(served, open="PE1", user="ops")["session"]
    for line in ("system-view", "lacp priority 7", "commit trial 60 persist night"):
        done(served, type=f"{line}\n", device="PE1", session=session)
    after = done(served, ask="PE1")
    assert "lacp priority 7" in after["running"]
    assert after["trial"] == {"persist": "night", "left": 60, "user": "ops"}
    assert after["commits"][0]["user"] == "ops"
    assert after["sessions"] == [{"id": session, "user": "ops", "dirty": False}]
    done(served, advance=61)
    assert done(served, ask="PE1")["trial"] is None


def test_the_state_that_was_last_displayed_is_kept_apart() -> None:
    served = pipe()
    session = done(served, open="PE1", user="ops")["session"]
    for line in ("system-view", "lacp priority 7", "commit", "display current-configuration"):
        done(served, type=f"{line}\n", device="PE1", session=session)
    commit(served, "lacp priority 9")
    done(served, type="display clock\n", device="PE1", session=session)
    heard: list[str] = done(served, ask="PE1", **{"as": "heard"})["running"]
    assert "lacp priority 7" in heard
    assert "lacp priority 9" in run(served, "PE1")


def test_a_lab_goes_back_to_what_was_remembered_as_often_as_wanted() -> None:
    served = pipe()
    done(served, keep="before")
    for number in (7, 8):
        assert f"lacp priority {number}" not in run(served, "PE1")
        commit(served, f"lacp priority {number}")
        done(served, advance=100)
        done(served, fault="shut-port", device="PE1", port="LoopBack0")
        assert f"lacp priority {number}" in run(served, "PE1")
        done(served, renew="before")
        assert done(served, ask="PE1")["now"] == 0


def test_a_renewed_lab_has_a_network_of_its_own() -> None:
    served = pipe()
    done(served, keep="before")
    done(served, renew="before")
    first = served.lab
    commit(served, "interface LoopBack7", "ip address 198.51.100.7 32")
    assert any(port.name == "LoopBack7" for port in first.world.state("PE1").interfaces)
    done(served, renew="before")
    assert served.lab is not first
    assert all(port.name != "LoopBack7" for port in served.lab.world.state("PE1").interfaces)
    assert "LoopBack7" not in "\n".join(run(served, "PE1"))


def test_another_lab_is_booted_from_text() -> None:
    served = pipe()
    done(served, boot={"R1": "sysname R1\n", "R2": ""}, release="v8r5")
    assert done(served, open="R1")["out"].endswith("<~R1>")
    assert done(served, ask="R2")["saved"] is None
    assert "no device" in served.obey({"ask": "PE1"})["error"]


def test_a_twin_is_booted_from_two_files_with_releases_and_wires_of_their_own() -> None:
    served = pipe()
    port = "interface GigabitEthernet0/1/0\n undo shutdown\n"
    texts = {"R1": f"sysname R1\n{port}xyzzy plugh\n", "R2": f"sysname R2\n{port}aaa\n domain homes\n"}
    link = "R1:GigabitEthernet0/1/0=R2:GigabitEthernet0/1/0"
    done(served, boot=texts, release={"R1": "v8r5", "R2": "v8r12"}, links=[link])
    assert done(served, open="R1")["out"].endswith("<~R1>")
    assert done(served, open="R2")["out"].endswith("<R2>")
    done(served, fault="shut-port", device="R2", port="GigabitEthernet0/1/0")
    shown = done(served, do=["display interface brief"], device="R1")["out"]
    assert re.search(r"GigabitEthernet0/1/0 +down", shown)
    told = done(served, unmodelled="R1")
    assert [(one["kind"], one["path"], one["line"]) for one in told["lines"]] == [
        ("unknown", (), "xyzzy plugh")
    ]
    assert told["of"] == 4
    assert [one["kind"] for one in done(served, unmodelled="R2")["lines"]] == ["inert", "inert"]


def test_a_session_goes_on_from_where_it_was_remembered() -> None:
    served = pipe()
    session = done(served, open="PE1")["session"]
    done(served, type="system-view\nlacp priority 7\n", device="PE1", session=session)
    done(served, fault="swallow-reply", device="PE1")
    done(served, keep="before")
    told = []
    for _ in range(2):
        done(served, renew="before")
        said = [
            done(served, type=line, device="PE1", session=session)
            for line in ("display clock\n", "display history-command\n", "commit\n")
        ]
        told.append((said, done(served, ask="PE1")))
    assert told[0] == told[1]
    assert told[0][0][0]["out"].endswith("display clock\r\n")
    assert "lacp priority 7" in told[0][0][1]["out"]
    assert "lacp priority 7" in told[0][1]["running"]


def test_nothing_is_remembered_while_somebody_is_asked_something() -> None:
    served = pipe()
    session = done(served, open="PE1")["session"]
    assert done(served, type="save\n", device="PE1", session=session)["out"].endswith("[Y/N]")
    assert "nobody" in served.obey({"keep": "before"})["error"]


def test_a_full_device_and_one_without_power_let_nobody_in() -> None:
    served = pipe()
    for _ in range(21):
        done(served, open="PE1")
    assert "no VTY line is free" in served.obey({"open": "PE1"})["error"]
    done(served, fault="power-off", device="PE2")
    assert "out of reach" in served.obey({"open": "PE2"})["error"]
    assert not done(served, ask="PE2")["powered"]


@pytest.mark.parametrize(
    "order",
    [
        {},
        {"open": "PE9"},
        {"ask": "PE9"},
        {"renew": "never"},
        {"boot": {"R1": ""}, "release": "v1"},
        {"boot": {"R1": ""}, "release": {"R1": 7}},
        {"boot": {"R1": ""}, "release": {"R2": "v8r5"}},
        {"boot": {"R1": ""}, "links": ["R1:x=R2:y"]},
        {"boot": {"R1": ""}, "links": 7},
        {"unmodelled": "R9"},
        {"advance": -1},
        {"advance": "soon"},
        {"wait": float("inf"), "device": "PE1", "session": 1},
        {"fault": "flood", "device": "PE1"},
        {"fault": "shut-port", "device": "PE1", "port": "Nowhere9"},
        {"type": "\N{SNOWMAN}", "device": "PE1", "session": 1},
    ],
)
def test_a_wrong_order_is_answered_by_an_error(order: dict[str, Any]) -> None:
    answer = pipe().obey(order)
    assert not answer["ok"]
    assert answer["error"]


VALUES = st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists, max_leaves=3)
WORDS = st.sampled_from(["open", "type", "wait", "do", "device", "session", "ask", "fault", "close", "keep"])


@settings(deadline=None)
@given(st.dictionaries(WORDS, VALUES | st.just("PE1")))
def test_no_order_breaks_the_pipe(order: dict[str, Any]) -> None:
    assert pipe().obey(order)["ok"] in {True, False}


def test_lines_that_are_no_orders_are_answered_too() -> None:
    answers = io.StringIO()
    serve(pipe(), ["no json\n", "[1]\n", '{"ask": "PE1"}\n'], answers)
    said = [json.loads(line) for line in answers.getvalue().splitlines()]
    assert [answer["ok"] for answer in said] == [False, False, True]


def test_the_program_serves_a_pipe(tmp_path: Path) -> None:
    file = tmp_path / "pe1.cfg"
    file.write_text(FILE)
    orders = '{"open": "PE1"}\n{"advance": 3600}\n{"ask": "PE1"}\n'
    ended = subprocess.run(
        [sys.executable, "-m", "emulator", "--pipe", f"PE1={file}"],
        input=orders,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    said = [json.loads(line) for line in ended.stdout.splitlines()]
    assert said[0]["out"].endswith("<PE1>")
    assert said[2]["now"] == 3600
    assert said[2]["sessions"] == []
