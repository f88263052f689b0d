"""Rules of management groups and of what follows them, over one member."""

from __future__ import annotations

from collections.abc import Iterator

from inventory.lines.multicast import IF_MC6_TRACK_ADMIN, IF_MC_TRACK_ADMIN
from inventory.lines.vrrp import VRRP, VRRP6
from inventory.lines.vrrp_tracks import IF_TRACK_ADMIN
from inventory.rules.finding import Breach
from inventory.rules.groups import groups
from inventory.rules.member import Member


def management_elsewhere(member: Member) -> Iterator[Breach]:
    """R23, R24: a service group or interface follows a management group on another interface."""
    rows = (VRRP6.track_admin, IF_TRACK_ADMIN, IF_MC_TRACK_ADMIN, IF_MC6_TRACK_ADMIN)
    for fact in member.all(*rows):
        if fact.path == (f"interface {fact.params['interface']}",):
            yield Breach(
                f"{fact.path[0]} follows a management group on itself",
                (fact,),
                "a management group on another interface",
                {member.name: fact.text},
            )


def management_exists(member: Member) -> Iterator[Breach]:
    """R21: a management group that is followed exists where its interface is ours."""
    managed = {
        (fact.row.family, fact.path[0].removeprefix("interface "), fact.params["vrid"])
        for fact in member.all(VRRP.admin, VRRP6.admin)
    }
    mine = {group.interface for group in groups(member)}
    for fact in member.all(
        VRRP.track_admin, VRRP6.track_admin, IF_TRACK_ADMIN, IF_MC_TRACK_ADMIN, IF_MC6_TRACK_ADMIN
    ):
        family = "vrrp6" if "6" in fact.id else "vrrp"
        interface, vrid = fact.params["interface"], fact.params.get("admin-vrid", fact.params["vrid"])
        if (member.is_whole or interface in mine) and (family, interface, vrid) not in managed:
            yield Breach(
                f"no management group {vrid} on {interface}",
                (fact,),
                f"admin-{family} vrid {vrid} on {interface}",
                {member.name: fact.text},
            )


def management_follows_nobody(member: Member) -> Iterator[Breach]:
    """R21: a management group decides by itself; only a service group follows another."""
    for family in (VRRP, VRRP6):
        managed = {(fact.path, fact.params["vrid"]): fact for fact in member.all(family.admin)}
        for fact in member.all(family.track_admin):
            management = managed.get((fact.path, fact.params["vrid"]))
            if management is not None:
                interface = fact.path[0].removeprefix("interface ")
                yield Breach(
                    f"management group {fact.params['vrid']} on {interface} follows another",
                    (fact, management),
                    "one of them",
                    {member.name: f"{management.text}; {fact.text}"},
                )


def both_unflowdown(member: Member) -> Iterator[Breach]:
    """R121: where service groups of both families share an interface, both are bound with `unflowdown`."""
    for path in member.views:
        bound = member.all(VRRP.track_admin, VRRP6.track_admin, path=path)
        if len({fact.id for fact in bound}) > 1:
            for fact in bound:
                if "unflowdown" not in fact.params:
                    yield Breach(
                        f"{path[0]} has service groups of both families and one in flowdown mode",
                        (fact,),
                        "unflowdown on both",
                        {member.name: fact.text},
                    )
