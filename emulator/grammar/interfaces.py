"""Interface names: types, numbers, abbreviations, and the view that each opens.

Source: views.yaml facts (interface views) and the canonical forms of configuration files.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class InterfaceType:
    """One type of interface.

    Args:
        name: canonical spelling, e.g. `GigabitEthernet`.
        number: regular expression of the number without sub-interface, e.g. three numbers with slashes.
        view: id of the view of a main interface; empty when no main interface exists.
        sub: id of the view of a sub-interface; empty when the type has none.
        short: name in narrow tables, e.g. `GE`; empty when the long name is used.
        physical: a port of a board: it exists without being configured and carries `undo shutdown`.
    """

    name: str
    number: str
    view: str
    sub: str = ""
    short: str = ""
    physical: bool = False


_PORT = r"\d{1,3}/\d{1,3}/\d{1,3}(?::\d{1,3})?"
_ONE = r"\d{1,10}"
_ANY = r"\d{1,10}(?:/\d{1,3}){0,3}(?::\d{1,3})?"
_OTHER = "foreign:interface"

TYPES: tuple[InterfaceType, ...] = (
    InterfaceType("GigabitEthernet", _PORT, "if-ge", "if-ge-sub", "GE", physical=True),
    InterfaceType("10GE", _PORT, "if-ge", "if-ge-sub", physical=True),
    InterfaceType("25GE", _PORT, "if-ge", "if-ge-sub", physical=True),
    InterfaceType("40GE", _PORT, "if-ge", "if-ge-sub", physical=True),
    InterfaceType("50GE", _PORT, "if-ge", "if-ge-sub", physical=True),
    InterfaceType("50|100GE", _PORT, "if-ge", "if-ge-sub", physical=True),
    InterfaceType("100GE", _PORT, "if-ge", "if-ge-sub", physical=True),
    InterfaceType("400GE", _PORT, "if-ge", "if-ge-sub", physical=True),
    InterfaceType("Ethernet", _PORT, "if-ge", "if-ge-sub", "Eth", physical=True),
    InterfaceType("Eth-Trunk", r"\d{1,5}", "if-eth-trunk", "if-eth-trunk-sub"),
    InterfaceType("LoopBack", _ONE, "if-loopback", short="Loop"),
    InterfaceType("Vlanif", r"\d{1,4}", "if-vlanif"),
    InterfaceType("Vbdif", r"\d{1,8}", "if-vbdif"),
    InterfaceType("Virtual-Ethernet", _PORT, "if-ve", "if-ve-sub", "VE"),
    InterfaceType("Global-VE", _ONE, "if-global-ve", "if-global-ve-sub"),
    InterfaceType("PW-VE", _ONE, _OTHER, "if-pw-ve-sub"),
    InterfaceType("Tunnel", _ANY, "if-tunnel", short="Tun"),
    InterfaceType("NULL", "0", "if-null"),
    InterfaceType("FlexE", _PORT, _OTHER, _OTHER),
    InterfaceType("FlexE-50G", _PORT, _OTHER, _OTHER),
    InterfaceType("FlexE-100G", _PORT, _OTHER, _OTHER),
    InterfaceType("Serial", _ANY, _OTHER, _OTHER),
    InterfaceType("Pos", _ANY, _OTHER, _OTHER),
    InterfaceType("Ip-Trunk", _ONE, _OTHER, _OTHER),
    InterfaceType("Mp-group", _ANY, _OTHER),
    InterfaceType("Trunk", _ANY, _OTHER, _OTHER),
    InterfaceType("Atm", _ANY, _OTHER, _OTHER),
    InterfaceType("Cpos", _ANY, _OTHER, _OTHER),
    InterfaceType("Virtual-Template", _ONE, _OTHER),
    InterfaceType("Nve", _ONE, _OTHER),
    InterfaceType("Dcn-Serial", _ANY, _OTHER),
)

_SPLIT = re.compile(r"^((?:\d+\|)?\d*[A-Za-z][A-Za-z-]*?(?:-\d+G)?)-?(\d[\d/:.]*)?$")
_NUMBERS = {kind.name: re.compile(rf"(?:{kind.number})(\.\d{{1,10}})?") for kind in TYPES}
_BY_NAME = {kind.name.lower(): kind for kind in TYPES}
_DIGITS = re.compile(r"\d+")
_WHOLE = re.compile(
    r"^(" + "|".join(re.escape(k.name) for k in sorted(TYPES, key=lambda t: -len(t.name))) + r")(\d.*)?$",
    re.IGNORECASE,
)


def types_named(prefix: str) -> tuple[InterfaceType, ...]:
    """Return the types that a typed name may mean: the exact one, else those that begin with it."""
    exact = _BY_NAME.get(prefix.lower())
    if exact:
        return (exact,)
    return tuple(kind for kind in TYPES if kind.name.lower().startswith(prefix.lower()))


def split(token: str) -> tuple[str, str]:
    """Split a typed name into its type and number: `Eth-Trunk1.2` gives `("Eth-Trunk", "1.2")`."""
    found = _WHOLE.match(token) or _SPLIT.match(token)
    return (found[1], found[2] or "") if found else ("", "")


def canonical(kind: str, number: str) -> str:
    """Return the canonical name of a typed type and number, empty when there is no such interface.

    Args:
        kind: type as typed, abbreviated or not, e.g. `gi`.
        number: number as typed, e.g. `0/1/0.5`.
    """
    fitting = [t for t in types_named(kind) if _fits(t, number)]
    if len(fitting) != 1:
        return ""
    return fitting[0].name + ".".join(_plain(part) for part in number.split("."))


def _fits(kind: InterfaceType, number: str) -> bool:
    found = _NUMBERS[kind.name].fullmatch(number)
    return found is not None and bool(kind.sub if found[1] else kind.view)


def _plain(number: str) -> str:
    return _DIGITS.sub(lambda digits: str(int(digits[0])), number)


def type_of(name: str) -> InterfaceType | None:
    """Return the type of a canonical interface name."""
    return _BY_NAME.get(split(name)[0].lower())


def view_of(name: str) -> str:
    """Return the view id that `interface <name>` opens, e.g. `if-eth-trunk-sub`."""
    kind = type_of(name)
    if kind is None:
        return _OTHER
    return kind.sub if "." in name else kind.view


def is_port(name: str) -> bool:
    """Tell whether a canonical name is a physical main interface."""
    kind = type_of(name)
    return kind is not None and kind.physical and "." not in name


_ORDER = (
    "Vlanif",
    "Vbdif",
    "Eth-Trunk",
    "GigabitEthernet",
    "Ethernet",
    "10GE",
    "25GE",
    "40GE",
    "50GE",
    "50|100GE",
    "100GE",
    "400GE",
)
_LATE = {"LoopBack": 80, "NULL": 90}


def sort_key(name: str) -> tuple[int, int, tuple[int, ...]]:
    """Return the place of an interface among interfaces in a configuration.

    Vlanif, Eth-Trunk, its sub-interfaces, ports, their sub-interfaces, the rest, LoopBack, NULL0; each by
    number.
    """
    kind, number = split(name)
    place = _ORDER.index(kind) if kind in _ORDER else _LATE.get(kind, 50)
    if place in range(3, len(_ORDER)):
        place = 3
    numbers = tuple(int(part) for part in re.findall(r"\d+", number))
    return (place, int("." in number), (_ORDER.index(kind) if kind in _ORDER else 0, *numbers))
