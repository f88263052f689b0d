"""The side channel: orders in, answers out, and what they do to the served lab."""

from __future__ import annotations

import asyncio
import json
import socket
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from emulator.edge.clock import ServedClock
from emulator.edge.control import Control
from emulator.edge.door import Access
from emulator.edge.serve import served
from emulator.edge.serving import Serving
from emulator.fault_reading import FAULTS
from emulator.lab import Lab, TerminalUser
from tests.emulator.pair import CONFIGURATIONS


class Standing:
    """A real clock that a test moves."""

    def __init__(self) -> None:
        self.time = 0.0

    def __call__(self) -> float:
        return self.time


@pytest.fixture
def control() -> Control:
    return Control(Lab(CONFIGURATIONS), ServedClock(real=Standing()), lambda: None)


def test_time_jumps_and_a_fault_strikes(control: Control) -> None:
    assert control.obey('{"advance": 60}') == {"ok": True, "now": 60.0}
    cut = {"fault": "cut-link", "device": "PE1", "peer": "PE2"}
    assert control.obey(json.dumps(cut))["ok"]
    assert control.obey('{"advance": 60.5}') == {"ok": True, "now": 120.5}
    assert "Backup" not in TerminalUser(control.lab, "PE2").types("display e-trunk 7 | include State :")


def test_fault_of_a_device_waits_there(control: Control) -> None:
    order = {"fault": "fail-commit", "device": "PE2", "message": "Error: Not now."}
    assert control.obey(json.dumps(order))["ok"]
    for name, refused in (("PE1", False), ("PE2", True)):
        shown = TerminalUser(control.lab, name).types("system-view", "interface LoopBack4", "commit")
        assert ("Error: Not now." in shown) is refused


def test_lines_that_are_not_played_are_told() -> None:
    texts = {**CONFIGURATIONS, "PE1": f"xyzzy plugh\n{CONFIGURATIONS['PE1']}"}
    control = Control(Lab(texts), ServedClock(real=Standing()), lambda: None)
    answer = json.loads(json.dumps(control.obey('{"unmodelled": "PE1"}')))
    assert ("unknown", [], "xyzzy plugh") in [
        (one["kind"], one["path"], one["line"]) for one in answer["lines"]
    ]
    assert answer["of"] > len(answer["lines"])
    assert not control.obey('{"unmodelled": "PE9"}')["ok"]


def test_hosts_join_leave_and_answer(control: Control) -> None:
    control.obey('{"advance": 60}')
    join = {"join": "232.4.4.4", "device": "PE1", "interface": "Eth-Trunk70", "host": "198.51.100.44"}
    assert control.obey(json.dumps(join))["ok"]
    host = {
        "host": "203.0.113.44",
        "device": "PE1",
        "interface": "GigabitEthernet0/2/1.10",
        "mac": "00e0-fc44-0044",
    }
    assert control.obey(json.dumps(host))["ok"]
    control.obey('{"advance": 10}')
    typist = TerminalUser(control.lab, "PE1")
    assert "198.51.100.44" in typist.types("display igmp group")
    assert "00e0-fc44-0044" in typist.types("display arp all")
    leave = {("leave" if key == "join" else key): text for key, text in join.items()}
    assert control.obey(json.dumps(leave))["ok"]
    assert not control.obey(json.dumps(leave))["ok"]


@pytest.mark.parametrize(
    "line",
    [
        "",
        "nonsense",
        "[1, 2]",
        "{}",
        '{"advance": -5}',
        '{"advance": "soon"}',
        '{"fault": "melt"}',
        '{"fault": "reboot"}',
        '{"fault": "reboot", "device": "PE9"}',
        '{"fault": "cut-link", "device": "PE1"}',
        '{"fault": "shut-port", "device": "PE1", "port": "Eth-Trunk9"}',
        '{"join": "232.1.1.1", "device": "PE1", "interface": "Vlanif7", "host": "10.0.0.1"}',
        '{"fault": "garble", "device": "PE1", "times": "many"}',
        '{"join": 5, "device": "PE1", "interface": "Eth-Trunk70", "host": "10.0.0.1"}',
        '{"join": "192.0.2.1", "device": "PE1", "interface": "Eth-Trunk70", "host": "10.0.0.1"}',
        '{"join": "2001:db8::1", "device": "PE1", "interface": "Eth-Trunk70", "host": "2001:db8::9"}',
        '{"join": "everywhere", "device": "PE1", "interface": "Eth-Trunk70", "host": "10.0.0.1"}',
        '{"join": "232.1.1.1", "device": ["PE1"], "interface": "Eth-Trunk70", "host": "10.0.0.1"}',
        '{"join": "232.1.1.1", "device": "PE1", "interface": "Eth-Trunk70", "host": "10.0.0.1", "source": 5}',
        '{"host": "nobody", "device": "PE1", "interface": "Eth-Trunk70", "mac": "00e0-fc00-0001"}',
        '{"fault": "delay-link", "device": "PE1", "peer": "PE2", "seconds": -1}',
        '{"fault": "slow-output", "device": "PE1", "seconds": "nan"}',
    ],
)
def test_wrong_order_says_why_and_changes_nothing(control: Control, line: str) -> None:
    answer = control.obey(line)
    assert answer["ok"] is False
    assert answer["error"]
    assert control.lab.now == 0.0
    assert control.obey('{"advance": 60}') == {"ok": True, "now": 60.0}
    assert "Backup" in TerminalUser(control.lab, "PE2").types("display e-trunk 7 | include State :")


@pytest.mark.ssh
def test_socket_answers_line_by_line_and_is_removed(tmp_path: Path) -> None:
    path = tmp_path / "control"

    async def dialogue() -> list[dict[str, object]]:
        lab = Lab(CONFIGURATIONS)
        serving = Serving(Access("ops", "x"), control=path)
        async with served(lab, ServedClock(), serving):
            assert path.stat().st_mode & 0o077 == 0
            reader, writer = await asyncio.open_unix_connection(path)
            writer.write(b'{"advance": 5}\n{"advance": 7}\noops\n')
            answers = [json.loads(await reader.readline()) for _ in range(3)]
            writer.close()
            await writer.wait_closed()
            return answers

    answers = asyncio.run(dialogue())
    assert [answer["ok"] for answer in answers] == [True, True, False]
    assert not path.exists()


@pytest.mark.ssh
def test_a_socket_of_another_lab_is_left_to_it_and_one_that_nobody_holds_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "control"

    async def dialogue() -> dict[str, object]:
        lab = Lab(CONFIGURATIONS)
        serving = Serving(Access("ops", "x"), control=path)
        async with served(lab, ServedClock(), serving):
            with pytest.raises(OSError, match="another lab listens there"):
                async with served(Lab(CONFIGURATIONS), ServedClock(), serving):
                    pass
            reader, writer = await asyncio.open_unix_connection(path)
            writer.write(b'{"advance": 5}\n')
            answer: dict[str, object] = json.loads(await reader.readline())
            writer.close()
        with socket.socket(socket.AF_UNIX) as left:  # as by one that was killed
            left.bind(str(path))
        async with served(lab, ServedClock(), serving):
            pass
        return answer

    assert asyncio.run(dialogue())["ok"]
    assert not path.exists()


def test_every_line_is_answered_whatever_it_holds(
    control: Control, capfd: pytest.CaptureFixture[str]
) -> None:
    lines = [
        b"",
        b"\xff\xfe",
        b"[" * 60_000,
        b'{"advance": 1' + b"0" * 400 + b"}",
        b"x" * 200_000,
        b'{"advance": 1}',
        b'{"advance": 2}',
    ]

    async def dialogue(path: Path) -> list[dict[str, object]]:
        server = await control.serve(path)
        reader, writer = await asyncio.open_unix_connection(path, limit=1 << 20)
        writer.write(b"\n".join(lines))  # the last one has no end
        writer.write_eof()
        answers = [json.loads(line) async for line in reader]
        writer.close()
        await writer.wait_closed()
        server.close()
        return answers

    with tempfile.TemporaryDirectory() as folder:
        answers = asyncio.run(dialogue(Path(folder) / "c"))
    assert [answer["ok"] for answer in answers] == [False] * 5 + [True, True]
    assert control.lab.now == 3
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("seconds", ["1e12", "-1", "NaN", "Infinity", "true", '"5"', "null", "[]"])
def test_absurd_times_are_refused_and_nothing_passes(control: Control, seconds: str) -> None:
    answer = control.obey(f'{{"advance": {seconds}}}')
    assert not answer["ok"]
    assert "wanted seconds from 0 to" in str(answer["error"])
    assert control.lab.now == 0


def test_where_time_has_ended_the_clock_is_moved_no_more_and_it_says_so(control: Control) -> None:
    for _ in range(60):
        answer = control.obey('{"advance": 31622400}')
    assert not answer["ok"]
    assert "no order moves the clock any more" in str(answer["error"])


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(sorted(FAULTS)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
KEYS = ("fault", "advance", "join", "leave", "host", "device", "peer", "port", "interface", "mac", "source")
FIELDS = ("seconds", "rate", "times", "nth", "when", "outcome", "command", "message", "user")


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])  # of a busy machine
@given(
    st.dictionaries(st.sampled_from(KEYS + FIELDS), JSON | st.sampled_from(["PE1", "GigabitEthernet0/2/0"]))
)
def test_any_order_gets_an_answer(order: dict[str, object]) -> None:
    answer = Control(Lab(CONFIGURATIONS), ServedClock(real=Standing()), lambda: None).obey(json.dumps(order))
    assert answer["ok"] or answer["error"]
    json.dumps(answer)
