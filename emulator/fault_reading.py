"""Read faults from their names and fields, as the control channel writes them."""

from __future__ import annotations

import difflib
import re
from dataclasses import MISSING, fields
from typing import TYPE_CHECKING, get_args

from emulator.faults import Board, DeviceFault, Fault, Moment
from emulator.network_faults import Flapping, LinkFault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping


LONGEST = 366 * 86400.0
"""Seconds that one fault or one step of time may ask for: a year."""
SLOWEST = 0.01


class FaultError(ValueError):
    """A fault was described that the emulator does not know; the message says what it would accept."""


FAULTS: Mapping[str, type[Fault]] = {
    re.sub(r"(?<!^)(?=[A-Z])", "-", kind.__name__).lower(): kind
    for kind in (*get_args(DeviceFault), *get_args(LinkFault))
}
"""Name in the control channel of every fault, e.g. `refuse-line`."""


def _count(text: str) -> int:
    """Read how often, or which one: at least 1."""
    if (number := int(text)) < 1:
        raise ValueError("less than 1")
    return number


def _duration(text: str) -> float:
    """Read seconds: none or more, at most a year."""
    if not 0 <= (seconds := float(text)) <= LONGEST:
        raise ValueError(f"not from 0 to {LONGEST:.0f}")
    return seconds


def _shift(text: str) -> float:
    """Read seconds in either direction, at most a year."""
    return -_duration(text[1:]) if text.startswith("-") else _duration(text)


def _rate(text: str) -> float:
    """Read how fast a clock runs."""
    if not SLOWEST <= (rate := float(text)) <= 1 / SLOWEST:
        raise ValueError(f"not from {SLOWEST} to {1 / SLOWEST:.0f}")
    return rate


_CONVERSIONS: Mapping[str, Callable[[str], object]] = {
    "str": str,
    "int": _count,
    "float": _duration,
    "Moment": Moment,
    "Board": Board,
    "Flapping": Flapping,
    "Shift": _shift,
    "Rate": _rate,
}


def fault_from(name: str, values: Mapping[str, object]) -> Fault:
    """Read a fault from its name and its fields, as the control channel writes them.

    Args:
        name: `refuse-line`, `cut-link`, ...: a key of `FAULTS`.
        values: the fields by name; numbers may be written as text.

    Raises:
        FaultError: an unknown name, field or value, or a missing field.
    """
    if name not in FAULTS:
        raise FaultError(f"unknown fault {name!r}{_meant(name, FAULTS)}")
    kind = FAULTS[name]
    build: Callable[..., Fault] = kind
    known = {entry.name: entry for entry in fields(kind)}
    for key in values:
        if key not in known:
            raise FaultError(f"fault {name!r} has no field {key!r}{_meant(key, known)}")
    for key, entry in known.items():
        if entry.default is MISSING and key not in values:
            raise FaultError(f"fault {name!r}: missing field {key!r}")
    return build(**{key: _converted(str(known[key].type), key, value) for key, value in values.items()})


def _meant(word: str, known: Iterable[str]) -> str:
    """Say what may have been meant, or what is known."""
    words = list(known)
    near = difflib.get_close_matches(word, words, n=1)
    return f"; did you mean {near[0]!r}?" if near else f"; known: {', '.join(words) or 'none'}"


def fault_of(order: Mapping[str, object], name: str) -> tuple[Fault, str]:
    """Read a fault from an order, and the device on which it waits; nothing for one of the network.

    Args:
        order: the fields of the fault, and `device`, where the fault waits on one.
        name: of the fault.

    Raises:
        FaultError: an unknown name, field or value, or a missing field or device.
    """
    known: Mapping[str, object] = getattr(FAULTS.get(name), "__dataclass_fields__", {})
    own = "device" in known
    fault = fault_from(name, {key: value for key, value in order.items() if own or key != "device"})
    device = "" if own else str(order.get("device", ""))
    if not own and not device:
        raise FaultError(f"fault {name!r}: missing field 'device'")
    return fault, device


def _converted(type_name: str, key: str, value: object) -> object:
    """Return a value as the type of its field; a pattern must compile."""
    try:
        converted = _CONVERSIONS[type_name](str(value))
        if key == "command":
            re.compile(str(converted))
    except (ValueError, re.error) as error:
        raise FaultError(f"field {key!r}: {value!r} is not {type_name}: {error}") from error
    return converted
