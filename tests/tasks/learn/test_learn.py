"""An existing pair is read back as its intent."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from inventory.errors import IntentError
from inventory.facts import ConfigTree
from inventory.load import parse_pair
from parsers.tree import facts, read_tree
from tasks.learn import learn, mistakes
from tasks.plan import plan_member
from tasks.render import facts as render
from tests.fixtures.text import text_of

PRINTED = Path(__file__).parents[2] / "fixtures" / "seed-002"
NORTH = text_of("configurations/learned-member.cfg")
SOUTH = (
    NORTH.replace("sysname North", "sysname South")
    .replace("peer-address 198.51.100.2 source-address 198.51.100.1", "peer-address PEER source-address OWN")
    .replace("peer 198.51.100.2 source 198.51.100.1", "peer PEER source OWN")
    .replace("peer-ip 198.51.100.2 source-ip 198.51.100.1", "peer-ip PEER source-ip OWN")
    .replace("PEER", "198.51.100.1")
    .replace("OWN", "198.51.100.2")
    .replace("local 11", "local 22")
    .replace("remote 22\n", "remote 11\n")
    .replace("GigabitEthernet0/4/0", "GigabitEthernet0/4/7")
    .replace(" priority 10\n", " priority 20\n")
    .replace(" vrrp vrid 5 priority 120\n", "")
    .replace(" vrrp vrid 5 preempt-mode timer delay 1800\n", "")
    .replace("north-ciphertext", "south-other-ciphertext")
)
INTENT = """\
pair: north-south
members: {a: North, b: South}

system:
  multicast: true
  lacp: {e_trunk_system_id: 00e0-fc00-0001}

bfd:
  sessions:
    - name: ring
      discriminator: {a: 11, b: 22}
      min_tx: 100
      address: {a: 198.51.100.1, b: 198.51.100.2}

monitor_groups:
  - name: uplinks
    interfaces:
      - interface: GigabitEthernet0/3/0
        down_weight: 10
      - interface: GigabitEthernet0/3/1
        down_weight: 20

e_trunks:
  - id: 4
    priority: {a: 10, b: 20}
    address: {a: 198.51.100.1, b: 198.51.100.2}
    revert_delay: 300
    bfd: ring
    security_key: {secret: north-south-etrunk-4}
    members:
      - eth_trunk: 9
        ports: {a: [GigabitEthernet0/4/0], b: [GigabitEthernet0/4/7]}
        mode: lacp-static

backup_services:
  - name: metro
    address: {a: 198.51.100.1, b: 198.51.100.2}
    port: 2048
    track:
      monitor_groups:
        - group: uplinks
          failure_ratio: 50
    batch_backup_daily:
      - service: igmp-snooping
        time: 03:00:00

backup_profiles:
  - name: video
    services: [igmp]
    backup_id: 7
    service: metro
    track:
      e_trunk: {e_trunk: 4, eth_trunk: 9}
    interfaces: [Eth-Trunk9]
  - name: homes
    services: [arp, bras]
    backup_id: 8
    service: metro
    mode: virtual
    track:
      vrrp:
        - vrid: 5
          interface: GigabitEthernet0/2/0.1
          mac: odd
        - vrid: 6
          interface: GigabitEthernet0/2/0.1
          mac: even
    nas:
      logic_port: {type: eth-trunk, number: '3'}
    interfaces: [GigabitEthernet0/2/0.1]

interfaces:
  - name: Eth-Trunk9
    pim_sm: true
    igmp: true
    igmp_version: 3
  - name: GigabitEthernet0/2/0.1
    vrrp:
      - vrid: 5
        virtual_ips: [203.0.113.254]
        priority: {a: 120}
        preempt_delay: {a: 1800}
        track:
          interfaces:
            - interface: GigabitEthernet0/3/0
              reduced: 30
      - vrid: 6
        virtual_ips: [203.0.113.253]
"""


def tree(text: str) -> ConfigTree:
    return read_tree(text, "device.cfg")


def test_the_intent_is_minimal_and_readable() -> None:
    text = learn(tree(NORTH), tree(SOUTH), "north-south")
    assert text[: text.index("\n#") + 1] == INTENT


def test_what_was_left_alone_is_named() -> None:
    text = learn(tree(NORTH), tree(SOUTH), "north-south")
    assert "# North: seen and left alone:\n#   interface GigabitEthernet0/3/0 / pim sm\n" in text
    assert "#   ospf 1 (lines: 3)\n" in text
    assert "ciphertext" not in text


@pytest.mark.parametrize(("side", "running"), [("a", NORTH), ("b", SOUTH)])
def test_learn_then_plan_is_empty(side: str, running: str) -> None:
    pair = parse_pair(learn(tree(NORTH), tree(SOUTH), "north-south"), "learned")
    want = render(pair, "a" if side == "a" else "b")
    assert not plan_member("x", want, tree(running)).forward


def test_learn_then_render_gives_back_each_owned_line() -> None:
    pair = parse_pair(learn(tree(NORTH), tree(SOUTH), "north-south"), "learned")
    rendered = {(fact.path, fact.text) for fact in render(pair, "a")}
    held = {(fact.path, fact.text) for fact in facts(tree(NORTH))[0]}
    left = {path for path, _ in held - rendered}
    assert left == {("interface GigabitEthernet0/3/0",), ("e-trunk 4",)}  # PIM of an uplink; the key
    assert {text.split()[0] for path, text in rendered - held} == {"security-key"}


@pytest.mark.parametrize(
    ("right", "wrong", "kept"),
    [
        ("port 2048", "port 2049", "port: {a: 2048, b: 2049}"),
        ("backup-id 7", "backup-id 9", "backup_id: {a: 7, b: 9}"),
        ("system-id 00e0-fc00-0001", "system-id 00e0-fc00-0002", "{a: 00e0-fc00-0001, b: 00e0-fc00-0002}"),
        (" service-type igmp\n", "", "services: {a: [igmp], b: []}"),
        ("discriminator remote 11", "discriminator remote 12", "remote_discriminator: {b: 12}"),
        (" igmp enable\n", "", "igmp: {a: true, b: false}"),
        ("peer-address 198.51.100.1", "peer-address 198.51.100.9", "peer: {b: 198.51.100.9}"),
    ],
)
def test_mistakes_are_kept(right: str, wrong: str, kept: str) -> None:
    assert right in SOUTH
    south = tree(SOUTH.replace(right, wrong))
    text = learn(tree(NORTH), south, "north-south")
    assert kept in text
    pair = parse_pair(text, "learned")
    assert not plan_member("South", render(pair, "b"), south).forward
    assert not plan_member("North", render(pair, "a"), tree(NORTH)).forward


def test_secret_names_of_a_rendered_file_are_kept() -> None:
    a, b = (text.replace("%^%#north-ciphertext%^%#", "<secret:ours>") for text in (NORTH, SOUTH))
    b = b.replace("%^%#south-other-ciphertext%^%#", "<secret:ours>")
    assert "security_key: {secret: ours}" in learn(tree(a), tree(b), "north-south")


def test_another_pair_on_one_of_the_devices_is_left_alone() -> None:
    third = dedent(
        """\
        remote-backup-service other
         peer 10.9.9.9 source 198.51.100.1 port 3000
        remote-backup-profile theirs
         service-type arp
         backup-id 30 remote-backup-service other
        """
    )
    text = learn(tree(NORTH + third), tree(SOUTH), "north-south")
    before, _, after = text.partition("\n#")
    assert "theirs" not in before
    assert "remote-backup-service other" in after


@pytest.mark.parametrize("name", ["Metz/NE40-2", "rack 4", "x: y # [z], 'w' \"v\"", "Zürich", "-", "m" * 246])
def test_a_member_keeps_the_name_that_the_device_has(name: str) -> None:
    text = learn(tree(NORTH.replace("sysname North", f"sysname {name}")), tree(SOUTH), "north-south")
    assert parse_pair(text, "learned").members.a == name


def test_devices_without_anything_in_common() -> None:
    with pytest.raises(IntentError, match="in common"):
        learn(tree("sysname A\n"), tree("sysname B\n"), "none")


@pytest.mark.parametrize(
    ("right", "wrong", "rule", "left_out"),
    [
        (" undo shutdown\n eth-trunk 9\n", " undo shutdown\n", "R9", ""),
        ("vrrp-id 5 interface", "vrrp-id 55 interface", "R5", "no VRRP group '55 on GigabitEthernet0/2/0.1'"),
        (" discriminator local 22\n", "", "R15", ""),
        (" e-trunk 4\n remote", " remote", "R9", "no Eth-Trunk 9 in E-Trunk 4"),
        ("session-name ring", "session-name gone", "R16", "no BFD session 'gone'"),
    ],
)
def test_a_mistake_is_told_below_an_intent_that_can_be_read(
    right: str, wrong: str, rule: str, left_out: str
) -> None:
    assert right in SOUTH
    south = tree(SOUTH.replace(right, wrong))
    text = learn(tree(NORTH), south, "north-south")
    parse_pair(text, "learned")

    assert rule in {one.rule for one in mistakes(tree(NORTH), south)}
    assert f"#   {rule}: " in text[text.index("# what the rules say of the two configurations:") :]
    assert left_out in text
    assert ("# left out, because no pair can be so:" in text) is bool(left_out)


def test_a_pair_without_mistakes_has_no_finding_below_it() -> None:
    a, b = (tree((PRINTED / f"{name}.cfg").read_text(encoding="utf-8")) for name in ("DeviceA", "DeviceB"))
    assert mistakes(a, b) == ()
    assert "what the rules say" not in learn(a, b, "printed")


ALONE = """\
igmp-snooping enable
vlan 30
 igmp-snooping enable
monitor-group nobody
 monitor enable
bfd port bind peer-ip default-ip interface GigabitEthernet0/3/0
 discriminator local 41
 discriminator remote 42
"""


def test_the_whole_is_read_when_asked() -> None:
    a, b = (tree(text.replace("multicast routing-enable\n", ALONE, 1)) for text in (NORTH, SOUTH))
    part = parse_pair(learn(a, b, "north-south"), "part")
    whole = parse_pair(learn(a, b, "north-south", whole=True), "whole")

    for pair, more in ((part, False), (whole, True)):
        said = {one.text for one in render(pair, "a")}
        assert ("igmp-snooping enable" in said) is more
        assert ("monitor-group nobody" in said) is more
        assert any(text.startswith("bfd port") for text in said) is more
    assert not plan_member("x", render(whole, "a"), a).forward


def test_a_control_character_beside_the_pair_is_spelled_out() -> None:
    text = learn(tree(NORTH + "interface Vlanif3\n description \x1b[2J\n"), tree(SOUTH), "north-south")
    parse_pair(text, "learned")
    assert "\x1b" not in text


def test_what_a_pair_file_alone_says_stays() -> None:
    """The words by which a pair is chosen stand on no router; `learn` of a pair is a way back from drift."""
    head = 'pair: ring\ndescription: "north: first"\nmembers: {a: PE-1, b: PE-2}\nsite: BER\ntags: [gold]\n'
    known = parse_pair(f"{head}system: {{multicast: true}}\n", "ring.yaml")
    learned = parse_pair(learn(tree(NORTH), tree(SOUTH), known.name, known=known), "learned")
    for name in ("description", "members", "site", "tags"):
        assert getattr(learned, name) == getattr(known, name)
    assert learned.e_trunks
