from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from emulator.config import secrets
from emulator.config.statement import Configuration
from emulator.entry import engine, factory, printing
from emulator.entry.engine import Refusal
from emulator.grammar import Match, load
from tests.emulator.config.session import enter, refused, typed

EMPTY = Configuration()


def _outcomes() -> list[tuple[str, list[str]]]:
    """Read blocks of typed lines and, after `=`, what they leave."""
    blocks = Path(__file__).with_name("outcomes.txt").read_text(encoding="utf-8").split("\n\n")[1:]
    rows = [block.strip().splitlines() for block in blocks]
    return [
        (
            "\n".join(row for row in block if not row.startswith("=")),
            [row[2:] for row in block if row.startswith("=")],
        )
        for block in rows
    ]


def texts(configuration: Configuration, *path: str) -> list[str]:
    lines = printing.lines(configuration, path=path) if path else printing.lines(configuration)
    return [line.strip() for line in lines if line not in {"#", "return"}]


def test_a_second_line_replaces_a_single_one() -> None:
    made = typed("e-trunk 5\npriority 9\npriority 12")
    assert texts(made) == ["e-trunk 5", "priority 12"]


def test_lines_with_a_key_accumulate() -> None:
    made = typed("remote-backup-profile p\nservice-type igmp\nservice-type mld\nservice-type igmp")
    assert texts(made) == [
        "remote-backup-profile p",
        "service-type igmp",
        "service-type mld",
        "peer-backup hot",
    ]


def test_a_default_is_not_stored_and_takes_the_old_value_away() -> None:
    assert texts(typed("e-trunk 5\ntimer hello 30\ntimer hello 10")) == ["e-trunk 5"]
    assert texts(typed("lacp priority 32768")) == []


def test_names_that_differ_in_case_are_one_object() -> None:
    assert texts(typed("remote-backup-service Svc\nquit\nremote-backup-service SVC")) == [
        "remote-backup-service Svc"
    ]


def test_monitor_groups_differ_in_case() -> None:
    assert texts(typed("monitor-group G\nquit\nmonitor-group g")) == ["monitor-group G", "monitor-group g"]


@pytest.mark.parametrize(("lines", "left"), _outcomes())
def test_lines_and_what_they_leave(lines: str, left: list[str]) -> None:
    assert texts(typed(lines)) == left


def test_undo_of_an_instance_that_does_not_exist_is_refused() -> None:
    assert "does not exist" in refused("undo remote-backup-service none").message
    assert (
        "does not exist"
        in refused("interface gi 0/1/0\nip address 10.1.1.1 24\nundo ip address 10.1.1.2 24").message
    )


def test_undo_of_a_single_line_that_is_absent_changes_nothing() -> None:
    before = typed("e-trunk 1")
    assert typed("undo priority", before, ("e-trunk 1",)) == before


def test_vlan_lists_merge_and_shrink() -> None:
    made = typed("vlan batch 10 11\nvlan batch 12 40")
    assert texts(made) == ["vlan batch 10 to 12 40"]
    assert texts(typed("undo vlan batch 11 40", made)) == ["vlan batch 10 12"]
    assert texts(typed("undo vlan batch 10 to 40", made)) == []


def test_a_long_vlan_list_takes_several_lines_and_loads_back() -> None:
    made = typed("\n".join(f"vlan batch {n}" for n in range(2, 50, 2)))
    assert len(texts(made)) == 3
    assert printing.load("\n".join(printing.lines(made))) == made


def test_ports_are_up_unless_shut() -> None:
    made = typed("interface gi 0/1/0\nshutdown")
    assert texts(made)[1:] == ["shutdown"]
    assert texts(typed("interface gi 0/1/0\nundo shutdown", made))[1:] == ["undo shutdown"]
    assert texts(typed("interface eth 1\nshutdown\nundo shutdown")) == ["interface Eth-Trunk1"]


def test_a_feature_that_is_on_stores_its_undo_form() -> None:
    assert texts(typed("undo vrrp virtual-ip ping enable")) == ["undo vrrp virtual-ip ping enable"]
    assert texts(typed("undo vrrp virtual-ip ping enable\nvrrp virtual-ip ping enable")) == []


def test_trunkport_is_stored_under_the_port() -> None:
    made = typed("interface eth 3\ntrunkport gigabitethernet 0/1/1 to 0/1/2")
    assert texts(made, "interface GigabitEthernet0/1/2")[1:] == ["undo shutdown", "eth-trunk 3"]
    assert "eth-trunk 3" not in texts(
        typed("interface eth 3\nundo trunkport gi 0/1/1", made), "interface GigabitEthernet0/1/1"
    )


def test_actions_are_not_stored() -> None:
    made = typed("remote-backup-service s\nbatch-backup service-type all now")
    assert texts(made) == ["remote-backup-service s"]


def test_foreign_lines_live_beside_ours() -> None:
    made = typed(
        "mpls lsr-id 192.0.2.1\nmpls\nquit\nbgp 65001\npeer 192.0.2.9 as-number 65001\nquit\nsysname Edge"
    )
    assert texts(made) == [
        "sysname Edge",
        "mpls lsr-id 192.0.2.1",
        "mpls",
        "bgp 65001",
        "peer 192.0.2.9 as-number 65001",
    ]
    assert texts(typed("undo mpls lsr-id\nundo bgp 65001", made)) == ["sysname Edge", "mpls"]


def test_a_foreign_undo_line_without_its_opposite_is_kept_until_the_line_comes() -> None:
    made = typed("undo dcn")
    assert texts(made) == ["undo dcn"]
    assert texts(typed("dcn", made)) == []


def test_the_last_virtual_address_keeps_the_group_alive_until_it_goes() -> None:
    made = typed("""interface gi 0/1/0
        vrrp vrid 1 virtual-ip 10.1.1.9
        vrrp vrid 1 virtual-ip 10.1.1.10
        vrrp vrid 1 priority 120
        undo vrrp vrid 1 virtual-ip 10.1.1.9""")
    assert texts(made)[2:] == ["vrrp vrid 1 virtual-ip 10.1.1.10", "vrrp vrid 1 priority 120"]


def test_view_and_prompt_follow_the_configuration() -> None:
    made = typed("ospf 9\narea 3")
    state = engine.view(made, ("ospf 9", "area 0.0.0.3"))
    assert state == engine.ViewState("ospf-area", "-ospf-9-area-0.0.0.3")
    switched = typed("interface gi 0/1/0\nportswitch")
    assert engine.view(switched, ("interface GigabitEthernet0/1/0",)) == engine.ViewState(
        "if-ge-l2", "-GigabitEthernet0/1/0"
    )
    assert engine.view(made, ("ospf 8",)) is None


def test_a_view_is_found_again_by_its_name() -> None:
    made = typed("bfd\nquit\nbfd b7 bind peer-ip 192.0.2.1 source-ip 192.0.2.2")
    after, path = enter(made, (), "bfd B7")
    assert (after, path) == (made, ("bfd b7 bind peer-ip 192.0.2.1 source-ip 192.0.2.2",))


def test_a_line_in_a_view_that_is_gone_is_refused() -> None:
    match = load().read("e-trunk", "priority 9")
    assert isinstance(match, Match)
    assert isinstance(engine.enter(EMPTY, ("e-trunk 1",), match), Refusal)


def test_factory_default_is_canonical() -> None:
    fresh = factory.configuration("Lab", ports=["GigabitEthernet0/1/0"])
    assert printing.lines(fresh) == [
        "#",
        "sysname Lab",
        "#",
        "interface GigabitEthernet0/1/0",
        " undo shutdown",
        "#",
        "interface NULL0",
        "#",
        "return",
    ]


def test_secrets_differ_on_each_entry_and_can_be_compared() -> None:
    random = Random(3)  # noqa: S311 - salts of a toy cipher
    one, two = (secrets.cipher("Hush hush", random) for _ in range(2))
    assert one != two
    assert secrets.plain(one) == secrets.plain(two) == "Hush hush"
    assert "Hush" not in one
    assert secrets.plain("%^%#from elsewhere%^%#") == "%^%#from elsewhere%^%#"


def test_no_plaintext_in_the_configuration() -> None:
    made = typed(
        "e-trunk 1\nsecurity-key cipher Plain-Text-9\nquit\ninterface gi 0/1/0\n"
        "vrrp vrid 1 virtual-ip 10.1.1.9\n"
        "vrrp vrid 1 authentication-mode md5 Short9"
    )
    printed = "\n".join(printing.lines(made))
    assert "Plain-Text-9" not in printed
    assert "Short9" not in printed
    stored = made.statements[0].children[0].params["cipher-key"]
    assert secrets.plain(stored) == "Plain-Text-9"
    assert printing.load(printed) == made
