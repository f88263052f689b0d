"""What displays of a member tell: one pure function from what it shows to what it is.

Judged from the trial status, the commit list (our label, or the ids that the journal recorded) and the owned
lines; never from the whole configuration, which others may change. Where a change of secrets alone leaves the
lines equal, the ciphertext decides if it is one that was recorded, else the head of the list: our commit, or
the one before the change, after which nobody committed. Where neither is known, nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from parsers.replies import CommitPoint, TrialStatus
from tasks.transaction.fingerprint import Fingerprint
from tasks.transaction.known import (
    TAKEN_BACK,
    Known,
    Shown,
    Version,
    is_history,
    points_are_off,
    takes_back,
    telling,
    versions,
)
from tasks.transaction.look import Look, Saved, Seen
from tasks.transaction.owned import lines_in
from tasks.transaction.records import MemberRecord

NO_ID = "-"
"""Stands for the persist id of a trial that has none."""
_SHOWN = 3  # lines that a reason names


def judge(known: Known, shown: Shown, last: Look | None = None) -> Look:
    """Tell what a member is.

    Args:
        known: what is known of it.
        shown: what it showed.
        last: what was told at the last look in this session; stands for lines that were not read again.
    """
    known = replace(known, undone=known.undone | _taken_back(known, shown.points))
    ids = [point.commit_id for point in shown.points]
    mine = [point.commit_id for point in shown.points if known.is_ours(point)]
    ours = mine[0] if mine else None
    since = ours if ours is not None else known.record.base_commit or 0
    holds, stage, reason = _held(known, shown) if shown.running is not None else _as_before(last)
    seen = holds or Seen.OTHER
    if known.record.undated and not known.record.watched:
        seen, reason = Seen.OTHER, f"nothing tells which lines of {known.record.member} the change was about"
    if ours is None and not known.made(seen, stage):
        seen, reason = Seen.OTHER, f"{known.record.member} holds such lines by a commit that is not ours"
    look = Look(
        known.record.member,
        seen,
        stage,
        _saved(known.record, shown),
        reason,
        holds=holds,
        head=ids[0] if ids else None,
        ours=ours,
        others=tuple(commit for commit in ids if commit > since and commit not in mine),
        below=next((commit for commit in ids if ours is not None and commit < ours), None),
        keys=_keys(known.record, shown),
        undone=tuple(sorted(known.undone)),
        undated=known.record.undated and seen is Seen.OTHER,
    )
    return _on_trial(known, shown, look) if shown.status.active else look


def _taken_back(known: Known, points: Sequence[CommitPoint]) -> frozenset[int]:
    """Return the ids of our commits that a commit in the list took back, by its label."""
    undone = {(point.label or "").removeprefix(TAKEN_BACK) for point in points if takes_back(known, point)}
    if not undone:
        return frozenset()
    labelled = {point.commit_id for point in points if point.label in undone}
    noted = {one.commit for one in versions(known) if one.label in undone and one.commit is not None}
    return frozenset(labelled | noted)


def trial_name(status: TrialStatus) -> str:
    """Name the trial of a status as `Look.trial` does."""
    return (status.persist_id or NO_ID) if status.active else ""


def _as_before(last: Look | None) -> tuple[Seen | None, int, str]:
    return (last.holds, last.stage, last.reason) if last else (None, 0, "its lines were not read")


def _on_trial(known: Known, shown: Shown, look: Look) -> Look:
    """Tell whose trial a member is on."""
    status, newest = shown.status, shown.points[0] if shown.points else None
    listed = not known.commits or newest is None or known.is_ours(newest)
    bound = status.persist_id is None and known.holds_trial and listed
    lost = status.persist_id is None and newest is not None and known.is_ours(newest)
    ours = bound or lost or status.persist_id == known.id
    return replace(
        look,
        seen=Seen.TRIAL if ours else Seen.ANOTHERS_TRIAL,
        reason=_whose(known, status, newest)
        if not ours
        else ""
        if bound or not lost
        else _lost(known, status),
        seconds_left=status.seconds_left,
        trial=trial_name(status),
    )


def _whose(known: Known, status: TrialStatus, newest: CommitPoint | None) -> str:
    """Say whose trial runs, as far as the displays tell."""
    member, left = known.record.member, f"{status.seconds_left} s left"
    by = f", last commit {newest.commit_id} by {newest.user} at {newest.at}" if newest else ""
    return f"{member} is on a trial that is not ours (persist id {status.persist_id or 'none'}, {left}{by})"


def _lost(known: Known, status: TrialStatus) -> str:
    """Say that our trial is bound to a session that is not ours any more."""
    return (
        f"{known.record.member} is on our trial, bound to a session that was lost: it ends with that session,"
        f" or in {status.seconds_left} s"
    )


def _held(known: Known, shown: Shown) -> tuple[Seen, int, str]:
    """Tell what the lines are: seen, stage, and the reason when they are neither."""
    running = shown.running or ""
    if known.record.whole is not None or (known.trial and known.trial.whole is not None):
        return _held_whole(known, running, shown.points)
    held = versions(known)
    lines = lines_in(running)
    union = telling(known.record, lines)
    present = lines.within(union)
    matches = [one for one in held if one.lines == present]
    if not matches:
        return Seen.OTHER, 0, _unlike(known.record, present)
    if len(matches) > 1:
        matches = _narrowed(matches, lines.keys(union), shown, known)
    if len(matches) > 1:
        return Seen.OTHER, 0, f"nothing tells whether {known.record.member} holds the old or the new secrets"
    return matches[0].seen, matches[0].stage, ""


def _narrowed(matches: list[Version], keys: str, shown: Shown, known: Known) -> list[Version]:
    """Tell versions with equal lines apart: by their ciphertext, else by our commits in the list."""
    if keys and len(by_keys := [one for one in matches if one.keys == keys]) == 1:
        return by_keys
    standing = next((point for point in shown.points if not is_history(known, point)), None)
    if standing is not None and known.is_ours(standing):
        by_commit = [
            one for one in matches if standing.commit_id == one.commit or standing.label == one.label
        ]
        return by_commit or matches
    if any(known.is_ours(point) for point in shown.points):
        return matches  # somebody committed after ours, perhaps the same key
    old = keys == known.record.base_keys or _nobody_committed(known, shown, standing)
    return [one for one in matches if one.seen is Seen.OLD] or matches if old else matches


def _nobody_committed(known: Known, shown: Shown, standing: CommitPoint | None) -> bool:
    """Tell whether the newest commit that stands is the one before the change: nobody committed since.

    A trial shows no commit on some releases, and a device that keeps no commit points shows none at all.
    """
    base, head = known.record.base_commit, standing.commit_id if standing else None
    listed = known.trial is None or known.trial.commit is not None
    still = base is not None and head == base and listed and not shown.status.active
    return still and not points_are_off(shown.running or "")


def _unlike(record: MemberRecord, present: tuple[str, ...]) -> str:
    """Say by which lines a member is neither old nor new."""
    known = (record.base, record.made, *record.stages)
    closest = min(known, key=lambda lines: len({*lines} ^ {*present}))
    odd = sorted({*closest} ^ {*present})
    named = "; ".join(f"{'missing' if line in closest else 'there again'}: {line}" for line in odd[:_SHOWN])
    more = f" and {len(odd) - _SHOWN} more" if len(odd) > _SHOWN else ""
    return f"{record.member} holds lines that are neither the old nor the new ones ({named}{more})"


def _held_whole(known: Known, running: str, points: Sequence[CommitPoint]) -> tuple[Seen, int, str]:
    """Judge a member by digests of its whole configuration: all that 0.1 kept."""
    now = Fingerprint.of(running)
    old, new = known.record.whole, known.trial.whole if known.trial else None
    if old is not None and now.same_as(old, unlike=new):
        return Seen.OLD, 0, ""
    if new is not None and now.same_as(new, unlike=old):
        return Seen.NEW, 0, ""
    for made in reversed(known.stages):
        if made.whole is not None and now.same_as(made.whole, unlike=old):
            return Seen.STAGE, made.stage, ""
    head = points[0].label if points else None
    if head == known.id:
        return Seen.NEW, 0, ""
    return (
        Seen.OTHER,
        0,
        f"{known.record.member} was changed since, and version 0.1 kept no lines to know it by",
    )


def _keys(record: MemberRecord, shown: Shown) -> str:
    if shown.running is None or record.whole is not None:
        return ""
    lines = lines_in(shown.running)
    return lines.keys(telling(record, lines))


def _saved(record: MemberRecord, shown: Shown) -> Saved:
    """Tell whether a member would start with the lines of this change that it runs."""
    if shown.saved is None or shown.running is None:
        return Saved.UNKNOWN
    among = telling(record, lines_in(shown.running), lines_in(shown.saved))
    return Saved.YES if same_lines(shown.running, shown.saved, among or None) else Saved.NO


def same_lines(one: str, other: str, among: frozenset[str] | None) -> bool:
    """Tell whether two configurations hold the same owned lines, and the same ciphertext in them.

    Args:
        one: the first, as the device shows it.
        other: the second.
        among: the lines that count; nothing: all.
    """
    first, second = lines_in(one), lines_in(other)
    union = {*first.places, *second.places} if among is None else among
    return first.within(union) == second.within(union) and first.keys(union) == second.keys(union)
