"""What subscribers leave on a device beside entries: L2TP sessions, DHCPv6 bindings, addresses of pools.

Nobody dials in over L2TP and no DHCPv6 client is relayed here, so that those tables have heads alone. Of an
address pool those addresses are in use that a subscriber has.

Source: command reference of the displays.
"""

from __future__ import annotations

from ipaddress import IPv4Address
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from emulator.config.statement import Statement
    from emulator.displays.view import DeviceView

_WIDE, _NARROW, _POOLS = "-" * 78, "-" * 76, "-" * 71
_TABLE = "- " + "-" * 81
_POSITIONS = {"local": "Local", "remote": "Remote"}


def sessions(params: Mapping[str, str], view: DeviceView) -> list[str]:
    """Show the L2TP sessions that are backed up: there are none."""
    del params, view
    return [
        " LTID: local assigned tunnel ID , RTID: Remote assigned tunnel ID",
        " LSID: local assigned session ID , RSID: Remote assigned session ID",
        " RG: Register(L:local,R:remote), FWS: Forwarding state(L:local interface, P:protect path).",
        " Basic Info                                        Redundant info",
        f" {_WIDE}",
        " LSID  RSID  LTID  RTID  UserID  UserName          RG state    Life        FWS",
        f" {_WIDE}",
        f" {_NARROW}",
        "  Total 0, printed 0",
    ]


def bindings(params: Mapping[str, str], view: DeviceView) -> list[str]:
    """Show the bindings of the DHCPv6 relay: there are none."""
    del params, view
    return [
        _TABLE,
        "   Index      IAID IA type   DUID",
        "        Interface                     PEVLAN/CEVLAN   MAC",
        "        IPv6 address                  IPv6 PD prefix",
        _TABLE,
        _TABLE,
        "The table count             :  0",
    ]


def pools(params: Mapping[str, str], view: DeviceView) -> list[str]:
    """Show the address pools, then the totals of the device."""
    del params
    found = [line for line in view.running.statements if line.text.startswith("ip pool ")]
    counts = {line.text: (_size(line), _used(line, view)) for line in found}
    places = [_position(line) for line in found]
    total, used = (sum(count[place] for count in counts.values()) for place in (0, 1))
    numbers = {word: places.count(word) for word in ("Local", "Remote", "Server")}
    return [
        _POOLS,
        *(
            text
            for number, line in enumerate(found)
            for text in (*_pool(number, line), *_statistic(*counts[line.text]), "", f"  {_POOLS}")
        ),
        "  IP address pool Statistic",
        "    Local       :{Local:<10} Remote    :{Remote:<10} Server    :{Server}".format(**numbers),
        "",
        *_statistic(total, used),
    ]


def _pool(number: int, line: Statement) -> list[str]:
    gateway, mask = _gateway(line)
    return [
        f"  Pool-Name      : {line.text.split()[2]}",
        f"  Pool-No        : {number}",
        "  Pool-constant-index: -",
        f"  Position       : {_position(line):<14} Status           : Unlocked",
        "  RUI-Flag       : -",
        f"  Gateway        : {gateway:<16} Mask             : {mask}",
        "  Vpn instance   : --              Unnumbered gateway: -",
    ]


def _statistic(total: int, used: int) -> list[str]:
    return [
        "  IP address Statistic",
        f"    Total       :{total}",
        f"    Used        :{used:<10} Free      :{total - used}",
        "    Conflicted  :0          Disable   :0",
        "    Designated  :0          Gateway   :0",
        f"    Ratio       :{100 * used // total if total else 0}%",
        "    Isolated    :0",
    ]


def _position(line: Statement) -> str:
    """Return the word for where a pool is: by the words behind its name."""
    return next((_POSITIONS[word] for word in line.text.split()[3:] if word in _POSITIONS), "Server")


def _of(line: Statement, command: str) -> Iterator[Mapping[str, str]]:
    return (child.params for child in line.children if child.command == command)


def _gateway(line: Statement) -> tuple[str, str]:
    params = next(_of(line, "pool.gateway"), {})
    return params.get("ip", "-"), params.get("mask", "-")


def _ranges(line: Statement) -> tuple[tuple[int, int], ...]:
    """Return the first and last address of each section."""
    ends = ((one["start-ip"], one.get("end-ip", one["start-ip"])) for one in _of(line, "pool.section"))
    return tuple((int(IPv4Address(first)), int(IPv4Address(last))) for first, last in ends)


def _size(line: Statement) -> int:
    return sum(last - first + 1 for first, last in _ranges(line))


def _used(line: Statement, view: DeviceView) -> int:
    ranges = _ranges(line)
    users = (int(IPv4Address(user.address)) for user in view.state.users if ":" not in user.address)
    return sum(any(first <= user <= last for first, last in ranges) for user in users)
