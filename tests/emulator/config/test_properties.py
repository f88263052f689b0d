from __future__ import annotations

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from emulator.config import diff, secrets
from emulator.config.statement import Configuration
from emulator.config.tree import Path
from emulator.entry import engine, printing
from emulator.entry.engine import Refusal
from emulator.grammar import Match, load
from tests.emulator.grammar import lines

GRAMMAR = load()
BASE = printing.load("""#
sysname Prop
#
multicast routing-enable
#
igmp-snooping enable
#
bfd
#
monitor-group g-1
#
e-trunk 1
#
remote-backup-service alpha
#
remote-backup-profile alpha
 service-type bras
#
interface Eth-Trunk3
 mode lacp-static
#
interface GigabitEthernet0/1/1
 undo shutdown
 ipv6 enable
 ipv6 address FE80::1 link-local
 vrrp vrid 1 virtual-ip 10.0.1.9
#
interface GigabitEthernet0/1/2
 portswitch
 undo shutdown
#
ospf 1
#
return""")


FOREIGN = [
    "mpls lsr-id 192.0.2.7",
    "mpls",
    "mpls ldp",
    "bgp 65001",
    "peer 192.0.2.8 as-number 65001",
    "ipv4-family unicast",
    "undo mpls",
    "undo bgp 65001",
    "traffic-policy p inbound",
    "undo dcn",
    "dcn",
    "aaa",
    "ip vpn-instance blue",
    "route-distinguisher 1:1",
    "stp edged-port",
    "info-center loghost 192.0.2.3",
    "undo traffic-policy",
]


def _move(data: st.DataObject, configuration: Configuration) -> Path:
    sections = [statement for statement in configuration.statements if statement.view]
    chosen = data.draw(st.sampled_from([None, *sections]))
    if chosen is None:
        return ()
    inner = [child for child in chosen.children if child.view]
    deeper = data.draw(st.sampled_from([None, *inner]))
    return (chosen.text,) if deeper is None else (chosen.text, deeper.text)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_whatever_is_accepted_prints_and_loads_back_to_the_same(data: st.DataObject) -> None:
    now = BASE
    random = Random(5)  # noqa: S311 - salts of a toy cipher
    for _ in range(data.draw(st.integers(1, 12))):
        path = _move(data, now)
        here = engine.view(now, path)
        assert here is not None
        ours = bool(lines.stored(here.id)) and data.draw(st.integers(0, 4)) > 0
        match = GRAMMAR.read(here.id, data.draw(lines.typed(here.id) if ours else st.sampled_from(FOREIGN)))
        if not isinstance(match, Match):
            assert not ours
            continue
        after = engine.enter(now, path, secrets.seal(match, random))
        if isinstance(after, Refusal):
            assert after.message
            continue
        assert (diff.lines(now, after) == []) == (now == after)
        now = after
    printed = printing.lines(now)
    again = printing.load("\n".join(printed))
    assert printing.lines(again) == printed
    assert again == now
    assert isinstance(engine.validate(now), tuple)
    assert printing.lines(now, include_default=True)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(alphabet='#! abei0/1"%^-', max_size=20), max_size=15))
def test_any_text_loads_and_what_it_prints_is_stable(rows: list[str]) -> None:
    once = printing.lines(printing.load("\n".join(rows)))
    assert printing.lines(printing.load("\n".join(once))) == once
