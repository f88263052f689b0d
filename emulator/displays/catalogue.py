"""`display vlan`, `display acl`, `display ip vpn-instance`: objects that lie in the configuration alone.

Matches of an ACL are not modelled: every rule shows none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from emulator.displays.interfaces import physical
from emulator.displays.text import row, short

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from emulator.config.statement import Statement
    from emulator.displays.view import DeviceView

_RULE = "-" * 80
_LIST = (5, 9, 8, 10, 8, 8, 4, 4, 4)
_PORTS = (5, 8)
_PROPERTIES = (5, 8, 14, 8, 11)
_NUMBERS = re.compile(r"(\d+)(?: to (\d+))?")
_ACL = re.compile(r"acl (?P<six>ipv6 )?(?:number )?(?:name (?P<name>\S+)|(?P<number>\d+))(?P<rest>.*)")
_STEP = re.compile(r"step (\d+)")
_VPN = re.compile(r"ip vpn-instance (\S+)")
_FAMILY = re.compile(r"ipv([46])-family(?: unicast)?$")
_KINDS = (
    (range(1000, 2000), "Interface"),
    (range(2000, 3000), "Basic"),
    (range(3000, 4000), "Advanced"),
    (range(4000, 5000), "Link"),
    (range(6000, 10000), "User"),
)
_WORDS = {"basic": "Basic", "interface": "Interface", "link": "Link", "ucl": "User", "user": "User"}
"""Kinds by the word that stands behind the name of an ACL."""


def vlans(params: Mapping[str, str], view: DeviceView) -> list[str]:
    """List the VLANs, or show the ports of one."""
    known = _vlans(view)
    if "vid" in params:
        number = int(params["vid"])
        return _vlan(number, known[number], view) if number in known else ["Error: The VLAN does not exist."]
    head = ("VID", "Type", "Status", "Property", "MAC-LRN", "STAT", "BC", "MC", "UC", "Description")
    words = ("common", "enable", "default", "enable", "disable", "FWD", "FWD", "FWD")
    return [
        f"The total number of vlans is : {len(known)}",
        row(_LIST, head),
        _RULE,
        *(row(_LIST, (number, *words, text)) for number, text in sorted(known.items())),
    ]


def _vlans(view: DeviceView) -> dict[int, str]:
    """Return the description of each VLAN; VLAN 1 is always there."""
    known = {1: "VLAN 0001"}
    for line in view.running.all("vlan.batch"):
        for low, high in _NUMBERS.findall(line.params.get("vlans", "")):
            known |= {number: f"VLAN {number:04}" for number in range(int(low), int(high or low) + 1)}
    for line in view.running.all("vlan.enter"):
        number = int(line.params["vid"])
        texts = (child.text for child in line.children if child.text.startswith("description "))
        known[number] = next(texts, f"description VLAN {number:04}").removeprefix("description ")
    return known


def _vlan(number: int, description: str, view: DeviceView) -> list[str]:
    ports = [
        f"{'UT' if untagged else 'TG'}:{short(name)}({mark})" for name, mark, untagged in _ports(number, view)
    ]
    return [
        _RULE,
        "U: Up;         D: Down;         TG: Tagged;         UT: Untagged;",
        "MP: Vlan-mapping;               ST: Vlan-stacking;",
        "#: ProtocolTransparent-vlan;    *: Management-vlan;",
        _RULE,
        "",
        row(_PORTS, ("VID", "Type", "Ports")),
        _RULE,
        row(_PORTS, (number, "common", "     ".join(ports))),
        "",
        row(_PROPERTIES, ("VID", "Status", "Property", "MAC-LRN", "Statistics", "Description")),
        _RULE,
        row(_PROPERTIES, (number, "enable", "default", "enable", "disable", description)),
    ]


def _ports(number: int, view: DeviceView) -> Iterator[tuple[str, str, bool]]:
    """Yield the layer-2 ports of a VLAN: name, letter of the state, whether frames go out untagged."""
    states = {one.name: "U" if physical(one)[1] == "up" else "D" for one in view.state.interfaces}
    for line in view.running.statements:
        if not line.interface:
            continue
        untagged = any(int(child.params.get("vid", "0")) == number for child in line.all("if.pvid"))
        tagged = any(
            child.text.endswith(" all")
            or any(
                int(low) <= number <= int(high or low)
                for low, high in _NUMBERS.findall(child.params.get("vlans", ""))
            )
            for child in line.all("if.allow-pass")
        )
        if untagged or tagged:
            yield line.interface, states.get(line.interface, "D"), untagged


def acls(params: Mapping[str, str], view: DeviceView) -> list[str]:
    """Show the rules of one ACL of IPv4, or of all."""
    return _acls(params, view, six=False)


def acls6(params: Mapping[str, str], view: DeviceView) -> list[str]:
    """Show the rules of one ACL of IPv6, or of all."""
    return _acls(params, view, six=True)


def _acls(params: Mapping[str, str], view: DeviceView, *, six: bool) -> list[str]:
    wanted = params.get("number") or params.get("acl", "")
    blocks = []
    for line in view.running.statements:
        match = _ACL.fullmatch(line.text)
        if match and bool(match["six"]) is six and wanted in {"", match["number"], match["name"]}:
            blocks.append(_acl(line, match, six=six))
    if wanted and not blocks:
        return ["Error: The ACL does not exist."]
    return [text for place, block in enumerate(blocks) for text in (*([""] if place else []), *block)]


def _acl(line: Statement, match: re.Match[str], *, six: bool) -> list[str]:
    rules = [child.text for child in line.children if child.text.startswith("rule ")]
    steps = (found[1] for child in line.children if (found := _STEP.fullmatch(child.text)))
    order = "auto" if "match-order auto" in match["rest"] else "config"
    word = "IPv6 ACL" if six else "ACL"
    count = f"{len(rules)} rule{'' if len(rules) == 1 else 's'}"
    return [
        f"{_kind(match)} {word} {match['number'] or match['name']}, {count}, match-order is {order}",
        f"{word}'s step is {next(steps, '5')}",
        *(f" {rule} (0 times matched)" for rule in rules),
    ]


def _kind(match: re.Match[str]) -> str:
    """Return the word for the kind: by the number, by the word behind a name; advanced without one."""
    if match["number"]:
        number = int(match["number"])
        return next((word for numbers, word in _KINDS if number in numbers), "Advanced")
    return next((_WORDS[word] for word in match["rest"].split() if word in _WORDS), "Advanced")


def vpn_instances(params: Mapping[str, str], view: DeviceView) -> list[str]:
    """List the VPN instances, one row for each address family."""
    wanted = params.get("vpn")
    rows = [one for one in _instances(view) if wanted in {None, one[0]}]
    if wanted is not None and not rows:
        return ["Error: The VPN instance does not exist."]
    widths = (32, 31)
    return [
        *(_counts(rows) if wanted is None else []),
        "  " + row(widths, ("VPN-Instance Name", "RD", "Address family")),
        *(("  " + row(widths, one)).rstrip() for one in rows),
    ]


def _counts(rows: list[tuple[str, str, str]]) -> list[str]:
    families = [family for _, _, family in rows]
    return [
        f" Total VPN-Instances configured : {len({name for name, _, _ in rows})}",
        f" Total IPv4 VPN-Instances configured : {families.count('IPv4')}",
        f" Total IPv6 VPN-Instances configured : {families.count('IPv6')}",
        "",
    ]


def _instances(view: DeviceView) -> Iterator[tuple[str, str, str]]:
    """Yield name, route distinguisher and family; an instance without a family is a row of its own."""
    for line in view.running.statements:
        match = _VPN.fullmatch(line.text)
        if not match:
            continue
        families = [(child, found[1]) for child in line.children if (found := _FAMILY.match(child.text))]
        for child, number in families:
            texts = (one.text for one in child.children if one.text.startswith("route-distinguisher "))
            yield match[1], next(texts, "").removeprefix("route-distinguisher "), f"IPv{number}"
        if not families:
            yield match[1], "", ""
