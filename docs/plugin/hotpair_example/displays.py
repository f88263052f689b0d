"""A display that Hotpair does not read: its record, its template beside this file, and the command."""

from __future__ import annotations

from dataclasses import dataclass

from hotpair.extending import Display


@dataclass(frozen=True, slots=True)
class NtpState:
    """What `display ntp-service status` begins with.

    Args:
        status: `synchronized` or `unsynchronized`.
        stratum: distance from a reference clock.
        reference: clock that is followed.
    """

    status: str
    stratum: int
    reference: str | None = None


DISPLAYS = (
    Display(
        "display ntp-service status", "display ntp-service status", "hotpair_example:ntp_state", NtpState
    ),
)
