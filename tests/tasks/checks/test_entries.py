"""Groups and ARP entries of both members are compared, as far as a display can show them."""

from __future__ import annotations

import pytest

from tasks.checks.catalog import judge
from tasks.checks.check import Limits
from tests.tasks.checks.bench import A, B, complaints, observed, outcomes
from tests.tasks.checks.entries import (
    ARP_A,
    ARP_B,
    CHECKS,
    HEALTHY,
    IGMP_A,
    IGMP_B,
    LEARNED,
    OWN,
    PAIR,
    arp,
    igmp,
)


def test_equal_entries_pass_and_a_list_that_proves_nothing_is_skipped() -> None:
    found = outcomes(CHECKS, PAIR, HEALTHY)

    assert found == {
        "igmp-snooping-entries RBP tv: Eth-Trunk11": "skipped",
        "mld-entries metro-7": "skipped",
        "nd-entries metro-7": "skipped",
        "user-entries metro-7": "skipped",
        "l2tp-entries metro-7": "skipped",
        "ipsec-entries metro-7": "skipped",
        "ipsec-instances metro-7": "skipped",
        "lease-entries metro-7": "skipped",
        "dhcpv6-entries metro-7": "skipped",
        "entries-seen metro-7": "skipped",
    }


def test_what_the_backup_alone_has_fails_too() -> None:
    texts = {**HEALTHY, (B, IGMP_B): igmp(12, "239.1.1.1")}

    said = complaints(judge(CHECKS, PAIR, observed(texts)))

    assert said == [
        (
            "1 of 2 entries of the backup are missing on the master: wanted entries as on North-1, "
            "found missing 239.1.1.2, on South-1, by `display igmp group interface Eth-Trunk12`"
        )
    ]


def test_what_no_display_can_show_is_counted_apart() -> None:
    hidden = {
        result.check: result.note for result in judge(CHECKS, PAIR, observed(HEALTHY)) if result.unproven
    }

    assert hidden == {
        "igmp-snooping-entries": (
            "not provable here: the backup lists no port that is down, so its list proves nothing"
        )
    }


def test_missing_group_is_named_on_the_backup() -> None:
    texts = {**HEALTHY, (A, IGMP_A): igmp(11, "239.1.1.2")}

    said = complaints(judge(CHECKS, PAIR, observed(texts)))

    assert said == [
        (
            "1 of 2 entries of the master are missing on the backup: wanted entries as on South-1, "
            "found missing 239.1.1.1, on North-1, by `display igmp group interface Eth-Trunk11`"
        )
    ]


def test_tolerance_lets_some_be_missing() -> None:
    texts = {**HEALTHY, (A, IGMP_A): igmp(11, "239.1.1.2")}

    results = judge(CHECKS, PAIR, observed(texts), Limits(missing_entries=0.5))

    assert complaints(results) == []


def test_no_entry_on_either_member_is_skipped_and_no_success() -> None:
    texts = {**HEALTHY, (A, IGMP_A): "", (B, IGMP_B): ""}

    assert outcomes(CHECKS, PAIR, texts)["igmp-entries RBP tv: Eth-Trunk11"] == "skipped"


@pytest.mark.parametrize(
    ("key", "text"),
    [((A, ARP_A), arp(11, OWN)), ((A, ARP_A), arp(11, OWN, LEARNED.replace(".77 ", ".78 ")))],
)
def test_missing_neighbour_fails(key: tuple[str, str], text: str) -> None:
    assert outcomes(CHECKS, PAIR, {**HEALTHY, key: text})["arp-entries RBP tv: Eth-Trunk11"] == "failure"


def test_address_of_the_backup_itself_is_no_entry_to_back_up() -> None:
    own_of_a = OWN.replace("I -", "D-1")
    texts = {**HEALTHY, (B, ARP_B): arp(12, OWN.replace("2.1 ", "2.2 "), LEARNED, own_of_a)}

    assert outcomes(CHECKS, PAIR, texts) == outcomes(CHECKS, PAIR, HEALTHY)


def test_cut_list_is_an_error() -> None:
    cut = {**HEALTHY, (A, ARP_A): HEALTHY[A, ARP_A].replace("Total:2", "Total:9")}

    assert outcomes(CHECKS, PAIR, cut)["arp-entries RBP tv: Eth-Trunk11"] == "error"
