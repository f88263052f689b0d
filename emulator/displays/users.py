"""`display access-user` and `display backup-user`: counts of subscribers (command reference).

The device lists a subscriber as local where it is master for him, as remote where he came over the backup
channel. Every subscriber of the emulator is authenticated and accounted for.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from emulator.protocols.states import Origin

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from emulator.displays.view import DeviceView
    from emulator.protocols.states import UserEntry

_RULE = "-" * 78
_SHORT_RULE = "-" * 47
_LONG_RULE = "-" * 72
_DEFAULT_DOMAIN = "default0"
_FIRST_CID = 128
_CIDS_A_LINE = 10
_NONE = ("accounting-start", "accounting-stop")


def summary(params: Mapping[str, str], view: DeviceView) -> list[str]:
    """Count the subscribers of the device, or those of a domain or an interface."""
    if "domain" in params or "interface" in params:
        return _selection(
            [
                user
                for user in view.state.users
                if params.get("domain", _domain(user)).lower() == _domain(user).lower()
                if params.get("interface", user.interface) == user.interface
            ]
        )
    return _device(view.state.users)


def _domain(user: UserEntry) -> str:
    return user.domain or _DEFAULT_DOMAIN


def _remote(users: Sequence[UserEntry]) -> int:
    return sum(user.origin is Origin.REMOTE for user in users)


def _local(users: Sequence[UserEntry]) -> int:
    """Count those that are backed up to the peer."""
    return sum(bool(user.service) and user.origin is not Origin.REMOTE for user in users)


def _device(users: Sequence[UserEntry]) -> list[str]:
    six = sum(":" in user.address for user in users)
    counts = (
        ("Total users", len(users)),
        ("IPv4 users", len(users) - six),
        ("IPv6 users", six),
        ("Dual-Stack users", 0),
        ("Lac users", 0),
        ("RUI local users", _local(users)),
        ("RUI remote users", _remote(users)),
        ("Wait authen-ack", 0),
        ("Authentication success", len(users)),
        ("Accounting ready", 0),
        ("Accounting state", len(users)),
        ("Wait leaving-flow-query", 0),
        *((f"Wait {what}", 0) for what in _NONE),
        ("Wait authorization-client", 0),
        ("Wait authorization-server", 0),
    )
    domains = Counter({_DEFAULT_DOMAIN: 0}) + Counter(_domain(user) for user in users)
    domains.setdefault(_DEFAULT_DOMAIN, 0)
    used = f"{_FIRST_CID}-{_FIRST_CID + len(users) - 1}" if users else ""
    return [
        _RULE,
        *(f"  {label:<35}: {number}" for label, number in counts),
        f"  {_RULE}",
        "  Domain-name                        Online-user",
        f"  {_RULE}",
        *(f"  {name:<35}: {number}" for name, number in sorted(domains.items())),
        f"  {_RULE}",
        "  The used CID table are             :",
        *([f"  {used}"] if used else []),
        f"  {_RULE}",
    ]


def _selection(users: Sequence[UserEntry]) -> list[str]:
    return [
        f"{'Normal users':<35}: {len(users) - _local(users) - _remote(users)}",
        f"  {'RUI Local users':<35}: {_local(users)}",
        f"  {'RUI Remote users':<35}: {_remote(users)}",
        f"  {_SHORT_RULE}",
        *(
            f"  {f'{kind} authentication':<35}: {number}"
            for kind, number in (
                ("Radius", 0),
                ("Radius proxy", 0),
                ("No", len(users)),
                ("Local", 0),
                ("Tacacs", 0),
            )
        ),
        f"  {_SHORT_RULE}",
        f"  {'Total users':<35}: {len(users)}",
    ]


def backups(params: Mapping[str, str], view: DeviceView) -> list[str]:
    """Show the subscribers of each backup service by number."""
    del params
    lines: list[str] = []
    for service in view.state.services:
        numbered = enumerate(view.state.users, _FIRST_CID)
        cids, users = [], []
        for cid, user in numbered:
            if user.service == service.name:
                cids.append(cid)
                users.append(user)
        tens = (cids[start : start + _CIDS_A_LINE] for start in range(0, len(cids), _CIDS_A_LINE))
        rows = ["".join(f" {cid:<7}" for cid in ten).rstrip() for ten in tens]
        lines += [
            f"Remote-backup-service: {service.name}",
            f"  Total Users Numer: {len(users)}",
            _LONG_RULE,
            *[line for numbers in rows for line in ("", numbers)][1:],
            _LONG_RULE,
            f"  Local Users Number\t:{len(users) - _remote(users)}",
            f"  Remote Users Number\t:{_remote(users)}",
        ]
    return lines
