"""Readers of `display eth-trunk` by hand, by TextFSM and by TTP compiled per call, and a text for all."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from parsers import ttp_templates
from parsers.api import parse
from parsers.clean import clean
from parsers.records.eth_trunk import EthTrunk, EthTrunkPartner, EthTrunkPort
from parsers.values import Parsed, Unparsed

COMMAND = "display eth-trunk"

HEAD = re.compile(r"(Eth-Trunk\d+)'s state information is:$", re.IGNORECASE)
PAIR = re.compile(r"([A-Z][\w -]*?) ?: ?(.*?)(?=\s+[A-Z][\w -]*? ?:|$)", re.IGNORECASE)
PORT = re.compile(
    r"(\S+?) ?(\([hr]+\))? (Selected|Unselect|Indep|Unknown) (\S+) (\d+) (\d+) (\d+) ([01]{8}) (\d+)$",
    re.IGNORECASE,
)
PARTNER = re.compile(
    r"(\S+) (\d+) ([0-9a-f]{4}(?:-[0-9a-f]{4}){2}) (\d+) (\d+) (\d+) ([01]{8})$", re.IGNORECASE
)
KNOWN = frozenset(
    {
        "(h): high priority",
        "(r): reference port",
        "local:",
        "partner:",
        "actorportname status porttype portpri portno portkey portstate weight",
        "actorportname syspri systemid portpri portno portkey portstate",
    }
)
FIELDS: dict[str, tuple[str, Callable[[str], Any]]] = {
    "lag id": ("lag_id", int),
    "workingmode": ("working_mode", str.lower),
    "preempt delay": ("preempt_delay", str),
    "hash arithmetic": ("hash_arithmetic", str),
    "system priority": ("system_priority", int),
    "system id": ("system_id", lambda text: text.partition("(")[0]),
    "least active-linknumber": ("least_active_links", int),
    "max active-linknumber": ("max_active_links", int),
    "operate status": ("operate_status", str.lower),
    "number of up ports in trunk": ("up_ports", int),
    "timeout period": ("timeout_period", str),
    "portkeymode": ("port_key_mode", str),
}
TEXTFSM = r"""Value Required PORT (\S+?)
Value FLAGS (\([hr]+\))
Value STATUS (Selected|Unselect|Indep|Unknown)
Value TYPE (\S+)
Value PRIORITY (\d+)
Value NUMBER (\d+)
Value KEY (\d+)
Value STATE ([01]{8})
Value WEIGHT (\d+)

Start
  ^${PORT}\s*${FLAGS} +${STATUS}\s+${TYPE}\s+${PRIORITY}\s+${NUMBER}\s+${KEY}\s+${STATE}\s+${WEIGHT} -> Record
"""


def sample(trunks: int, ports: int) -> str:
    """Return the answer of a device with some trunks of some ports each."""
    return "\n\n".join(_trunk(number, ports) for number in range(1, trunks + 1)) + "\n"


def _trunk(number: int, ports: int) -> str:
    names = [f"GigabitEthernet{number}/{port // 48}/{port % 48}" for port in range(ports)]
    rows = [
        f"{name} (hr) Selected 1GE      32768       {n}       305        10111100     1"
        for n, name in enumerate(names)
    ]
    partners = [
        f"{name}  32768    0c0c-0c0c-0c0c  32768    {n}        305       10111100"
        for n, name in enumerate(names)
    ]
    return "\n".join(
        [
            f"Eth-Trunk{number}'s state information is:",
            "(h): high priority",
            "(r): reference port",
            "Local:",
            f"LAG ID: {number}                       WorkingMode: STATIC",
            "Preempt Delay: Disabled         Hash arithmetic: According to flow",
            "System Priority: 32768          System ID: 0a0a-0a0a-0a0a(Local)",
            "Least Active-linknumber: 1      Max Active-linknumber: 16",
            f"Operate status: up              Number Of Up Ports In Trunk: {ports}",
            "Timeout Period: Slow",
            "PortKeyMode: Auto",
            "-" * 80,
            "ActorPortName             Status   PortType PortPri    PortNo   PortKey    PortState   Weight",
            *rows,
            "Partner:",
            "-" * 80,
            "ActorPortName         SysPri   SystemID        PortPri  PortNo   PortKey  PortState",
            *partners,
        ]
    )


def by_hand(text: str) -> Parsed:
    """Read with expressions written for this one display."""
    trunks: list[EthTrunk] = []
    ports: list[EthTrunkPort] = []
    partners: list[EthTrunkPartner] = []
    values: dict[str, Any] = {}
    unparsed: list[Unparsed] = []

    def close() -> None:
        if values:
            trunks.append(EthTrunk(**values, ports=tuple(ports), partners=tuple(partners)))
            values.clear()
            ports.clear()
            partners.clear()

    for number, raw in clean(COMMAND, text):
        line = " ".join(raw.split())
        if line.lower() in KNOWN:
            continue
        if match := PORT.match(line):
            name, flags, status, kind, priority, port, key, state, weight = match.groups()
            ports.append(
                EthTrunkPort(
                    name,
                    status.lower(),
                    (flags or "").strip("()"),
                    kind,
                    int(priority),
                    int(port),
                    int(key),
                    state,
                    int(weight),
                )
            )
        elif match := PARTNER.match(line):
            name, system, mac, priority, port, key, state = match.groups()
            partners.append(
                EthTrunkPartner(name, int(system), mac.lower(), int(priority), int(port), int(key), state)
            )
        elif match := HEAD.match(line):
            close()
            values["name"] = match[1]
        else:
            found = PAIR.findall(line)
            for label, value in found:
                field, convert = FIELDS[label.lower()]
                values[field] = convert(value)
            if not found:
                unparsed.append(Unparsed(number, line))
    close()
    return Parsed(COMMAND, tuple(trunks), tuple(unparsed))


def by_ttp_per_call(text: str) -> Any:
    """Read with the template compiled for each call, as TTP's own examples do."""
    ttp_templates.idle_parsers.clear()
    return parse(COMMAND, text)


def by_textfsm() -> Callable[[str], Any] | None:
    """Read the port rows alone with TextFSM, compiled once; nothing where it is not installed."""
    try:
        from io import StringIO

        import textfsm
    except ImportError:
        return None
    machine = textfsm.TextFSM(StringIO(TEXTFSM))

    def read(text: str) -> Any:
        machine.Reset()
        return machine.ParseText(text)

    return read


def readers() -> Iterable[tuple[str, Callable[[str], Any]]]:
    """Yield the readers by name, the hand-written one first."""
    yield "hand-written regex", by_hand
    yield "Hotpair", lambda text: parse(COMMAND, text)
    textfsm = by_textfsm()
    if textfsm is None:
        print("TextFSM is not installed and left out")
    else:
        yield "TextFSM (port rows only)", textfsm
    yield "TTP compiled per call", by_ttp_per_call
