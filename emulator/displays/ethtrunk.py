"""`display eth-trunk`, `display trunkmembership eth-trunk` and `display lacp` (command reference)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from emulator.displays.text import pair, row
from emulator.protocols.states import ETrunkRole, PortStatus

if TYPE_CHECKING:
    from collections.abc import Mapping

    from emulator.displays.layouts import EthTrunkLayout
    from emulator.displays.view import DeviceView
    from emulator.protocols.states import EthTrunkView, TrunkPort

_STATIC, _BACKUP = "lacp-static", "manual backup"
_MODES = {_STATIC: "STATIC", _BACKUP: "BACKUP"}
_WORKING = (PortStatus.SELECTED, PortStatus.UP)
_NONE = ["Info: No valid trunk in the system."]
_MANUAL_PAIR = 28
_BRIEF = (23, 10, 10, 10, 17)
_LEGEND = ["(h): high priority", "(r): reference port"]
_BRIEF_LEGEND = [
    "Status: Operate status",
    "Role: E-Trunk status",
    "Act: Active link number",
    "Inact: Inactive link number",
    "Cfgd: Configured link number",
    "BW: Bandwidth",
]


def eth_trunks(params: Mapping[str, str], view: DeviceView) -> list[str]:
    """Show one Eth-Trunk or all, with every member port and what its partner says."""
    if "brief" in params:
        return _brief(view)
    number = params.get("id")
    found = [trunk for trunk in view.state.eth_trunks if number is None or trunk.id == int(number)]
    if not found:
        return _NONE
    only = params.get("interface", "")
    lines: list[str] = []
    for trunk in found:
        ports = [port for port in trunk.ports if only in ("", "interface", port.name)]
        lines += ["", *_record(trunk, ports, view)]
        if "verbose" in params:
            lines += _flow(trunk, ports)
    return lines[1:]


def _record(trunk: EthTrunkView, ports: list[TrunkPort], view: DeviceView) -> list[str]:
    head = [f"Eth-Trunk{trunk.id}'s state information is:"]
    if trunk.mode == _STATIC:
        return head + _static(trunk, ports, view.layout.eth_trunk)
    if trunk.mode == _BACKUP:
        return head + _one_to_one(trunk, ports)
    return head + _manual(trunk, ports)


def _up_ports(trunk: EthTrunkView) -> int:
    return sum(port.status in _WORKING for port in trunk.ports)


def _static(trunk: EthTrunkView, ports: list[TrunkPort], layout: EthTrunkLayout) -> list[str]:
    delay = "Disabled" if trunk.preempt_delay is None else str(trunk.preempt_delay)
    operate = "up" if trunk.up else "down"
    period = trunk.timeout if trunk.timeout_seconds is None else f"{trunk.timeout}({trunk.timeout_seconds}s)"
    pairs = (
        (f"LAG ID: {trunk.id}", "WorkingMode: STATIC"),
        (f"{layout.preempt}: {delay}", f"{layout.hash}: According to flow"),
        (f"System Priority: {trunk.system_priority}", f"System ID: {_system_id(trunk, layout)}"),
        (
            f"Least Active-linknumber{layout.colon}{trunk.least_active}",
            f"Max Active-linknumber{layout.colon}{trunk.max_active}",
        ),
        (f"{layout.operate}: {operate}", f"Number Of Up Ports In Trunk: {_up_ports(trunk)}"),
    )
    return [
        *(_LEGEND if layout.legend else []),
        "Local:",
        *(pair(layout.pair, left, right) for left, right in pairs),
        f"Timeout Period: {period}",
        *(["PortKeyMode: Auto"] if layout.legend else []),
        *_actors(ports, layout),
        *([] if layout.legend else [""]),
        *_partners(ports, layout),
    ]


def _system_id(trunk: EthTrunkView, layout: EthTrunkLayout) -> str:
    if trunk.remote_id:
        return f"{trunk.system_id}(Remote)"
    return trunk.system_id + (layout.local if trunk.e_trunk is not None else "")


def _actors(ports: list[TrunkPort], layout: EthTrunkLayout) -> list[str]:
    head = (
        "ActorPortName",
        "Status",
        "PortType",
        "PortPri",
        "PortNo",
        "PortKey",
        "PortState",
        "Weight",
    )
    return [
        "-" * layout.rule,
        row(layout.actor, head),
        *(
            row(
                layout.actor_row,
                (
                    _flagged(port) if layout.legend else port.name,
                    port.status,
                    port.speed,
                    port.port_priority,
                    port.port_no,
                    port.port_key,
                    port.port_state,
                    port.weight,
                ),
            )
            for port in ports
        ),
    ]


def _flagged(port: TrunkPort) -> str:
    flags = ("h" if port.actor else "") + ("r" if port.reference else "")
    return f"{port.name} ({flags})" if flags else port.name


def _partners(ports: list[TrunkPort], layout: EthTrunkLayout) -> list[str]:
    head = ("ActorPortName", "SysPri", "SystemID", "PortPri", "PortNo", "PortKey", "PortState")
    return [
        "Partner:",
        "-" * layout.rule,
        row(layout.partner, head),
        *(
            row(
                layout.partner_row,
                (
                    port.name,
                    port.partner.system_priority,
                    port.partner.system_id,
                    port.partner.port_priority,
                    port.partner.port_no,
                    port.partner.port_key,
                    port.partner.port_state,
                ),
            )
            for port in ports
        ),
    ]


def _manual(trunk: EthTrunkView, ports: list[TrunkPort]) -> list[str]:
    widths = (30, 12)
    operate = "up" if trunk.up else "down"
    return [
        pair(_MANUAL_PAIR, "WorkingMode: NORMAL", "Hash arithmetic: According to flow"),
        pair(
            _MANUAL_PAIR,
            f"Least Active-linknumber: {trunk.least_active}",
            f"Max Bandwidth-affected-linknumber: {trunk.max_active}",
        ),
        pair(_MANUAL_PAIR, f"Operate status: {operate}", f"Number Of Up Ports In Trunk: {_up_ports(trunk)}"),
        "-" * 80,
        row(widths, ("PortName", "Status", "Weight")),
        *(row(widths, (port.name, port.status, port.weight)) for port in ports),
    ]


def _one_to_one(trunk: EthTrunkView, ports: list[TrunkPort]) -> list[str]:
    first = trunk.ports[0].name if trunk.ports else ""
    working = "Master" if trunk.active_port in ("", first) else "Slave"
    return [
        "WorkingMode: BACKUP",
        f"WorkingState: {working}",
        "-" * 80,
        row((30,), ("PortName", "Slave/Master")),
        *(row((30,), (port.name, "M" if port.name == first else "S")) for port in ports),
    ]


def _flow(trunk: EthTrunkView, ports: list[TrunkPort]) -> list[str]:
    """No traffic runs over an emulated port: its rates are zero."""
    lines = ["", "Flow statistic"]
    for name in (*(port.name for port in ports), f"Eth-Trunk{trunk.id}"):
        lines += [
            f"Interface {name}",
            "    Last 300 seconds input rate 0 bits/sec, 0 packets/sec",
            "    Last 300 seconds output rate 0 bits/sec, 0 packets/sec",
        ]
    return lines


def _brief(view: DeviceView) -> list[str]:
    roles = {ETrunkRole.MASTER: "M", ETrunkRole.BACKUP: "S"}
    lines = [
        *_BRIEF_LEGEND,
        row(_BRIEF, ("Interface", "Mode", "Status", "Role", "Act/Inact/Cfgd", "BW(Mbps)")),
    ]
    for trunk in view.state.eth_trunks:
        active, configured = _up_ports(trunk), len(trunk.ports)
        lines.append(
            row(
                _BRIEF,
                (
                    f"Eth-Trunk{trunk.id}",
                    _MODES.get(trunk.mode, "NORMAL"),
                    "Up" if trunk.up else "Down",
                    roles.get(trunk.role, "-") if trunk.role is not None else "-",
                    f"{active}/{configured - active}/{configured}",
                    trunk.bandwidth_mbps,
                ),
            )
        )
    return lines


def membership(params: Mapping[str, str], view: DeviceView) -> list[str]:
    """Show which ports belong to an Eth-Trunk, or to each."""
    number = params.get("id")
    found = [trunk for trunk in view.state.eth_trunks if number is None or trunk.id == int(number)]
    if not found:
        return _NONE
    lines: list[str] = []
    for trunk in found:
        working = "Static" if trunk.mode == _STATIC else "Normal"
        lines += [
            "",
            f"Trunk ID: {trunk.id}",
            "used status: VALID",
            "TYPE: ethernet",
            f"Working Mode : {working}",
            f"Number Of Ports in Trunk = {len(trunk.ports)}",
            f"Number Of UP Ports in Trunk = {_up_ports(trunk)}",
            f"operate status: {'up' if trunk.up else 'down'}",
            "",
            *(
                f"Interface {port.name}, valid, operate {'up' if port.status in _WORKING else 'down'},"
                f" weight={port.weight}"
                for port in trunk.ports
            ),
        ]
    return lines[1:]


def lacp_brief(params: Mapping[str, str], view: DeviceView) -> list[str]:
    """Show the device's LACP identity, and the one of each trunk that takes it from its E-Trunk peer."""
    del params
    gap = view.layout.lacp_gap
    lines = [
        f"System Priority:{gap}{view.state.lacp_priority}",
        f"System ID      :{gap}{view.state.system_mac}",
    ]
    for trunk in view.state.eth_trunks:
        if trunk.remote_id:
            lines += [
                "-" * 80,
                f"Eth-Trunk{trunk.id}:",
                f"System Priority:{gap}{trunk.system_priority}",
                f"System ID      :{gap}{trunk.system_id}(Remote)",
            ]
    return lines


def lacp_statistics(params: Mapping[str, str], view: DeviceView) -> list[str]:
    """Show how many LACPDUs each port has heard and sent."""
    number, only = params.get("id"), params.get("interface", "")
    lines: list[str] = []
    for trunk in view.state.eth_trunks:
        if trunk.mode != _STATIC or (number is not None and trunk.id != int(number)):
            continue
        lines += [
            f"Eth-trunk{trunk.id}'s PDU statistic is:",
            "-" * 78,
            "Port                   LacpRevPdu LacpSentPdu MarkerRevPdu MarkerSentPdu",
            *(
                f"{port.name:<23}{port.received:>10}{port.sent:>12}{0:>13}{0:>14}"
                for port in trunk.ports
                if only in ("", "interface", port.name)
            ),
        ]
    return lines or _NONE


def lacp_troubleshooting(params: Mapping[str, str], view: DeviceView) -> list[str]:
    """Show events that took LACP down; hardware, their source, never fails here."""
    del params, view
    rule = "-" * 80
    return ["Total counts: 0", rule, row((11, 27), ("Sequence", "Time", "Event Description")), rule, rule]
