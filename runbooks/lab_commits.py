"""A lab's routers have been worked on before: there is a commit to go back to, as a plan of several needs."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from inventory.load import load_pair
from runbooks.site import Openers, on_devices, open_inventory
from tasks.plan.model import Command
from tasks.sessions.protocol import Session

_VIEW = "-LoopBack0"
_HARMLESS: Sequence[Command] = (
    Command("interface LoopBack0", _VIEW),
    Command("description router ID", _VIEW),
)


def commit_once(folder: Path, pair_file: Path) -> None:
    """Commit and save a description on both members of a lab's pair.

    Args:
        folder: inventory of the lab.
        pair_file: of its pair.

    Raises:
        HotpairError: a member gives no session, or does not take it.
    """
    members = load_pair(pair_file).members

    def work(openers: Openers) -> None:
        for name in (members.a, members.b):
            with closing(openers[name]()) as session:
                _commit(session)

    on_devices(open_inventory(folder), (members.a, members.b), work)


def _commit(session: Session) -> None:
    session.stage(_HARMLESS)
    session.commit()
    session.save()
