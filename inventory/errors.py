"""The one tree of errors. The type says whose fault it is; the fields say what was wanted, found and where.

HotpairError
|-- IntentError        the user's file cannot be what was meant          exit 2
|   `-- SecretsError   a place where secrets are kept gives none
|-- RefusedError       a gate stood in the way; nothing was sent         exit 4
|-- DeviceError        we could not tell: unreachable, login, reply      exit 3
|   |-- ConnectError   no session was opened (address, key, password)
|   |-- ReplyError     the device refused or answered what we do not know
|   `-- UnparsedError  a display holds text that no rule knows
|-- ArchiveError       what was seen could not be kept or read again   exit 3
|-- RolledBackError    changed and put back; both members are as before  exit 5
`-- SplitError         one member is new, or may be, and the other not   exit 6
"""

from __future__ import annotations

from typing import Any


def reason(error: BaseException) -> str:
    """Return what an exception says, on one line; one of the system without its number and its file."""
    if isinstance(error, UnicodeDecodeError):
        return "it is not UTF-8 text"
    said = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return " ".join(said.split())[:200] or type(error).__name__


class HotpairError(Exception):
    """Anything that Hotpair refuses or could not do.

    Args:
        message: one sentence for the operator.
        wanted: what should have been there.
        found: what was there; several things stand a line each.
        member: name of the device, if one is concerned.
        where: file and line, YAML path, view or command.
        next_command: what to type next, if there is such a thing.
    """

    def __init__(
        self,
        message: str,
        *,
        wanted: str | None = None,
        found: str | None = None,
        member: str | None = None,
        where: str | None = None,
        next_command: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.wanted = wanted
        self.found = found
        self.member = member
        self.where = where
        self.next_command = next_command

    def __str__(self) -> str:
        """Show the sentence, then the fields that are known, on one line."""
        known = self.details
        if self.next_command is not None:
            known = (*known, ("next", self.next_command))
        details = "; ".join(f"{name}: {'; '.join(value.splitlines())}" for name, value in known)
        return f"{self.message} ({details})" if details else self.message

    @property
    def details(self) -> tuple[tuple[str, str], ...]:
        """Name what is known beside the sentence, and say it, in the order in which it is told."""
        fields = (
            ("member", self.member),
            ("where", self.where),
            ("wanted", self.wanted),
            ("found", self.found),
        )
        return tuple((name, value) for name, value in fields if value is not None)

    def as_dict(self) -> dict[str, Any]:
        """Return the error as plain values for `--format json`."""
        fields = {
            "error": type(self).__name__,
            "message": self.message,
            "member": self.member,
            "where": self.where,
            "wanted": self.wanted,
            "found": self.found,
            "next": self.next_command,
        }
        return {name: value for name, value in fields.items() if value is not None}


class IntentError(HotpairError):
    """The user's file or argument cannot be what was meant."""


class SecretsError(IntentError):
    """A place where secrets are kept cannot be asked: its setting, or what lies there, is to be mended."""


class RefusedError(HotpairError):
    """A gate stood in the way; nothing was sent."""


class DeviceError(HotpairError):
    """We could not tell what the device did or is."""


class ConnectError(DeviceError):
    """No session was opened: address, host key, password."""


class ReplyError(DeviceError):
    """The device refused a line, or answered what we do not know."""


class UnparsedError(DeviceError):
    """A display holds text that no rule knows."""


class ArchiveError(HotpairError):
    """What was seen could not be kept, or what was kept cannot be read."""


class RolledBackError(HotpairError):
    """The change was made and put back; both members are as before."""


class SplitError(HotpairError):
    """One member holds the new configuration and the other the old one."""
