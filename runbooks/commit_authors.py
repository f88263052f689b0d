"""Whose commits changed a pair: its drift, told with the commits that made it, and the smaller way back.

Each commit of a device says what it changed, so that a line is laid at the door of the commit that changed it
and of no other. Sources: Huawei NE40E command reference, "display configuration commit list" and "display
configuration commit changes".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from inventory.errors import HotpairError
from inventory.facts import ConfigTree
from inventory.load import parse_pair
from inventory.model import SIDES, Pair, Side
from inventory.rules.relations import compare
from parsers.tree import add_line
from runbooks.drift_asked import CHANGES, COMMITS
from tasks.checks.configuration import SAVED
from tasks.checks.model import CheckResult, CommitAuthor, Complaint, Observation, Outcome
from tasks.learn import learn
from tasks.plan.model import MemberPlan, PairPlan
from tasks.plan.pair import plan_pair
from tasks.render.members import configured_member
from tasks.transaction.judging import same_lines
from tasks.transaction.owned import lines_of, shown_lines
from tasks.transaction.seeing import CURRENT

_NO_HAND = "no listed commit changed it"


@dataclass(frozen=True, slots=True)
class _CommitChanges:
    """What one commit changed: lines that it added and lines that it took away, as `block / line`."""

    hand: CommitAuthor
    added: frozenset[str]
    gone: frozenset[str]


def questions(member: str, observations: Iterable[Observation]) -> tuple[str, ...]:
    """Return the displays that tell whose commit a drift of a member is, but for those seen already.

    Args:
        member: device name.
        observations: of the check, among them the list of commits.
    """
    seen = {one.command: one for one in observations if one.member == member}
    asked = [CHANGES.format(commit=one.commit_id) for one in _commits(seen)]
    return tuple(command for command in (*asked, SAVED) if command not in seen)


def explain(
    pair: Pair, plan: PairPlan, results: Iterable[CheckResult], observations: Iterable[Observation]
) -> tuple[CheckResult, ...]:
    """Tell of each drift who left the intent, by whose commit, whether it is saved, and the way back.

    Args:
        pair: intent.
        plan: from what runs to the intent.
        results: of drift, one a member.
        observations: of the check; without the changes of commits no author is named.
    """
    results = tuple(results)
    if plan.empty:
        return results
    seen: dict[str, dict[str, Observation]] = {}
    for one in observations:
        seen.setdefault(one.member, {})[one.command] = one
    way = _way_back(pair, plan)
    return tuple(
        _explained(result, member, seen.get(member.member, {}), _who_left(member, plan), way)
        if result.outcome is Outcome.FAILURE
        else result
        for result in results
        for member in (_of(plan, result),)
    )


def explain_alone(
    member: MemberPlan, result: CheckResult, observations: Iterable[Observation]
) -> CheckResult:
    """Tell of the drift of a member by whose commit it is, and whether it is saved; the other one is away.

    Args:
        member: its plan to the intent.
        result: of drift.
        observations: of the check.
    """
    if result.outcome is not Outcome.FAILURE:
        return result
    own = {one.command: one for one in observations if one.member == member.member}
    return _explained(
        result, member, own, f"{member.member} left the intent; the other member was not seen", ""
    )


def _of(plan: PairPlan, result: CheckResult) -> MemberPlan:
    devices = {one.device for one in result.complaints}
    return plan.b if plan.b.member in devices else plan.a


def _explained(
    result: CheckResult,
    member: MemberPlan,
    own: Mapping[str, Observation],
    who: str,
    way: str,
) -> CheckResult:
    changes = tuple(_changes(own))
    plain = _plain_lines(member)
    complaints = tuple(replace(one, hand=_hand(one, plain, changes)) for one in result.complaints)
    said = [who, _saved(own)]
    if any(CHANGES.format(commit=one.commit_id) in own for one in _commits(own)) and not all(
        one.hand for one in complaints
    ):
        said.append(f"{_NO_HAND}: it is older than the commits that {member.member} lists, or no commit")
    note = "; ".join(part for part in said if part)
    return replace(result, complaints=complaints, note=note, next_command=way)


# ---- whose commit ------------------------------------------------------------------------------------------


def _commits(seen: Mapping[str, Observation]) -> tuple[Any, ...]:
    """Return the commits that a device lists, newest first; none where the list was not understood."""
    listed = seen.get(COMMITS)
    return () if listed is None or listed.parsed.unparsed else listed.parsed.records


def _changes(seen: Mapping[str, Observation]) -> Iterator[_CommitChanges]:
    for commit in _commits(seen):
        shown = seen.get(CHANGES.format(commit=commit.commit_id))
        if shown is None:
            continue
        line, why = commit.user_interface or "", commit.description or ""
        hand = CommitAuthor(commit.commit_id, commit.user or "unknown", line, commit.time or "", why)
        yield _CommitChanges(hand, shown_lines(shown.text, "+"), shown_lines(shown.text, "-"))


def _hand(
    complaint: Complaint, plain: Mapping[str, str], changes: Sequence[_CommitChanges]
) -> CommitAuthor | None:
    """Return the newest commit that took a wanted line away or added an extra one."""
    missing, extra = plain.get(complaint.wanted), plain.get(complaint.found)
    return next((change.hand for change in changes if missing in change.gone or extra in change.added), None)


def _plain_lines(member: MemberPlan) -> dict[str, str]:
    """Return the lines in which a plan's configurations differ, as complaints and as commits write them."""
    base, wanted = (dict(_paths(tree)) for tree in (member.base, member.predicted))
    return {
        text: _plain(path) for text, path in (base | wanted).items() if (text in base) != (text in wanted)
    }


def _paths(tree: ConfigTree) -> Iterator[tuple[str, tuple[str, ...]]]:
    for views, line in tree.walk():
        path = (*views, line.text)
        yield " / ".join(path), path


def _plain(path: tuple[str, ...]) -> str:
    """Write a line as the list of commits is read: without letter case, a mark for each key."""
    found = lines_of(_chain(path)).places.keys() - lines_of(_chain(path[:-1])).places.keys()
    return next(iter(found), " / ".join((path[0], path[-1]) if len(path) > 1 else path).casefold())


def _chain(path: tuple[str, ...]) -> ConfigTree:
    return add_line(ConfigTree(), path[:-1], path[-1]) if path else ConfigTree()


# ---- who left, and the way back ----------------------------------------------------------------------------


def _saved(own: Mapping[str, Observation]) -> str:
    if CURRENT not in own or SAVED not in own:
        return ""
    saved = same_lines(own[CURRENT].text, own[SAVED].text, None)
    return "what it runs is saved" if saved else "what it runs is not saved, and a restart would lose it"


def _who_left(member: MemberPlan, plan: PairPlan) -> str:
    other = plan.b if member is plan.a else plan.a
    if not other.forward:
        return f"{member.member} left the intent, {other.member} holds it"
    how = "alike" if _alike(plan) else "each in its own way"
    return f"both members left the intent, {how}"


def _alike(plan: PairPlan) -> bool:
    """Tell whether both members changed so that they still relate as each line's row says."""
    if not plan.a.forward or not plan.b.forward:
        return False
    now = _apart(plan.a.base, plan.b.base)
    return now <= _apart(plan.a.predicted, plan.b.predicted)


def _apart(a: ConfigTree, b: ConfigTree) -> frozenset[tuple[str, str, str]]:
    members = (configured_member("a", a), configured_member("b", b))
    return frozenset((one.row.id, one.view, one.param) for one in compare(*members) if one.holds is False)


def _way_back(pair: Pair, plan: PairPlan) -> str:
    """Return the smaller way back: lines typed on the members, or lines of the intent that change.

    The intent is changed only to what holds together: both members left it alike, and it can say so.
    """
    typed = sum(len(stage.lines) for member in (plan.a, plan.b) for stage in member.forward)
    written = _learned_lines(pair, plan) if _alike(plan) else None
    return (
        f"hotpair learn {pair.name}"
        if written is not None and written < typed
        else f"hotpair deploy {pair.name}"
    )


def _learned_lines(pair: Pair, plan: PairPlan) -> int | None:
    """Count the lines of the intent that a change is; nothing when the intent cannot say it."""
    members: dict[Side, MemberPlan] = {"a": plan.a, "b": plan.b}
    try:
        before = learn(plan.a.predicted, plan.b.predicted, pair.name)
        after = learn(plan.a.base, plan.b.base, pair.name)
        other = parse_pair(after, pair.name)
        learned = plan_pair(other, {side: members[side].base for side in SIDES})
    except HotpairError:
        return None
    if not learned.empty or not _backed_up(pair) <= _backed_up(other):
        return None
    then, now = (set(_said(text)) for text in (before, after))
    return len(then ^ now)


def _backed_up(pair: Pair) -> frozenset[str]:
    """Name the profiles of a pair: one that is gone from both members is missed, and not given up."""
    return frozenset(profile.name.of("a") for profile in pair.backup_profiles)


def _said(text: str) -> Iterator[str]:
    return (line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#"))
