"""What shall go wrong on a twin: as it is typed, and whether the emulator knows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from inventory.errors import IntentError
from inventory.explain import nearest
from runbooks.certify.emulator import piped

_DEVICES: Final = ("device", "peer")
"""Fields that name a device."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong on the twin while both members are on trial.

    Args:
        name: of the emulator's fault, e.g. `reboot`.
        values: its fields, `device` among them.
    """

    name: str
    values: Mapping[str, str]

    def __str__(self) -> str:
        """Show as it is typed."""
        return ",".join([self.name, *(f"{name}={value}" for name, value in self.values.items())])


def read_fault(text: str) -> Fault:
    """Read `reboot,device=PE1` or `cut-link,device=PE1,peer=PE2`.

    Raises:
        IntentError: it is not written so.
    """
    name, *fields = (part.strip() for part in text.split(","))
    pairs = [part.partition("=") for part in fields]
    if not name or not all(key and sign and value for key, sign, value in pairs):
        raise IntentError("not a fault", wanted="reboot,device=PE1", found=text[:60])
    return Fault(name, {key: value for key, _, value in pairs})


def require_known(faults: Sequence[Fault], names: Sequence[str]) -> None:
    """Refuse faults that no twin could have: the emulator itself is asked, and nothing else.

    Args:
        faults: as typed.
        names: devices of the twin.

    Raises:
        IntentError: no such fault, field, value or device.
    """
    if not faults:
        return
    with piped() as obey:
        for fault in faults:
            answer = obey({"readable": fault.name, **fault.values})
            if not answer["ok"]:
                raise IntentError(f"not a fault: {answer['error']}", where=f"--fault {fault}")
    for fault in faults:
        for name in (fault.values[key] for key in _DEVICES if key in fault.values):
            if name not in names:
                text = f"the twin has no device {name!r}{nearest(name, names)}"
                raise IntentError(text, where=f"--fault {fault}")
