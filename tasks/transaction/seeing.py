"""Looking at both members, side by side: the one place where a transaction asks what they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from inventory.errors import HotpairError, ReplyError
from parsers.replies import read_commit_points, read_trial_status
from tasks.sessions.protocol import LineRefusedError, LostReplyError, Session
from tasks.sessions.steps import Done, Step
from tasks.transaction.journal import Journal
from tasks.transaction.judging import judge, trial_name
from tasks.transaction.known import Known, Shown, points_are_off
from tasks.transaction.link import Link, Work, side_by_side
from tasks.transaction.look import Look, Seen
from tasks.transaction.records import MemberRecord

SIDES = ("a", "b")
TRIAL_STATUS = "display configuration trial status"
COMMITS = "display configuration commit list 10"
CURRENT = "display current-configuration"
SAVED = "display saved-configuration"
SESSIONS = "display configuration sessions"
SESSIONS_IN_FULL = "display configuration sessions verbose"
LABELLED_COMMITS = "display configuration commit list verbose label"
LOOK = (TRIAL_STATUS, COMMITS, CURRENT)
"""What a look asks that does not ask whether anything is saved."""
LEFT = (TRIAL_STATUS, SESSIONS, SESSIONS_IN_FULL, LABELLED_COMMITS)
"""What tells what is left on a member at the end."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """How closely to look.

    Args:
        saved: ask too whether what it runs is saved, and what an end leaves there: it may be the last look.
        fresh: read the lines again, whatever the commit list says.
    """

    saved: bool = False
    fresh: bool = False


BRIEFLY, AGAIN, WITH_SAVED = Wanted(), Wanted(fresh=True), Wanted(saved=True, fresh=True)


def look_at_both(links: Mapping[str, Link], journal: Journal, wanted: Wanted = BRIEFLY) -> dict[str, Look]:
    """See what both members are; one that cannot be asked is out of reach.

    A session that is out of step is left for a fresh one, once. An unchanged head of the commit list in the
    same session means that the lines need not be read again; after a reboot it would not, but the session
    does not outlive one.

    Args:
        links: ways to the members, by side.
        journal: of the transaction.
        wanted: how closely.
    """
    seen = _looks(links, journal, SIDES, wanted)
    lost = [side for side, (_, again) in seen.items() if again]
    if lost:
        seen |= _looks(links, journal, lost, wanted)
    return {side: seen[side][0] for side in SIDES}


def _looks(
    links: Mapping[str, Link], journal: Journal, sides: Sequence[str], wanted: Wanted
) -> dict[str, tuple[Look, bool]]:
    """Look at some members; tell of each also whether a fresh session may do better."""
    work: dict[str, Work[Look]] = {
        side: partial(_look, link=links[side], journal=journal, wanted=wanted) for side in sides
    }
    ended = side_by_side(links, work)
    seen: dict[str, tuple[Look, bool]] = {}
    for side, one in ended.items():
        if isinstance(one, Done):
            seen[side] = one.value, False
        else:
            links[side].drop()
            seen[side] = _unseen(links[side].member, one.error), isinstance(one.error, LostReplyError)
    return seen


def _unseen(member: str, error: HotpairError) -> Look:
    return Look(member, Seen.UNSEEN, reason=str(error))


def _look(session: Session, link: Link, journal: Journal, wanted: Wanted) -> Step[Look]:
    known = known_of(journal, link)
    last = None if wanted.fresh else link.last
    name = _Naming(link, journal.transaction_id)
    shown = yield from _shown(session, wanted, lines=last is None, name=name)
    if last is not None and _moved(last, shown):
        last = None
        shown = yield from _shown(session, wanted, lines=True, name=name)
    return _seen(known, link, shown, last)


def _seen(known: Known, link: Link, shown: Shown, last: Look | None = None) -> Look:
    """Judge what a member showed, and remember it."""
    look = judge(known, shown, last)
    link.shown = shown
    if not shown.status.active:
        link.unbind()
    link.last = None if shown.running is not None and points_are_off(shown.running) else look
    return look


def seen_behind(
    links: Mapping[str, Link], journal: Journal, answers: Mapping[str, Sequence[str]]
) -> dict[str, Look] | None:
    """Return the look at both members that was asked for right behind something else, as `LOOK`.

    Args:
        links: ways to the members, by side.
        journal: of the transaction.
        answers: to the displays of `LOOK`, by side.

    Returns:
        Nothing where a member did not answer all of it in a form that is known: it is to be looked at.
    """
    shown: dict[str, Shown] = {}
    for side in SIDES:
        texts = dict(zip(LOOK, answers.get(side, ()), strict=False))
        if len(texts) < len(LOOK):
            return None
        try:
            shown[side] = _read(links[side].member, texts)
        except ReplyError:
            return None
    return {side: _seen(known_of(journal, links[side]), links[side], shown[side]) for side in SIDES}


def judged_again(links: Mapping[str, Link], journal: Journal, looks: Mapping[str, Look]) -> dict[str, Look]:
    """Judge what was shown at the last look once more, with what the journal has come to know since."""
    again = dict(looks)
    for side, link in links.items():
        if link.shown is not None and link.shown.running is not None:
            again[side] = judge(known_of(journal, link), link.shown)
            link.last = again[side] if link.last is not None else None
    return again


def known_of(journal: Journal, link: Link) -> Known:
    """Return what a journal knows of a member."""
    record = _record(journal, link.member)
    return Known(
        journal.transaction_id,
        record,
        journal.stages_of(link.member),
        journal.trial_of(link.member),
        link.holds_trial,
        journal.undone_of(link.member),
    )


def _record(journal: Journal, member: str) -> MemberRecord:
    a, b = journal.opening.a, journal.opening.b
    return a if a.member == member else b


def _moved(last: Look, shown: Shown) -> bool:
    head = shown.points[0].commit_id if shown.points else None
    return (head, trial_name(shown.status)) != (last.head, last.trial)


@dataclass(frozen=True, slots=True)
class _Naming:
    """Asks displays, and gives a commit of ours its label with them where it still has none.

    Args:
        link: way to the member.
        label: the transaction's id.
    """

    link: Link
    label: str

    def asked(
        self, session: Session, commands: Sequence[str], behind: Sequence[str]
    ) -> Step[tuple[str, ...]]:
        """Ask in one go; the label is tried once, whatever comes of it."""
        commit, self.link.nameless = self.link.nameless, None
        if commit is None:
            return (yield from session.run_all.step(commands, behind))
        self.link.unlabelled = "no whole reply came"
        try:
            texts = yield from session.label_commit.step(commit, self.label, commands)
        except LineRefusedError as error:
            self.link.unlabelled = error.message
            return (yield from session.run_all.step(commands))
        self.link.unlabelled = ""
        return texts


def _shown(session: Session, wanted: Wanted, *, lines: bool, name: _Naming) -> Step[Shown]:
    commands = [TRIAL_STATUS, COMMITS, *([CURRENT] if lines else []), *([SAVED] if wanted.saved else [])]
    behind = LEFT[1:] if wanted.saved else ()
    texts = yield from name.asked(session, commands, behind)
    answers = dict(zip((*commands, *behind), texts, strict=False))
    name.link.left = {one: answers[one] for one in LEFT} if answers.keys() >= {*LEFT} else None
    return _read(session.member, answers)


def _read(member: str, answers: Mapping[str, str]) -> Shown:
    """Read the answers of a look.

    Raises:
        ReplyError: one is in no form that is known.
    """
    status, points = read_trial_status(answers[TRIAL_STATUS]), read_commit_points(answers[COMMITS])
    if status is None:
        raise _strange(member, TRIAL_STATUS, answers[TRIAL_STATUS])
    if points is None:
        raise _strange(member, COMMITS, answers[COMMITS])
    return Shown(status, points, answers.get(CURRENT), answers.get(SAVED))


def _strange(member: str, command: str, text: str) -> ReplyError:
    return ReplyError(
        f"{member} answered `{command}` with what no rule knows",
        found=repr(text[:200]),
        member=member,
        where=command,
    )
