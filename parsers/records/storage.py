"""Log, files and serial numbers as a device shows them."""

from __future__ import annotations

from dataclasses import dataclass

from parsers.records.kinds import Lower, Size


@dataclass(frozen=True, slots=True)
class LogMessage:
    """A message of the log.

    Args:
        severity: 0 (emergency) to 7 (debugging).
        mnemonic: what happened, with the letter of its kind, e.g. `IF_STATE(l)`.
    """

    time: str
    host: str
    module: str
    severity: int
    mnemonic: str
    text: str


@dataclass(frozen=True, slots=True)
class LogBuffer:
    """The buffer of the log, or of traps, with the messages that were asked for."""

    state: Lower
    max_size: int | None = None
    size: int | None = None
    channel: int | None = None
    channel_name: str | None = None
    dropped: int | None = None
    overwritten: int | None = None
    current: int | None = None
    messages: tuple[LogMessage, ...] = ()


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file or folder of `dir`; a folder has no size."""

    index: int
    attributes: str
    size_bytes: Size
    changed: str
    name: str


@dataclass(frozen=True, slots=True)
class SerialNumbers:
    """Serial numbers of the main boards; `slave` only where there are two."""

    master: str
    slave: str | None = None
