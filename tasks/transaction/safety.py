"""What a device offers against our own death, strongest first, and how it is spoken of.

Source: configuration guide "Configuring the Trial Running of Configurations" (`commit trial [time] [persist
id]`, `commit persist id`, `abort trial persist id`) and command reference "commit" and "abort trial", which
know no persist id. Which one a device has is found out by asking: a line that it does not know leaves the
candidate as it was. Label and description are carried as far as the release takes them: where it refuses
them, a shorter form of the same line is tried, never a weaker line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import dropwhile

from inventory.errors import RefusedError
from parsers.replies import RefusalKind
from tasks.sessions.protocol import LineRefusedError, LostReplyError
from tasks.transaction.ladder import LABELLED, LADDER, SafetyLine
from tasks.transaction.link import Link

DESCRIPTION = 60  # characters, command reference, commit
_ABOUT_LABEL = re.compile(r"(?i)label")
_ABOUT_NAMES = re.compile(r"(?i)label|descri")


@dataclass(frozen=True, slots=True)
class Names:
    """What a commit is to be found by.

    Args:
        label: the transaction's id, or that of a stage.
        description: the id and the ticket.
    """

    label: str | None = None
    description: str | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """A commit under a safety line.

    Args:
        line: the safety line.
        names: what the device took with it.
        lost: no whole reply came; whether the device did it is to be asked.
        by_release: what it did not take its release does not know: another device of that release neither.
    """

    line: SafetyLine
    names: Names
    lost: bool = False
    by_release: bool = False


def safety_line(name: str) -> SafetyLine:
    """Find a safety line by its name in a journal.

    Raises:
        RefusedError: no release of ours knows it.
    """
    found = next((line for line in LADDER if line.name == name), None)
    if found is None:
        raise RefusedError("the journal names a safety line that is not known", found=name)
    return found


def names_of(label: str, side: str, ticket: str, *, alone: bool, other_head: int | None = None) -> Names:
    """Return label and description of a commit of ours.

    The description tells another host what it needs to adopt the transaction: `hp-31b8e04b98 b @1000000042
    CHG-4711`, with the newest commit of the other member, or `hp-31b8e04b98 b alone` where that one has no
    part in it.

    Args:
        label: id of the transaction, with the number of a stage that is not the last one.
        side: of the member.
        ticket: of the change; may be empty.
        alone: the other member has no part in the change.
        other_head: id of the other member's newest commit; nothing when it has none.
    """
    of_other = "alone" if alone else f"@{other_head}" if other_head is not None else ""
    words = [label, side, of_other, ticket]
    return Names(label, " ".join(filter(None, words))[:DESCRIPTION])


def put_on_trial(
    link: Link,
    seconds: int,
    transaction_id: str,
    names: Names,
    *,
    undoable: bool,
    first: SafetyLine,
    twin: Made | None = None,
) -> Made:
    """Commit the candidate under the strongest safety line that the device has.

    Args:
        link: way to the member, with a staged candidate.
        seconds: how long the trial may last.
        transaction_id: persist id.
        names: label and description.
        undoable: whether a commit without a trial could be taken back.
        first: safety line to begin with; a stronger one is known not to be there.
        twin: what a device of the same release took; what that one does not know is not tried again.

    Raises:
        LineRefusedError: the device refused the commit.
        RefusedError: it has no trial, and nothing could take a commit back.
    """
    usable = twin is not None and twin.by_release and (undoable or twin.line.trial)
    known = twin if usable else None
    for line in LADDER[LADDER.index(known.line if known else first) :]:
        if line is LABELLED and not undoable:
            raise nothing_to_go_back_to(link.member)
        taken = known.names if known and known.line is line else names
        made = _by_line(link, line, seconds, transaction_id, names, taken=taken)
        if made is None:
            continue
        if line.trial and not made.lost:
            link.bind()
        return made
    raise AssertionError("the last safety line was refused without an error")


def commit_named(link: Link, names: Names, *, nameless: bool = False) -> Made:
    """Commit for good, as a point that is found again.

    Args:
        link: way to the member, with a staged candidate.
        names: label and description.
        nameless: commit also where the device takes neither; else that is refused.

    Raises:
        LineRefusedError: the device refused the commit.
    """
    made = _by_line(link, LABELLED, 0, "", names, taken=names, nameless=nameless)
    if made is None:
        raise AssertionError("a commit was refused without an error")
    return made


def way_out(*, off: bool) -> str:
    """Say what gives a device a commit point: one that was booted from a file has none yet.

    Args:
        off: commits leave no points on it.
    """
    first = "`undo configuration checkpoint auto-save disable`, then " if off else ""
    return f"{first}commit one harmless line there by hand, such as a description, save it, and plan again"


def nothing_to_go_back_to(member: str) -> RefusedError:
    """Say that a device could not take a change back."""
    return RefusedError(
        f"{member} has no trial, and no commit point to go back to that would do; nothing was committed",
        wanted="`commit trial`; for what is not a drill, a commit in the list of commits does too: "
        + way_out(off=False),
        found="neither",
        member=member,
    )


def _by_line(
    link: Link,
    line: SafetyLine,
    seconds: int,
    transaction_id: str,
    names: Names,
    *,
    taken: Names,
    nameless: bool = False,
) -> Made | None:
    """Commit under one safety line, with as many names as the device takes; nothing: it has no such line.

    `taken` are the names that another device of its release took: it begins with those.
    """
    every = _forms(names, nameless=line.trial or nameless)
    forms = dropwhile(lambda one: not _alike(one, taken), every)
    form: Names | None = next(forms)
    by_release = True
    while form is not None:
        try:
            _commit(link, line, seconds, transaction_id, form)
        except LostReplyError:
            return Made(line, form, lost=True)
        except LineRefusedError as error:
            by_release = by_release and error.kind is RefusalKind.SYNTAX
            form = _shorter(forms, form, error)
            if form is None and error.kind is RefusalKind.SYNTAX and line is not LADDER[-1]:
                return None
            if form is None:
                raise
        else:
            return Made(line, form, by_release=by_release)
    raise AssertionError("a form was refused without an error")


def _forms(names: Names, *, nameless: bool) -> Iterator[Names]:
    """Yield the forms of a safety line, longest first; one without a trial is found by its names alone."""
    yield names
    yield Names(label=names.label)
    yield Names(description=names.description)
    if nameless:
        yield Names()


def _alike(one: Names, other: Names) -> bool:
    """Tell whether the same names stand in two forms."""
    return [one.label is None, one.description is None] == [other.label is None, other.description is None]


def _shorter(forms: Iterator[Names], refused: Names, error: LineRefusedError) -> Names | None:
    """Return the next form to try after a refusal; nothing when the names were not what was refused."""
    if error.kind is RefusalKind.SYNTAX:
        rest = list(forms)
        return rest[-1] if rest and refused != rest[-1] else None
    if not _ABOUT_NAMES.search(error.reply):
        return None
    without_label = _ABOUT_LABEL.search(error.reply) is not None
    return next((form for form in forms if not (without_label and form.label)), None)


def _commit(link: Link, line: SafetyLine, seconds: int, transaction_id: str, names: Names) -> None:
    if line.trial:
        persist = transaction_id if line.persists else None
        link.ask(lambda session: session.commit_trial.step(seconds, persist, names.label, names.description))
    else:
        link.ask(lambda session: session.commit.step(names.label, names.description), patient=True)


def confirm(link: Link, line: SafetyLine, transaction_id: str) -> None:
    """Make a trial permanent; the form differs by release."""
    for persist in _persist_ids(line, transaction_id):
        try:
            _confirm(link, persist)
        except LineRefusedError as error:
            if error.kind is RefusalKind.SYNTAX and persist is not None:
                continue
            raise
        return


def abort(link: Link, line: SafetyLine, transaction_id: str) -> None:
    """Revert a trial now; the form differs by release."""
    for persist in _persist_ids(line, transaction_id):
        try:
            _abort_trial(link, persist)
        except LineRefusedError as error:
            if error.kind is RefusalKind.SYNTAX and persist is not None:
                continue
            raise
        return


def _persist_ids(line: SafetyLine, transaction_id: str) -> tuple[str | None, ...]:
    return (transaction_id, None) if line.persists else (None,)


def _confirm(link: Link, persist: str | None) -> None:
    link.ask(lambda session: session.confirm.step(persist))


def _abort_trial(link: Link, persist: str | None) -> None:
    link.ask(lambda session: session.abort_trial.step(persist))
