"""Whatever is typed, nothing raises and every configuration stays printable and re-loadable."""

from __future__ import annotations

import json
import re
from importlib.resources import files

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from emulator.device import Device
from emulator.entry import printing
from emulator.management.candidate import Candidate
from emulator.personalities import PERSONALITIES
from tests.emulator.client import PAIR_MEMBER

LINES = (
    "system-view",
    "sysname X1",
    "e-trunk 12",
    "e-trunk 13",
    "priority 44",
    "undo priority",
    "interface Eth-Trunk 40",
    "undo interface Eth-Trunk 40",
    "interface GigabitEthernet 0/2/0.7",
    "vlan-type dot1q 7",
    "remote-backup-service south",
    "undo remote-backup-service north",
    "peer 198.51.100.9 source 198.51.100.7 port 3000",
    "security-key cipher Sun shine?",
    "bfd",
    "undo bfd",
    "yes",
    "y",
    "n",
    "c",
    "",
    "quit",
    "return",
    "commit",
    "commit trial 60",
    "commit trial 60 persist p",
    "commit persist p",
    "abort trial",
    "clear configuration candidate",
    "refresh configuration candidate",
    "display configuration candidate changes",
    "display configuration commit list verbose",
    "display current-configuration",
    "rollback configuration last 1",
    "load configuration rollback changes last 1",
    "configuration exclusive",
    "save",
    "reboot fast",
    "run display this",
    "bgp 65000",
    "mpls",
)
STEPS = st.one_of(st.sampled_from(LINES).map(lambda line: line.encode() + b"\r"), st.binary(max_size=12))


FORMS = sorted(
    text
    for row in json.loads(files("emulator.grammar").joinpath("commands.json").read_text())
    for text in (*row["syntax"], *row.get("undo", ()))
    if row["id"] != "cm.reboot"
)
VALUES = (
    *("1", "2", "7", "24", "64", "100", "10.0.0.1", "203.0.113.2", "255.255.255.0", "2001:db8::1"),
    *("north", "east", "x", "b1", "00e0-fc00-0001", "LoopBack0", "GigabitEthernet0/2/0"),
    *("GigabitEthernet0/2/0.5", "Eth-Trunk40", "Eth-Trunk 41"),
)
TOKEN = re.compile(r"&<[^>]*>|<[^>]*>|[\[\]{}|*]|[^\s\[\]{}|*]+")


@st.composite
def documented_lines(draw: st.DrawFn) -> str:
    """A line made from a documented form: a choice for each alternative, a value for each parameter."""
    tokens = TOKEN.findall(draw(st.sampled_from(FORMS)))

    def group(place: int, end: str) -> tuple[list[str], int]:
        branches: list[list[str]] = [[]]
        while place < len(tokens) and tokens[place] != end:
            token, place = tokens[place], place + 1
            if token in ("[", "{"):
                words, place = group(place, "]" if token == "[" else "}")
                branches[-1] += words if token == "{" or draw(st.booleans()) else []
            elif token == "|":
                branches.append([])
            elif token.startswith("<"):
                branches[-1].append(draw(st.sampled_from(VALUES)))
            elif token != "*" and not token.startswith("&"):
                branches[-1].append(token)
        return draw(st.sampled_from(branches)), place + 1

    return " ".join(group(0, "")[0])


def reloadable(device: Device) -> None:
    held = [session.candidate for session in device.logins] or [Candidate.clean(device.running)]
    for configuration in (device.running, *(candidate.configuration for candidate in held)):
        printed = printing.lines(configuration)
        loaded = printing.load("\n".join(printed))
        assert loaded == configuration
        assert printing.lines(loaded) == printed


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    release=st.sampled_from(sorted(PERSONALITIES)),
    steps=st.lists(st.tuples(st.integers(0, 1), STEPS, st.floats(0, 90)), max_size=40),
)
def test_a_device_survives_anything(release: str, steps: list[tuple[int, bytes, float]]) -> None:
    device = Device("any", PAIR_MEMBER, personality=PERSONALITIES[release])
    now, sessions = 0.0, [0, 0]
    for who, data, wait in steps:
        now += wait if wait > 60 else 0.0
        device.tick(now)
        if device.closed(sessions[who]):
            sessions[who] = device.connect(f"user{who}", now)
            device.output(sessions[who], now)
        device.receive(sessions[who], data, now)
        assert all(not session.candidate.dirty or session.path is not None for session in device.logins)
    reloadable(device)
    trial = device.store.trial
    assert trial is None or trial.deadline > now


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(lines=st.lists(st.one_of(documented_lines(), st.sampled_from(LINES)), max_size=50))
def test_documented_lines_leave_reloadable_configurations(lines: list[str]) -> None:
    device = Device("any", PAIR_MEMBER)
    session = 0
    for line in ("system-view", *lines):
        if device.closed(session):
            session = device.connect("user", 0.0)
            device.output(session, 0.0)
        device.receive(session, line.encode() + b"\r", 0.0)
    reloadable(device)
