"""BFD checks: up on both ends, mirrored discriminators, and a session on a dark Eth-Trunk."""

from __future__ import annotations

import pytest

from tasks.checks.catalog import Selection, checks_for, judge
from tests.tasks.checks.bench import A, B, Texts, complaints, observed, outcomes, pair_of, spoiled

PAIR = pair_of("""\
bfd:
  sessions:
    - {name: core, address: {a: 198.51.100.1, b: 198.51.100.2}, discriminator: {a: 41, b: 42}}
    - name: access
      default_ip: true
      interface: {a: Eth-Trunk11, b: Eth-Trunk12}
      discriminator: {a: 51, b: 52}
e_trunks:
  - id: 40
    address: {a: 198.51.100.1, b: 198.51.100.2}
    members:
      - eth_trunk: {a: 11, b: 12}
        mode: lacp-static
        ports: {a: [GigabitEthernet1/0/5], b: [GigabitEthernet2/0/5]}
""")
CHECKS = checks_for(Selection(tags=("bfd",)))


def session(head: str, local: int, remote: int, peer: str, interface: str = "-") -> str:
    return f"""\
(w): State in WTR
--------------------------------------------------------------------------------
  {head}
------------------------------------------------------------------------------
  Local Discriminator    : {local}              Remote Discriminator   : {remote}
  Bind Peer IP Address   : {peer}
  Bind Interface         : {interface}
  Actual Tx Interval (ms): 100              Actual Rx Interval (ms): 100
  Last Local Diagnostic  : Control Detection Time Expired
  Session Description    : -

     Total UP/DOWN Session Number : 1/0
"""


def command(discriminator: int) -> str:
    return f"display bfd session discriminator {discriminator} verbose"


MULTICAST = "224.0.0.184"
HEALTHY: Texts = {
    (A, command(41)): session("(Multiple Hops) State : Up      Name : core", 41, 42, "198.51.100.2"),
    (B, command(42)): session("Name : core   (Multiple Hops) State : Up", 42, 41, "198.51.100.1"),
    (A, command(51)): session("(One Hop) State : Up Name : access", 51, 52, MULTICAST, "Eth-Trunk11"),
    (B, command(52)): session("(One Hop) State : Down Name : access", 52, 51, MULTICAST, "Eth-Trunk12"),
}


def test_session_over_the_dark_trunk_of_the_backup_may_be_down() -> None:
    assert complaints(judge(CHECKS, PAIR, observed(HEALTHY))) == []


@pytest.mark.parametrize(
    ("device", "number", "change", "failing", "says"),
    [
        (
            A,
            41,
            ("State : Up", "State : Down"),
            "bfd-up BFD core",
            "found down; Control Detection Time Expired",
        ),
        (A, 41, ("State : Up", "State : Up(w)"), "bfd-up BFD core", "found up (w)"),
        (A, 51, ("State : Up", "State : AdminDown"), "bfd-up BFD access", "found admindown"),
        (
            B,
            42,
            (": 41\n", ": 43\n"),
            "bfd-as-intended BFD core",
            "remote discriminator: wanted 41, found 43",
        ),
        (A, 41, ("100.2", "100.9"), "bfd-as-intended BFD core", "wanted 198.51.100.2, found 198.51.100.9"),
        (B, 52, ("Eth-Trunk12", "Eth-Trunk13"), "bfd-as-intended BFD access", "wanted Eth-Trunk12"),
    ],
)
def test_spoiled_picture_fails_where_it_should(
    device: str, number: int, change: tuple[str, str], failing: str, says: str
) -> None:
    spoilt = spoiled(HEALTHY, device, command(number), *change)

    assert outcomes(CHECKS, PAIR, spoilt) == {failing: "failure"}
    assert says in " | ".join(complaints(judge(CHECKS, PAIR, observed(spoilt))))
