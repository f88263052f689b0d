"""Lines of the device's log, as they come up on terminals.

The shape is that of captures from VRP8 routers; what is logged is the emulator's own choice.
"""

from __future__ import annotations

from emulator.commands.session import Session


def line(sysname: str, session: Session, date: str) -> str:
    """Return the line that tells of a command.

    Args:
        sysname: of the device.
        session: who typed it.
        date: as the log prints it.
    """
    return (
        f"{date} {sysname} %%01SHELL/5/CMDRECORD(s):CID=0x80ca2713;Recorded command information."
        f' (Task=VTY{session.line}, User={session.user}, AuthenticationMethod="Local-user")'
    )
