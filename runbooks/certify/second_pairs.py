"""Flows of the second generator: another pair, other lines, and colleagues who work on the same interface.

Nothing is shared with the flows of the first but their form: gateways with a VRRP group that follow a BFD
session; one of them is drilled. What a member shall hold is written by hand here too.
"""

from __future__ import annotations

from collections.abc import Mapping

from runbooks.certify.pairs import SIDES, Flow, paths

_MEMBERS = {"a": "Turin-GW1", "b": "Turin-GW2"}
_PORT = "GigabitEthernet0/1/5"
_VALUES: Mapping[str, Mapping[str, str]] = {
    "a": {"own": "203.0.113.1", "peer": "203.0.113.2", "host": "1", "here": "11", "there": "12"},
    "b": {"own": "203.0.113.2", "peer": "203.0.113.1", "host": "2", "here": "12", "there": "11"},
}
_BASE = """#
sysname {name}
#
bfd
#
interface GigabitEthernet0/1/5
 undo shutdown
 ip address 10.5.0.{host} 255.255.255.0
#
interface LoopBack0
 ip address {own} 255.255.255.255
#
return
"""
_SESSION = """
bfd turin bind peer-ip {peer} source-ip {own}
 discriminator local {here}
 discriminator remote {there}
"""
_GROUP = """
interface GigabitEthernet0/1/5
 vrrp vrid 5 virtual-ip 10.5.0.254
 vrrp vrid 5 priority {priority}
"""
_DELAY = """
interface GigabitEthernet0/1/5
 vrrp vrid 5 preempt-mode timer delay 600
"""
_INTENT = """
pair: turin
members: {a: Turin-GW1, b: Turin-GW2}
bfd:
  sessions:
    - name: turin
      address: {a: 203.0.113.1, b: 203.0.113.2}
      discriminator: {a: 11, b: 12}
interfaces:
  - name: GigabitEthernet0/1/5
    vrrp:
      - vrid: 5
        virtual_ips: [10.5.0.254]
        priority: {a: 120, b: 110}
        preempt_delay: {a: 600}
"""
_PRIORITY, _EARLIER = {"a": "120", "b": "110"}, {"a": "150", "b": "130"}
_VIEW = frozenset({f"interface {_PORT}"})


def _text(part: str, side: str, priority: Mapping[str, str]) -> str:
    return part.format(name=_MEMBERS[side], priority=priority[side], **_VALUES[side])


def _lines(side: str, priority: Mapping[str, str] = _PRIORITY) -> frozenset[str]:
    """Return the lines of the pair on a member, without the view that stands there anyway."""
    parts = (_SESSION, _GROUP, _DELAY) if side == "a" else (_SESSION, _GROUP)
    return frozenset().union(*(paths(_text(part, side, priority)) for part in parts)) - _VIEW


def _typed(side: str, priority: Mapping[str, str]) -> list[str]:
    """Return what somebody types to have the pair on a member, one section after the other."""
    group = [*_GROUP.strip().splitlines(), *(_DELAY.strip().splitlines()[1:] if side == "a" else [])]
    typed = [*_SESSION.strip().splitlines(), "quit", *group]
    return [_text(line, side, priority).strip() for line in typed]


_BOOT = {side: _text(_BASE, side, _PRIORITY) for side in SIDES}
_POINT = {side: ["lacp priority 4096"] for side in SIDES}
_RIVAL = dict.fromkeys(SIDES, (f"interface {_PORT}", "vrrp vrid 5 priority 77"))
_ELSEWHERE = (f"interface {_PORT}", "description carol-{}")
_NONE: Mapping[str, frozenset[str]] = {side: frozenset() for side in SIDES}

GATEWAYS = Flow(
    name="gateways",
    intent=_INTENT,
    boot=_BOOT,
    typed=_POINT,
    stages={side: (_lines(side),) for side in SIDES},
    gone=_NONE,
    rival=_RIVAL,
    elsewhere=_ELSEWHERE,
    secrets={},
    members=_MEMBERS,
)
PRIORITIES = Flow(
    name="priorities of gateways",
    intent=_INTENT,
    boot=_BOOT,
    typed={side: _typed(side, _EARLIER) for side in SIDES},
    stages={side: (_lines(side) - _lines(side, _EARLIER),) for side in SIDES},
    gone={side: _lines(side, _EARLIER) - _lines(side) for side in SIDES},
    rival=_RIVAL,
    elsewhere=_ELSEWHERE,
    secrets={},
    members=_MEMBERS,
)
NO_GATEWAYS = Flow(
    name="gateways taken away",
    intent=_INTENT,
    boot=_BOOT,
    typed={side: _typed(side, _PRIORITY) for side in SIDES},
    stages={side: (frozenset(),) for side in SIDES},
    gone={side: _lines(side) for side in SIDES},
    rival=_RIVAL,
    remove=True,
    elsewhere=_ELSEWHERE,
    secrets={},
    members=_MEMBERS,
)

_LOWERED = {"a": "1", "b": "110"}
DRILL = Flow(
    name="drill of gateways",
    intent=_INTENT.replace("{a: 120, b: 110}", "{a: 1, b: 110}"),
    boot=_BOOT,
    typed={side: _typed(side, _PRIORITY) for side in SIDES},
    stages={side: (_lines(side, _LOWERED) - _lines(side),) for side in SIDES},
    gone={side: _lines(side) - _lines(side, _LOWERED) for side in SIDES},
    rival=_RIVAL,
    drill=True,
    elsewhere=_ELSEWHERE,
    secrets={},
    members=_MEMBERS,
)
"""The master gives up what it leads for the length of a trial, and has it back."""

SECOND_FLOWS: Mapping[str, Flow] = {flow.name: flow for flow in (GATEWAYS, PRIORITIES, NO_GATEWAYS, DRILL)}
