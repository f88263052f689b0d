"""Candidates and commits, typed at the terminal: what is shown, kept, merged and refused."""

from __future__ import annotations

from emulator.config.statement import Configuration
from emulator.device import Device
from emulator.faults import (
    FailCommit,
)
from emulator.management import operations
from tests.emulator.client import PAIR_MEMBER, at, configuring
from tests.emulator.management.typed import ids


def test_the_name_in_the_prompt_changes_with_the_commit(device: Device) -> None:
    client = configuring(device)
    client.type("sysname PE8")
    assert client.prompt == "[*PE7]"
    assert client.type("commit") == ""
    assert client.prompt == "[~PE8]"


def test_the_flag_belongs_to_the_session(device: Device) -> None:
    one, other = configuring(device), configuring(device)
    one.type("bfd", "quit", "e-trunk 12", "priority 30", "quit", "interface GigabitEthernet0/2/0")
    assert one.prompt == "[*PE7-GigabitEthernet0/2/0]"
    other.type("interface GigabitEthernet 0/2/0")
    assert other.prompt == "[~PE7-GigabitEthernet0/2/0]"


def test_displays_show_what_is_committed_and_what_is_not(device: Device) -> None:
    client = configuring(device)
    client.type("e-trunk 12", "priority 30")
    assert client.type("display this").splitlines()[:3] == ["#", "e-trunk 12", " priority 10"]
    assert client.type("display configuration candidate") == "e-trunk 12\n priority 30"
    assert client.type("display configuration candidate changes").splitlines() == [
        "Building configuration",
        "  #",
        "  e-trunk 12",
        "-  priority 10",
        "+  priority 30",
        "  #",
    ]
    assert " priority 30" in client.type("display configuration candidate merge").splitlines()
    assert " priority 10" in client.type("display current-configuration").splitlines()


def test_clear_drops_the_candidate_and_goes_to_the_system_view(device: Device) -> None:
    client = configuring(device)
    client.type("e-trunk 12", "priority 30", "clear configuration candidate")
    assert client.prompt == "[~PE7]"
    assert client.type("display configuration candidate") == ""


def test_a_refused_line_changes_nothing(device: Device) -> None:
    client = configuring(device)
    client.type("priority 7")
    assert client.prompt == "[~PE7]"


def test_a_value_equal_to_running_is_not_dirty(device: Device) -> None:
    client = configuring(device)
    client.type("e-trunk 12", "priority 10")
    assert client.prompt == "[~PE7-e-trunk-12]"


def test_commits_are_listed_newest_first_with_label_and_description(device: Device) -> None:
    client = configuring(device)
    client.type("sysname PE8", "commit label ticket-77 description move to the new name")
    client.now = 10.0
    client.type("sysname PE9", "commit")
    rows = client.type("display configuration commit list").splitlines()
    assert rows[1].split() == ["No.", "CommitId", "Label", "User", "TimeStamp"]
    assert rows[3].split() == ["1", "1000000002", "-", "netops", "2026-01-05", "08:00:10+00:00"]
    assert rows[4].split() == ["2", "1000000001", "ticket-77", "netops", "2026-01-05", "08:00:00+00:00"]
    assert [row.index("netops") for row in rows[3:5]] == [rows[1].index("User")] * 2
    assert client.type("display configuration commit list verbose 2").splitlines()[7:] == [
        "2) CommitId: 1000000001",
        "        Label: ticket-77",
        "        User: netops",
        "        User-Intf: VTY 0",
        "        Type: CLI",
        "        TimeStamp: 2026-01-05 08:00:00+00:00",
        "        Description: move to the new name",
    ]
    assert client.type("display configuration commit changes at 1000000001").splitlines() == [
        "Building configuration",
        "  #",
        "- sysname PE7",
        "  #",
        "+ sysname PE8",
        "  #",
    ]
    changes = client.type("display configuration commit changes last 2").splitlines()
    assert changes[1] == "Commit changes of commitId 1000000002 2026-01-05 08:00:10"
    assert client.type("sysname PE4", "commit label ticket-77").startswith("Error: ")


def test_an_empty_commit_makes_no_point(device: Device) -> None:
    client = configuring(device)
    assert client.type("commit") == ""
    assert ids(device) == []


def test_a_refused_commit_keeps_the_candidate(device: Device) -> None:
    client = configuring(device)
    client.type("interface LoopBack0", "undo ip address 198.51.100.7 255.255.255.255", "quit", "sysname PE8")
    device.inject(FailCommit())
    assert client.type("commit") == "Error: Failed to commit the configuration."
    assert client.prompt == "[*PE7]"
    assert "+ sysname PE8" in client.type("display configuration candidate changes")
    assert ids(device) == []


def test_on_commit_is_told_at_boot_and_at_each_change() -> None:
    told: list[tuple[str, float, str]] = []

    def note(name: str, configuration: Configuration, now: float) -> None:
        line = configuration.first("cm.sysname")
        told.append((name, now, line.text if line else ""))

    device = Device("first", PAIR_MEMBER, on_commit=note)
    client = configuring(device, now=3.0)
    client.type("sysname PE8", "commit trial 60")
    client.wait(60.0)
    assert told == [
        ("first", 0.0, "sysname PE7"),
        ("first", 3.0, "sysname PE8"),
        ("first", 63.0, "sysname PE7"),
    ]


def test_the_later_commit_wins_line_by_line(device: Device) -> None:
    one, other = configuring(device), configuring(device)
    one.type("e-trunk 12", "priority 20")
    other.type("e-trunk 12", "priority 30", "timer hello 20")
    one.type("commit")
    assert other.type("display configuration candidate changes").startswith("Error: ")
    other.type("commit")
    shown = other.type("display this").splitlines()
    assert " priority 30" in shown
    assert " timer hello 20" in shown


def test_refresh_rebases_the_candidate(device: Device) -> None:
    one, other = configuring(device), configuring(device)
    other.type("e-trunk 12", "priority 30")
    one.type("sysname PE8", "commit")
    assert other.type("refresh configuration candidate") == ""
    assert other.type("display configuration candidate changes").splitlines()[2:5] == [
        "  e-trunk 12",
        "-  priority 10",
        "+  priority 30",
    ]


def test_a_line_that_another_session_committed_is_a_conflict(device: Device) -> None:
    one, other = configuring(device), configuring(device)
    for client in (one, other):
        client.type("interface GigabitEthernet0/3/0", "ip address 192.0.2.9 255.255.255.252")
    one.type("commit")
    assert other.type("commit").splitlines() == [
        "ip address 192.0.2.9 255.255.255.252",
        "Error: The address already exists.",
        operations.CANCELED,
    ]
    assert other.prompt == "[*PE7-GigabitEthernet0/3/0]"


def test_clearing_an_interface_acts_at_once(device: Device) -> None:
    client = configuring(device)
    client.raw(b"clear configuration interface GigabitEthernet0/2/0\r")
    client.raw(b"y\r")
    shown = client.type("display current-configuration interface GigabitEthernet0/2/0")
    assert "192.0.2.1" not in shown


def test_one_stage_mode_commits_each_line(device: Device) -> None:
    client = at(device)
    client.type("system-view immediately")
    assert client.prompt == "[PE7]"
    client.type("sysname PE8")
    assert client.prompt == "[PE8]"


def test_display_this_of_a_view_that_is_not_committed_is_empty(device: Device) -> None:
    client = configuring(device)
    client.type("remote-backup-service south")
    assert client.type("display this") == "#\nreturn"
