"""Faults in a lab of two routers: links, ports, power, replies, sessions."""

from __future__ import annotations

import re

import pytest

from emulator.fault_reading import FAULTS, FaultError, fault_from
from emulator.faults import (
    DropSession,
    FailCommit,
    Fault,
    Garble,
    Moment,
    PowerOff,
    PowerOn,
    Reboot,
    RefuseLine,
    SlowOutput,
    SwallowReply,
)
from emulator.lab import _STRIKE, Lab, TerminalUser
from emulator.network_faults import CutLink, DelayLink, OneWayLink, RestoreLink, RestorePort, ShutPort
from tests.emulator.pair import CONVERGED, roles, value


@pytest.mark.parametrize("fault", [CutLink("PE1", "PE2"), CutLink("PE2", "PE1", "GigabitEthernet0/3/1")])
def test_cut_heartbeat_makes_two_masters_until_restored(lab: Lab, fault: CutLink) -> None:
    lab.inject(fault)
    lab.advance(60)
    assert roles(lab) == ("Master", "Master")
    lab.inject(RestoreLink("PE1", "PE2"))
    lab.advance(60)
    assert roles(lab) == ("Master", "Backup")


def test_one_way_link_loses_one_direction(lab: Lab) -> None:
    lab.inject(OneWayLink("PE1", "PE2", "GigabitEthernet0/3/1"))
    heard = {
        name: int(value(TerminalUser(lab, name).shows("display e-trunk 7"), "Receive"))
        for name in lab.devices
    }
    lab.advance(60)
    now = {
        name: int(value(TerminalUser(lab, name).shows("display e-trunk 7"), "Receive"))
        for name in lab.devices
    }
    assert now["PE1"] > heard["PE1"]
    assert now["PE2"] == heard["PE2"]


def test_delayed_link_shows_in_the_round_trip(lab: Lab) -> None:
    lab.inject(DelayLink("PE1", "PE2", 0.2))
    shown = TerminalUser(lab, "PE1").types("ping -c 1 192.0.2.130")
    found = re.search(r"time=(\d+) ms", shown)
    assert found
    assert int(found[1]) >= 200


def test_pulled_port_goes_down_and_comes_back(lab: Lab) -> None:
    lab.inject(ShutPort("GigabitEthernet0/2/0"), "PE1")
    lab.advance(10)
    assert "Eth-Trunk 70   Down" in TerminalUser(lab, "PE1").types("display e-trunk 7 | include Eth-Trunk")
    assert "PEER_MEMBER_DOWN" in TerminalUser(lab, "PE2").types("display e-trunk 7 | include Eth-Trunk")
    lab.inject(RestorePort("GigabitEthernet0/2/0"), "PE1")
    lab.advance(200)
    assert "ETRUNK_MASTER" in TerminalUser(lab, "PE1").types("display e-trunk 7 | include Eth-Trunk")


def test_reboot_ends_sessions_and_runs_what_was_saved(lab: Lab) -> None:
    typist = TerminalUser(lab, "PE1")
    typist.types("system-view", "interface LoopBack9", "description unsaved", "commit")
    lab.inject(Reboot(), "PE1")
    assert lab.devices["PE1"].closed(typist.session)
    assert "LoopBack9" not in TerminalUser(lab, "PE1").types(
        "display current-configuration | include LoopBack"
    )
    lab.advance(CONVERGED)
    assert roles(lab) == ("Master", "Backup")


def test_device_without_power_answers_after_power_on(lab: Lab) -> None:
    typist = TerminalUser(lab, "PE2")
    lab.inject(PowerOff(), "PE2")
    assert not lab.powered("PE2")
    assert lab.devices["PE2"].closed(typist.session)
    lab.advance(60)
    assert "100.00% packet loss" in TerminalUser(lab, "PE1").types("ping 192.0.2.130")
    lab.inject(PowerOn(), "PE2")
    assert lab.powered("PE2")
    lab.advance(60)
    assert "0.00% packet loss" in TerminalUser(lab, "PE1").types("ping 192.0.2.130")
    assert roles(lab) == ("Master", "Backup")


def test_refused_line_failed_commit_and_garbled_reply(lab: Lab) -> None:
    typist = TerminalUser(lab, "PE1")
    lab.inject(RefuseLine(2, "Error: Refused for the test."), "PE1")
    lab.inject(FailCommit("Error: No commit today."), "PE1")
    typist.types("system-view")
    assert "Refused" not in typist.types("interface LoopBack8")
    assert "Error: Refused for the test." in typist.types("description never")
    assert "Error: No commit today." in typist.types("commit")
    assert "LoopBack8" in typist.types("commit", "display current-configuration | include LoopBack8")
    clean = typist.types("display clock")
    lab.inject(Garble("clock"), "PE1")
    assert typist.types("display clock") != clean


def test_swallowed_and_slow_replies(lab: Lab) -> None:
    typist = TerminalUser(lab, "PE1")
    lab.inject(SwallowReply("clock"), "PE1")
    assert "UTC" not in typist.types("display clock")
    assert "UTC" in typist.types("", "display clock")
    lab.inject(SlowOutput(7, "clock"), "PE1")
    assert "UTC" not in typist.types("display clock")
    assert "UTC" not in typist.waits(6)
    assert "UTC" in typist.waits(2)


@pytest.mark.parametrize(
    ("moment", "done"), [(Moment.BEFORE, False), (Moment.DURING, True), (Moment.AFTER, True)]
)
def test_dropped_session_has_or_has_not_done_it(lab: Lab, moment: Moment, *, done: bool) -> None:
    typist = TerminalUser(lab, "PE1")
    typist.types("system-view", "interface LoopBack5", "description kept")
    lab.inject(DropSession(moment, "^commit"), "PE1")
    typist.types("commit")
    assert lab.devices["PE1"].closed(typist.session)
    shown = TerminalUser(lab, "PE1").shows("display current-configuration | include LoopBack5")
    assert any("LoopBack5" in line for line in shown) is done


def test_unfit_faults_are_refused(lab: Lab) -> None:
    unfit: list[tuple[Fault, str]] = [
        (CutLink("PE1", "PE9"), ""),
        (CutLink("PE1", "PE2", "GigabitEthernet9/9/9"), ""),
        (ShutPort("Eth-Trunk3"), "PE1"),
        (ShutPort("GigabitEthernet0/2/0"), "PE9"),
        (Reboot(), ""),
        (FailCommit(), "nobody"),
    ]
    for fault, device in unfit:
        with pytest.raises(FaultError):
            lab.inject(fault, device)
    assert roles(lab) == ("Master", "Backup")


def test_every_fault_strikes_somewhere() -> None:
    assert set(_STRIKE) == set(FAULTS.values())


def test_faults_are_read_from_their_names() -> None:
    assert fault_from("drop-session", {"when": "before", "command": "^commit"}) == DropSession(
        Moment.BEFORE, "^commit"
    )
    assert fault_from("slow-output", {"seconds": "2.5", "times": 3}) == SlowOutput(2.5, times=3)
    assert fault_from("delay-link", {"device": "A", "peer": "B", "seconds": 1}) == DelayLink("A", "B", 1.0)


@pytest.mark.parametrize(
    ("name", "values", "says"),
    [
        ("melt", {}, "known: refuse-line"),
        ("slow-output", {}, "missing field 'seconds'"),
        ("slow-output", {"seconds": "soon"}, "'soon' is not float"),
        ("garble", {"comand": "x"}, "no field 'comand'; did you mean 'command'?"),
        ("garble", {"command": "("}, "unterminated"),
        ("drop-session", {"when": "never"}, "'never' is not"),
    ],
)
def test_wrong_faults_say_what_is_wrong(name: str, values: dict[str, object], says: str) -> None:
    with pytest.raises(FaultError) as caught:
        fault_from(name, values)
    assert says in str(caught.value)
