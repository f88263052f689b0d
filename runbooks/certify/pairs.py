"""What is done with which pair: flows over pairs of a few lines, and what the devices hold before and after.

What a member shall hold is written here by hand, line by line, and not taken from a plan: the judge reads it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

SIDES = ("a", "b")
MEMBERS = {"a": "Lyon-PE1", "b": "Lyon-PE2"}
SECRETS = {"lyon-key": "Kx9_night-shift"}
_ADDRESS = {"a": "198.51.100.1", "b": "198.51.100.2"}
_PRIORITY = {"a": 10, "b": 20}

_BASE = """#
sysname {name}
#
ip pool homes bas local
 gateway 10.100.0.1 255.255.0.0
 section 0 10.100.0.2 10.100.200.254
#
interface LoopBack0
 ip address {own} 255.255.255.255
#
interface LoopBack9
#
return
"""
_SERVICE = """
remote-backup-service lyon
 peer {peer} source {own} port {port}
"""
_TRUNK = """
e-trunk 7
 priority {priority}
 peer-address {peer} source-address {own}
 security-key cipher <secret:lyon-key>
"""
_POOL = """
remote-backup-service lyon
 ip-pool homes
remote-backup-profile homes
 service-type bras
 backup-id 10 remote-backup-service lyon
 peer-backup hot
"""
_NAS = """
remote-backup-profile homes
 nas logic-ip 198.51.100.9
 nas logic-sysname lyon-bng
"""
_INTENT = """
pair: lyon
members: {a: Lyon-PE1, b: Lyon-PE2}
e_trunks:
  - id: 7
    address: {a: 198.51.100.1, b: 198.51.100.2}
    priority: {a: 10, b: 20}
    security_key: {secret: lyon-key}
backup_services:
  - name: lyon
    address: {a: 198.51.100.1, b: 198.51.100.2}
    port: 2046
"""
_BRAS = """
pair: lyon
members: {a: Lyon-PE1, b: Lyon-PE2}
backup_services:
  - name: lyon
    address: {a: 198.51.100.1, b: 198.51.100.2}
    port: 2046
    ip_pools: [{name: homes}]
backup_profiles:
  - name: homes
    backup_id: 10
    service: lyon
    services: [bras]
    nas: {logic_ip: 198.51.100.9, logic_sysname: lyon-bng}
"""


@dataclass(frozen=True, slots=True)
class Flow:
    """What is done, and what it makes of the two members.

    Args:
        name: how it is called in schedules and tables.
        intent: the pair file.
        boot: configuration by side that the devices boot from.
        typed: lines by side that are typed, committed and saved before the flow begins.
        stages: lines of each commit that the flow makes, for one member, by side; a path a line.
        gone: lines by side that the flow takes away, a path a line.
        rival: lines by side with which somebody changes what is ours.
        remove: the pair is taken away.
        drill: the lines stand for the length of a trial, and are never kept.
        held: whether the pair comes to hold.
        points: whether the devices have a commit point to go back to.
        ticket: of the change.
        after: the flow that was carried out well before, and that this one takes back.
        elsewhere: lines with which somebody changes what is not ours; `{}` stands for a number.
    """

    name: str
    intent: str
    boot: Mapping[str, str]
    typed: Mapping[str, Sequence[str]]
    stages: Mapping[str, Sequence[frozenset[str]]]
    gone: Mapping[str, frozenset[str]]
    rival: Mapping[str, tuple[str, ...]]
    remove: bool = False
    drill: bool = False
    held: bool = True
    points: bool = True
    ticket: str = ""
    after: str = ""
    elsewhere: tuple[str, ...] = ("interface LoopBack9", "description carol-{}")
    secrets: Mapping[str, str] = field(default_factory=lambda: SECRETS)
    members: Mapping[str, str] = field(default_factory=lambda: MEMBERS)

    def added(self, side: str) -> frozenset[str]:
        """Return all lines that the flow adds to a member."""
        return frozenset().union(*self.stages[side])


@lru_cache(maxsize=1024)
def paths(text: str) -> frozenset[str]:
    r"""Return the lines of a configuration, each with the lines above it, ciphertext out of sight.

    >>> sorted(paths("a\n b\n"))
    ['a', 'a / b']
    """
    found: set[str] = set()
    above: list[str] = []
    for line in text.splitlines():
        body = line.strip()
        if body in {"", "#", "return"} or body.startswith("!"):
            continue
        depth = len(line) - len(line.lstrip())
        head, cipher, _ = body.partition(" cipher ")
        above[depth:] = [f"{head} cipher *" if cipher else body]
        found.add(" / ".join(above))
    return frozenset(found)


def _lines(side: str, *parts: str, port: int = 2046) -> frozenset[str]:
    """Return the lines of some parts on a member."""
    return frozenset().union(*(paths(_filled(part, side, port)) for part in parts))


def _filled(text: str, side: str, port: int = 2046) -> str:
    peer = "b" if side == "a" else "a"
    return text.format(
        name=MEMBERS[side], own=_ADDRESS[side], peer=_ADDRESS[peer], priority=_PRIORITY[side], port=port
    )


def _typed(side: str, *parts: str, port: int = 2046) -> list[str]:
    """Return what somebody types to have some parts on a member; each part begins at the top."""
    lines: list[str] = []
    for part in parts:
        for line in _filled(part, side, port).strip().splitlines():
            lines += ([] if line.startswith(" ") else ["quit"] * bool(lines)) + [line.strip()]
    return lines


_POINT = {side: ["lacp priority 4096"] for side in SIDES}
_RIVAL_TRUNK = dict.fromkeys(SIDES, ("e-trunk 7", "priority 55"))
_RIVAL_PEER = """
remote-backup-service lyon
 undo peer {peer}
 peer {peer} source {own} port {port}
"""
_BOOT = {side: _filled(_BASE, side) for side in SIDES}
_NONE: Mapping[str, frozenset[str]] = {side: frozenset() for side in SIDES}


def _both(*parts: str) -> dict[str, frozenset[str]]:
    return {side: _lines(side, *parts) for side in SIDES}


DEPLOY = Flow(
    name="deploy",
    intent=_INTENT,
    boot=_BOOT,
    typed=_POINT,
    stages={side: (lines,) for side, lines in _both(_TRUNK, _SERVICE).items()},
    gone=_NONE,
    rival=_RIVAL_TRUNK,
)
REMOVE = Flow(
    name="remove",
    intent=_INTENT,
    boot=_BOOT,
    typed={side: _typed(side, _TRUNK, _SERVICE) for side in SIDES},
    stages={side: (frozenset(),) for side in SIDES},
    gone=_both(_TRUNK, _SERVICE),
    rival=_RIVAL_TRUNK,
    remove=True,
)
CHANGE = Flow(
    name="change in place",
    ticket="CHG-4711",
    intent=_INTENT,
    boot=_BOOT,
    typed={side: _typed(side, _TRUNK, _SERVICE, port=2001) for side in SIDES},
    stages={side: (_lines(side, _SERVICE) - _lines(side, _SERVICE, port=2001),) for side in SIDES},
    gone={side: _lines(side, _SERVICE, port=2001) - _lines(side, _SERVICE) for side in SIDES},
    rival={side: tuple(_typed(side, _RIVAL_PEER, port=2002)) for side in SIDES},
)
STAGES = Flow(
    name="several commits",
    intent=_BRAS,
    boot=_BOOT,
    typed=_POINT,
    stages={
        side: (_lines(side, _SERVICE, _POOL), _lines(side, _NAS) - _lines(side, _POOL)) for side in SIDES
    },
    gone=_NONE,
    rival=dict.fromkeys(SIDES, ("remote-backup-service lyon", "ip-pool homes")),
)
UNHELD = Flow(
    name="deploy that does not hold",
    intent=_INTENT,
    boot=_BOOT,
    typed=_POINT,
    stages=DEPLOY.stages,
    gone=_NONE,
    rival=_RIVAL_TRUNK,
    held=False,
)
ALONE = Flow(
    name="lines on b alone",
    intent=_INTENT,
    boot=_BOOT,
    typed={"a": _typed("a", _TRUNK, _SERVICE), "b": _POINT["b"]},
    stages={"a": (frozenset(),), "b": DEPLOY.stages["b"]},
    gone=_NONE,
    rival=_RIVAL_TRUNK,
)
POINTLESS = Flow(
    name="no commit points",
    intent=_INTENT,
    boot=_BOOT,
    typed={side: ["configuration checkpoint auto-save disable"] for side in SIDES},
    stages=DEPLOY.stages,
    gone=_NONE,
    rival=_RIVAL_TRUNK,
    points=False,
)

ROLLBACK = Flow(
    name="rollback",
    intent=_INTENT,
    boot=_BOOT,
    typed=_POINT,
    stages={side: (frozenset(),) for side in SIDES},
    gone=_both(_TRUNK, _SERVICE),
    rival=_RIVAL_TRUNK,
    after="deploy",
)

FLOWS: Mapping[str, Flow] = {
    flow.name: flow for flow in (DEPLOY, REMOVE, CHANGE, STAGES, UNHELD, ALONE, POINTLESS, ROLLBACK)
}
