"""The rule of VPN instances over the pair."""

from __future__ import annotations

from collections.abc import Iterator

from inventory.lines import Statement
from inventory.lines.interface import IF_RBP
from inventory.lines.pool import POOL_RBP
from inventory.lines.service import RBS_PROTECT_VPN
from inventory.lines.service_users import RBS_DHCPV6_SERVER, RBS_RADIUS_AUTH_SOURCE, RBS_WEB_AUTH_SOURCE
from inventory.rules.equal import differ
from inventory.rules.finding import Breach
from inventory.rules.foreign import IF_VPN, POOL_VPN, Line
from inventory.rules.groups import groups
from inventory.rules.member import Member, Path

SERVICE_ROWS = (RBS_PROTECT_VPN, RBS_RADIUS_AUTH_SOURCE, RBS_DHCPV6_SERVER, RBS_WEB_AUTH_SOURCE)
Uses = dict[str, list[tuple[Line, str]]]


def same_names(a: Member, b: Member) -> Iterator[Breach]:
    """R111: what is backed up lies in VPN instances of the same names on both."""
    ours, theirs = _uses(a), _uses(b)
    for what in ours:
        values = (_joined(ours[what]), _joined(theirs.get(what, [])))
        if what in theirs and values[0] != values[1]:
            left, right = (a, _differing(ours[what], theirs[what])), (b, _differing(theirs[what], ours[what]))
            yield differ(
                f"the VPN instances of {what} differ", left, right, values, wanted="VPN names that are equal"
            )


def _uses(member: Member) -> Uses:
    """Return each line that lies in a VPN instance or could, with the name, by what both members call it."""
    uses: Uses = {}
    for fact in member.all(*SERVICE_ROWS):
        what = f"`{' '.join(fact.text.split()[:2])}` of {fact.path[0]}"
        uses.setdefault(what, []).append((fact, fact.params.get("vpn", "none")))
    if member.underlay is None:
        return uses
    vpns = {fact.path: fact for fact in member.foreign(IF_VPN, POOL_VPN)}
    for what, fact, path in _placed(member):
        line = vpns.get(path)
        uses.setdefault(what, []).append((line or fact, line.params["vpn"] if line else "none"))
    return uses


def _placed(member: Member) -> Iterator[tuple[str, Statement, Path]]:
    """Yield interfaces and pools that are backed up: what to call each, its line and its view."""
    for fact in member.all(IF_RBP):
        yield f"the interfaces of profile {fact.params['rbp-name']}", fact, fact.path
    for fact in member.all(POOL_RBP):
        yield fact.path[0], fact, fact.path
    for group in groups(member):
        if group.addresses:
            addresses = ", ".join(sorted(group.addresses))
            yield (
                f"{group.family.upper()} group {group.vrid} ({addresses})",
                group.lines[0],
                group.lines[0].path,
            )


def _joined(lines: list[tuple[Line, str]]) -> str:
    return ", ".join(sorted({name for _, name in lines}))


def _differing(lines: list[tuple[Line, str]], others: list[tuple[Line, str]]) -> Line:
    """Return a line whose VPN instance the other member has not, or the first."""
    known = {name for _, name in others}
    return next((fact for fact, name in lines if name not in known), lines[0][0])
