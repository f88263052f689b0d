"""A terminal typed at by hand: echo, line ends, help, completion, history, paging, errors, questions."""

from __future__ import annotations

import pytest

from emulator.device import Device
from emulator.lab import Lab, Typist
from emulator.personalities import MIDDLE, NEWER, OLDER, PERSONALITIES, Personality
from emulator.roster import VtyFullError
from tests.emulator.client import PAIR_MEMBER, Client, at, configuring


@pytest.fixture
def device() -> Device:
    return Device("first", PAIR_MEMBER)


def test_the_greeting_ends_with_the_prompt(device: Device) -> None:
    assert Client(device).greeting == (
        "Info: The max number of VTY users is 21, the number of current VTY users online is 1,"
        " and total number of terminal users online is 1.\r\n"
        "      The current login time is 2026-01-05 08:00:00+00:00.\r\n<PE7>"
    )


def test_the_next_login_sees_the_last_one(device: Device) -> None:
    Client(device)
    later = Client(device, now=65.0).greeting
    assert "      The last login time is 2026-01-05 08:00:00+00:00 from 127.0.0.1 through SSH.\r\n" in later


def test_every_byte_is_echoed_at_once(device: Device) -> None:
    client = Client(device)
    assert [client.raw(bytes((byte,))) for byte in b"sys"] == ["s", "y", "s"]


@pytest.mark.parametrize("end", [b"\r", b"\n", b"\r\n"])
def test_each_line_end_ends_one_line(device: Device, end: bytes) -> None:
    client = Client(device)
    shown = client.raw(b"system-view" + end + b"quit" + end)
    assert shown == (
        "system-view\r\nEnter system view, return user view with return command.\r\n[~PE7]quit\r\n<PE7>"
    )


def test_crlf_at_the_pager_is_one_key(device: Device) -> None:
    client = Client(device)
    shown = client.raw(b"display current-configuration\r\n")
    assert shown.count("---- More ----") == 1
    assert shown.count("\r\n") == 24


def test_paging_erases_its_line_and_stops_on_a_key(device: Device) -> None:
    client = Client(device)
    client.raw(b"display current-configuration\r")
    assert client.raw(b"\r").startswith("\x1b[16D" + " " * 16 + "\x1b[16D")
    assert client.raw(b"q").endswith("<PE7>")


def test_screen_length_zero_never_pages(device: Device) -> None:
    client = Client(device)
    assert client.type("screen-length 0 temporary") == (
        "Info: The configuration takes effect on the current user terminal interface only."
    )
    assert client.type("display current-configuration").endswith("\nreturn")


@pytest.mark.parametrize(
    ("line", "column", "message"),
    [
        ("foo bar", 0, "Unrecognized command"),
        ("e-trunk 999", 8, "Wrong parameter"),
        ("e-trunk", 7, "Incomplete command"),
        ("quit now", 5, "Too many parameters"),
    ],
)
def test_the_caret_stands_under_the_failing_token(
    device: Device, line: str, column: int, message: str
) -> None:
    client = configuring(device)
    assert client.type(line) == " " * (len("[~PE7]") + column) + f"^\nError: {message} found at '^' position."


def test_help_acts_without_enter_and_reprints_the_line(device: Device) -> None:
    client = configuring(device)
    shown = client.raw(b"e-trunk ?")
    assert shown.startswith("e-trunk ?\r\n  ")
    assert shown.endswith("\r\n[~PE7]e-trunk ")
    assert "INTEGER<1-128>" in shown


def test_tab_completes_a_unique_keyword(device: Device) -> None:
    client = Client(device)
    assert client.raw(b"system\t") == "system\r\n<PE7>system-view "


def test_tab_offers_our_commands_before_the_rest_of_the_vocabulary(device: Device) -> None:
    client = Client(device)
    assert client.raw(b"sys\t").endswith("<PE7>system-view")
    assert client.raw(b"\t").endswith("<PE7>sysmac")


def test_tab_cycles_through_several(device: Device) -> None:
    client = Client(device)
    one = client.raw(b"re\t").rpartition(">")[2]
    other = client.raw(b"\t").rpartition(">")[2]
    assert one != other
    assert one.startswith("re")
    assert other.startswith("re")


def test_history_comes_back_with_ctrl_p_and_the_arrow(device: Device) -> None:
    client = Client(device)
    client.raw(b"display clock\rdisplay version\r")
    assert client.raw(b"\x10") == "display version"
    assert client.raw(b"\x1b[A").endswith("clock  \b\b")
    assert client.raw(b"\x0e").endswith("version")


def test_ctrl_c_gives_up_the_line(device: Device) -> None:
    client = Client(device)
    assert client.raw(b"rebo\x03") == "rebo\r\n<PE7>"


def test_ctrl_z_returns_to_the_user_view(device: Device) -> None:
    client = configuring(device)
    client.type("e-trunk 12")
    assert client.raw(b"\x1a") == "\r\n<PE7>"


def test_a_line_that_does_not_fit_is_tried_in_the_views_above(device: Device) -> None:
    client = configuring(device)
    client.type("interface Eth-Trunk 40", "remote-backup-service north")
    assert client.prompt == "[~PE7-rm-backup-srv-north]"


def test_undo_is_not_tried_above(device: Device) -> None:
    client = configuring(device)
    client.type("e-trunk 12")
    assert client.type("undo remote-backup-service north").endswith(
        "Unrecognized command found at '^' position."
    )


def test_upper_views_can_be_switched_off(device: Device) -> None:
    client = at(device)
    client.type("undo terminal command forward matched upper-view", "system-view", "interface Eth-Trunk 40")
    assert "Unrecognized command" in client.type("remote-backup-service north")


def test_run_takes_a_user_view_command(device: Device) -> None:
    client = configuring(device)
    assert client.type("run display configuration trial status").startswith("Trial status: INACTIVE")
    assert client.prompt == "[~PE7]"
    assert client.raw(b"run save\r").endswith("[Y/N]")
    assert client.raw(b"y\r").endswith("Save the configuration successfully.\r\n[~PE7]")
    assert "Unrecognized command" in client.type("run rollback configuration last 1")


@pytest.mark.parametrize("question", [release.uncommitted_question for release in PERSONALITIES.values()])
def test_leaving_dirty_asks_and_insists(question: str) -> None:
    release = next(one for one in PERSONALITIES.values() if one.uncommitted_question == question)
    client = configuring(Device("a", PAIR_MEMBER, personality=release))
    client.type("bfd", "quit", "sysname PE8")
    assert client.raw(b"quit\r") == "quit\r\n" + question
    wrong = "Please choose 'YES', 'NO' or 'CANCEL' first before pressing 'Enter'. [Y/N/C]:"
    assert client.raw(b"\r") == "\r\n" + release.error + wrong
    assert client.raw(b"maybe\r") == "maybe\r\n" + release.error + wrong
    assert client.raw(b"C\r") == "C\r\n[*PE7]"
    client.raw(b"return\r")
    assert client.raw(b"yes\r").endswith(">")
    assert client.device.sysname == "PE8"


def test_a_no_on_leaving_discards(device: Device) -> None:
    client = configuring(device)
    client.type("sysname PE8")
    client.raw(b"\x1a")
    assert client.raw(b"n\r") == "n\r\n<PE7>"
    client.type("system-view")
    assert client.prompt == "[~PE7]"


def test_text_typed_ahead_answers_a_question(device: Device) -> None:
    client = at(device)
    assert client.raw(b"save\ny\ndisplay configuration trial status\n").endswith("(sec): 0\r\n<PE7>")
    assert client.device.startup == client.device.running


def test_undo_bfd_wants_the_whole_word_twice() -> None:
    client = configuring(Device("a", "#\nsysname PE9\n#\nbfd\n#\nreturn\n"))
    assert client.raw(b"undo bfd\r").endswith("Continue?  [Yes/No]:")
    assert client.raw(b"y\r").endswith("Please choose 'YES' or 'NO' first before pressing 'Enter'. [Yes/No]:")
    assert "may impact the status" in client.raw(b"yes\r")
    assert client.raw(b"yes\r").endswith("[*PE9]")
    client.type("commit")
    assert "bfd" not in client.type("display current-configuration")


def test_timestamps_stand_before_each_output(device: Device) -> None:
    client = at(device)
    client.type("timestamp enable")
    assert client.type("display configuration trial status").splitlines() == [
        "2026-01-05 08:00:00.000 +00:00",
        "Trial status: INACTIVE",
        "Trial time left (sec): 0",
    ]


def test_filters_and_files(device: Device) -> None:
    client = at(device)
    assert client.type("display current-configuration | include peer-") == (
        " peer-address 198.51.100.8 source-address 198.51.100.7\n peer-backup hot"
    )
    client.type("display current-configuration > night.cfg")
    assert "sysname PE7\n" in device.store.files["cfcard:/night.cfg"]


def test_the_password_question_can_be_declined() -> None:
    device = Device("a", password="first", initial_password=True)
    client = Client(device)
    assert client.greeting == (
        "Warning: The initial password poses security risks.\r\n"
        "The password needs to be changed. Change now? [Y/N]:"
    )
    assert client.raw(b"N\n").endswith("<HUAWEI>")


def test_the_password_is_changed_unseen() -> None:
    device = Device("a", password="first", initial_password=True)
    client = Client(device)
    shown = client.raw(b"y\nfirst\nsecond\nsecond\n")
    assert shown.endswith("<HUAWEI>")
    assert "first" not in shown
    assert "second" not in shown
    assert device.reception.password == "second"


def test_idle_logins_are_closed_and_lines_are_limited() -> None:
    device = Device(
        "a",
        "#\nuser-interface maximum-vty 1\n#\nuser-interface vty 0 4\n idle-timeout 1 30\n#\nreturn\n",
    )
    client = Client(device)
    assert not device.vty_free()
    assert device.next_event() == 90.0
    client.wait(89.0)
    assert not client.closed
    client.wait(1.0)
    assert client.closed
    assert device.vty_free()


def test_releases_differ() -> None:
    older = Client(Device("a", PAIR_MEMBER, personality=OLDER))
    assert older.greeting.endswith("<~PE7>")
    assert "and the number\r\n      of current VTY users on line is 1.\r\n" in older.greeting
    assert "Error[1]: Unrecognized" in older.raw(b"foo\r")
    assert older.raw(b"system-view\rremote-backup-service north\r").endswith("[~PE7-rm-backup-service-north]")
    assert "Error:Unrecognized" in Client(Device("a", personality=MIDDLE)).raw(b"foo\r")


def test_quit_in_the_user_view_ends_the_session(device: Device) -> None:
    client = Client(device)
    client.raw(b"quit\r")
    assert client.closed
    assert client.raw(b"display clock\r") == ""


def test_the_machine_mode_neither_asks_nor_pages_and_commits_on_leaving(device: Device) -> None:
    client = Client(device)
    client.type("mmi-mode enable", "system-view", "sysname PE8")
    assert client.type("return") == ""
    assert device.sysname == "PE8"
    assert client.type("display current-configuration").endswith("\nreturn")
    assert client.type("save").endswith("Info: Save the configuration successfully.")


def test_banners_with_brackets_stand_before_the_prompt() -> None:
    headers = 'header login information "Keep [out] > now"\nheader shell information "Hi <you>"'
    device = Device("a", f"#\nsysname PE1\n#\n{headers}\n#\nreturn\n")
    assert device.login_banner == "Keep [out] > now\r\n"
    assert Client(device).greeting.startswith("Hi <you>\r\nInfo: ")


def test_long_help_is_paged_and_the_line_comes_back(device: Device) -> None:
    client = Client(device)
    assert client.raw(b"display ?").endswith("  ---- More ----")
    assert client.raw(b"q").endswith("<PE7>display ")


def test_a_full_device_refuses_a_login() -> None:
    device = Device("a", "#\nuser-interface maximum-vty 2\n#\nreturn\n")
    clients = [Client(device), Client(device)]
    with pytest.raises(VtyFullError):
        device.connect("late", 0.0)
    clients[0].raw(b"quit\r")
    assert Client(device).device.logins[-1].interface == "VTY 0"


def test_a_long_line_wraps_with_a_blank_and_a_step_back() -> None:
    device = Device("a", "#\nsysname R\n#\nreturn\n")
    session = device.connect("netops", 0.0, width=10)
    device.output(session, 0.0)
    assert device.receive(session, b"display clock", 0.0) == b"display \x1b[1D clock"


def test_a_risky_saved_file_is_written_anew_on_two_yes() -> None:
    device = Device("a", PAIR_MEMBER, initial_password=True, risky_file=True)
    client = Client(device)
    assert client.raw(b"n\r").endswith("security risks in the configuration file. Save it again? [Y/N]:")
    assert client.raw(b"y\r").endswith("Continue? [Y/N]:")
    assert "saved successfully." in client.raw(b"y\r")
    assert Client(device).raw(b"n\r").endswith("<PE7>")


@pytest.mark.parametrize(
    ("release", "stamp"), [(NEWER, "2026-01-05 08:00:00.000 +00:00"), (MIDDLE, "2026-01-05 08:00:00.000")]
)
def test_a_device_can_stamp_every_answer_by_its_configuration(release: Personality, stamp: str) -> None:
    device = Device(
        "a", PAIR_MEMBER.replace("sysname PE7\n", "sysname PE7\n#\ntimestamp enable\n"), personality=release
    )
    client = at(device)
    for command in ("display configuration commit list", "display configuration rollback result"):
        assert client.type(command).splitlines()[0] == stamp
    assert client.type("display current-configuration").splitlines()[0] == stamp
    client.type("system-view")
    assert client.type("sysname PE8") == ""
    client.type("undo timestamp enable", "commit")
    assert client.type("display configuration rollback result") == ""


def test_log_lines_come_up_until_they_are_switched_off(device: Device) -> None:
    client = at(device)
    device.logs = True
    shown = client.raw(b"display configuration trial status\r").replace("\r\n", "\n").splitlines()
    assert shown[1].startswith("Jan  5 2026 08:00:00+00:00 PE7 %%01SHELL/5/CMDRECORD(s):")
    assert shown[2] == "Trial status: INACTIVE"
    assert shown[4] == "<PE7>"
    assert " %%01SHELL/" in shown[5]
    assert shown[6] == "<PE7>"
    client.raw(b"undo terminal monitor\r")
    assert client.type("display configuration trial status").splitlines()[0] == "Trial status: INACTIVE"


@pytest.mark.parametrize(
    "command",
    [
        "display optical-module",
        "display pim routing-table",
        "display igmp routing-table",
        "display ipv6 routing-table",
        "display vlan summary",
        "display access-user user-id 7",
        "display dhcp server statistics",
        "display transceiver",
        "display device manufacture-info",
        "display nothing-at-all",
    ],
)
def test_a_display_that_is_not_modelled_says_so_in_the_same_words(command: str) -> None:
    shown = Typist(Lab({"PE7": PAIR_MEMBER}), "PE7").shows(command)
    if command.endswith("at-all"):
        assert "Error: " in shown[-1]
    else:
        assert shown == ["Info: The emulator does not model this display."]


def test_only_one_release_knows_the_screen_width() -> None:
    for release in (NEWER, MIDDLE, OLDER):
        client = at(Device("a", PAIR_MEMBER, personality=release))
        shown = client.raw(b"screen-width 256\r")
        assert shown.endswith("Continue? [Y/N]:") is (release is MIDDLE)
        assert ("Unrecognized command" in shown) is (release is not MIDDLE)


def test_the_oldest_release_numbers_an_incomplete_command_two() -> None:
    client = at(Device("a", PAIR_MEMBER, personality=OLDER))
    assert "Error[2]: Incomplete command found at '^' position." in client.type("display")


def test_files_are_listed_and_deleted_after_a_question(device: Device) -> None:
    client = at(device)
    client.raw(b"save night.cfg\ry\r")
    assert [line.split()[-1] for line in client.type("dir").splitlines()[3:]] == ["night.cfg", "vrpcfg.cfg"]
    assert client.raw(b"delete night.cfg\r").endswith("Delete cfcard:/night.cfg? [Y/N]:")
    client.raw(b"y\r")
    assert client.type("dir night.cfg") == "Error: The file does not exist."
    assert client.type("delete night.cfg") == "Error: The file does not exist."


def test_each_device_has_a_serial_number_of_its_own() -> None:
    numbers = {at(Device(name, PAIR_MEMBER)).type("display esn") for name in ("a", "b")}
    assert len(numbers) == 2
    assert all(number.startswith("ESN of master:2102") for number in numbers)


def test_layer_2_sub_interfaces_and_tracked_service_locations(device: Device) -> None:
    client = configuring(device)
    client.type("interface GigabitEthernet0/9/0.7 mode l2", "encapsulation dot1q vid 7", "rewrite pop single")
    client.type("quit", "interface GigabitEthernet0/9/1", "ip address 10.77.0.1 24")
    client.type("vrrp vrid 1 virtual-ip 10.77.0.9", "vrrp vrid 1 track service-location 3 reduced 30")
    client.type("commit")
    shown = client.type("display current-configuration | no-more").splitlines()
    assert "interface GigabitEthernet0/9/0.7 mode l2" in shown
    assert " rewrite pop single" in shown
    assert " vrrp vrid 1 track service-location 3 reduced 30" in shown
    client.type("quit", "interface GigabitEthernet0/9/0.7")
    assert client.prompt == "[~PE7-GigabitEthernet0/9/0.7]"


def test_a_line_is_echoed_when_it_ends(device: Device) -> None:
    client = at(device)
    client.type("terminal echo-mode line")
    assert client.raw(b"display clok\x08") == ""
    assert client.raw(b"ck") == ""
    shown = client.raw(b"\r")
    assert shown == "display clock\r\n<PE7>"
    client.raw(b"terminal echo-mode character\r")
    assert client.raw(b"dis") == "dis"
    client.raw(b"\x03")
    client.raw(b"terminal echo-mode line\r")
    client.raw(b"undo terminal echo-mode\r")
    assert client.raw(b"dis") == "dis"
