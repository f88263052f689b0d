"""Our labels on a device: few, since a device keeps 20 in all and others want some too.

Rollback and adoption find our commits by them, so the newest stay. Of older ones the label alone is taken
off; where the device would delete the commit point with it, the label stays and is told.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from inventory.errors import HotpairError
from tasks.sessions.protocol import Session
from tasks.sessions.steps import Failed, Step
from tasks.transaction.link import Link, Work, side_by_side

MOST = 10
"""Labels of ours that stay on a device."""
_OURS = re.compile(r"(?P<id>hp-[0-9a-f]{10})(?:-\d+)?")


def take_off_old(links: Mapping[str, Link], unfinished: Collection[str]) -> tuple[str, ...]:
    """Take our oldest labels off both members; tell what was done, and what could not be.

    Args:
        links: ways to the members, by side.
        unfinished: ids of transactions whose labels are still needed.
    """
    work: dict[str, Work[tuple[str, ...]]] = {side: _TakingOff(tuple(unfinished)).work for side in links}
    told: list[str] = []
    for side, ended in side_by_side(links, work).items():
        if isinstance(ended, Failed):
            told.append(f"{links[side].member}: old labels were not looked at: {_said(ended.error)}")
        else:
            told += ended.value
    return tuple(told)


def _said(error: HotpairError) -> str:
    return error.message


class _TakingOff:
    """Takes our oldest labels off one device."""

    def __init__(self, unfinished: tuple[str, ...]) -> None:
        self._unfinished = unfinished

    def work(self, session: Session) -> Step[tuple[str, ...]]:
        """Keep the newest, take the others off one by one."""
        records = yield from session.commit_records.step()
        ours = [
            (one.commit_id, one.label)
            for one in records
            if one.label and (found := _OURS.fullmatch(one.label)) and found["id"] not in self._unfinished
        ]
        told = []
        for commit_id, label in sorted(ours, reverse=True)[MOST:]:
            gone = yield from session.unlabel_commit.step(commit_id)
            what = "old label taken off" if gone else "label kept, since its commit point would go with it"
            told.append(f"{session.member}: {what}: {label} (commit {commit_id})")
        return tuple(told)
