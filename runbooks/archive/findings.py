"""What a run makes of the findings that are open: which are new, which are still there, which are gone.

A finding is one complaint of one check. It ends only when a later run examined the same subject and the
complaint was not there any more, or the subject is gone: a check that did not run, or could not tell, ends
nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from tasks.checks.model import DEPLOYED, DRIFT, ENDED, CheckResult, Complaint, Outcome

WRONG = frozenset({Outcome.FAILURE, Outcome.ERROR})
EXAMINED = frozenset({Outcome.SUCCESS, Outcome.FAILURE})


@dataclass(frozen=True, slots=True)
class Key:
    """What makes two complaints the same finding; what was found may differ from look to look.

    Args:
        check: name of the check.
        subject: what was judged.
        outcome: `failure` or `error`.
        device: where.
        complaint: the sentence.
        wanted: the wanted value.
    """

    check: str
    subject: str
    outcome: str
    device: str
    complaint: str
    wanted: str


@dataclass(frozen=True, slots=True)
class Change:
    """What a run changes.

    Args:
        new: findings that were not open.
        still: open findings that were seen again.
        gone: keys of open findings that the run saw gone.
    """

    new: Mapping[Key, Complaint]
    still: Mapping[Key, Complaint]
    gone: frozenset[Key]


def changes(opened: Iterable[Key], results: Iterable[CheckResult]) -> Change:
    """Tell what the results of a run make of the open findings of a pair.

    Args:
        opened: the findings that are open.
        results: ends of the checks of the run.
    """
    results = tuple(results)
    opened = frozenset(opened)
    seen = dict(_complaints(results))
    told: dict[str, dict[str, Outcome]] = {}
    for result in results:
        told.setdefault(result.check, {})[result.subject] = result.outcome
    return Change(
        new={key: complaint for key, complaint in seen.items() if key not in opened},
        still={key: complaint for key, complaint in seen.items() if key in opened},
        gone=frozenset(key for key in opened if key not in seen and _is_examined(key, told)),
    )


def was_good(key: Key, results: Iterable[CheckResult]) -> bool:
    """Tell whether a run's results say that the subject of a finding was well."""
    return any(
        result.check == key.check and result.subject == key.subject and result.outcome is Outcome.SUCCESS
        for result in results
    )


def _is_examined(key: Key, told: Mapping[str, Mapping[str, Outcome]]) -> bool:
    """Tell whether a run looked at what a finding is about.

    That a pair is not deployed is said by a run that sees it; that it is there, by one that compares its
    configuration with the intent and does not say so.
    """
    if key.check == DEPLOYED:
        return not EXAMINED.isdisjoint(told.get(DRIFT, {}).values())
    return _examined(key, told.get(key.check, {}))


def _examined(key: Key, told: Mapping[str, Outcome]) -> bool:
    """Tell whether a run looked at what a finding is about; what could not be told ends with any answer.

    A subject that the check does not name any more, though it could tell of all that it names, is gone from
    the intent. The end of one transaction says nothing of another one.

    Args:
        key: of the finding.
        told: ends of its check, by subject.
    """
    if key.subject not in told:
        return (
            key.check != ENDED
            and bool(told)
            and not {Outcome.ERROR, Outcome.UNSET}.intersection(told.values())
        )
    outcome = told[key.subject]
    if key.outcome == Outcome.ERROR.value:
        return outcome is not Outcome.ERROR
    return outcome in EXAMINED or outcome is Outcome.SKIPPED


def _complaints(results: Iterable[CheckResult]) -> Iterator[tuple[Key, Complaint]]:
    for result in results:
        if result.outcome not in WRONG:
            continue
        for one in result.complaints or (Complaint(result.title or result.check),):
            key = Key(result.check, result.subject, result.outcome.value, one.device, one.text, one.wanted)
            yield key, one
