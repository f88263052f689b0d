"""Members whose names differ are still compared, and what stands on more interfaces of one is told."""

from __future__ import annotations

import pytest

from inventory.rules import Finding, Severity, lint
from tests.inventory.rules.bases import BASES
from tests.inventory.rules.test_rules import member

PORT = "interface GigabitEthernet0/2/2."


def found(base: str, *changes: tuple[str, str]) -> tuple[Finding, ...]:
    """Lint a clean pair with changes on the second member."""
    one, two = BASES[base]
    for old, new in changes:
        assert old in two, "the change was not made"
        two = two.replace(old, new)
    return lint(member(one, "North"), member(two, "South"))


def rules(findings: tuple[Finding, ...]) -> list[str]:
    return [one.rule for one in findings]


OTHER_CHANNEL = ("remote-backup-service chan", "remote-backup-service line")
OTHER_PROFILE = ("remote-backup-profile groups", "remote-backup-profile listeners")


def test_a_channel_of_another_name_is_compared_by_its_ends() -> None:
    (finding,) = [one for one in found("trunk", OTHER_CHANNEL) if one.rule == "R72"]
    assert finding.message == "remote-backup-service chan has another name on South"
    assert len(finding.places) == 2
    assert "R69" in rules(found("trunk", OTHER_CHANNEL, ("port 4000", "port 4009")))
    assert "R69" not in rules(found("trunk", OTHER_CHANNEL))
    assert {one.severity for one in found("trunk", OTHER_CHANNEL)} == {Severity.WARNING}


def test_a_profile_of_another_name_is_compared_by_its_backup_id() -> None:
    assert "R73" in rules(found("trunk", OTHER_PROFILE, (" service-type igmp\n", "")))
    assert "R73" not in rules(found("trunk", OTHER_PROFILE))
    both = [one.message for one in found("trunk", OTHER_PROFILE, OTHER_CHANNEL) if one.rule == "R72"]
    assert both == [
        "remote-backup-service chan has another name on South",
        "remote-backup-profile groups has another name on South",
    ]


def test_a_profile_of_another_name_and_backup_id_is_on_one_member_only() -> None:
    findings = found("trunk", OTHER_PROFILE, ("backup-id 33", "backup-id 34"))
    told = [one.message for one in findings if one.rule == "R72"]
    assert told == [
        "remote-backup-profile groups is on North only",
        "remote-backup-profile listeners is on South only",
    ]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(("monitor-group north", "monitor-group south"), id="a group that lines follow"),
        pytest.param(("route-monitor-group far", "route-monitor-group near"), id="a route group"),
        pytest.param(
            ("vrrp vrid 12 priority 150", "vrrp vrid 12 priority 150\n vrrp vrid 12 timer advertise 1"),
            id="a default",
        ),
        pytest.param(
            ("vrrp vrid 12 priority 150", "vrrp vrid 12 priority 150\n vrrp vrid 12 holding-multiplier 3"),
            id="another",
        ),
    ],
)
def test_what_differs_in_name_or_by_a_default_alone_is_no_finding(change: tuple[str, str]) -> None:
    assert found("vrrp", change) == ()


def test_a_group_of_another_name_is_compared() -> None:
    change = ("monitor-group north", "monitor-group south")
    told = found("vrrp", change, (" monitor enable\n binding", " binding"))
    assert [one.message for one in told if one.rule == "P1"] == [
        "`monitor enable` of monitor-group north is on North only"
    ]


def test_sessions_without_a_source_and_of_other_names_belong_together_by_their_discriminators() -> None:
    ends = (("2", "61", "62"), ("1", "62", "61"))
    texts = [
        text.replace(
            f"bfd twin bind peer-ip 172.21.1.{far} source-ip 172.21.1.{3 - int(far)}",
            f"bfd twin bind peer-ip 172.21.1.{far}",
        )
        for text, (far, _, _) in zip(BASES["vrrp"], ends, strict=True)
    ]
    assert all(" source-ip 172" not in text for text in texts)
    other = texts[1].replace("bfd twin", "bfd mate").replace("session-name twin", "session-name mate")
    assert lint(member(texts[0], "North"), member(other, "South")) == ()
    wrong = other.replace("discriminator remote 61", "discriminator remote 63")
    assert rules(lint(member(texts[0], "North"), member(wrong, "South"))) == ["R90"]


def test_a_profile_that_one_member_has_on_more_interfaces_is_told() -> None:
    line = f"{PORT}5\n user-vlan 100\n remote-backup-profile houses\n#\n"
    for change in ((line, ""), (" remote-backup-profile houses\n#\n" + PORT + "6", "#\n" + PORT + "6")):
        (finding,) = [one for one in found("vrrp", change) if one.rule == "P2"]
        assert finding.message == "remote-backup-profile houses is on more interfaces of North than of South"
        assert finding.found == {"North": "GigabitEthernet0/2/2.5", "South": "none"}
        assert [place.source for place in finding.places] == ["North.cfg"]


def test_sub_interfaces_of_another_main_interface_are_met_by_their_number() -> None:
    moved = ("GigabitEthernet0/2/2.", "GigabitEthernet0/5/7.")
    assert found("vrrp", moved) == ()
    told = found("vrrp", moved, (" user-vlan 100\n", " user-vlan 99\n"))
    assert [one.message for one in told] == ["the VLANs of GigabitEthernet0/2/2.5 differ"]


def test_a_management_group_that_a_whole_configuration_lacks_is_told() -> None:
    change = (
        "track admin-vrrp interface GigabitEthernet0/2/0.1",
        "track admin-vrrp interface GigabitEthernet0/1/9",
    )
    told = [one for one in found("vrrp", change) if one.rule == "R21"]
    assert [one.message for one in told] == ["no management group 11 on GigabitEthernet0/1/9"]
    part = BASES["vrrp"][1].replace(*change).replace("sysname Visby", "undo info-center enable")
    assert "R21" not in rules(lint(member(BASES["vrrp"][0], "North"), member(part, "South")))


def test_a_mac_address_that_is_none_is_a_difference() -> None:
    told = found("trunk", ("mac-address 00e0-fc99-aaaa", "mac-address 00e0-fc999-aaaa"))
    assert rules(told) == ["R85"]


@pytest.mark.parametrize(
    ("interval", "told"), [("timer advertise 1", []), ("timer advertise millisecond 500", ["R98"])]
)
def test_the_interval_that_the_device_takes_by_itself_is_no_finding(interval: str, told: list[str]) -> None:
    texts = [text.replace("timer advertise 3", interval) for text in BASES["vrrp"]]
    assert sorted({*rules(lint(member(texts[0], "North"), member(texts[1], "South")))}) == told
