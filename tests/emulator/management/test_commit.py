"""Candidates, commits, trials, locks, rollback and saved files, typed at the terminal."""

from __future__ import annotations

import pytest

from emulator.config.statement import Configuration
from emulator.device import Device
from emulator.faults import (
    DropSession,
    FailCommit,
    Garble,
    Moment,
    RefuseLine,
    SlowOutput,
    StuckRollback,
    SwallowReply,
)
from emulator.management import operations
from emulator.personalities import MIDDLE, OLDER, PLAINER
from tests.emulator.client import PAIR_MEMBER, Client, at, configuring


@pytest.fixture
def device() -> Device:
    return Device("first", PAIR_MEMBER)


def ids(device: Device) -> list[int]:
    return [point.id for point in device.store.history.points]


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


def on_trial(device: Device, command: str = "commit trial 120 persist tx-9") -> Client:
    client = configuring(device)
    client.type("sysname PE8")
    shown = client.type(command)
    assert shown.endswith("if the trial configuration is not confirmed in 120 seconds.")
    return client


def test_a_trial_is_confirmed_by_any_session_with_its_persist_id(device: Device) -> None:
    on_trial(device)
    other = configuring(device)
    assert other.type("display configuration trial status").splitlines() == [
        "Trial status: ACTIVE",
        "Persist id: tx-9",
        "Trial time left (sec): 120",
    ]
    assert other.type("commit persist tx-8").startswith("Error: ")
    assert other.type("sysname PE5").startswith("Error: ")
    assert other.type("commit persist tx-9") == ""
    assert other.type("display configuration trial status").startswith("Trial status: INACTIVE")
    other.wait(500.0)
    assert device.sysname == "PE8"


def test_a_trial_is_confirmed_by_a_commit_of_its_own_session(device: Device) -> None:
    client = on_trial(device)
    assert client.raw(b"commit\r").endswith("The trial configuration will be confirmed. Continue? [Y/N]:")
    assert client.raw(b"n\r") == "n\r\n[~PE8]"
    assert device.store.trial is not None
    client.raw(b"commit\r")
    client.raw(b"y\r")
    assert device.store.trial is None
    assert device.sysname == "PE8"


def test_a_release_without_the_question_confirms_at_once() -> None:
    client = on_trial(Device("a", PAIR_MEMBER, personality=MIDDLE), "commit trial 120")
    assert client.type("commit") == ""
    assert client.device.store.trial is None
    assert "Unrecognized" in client.type("commit persist tx-1")


def test_a_release_without_trial_refuses_the_word() -> None:
    client = configuring(Device("a", PAIR_MEMBER, personality=OLDER))
    client.type("sysname PE8")
    assert client.type("commit trial 90").splitlines() == [
        " " * len("[*PE7]commit ") + "^",
        "Error[1]: Unrecognized command found at '^' position.",
    ]
    client.type("commit")
    assert client.prompt == "[~PE8]"


def test_a_trial_ends_by_itself(device: Device) -> None:
    client = on_trial(device)
    assert device.next_event() == 120.0
    client.wait(119.0)
    assert device.sysname == "PE8"
    client.wait(1.0)
    assert device.sysname == "PE7"
    assert device.store.history.points == ()


def test_a_trial_bound_to_its_session_is_lost_with_it(device: Device) -> None:
    client = on_trial(device, "commit trial 120")
    device.disconnect(client.session, 5.0)
    assert device.sysname == "PE7"


def test_a_trial_with_persist_id_outlives_its_session(device: Device) -> None:
    client = on_trial(device)
    device.disconnect(client.session, 5.0)
    assert device.sysname == "PE8"
    other = configuring(device, now=6.0)
    assert other.raw(b"abort trial persist tx-9\r").endswith(
        "Warning: The trial configuration will be rolled back. Continue? [Y/N]:"
    )
    assert "Info: The trial configuration rollback succeeded." in other.raw(b"y\r")
    assert device.sysname == "PE7"


NAMED = "commit trial 120 persist tx-9 label tx-9 description tx-9 CHG-7 by netops"


def test_a_trial_has_persist_id_label_and_description_at_once(device: Device) -> None:
    client = on_trial(device, NAMED)
    assert "tx-9" in client.type("display configuration commit list").splitlines()[3]
    verbose = client.type("display configuration commit list verbose")
    assert "Label: tx-9\n" in verbose
    assert "Description: tx-9 CHG-7 by netops" in verbose


@pytest.mark.parametrize("end", ["abort", "expire", "reboot"])
def test_the_point_and_label_of_a_trial_go_with_it(device: Device, end: str) -> None:
    client = on_trial(device, NAMED)
    if end == "abort":
        client.raw(b"abort trial\ry\r")
    elif end == "expire":
        device.tick(121.0)
    else:
        device.reboot(5.0)
    assert device.store.history.points == ()
    assert device.sysname == "PE7"
    again = configuring(device)
    again.type("sysname PE8")
    assert again.type("commit label tx-9") == ""
    assert ids(device) == [1000000002]


def test_a_confirmed_trial_keeps_its_point_and_label(device: Device) -> None:
    client = on_trial(device, NAMED)
    client.raw(b"commit\ry\r")
    assert [point.label for point in device.store.history.points] == ["tx-9"]


@pytest.mark.parametrize("beside", ["label tx-9", "description tx-9", "label tx-9 description d"])
def test_a_release_refuses_label_and_description_beside_persist(beside: str) -> None:
    client = configuring(Device("first", PAIR_MEMBER, personality=PLAINER))
    client.type("sysname PE8")
    refused = client.type(f"commit trial 120 persist tx-9 {beside}").splitlines()
    assert refused[0].index("^") == len("[*PE7]commit trial 120 persist tx-9 ")
    assert refused[1:] == ["Error: Too many parameters found at '^' position."]
    assert "trial configuration mode" in client.type(f"commit trial 120 {beside}")


def test_a_release_waits_for_no_more_of_a_word_that_it_lacks() -> None:
    said = {
        release.name: [
            configuring(Device("a", PAIR_MEMBER, personality=release)).type(line)
            for line in ("commit trial 60 label", "commit trial 60 persist", "commit label")
        ]
        for release in (OLDER, MIDDLE, PLAINER)
    }
    lacks, waits = "Unrecognized command", "Incomplete command"
    wanted = {"v8r5": [lacks, lacks, waits], "v8r12": [waits, lacks, waits], "v8r13": [waits, waits, waits]}
    for name, answers in said.items():
        assert all(word in answer for word, answer in zip(wanted[name], answers, strict=True))


def test_the_middle_release_knows_no_persist_id() -> None:
    client = configuring(Device("first", PAIR_MEMBER, personality=MIDDLE))
    client.type("sysname PE8")
    refused = client.type("commit trial 120 persist tx-9").splitlines()
    assert refused[0].index("^") == len("[*PE7]commit trial 120 ")
    assert refused[1:] == ["Error:Unrecognized command found at '^' position."]


def full_of_labels(device: Device) -> Client:
    client = configuring(device)
    for number in range(20):
        client.type(f"sysname N{number}", f"commit label L{number}")
    return client


def test_a_twenty_first_label_is_refused_and_the_candidate_stays(device: Device) -> None:
    client = full_of_labels(device)
    client.type("sysname N20")
    for command in ("commit label L20", "commit trial 120 persist p label L20"):
        assert client.type(command) == (
            "Error: The number of labels of configuration commits has reached the limit of 20."
        )
    assert client.prompt == "[*N19]"
    assert client.type("commit description unlabelled") == ""
    client.type("return")
    newest = ids(device)[0]
    assert client.type(f"set configuration commit {newest} label L20").startswith("Error: ")
    client.type(f"set configuration commit {newest - 1} label renamed")
    assert client.type(f"clear configuration commit {newest - 1} label") == ""
    assert client.type(f"set configuration commit {newest} label L20") == ""


def test_a_point_that_is_kept_for_its_label_goes_with_it_after_a_question(device: Device) -> None:
    client = configuring(device)
    client.type("sysname first", "commit label kept")
    for number in range(80):
        client.type(f"sysname N{number}", "commit")
    client.type("return")
    clear = b"clear configuration commit 1000000001 label\r"
    assert client.raw(clear).endswith(
        "Warning: The current operation will delete the rollback checkpoint. Continue? [Y/N]:"
    )
    client.raw(b"n\r")
    assert ids(device)[-1] == 1000000001
    client.raw(clear + b"y\r")
    assert ids(device)[-1] == 1000000002


def test_no_rollback_and_no_save_during_a_trial(device: Device) -> None:
    client = on_trial(device)
    client.type("return")
    assert client.raw(b"rollback configuration last 1\ry\r").count("Error: ") == 1
    assert client.type("save").startswith("Error: ")
    assert device.sysname == "PE8"


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


def test_the_lock_bars_others_and_falls_away_idle(device: Device) -> None:
    owner, other = configuring(device), configuring(device)
    owner.type("configuration exclusive")
    assert other.type("sysname PE8", "commit") == (
        f"Error: The configuration is locked by other user. [Session ID = {owner.session}]"
    )
    assert "netops" in other.type("display configuration-occupied user")
    other.now = owner.now = 29.0
    owner.type("display configuration trial status")
    other.wait(29.0)
    assert other.type("commit").startswith("Error: ")
    other.wait(1.0)
    assert other.type("commit") == ""
    assert device.sysname == "PE8"


def test_the_lock_timeout_is_configurable_and_logout_unlocks(device: Device) -> None:
    owner, other = configuring(device), configuring(device)
    owner.type("configuration-occupied timeout 300", "commit", "configuration exclusive")
    other.wait(299.0)
    assert device.store.lock is not None
    device.disconnect(owner.session, 299.0)
    assert other.type("configuration exclusive") == ""
    other.type("undo configuration exclusive")
    assert device.store.lock is None


def test_rollback_returns_to_a_commit_and_is_one_itself(device: Device) -> None:
    client = configuring(device)
    for name in ("PE8", "PE9", "PE10"):
        client.type(f"sysname {name}", "commit")
    client.type("return")
    client.raw(b"rollback configuration to commit-id 1000000001\r")
    assert client.raw(b"y\r").replace("\r\n", "\n") == (
        "y\nLoading rollback changes\nCommitting\nCheck rollback result\nConfiguration rollback succeeded.\n"
        "Please use 'display configuration commit changes last 1' to view the changes.\n<PE8>"
    )
    client.raw(b"rollback configuration last 4\ry\r")
    assert device.sysname == "PE7"
    assert len(ids(device)) == 5
    assert client.type("display configuration rollback result") == ""
    assert client.type("rollback configuration to commit-id 1000000099").startswith("Error: ")


def test_labels_are_set_listed_rolled_back_to_and_cleared(device: Device) -> None:
    client = configuring(device)
    client.type("sysname PE8", "commit", "sysname PE9", "commit", "return")
    client.type("set configuration commit 1000000001 label before-nine")
    assert len(client.type("display configuration commit list label").splitlines()) == 5
    client.raw(b"rollback configuration to label before-nine\ry\r")
    assert device.sysname == "PE8"
    client.type("clear configuration commit 1000000001 label")
    assert device.store.history.by_label("before-nine") is None
    client.raw(b"clear configuration commit oldest 2\ry\r")
    assert ids(device) == [1000000003]


def test_the_way_back_is_loaded_into_the_candidate(device: Device) -> None:
    client = configuring(device)
    client.type("sysname PE8", "commit", "e-trunk 12", "priority 30", "commit")
    client.raw(b"load configuration rollback changes at commit-id 1000000001\r")
    assert "Configuration load succeeded." in client.raw(b"y\r")
    assert client.type("display configuration candidate changes").splitlines() == [
        "Building configuration",
        "  #",
        "- sysname PE8",
        "  #",
        "+ sysname PE7",
        "  #",
    ]
    client.type("commit")
    assert device.sysname == "PE7"
    assert "priority 30" in client.type("display current-configuration")


def test_only_what_was_saved_outlives_a_reboot(device: Device) -> None:
    client = configuring(device)
    client.type("sysname PE8", "commit", "return")
    client.raw(b"save\ry\r")
    client.type("system-view", "sysname PE9", "commit", "return")
    client.raw(b"reboot fast\r")
    assert "reboot" in client.raw(b"y\r")
    assert client.closed
    assert device.sysname == "PE8"


def test_a_reset_device_boots_from_factory_defaults(device: Device) -> None:
    client = at(device)
    client.raw(b"reset saved-configuration\r")
    assert "Info: Succeeded in clearing the configuration on the device." in client.raw(b"y\r")
    assert "Next startup saved-configuration file : NULL" in client.type("display startup")
    assert client.type("display saved-configuration").startswith("Error: ")
    device.reboot(9.0)
    assert device.sysname == "HUAWEI"
    assert device.startup is None


def test_the_older_release_asks_for_the_first_file_name() -> None:
    device = Device("a", personality=OLDER)
    client = at(device)
    client.raw(b"save\r")
    assert client.raw(b"y\r").endswith("[vrpcfg.cfg]:")
    assert "saved to the device successfully." in client.raw(b"first.cfg\r")
    assert device.store.next_file == "cfcard:/first.cfg"


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


def test_a_file_is_merged_or_replaces(device: Device) -> None:
    client = at(device)
    client.type(
        "display current-configuration > base.cfg", "system-view", "e-trunk 12", "priority 30", "commit"
    )
    assert client.type("load configuration file base.cfg merge") == "Configuration load succeeded."
    assert "+  priority 10" in client.type("display configuration candidate changes")
    client.type(
        "clear configuration candidate", "sysname PE8", "commit", "load configuration file base.cfg replace"
    )
    client.type("commit")
    assert client.prompt == "[~PE7]"


def test_sessions_are_listed(device: Device) -> None:
    client, _other = at(device), at(device)
    rows = client.type("display configuration sessions").splitlines()
    assert rows[3] == "1 *     VTY 0        netops               2026-01-05 08:00:00    -"
    assert rows[4] == "2       VTY 1        netops               2026-01-05 08:00:00    -"


def test_the_nth_line_is_refused(device: Device) -> None:
    client = configuring(device)
    device.inject(RefuseLine(nth=3, message="Error: No resource."))
    assert client.type("e-trunk 12") == ""
    assert client.type("priority 20") == ""
    assert client.type("priority 30") == "Error: No resource."
    assert client.type("priority 40") == ""


def test_replies_are_swallowed_delayed_and_damaged(device: Device) -> None:
    client = at(device)
    device.inject(SwallowReply("trial"))
    assert client.raw(b"display configuration trial status\r").endswith("status\r\n")
    device.inject(SlowOutput(2.0))
    assert client.raw(b"\rdis\r") == "\r\n"
    assert device.next_event() == 2.0
    assert client.wait(2.0).startswith("<PE7>dis\r\n")
    device.inject(Garble())
    assert "Trial status: INACTIVE" not in client.raw(b"display configuration trial status\r")


@pytest.mark.parametrize(
    ("when", "named", "whole"),
    [(Moment.BEFORE, "PE7", False), (Moment.DURING, "PE8", False), (Moment.AFTER, "PE8", True)],
)
def test_a_session_drops_around_a_commit(device: Device, when: Moment, named: str, whole: bool) -> None:  # noqa: FBT001 - a row of the table
    client = configuring(device)
    client.type("sysname PE8")
    device.inject(DropSession(when, "^commit"))
    assert client.raw(b"commit\r").endswith("[~PE8]") is whole
    assert client.closed
    assert device.sysname == named


def test_a_pasted_diff_is_loaded(device: Device) -> None:
    client = configuring(device)
    client.raw(b"load configuration terminal\r")
    for line in (
        "  #",
        "  e-trunk 12",
        "-  priority 10",
        "+  priority 33",
        "  #",
        "+ bridge-domain 9",
        "  #",
    ):
        client.raw(line.encode() + b"\r")
    assert "Configuration load succeeded." in client.raw(b"end-diff\r")
    client.type("commit")
    shown = client.type("display current-configuration").splitlines()
    assert " priority 33" in shown
    assert " priority 10" not in shown
    assert "bridge-domain 9" in shown


def test_an_aborted_paste_changes_nothing(device: Device) -> None:
    client = configuring(device)
    client.raw(b"load configuration terminal\r+ sysname X\rabort\r")
    assert client.type("display configuration candidate") == ""


@pytest.mark.parametrize("label", ["9-lives", "-", '"-"'])
def test_a_label_has_a_form(device: Device, label: str) -> None:
    client = configuring(device)
    client.type("sysname PE8")
    assert client.type(f"commit label {label}").startswith("Error: ")
    assert client.prompt == "[*PE7]"
    assert client.type('commit label "night shift" description any words') == ""
    assert device.store.history.by_label("night shift") is not None


def test_display_this_of_a_view_that_is_not_committed_is_empty(device: Device) -> None:
    client = configuring(device)
    client.type("remote-backup-service south")
    assert client.type("display this") == "#\nreturn"


def test_a_rollback_reports_success_although_lines_are_left(device: Device) -> None:
    client = configuring(device)
    client.type("sysname PE8", "bridge-domain 9", "quit", "commit", "return")
    device.inject(StuckRollback("^bridge-domain"))
    client.raw(b"rollback configuration last 1\r")
    assert "Configuration rollback succeeded." in client.raw(b"y\r")
    assert device.sysname == "PE7"
    assert client.type("display configuration rollback result").splitlines() == [
        "!There are still several differences as follow:",
        "  #",
        "+ bridge-domain 9",
        "  #",
    ]


@pytest.mark.parametrize("end", ["", "#\n", "#\nreturn", "#\nreturn\n\n"])
def test_a_saved_file_ends_as_a_device_ends_it(end: str) -> None:
    client = at(Device("PE7", f"#\nsysname PE7\n{end}"))
    assert client.type("display saved-configuration").split() == [
        "#",
        "sysname",
        "PE7",
        *["#"] * ("#" in end),
        "return",
    ]
