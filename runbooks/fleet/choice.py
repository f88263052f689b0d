"""Which pairs of an inventory a command works on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from inventory.errors import IntentError
from inventory.load import Pairs, spelt_alike
from inventory.model import Pair

_SHOWN = 10  # names that an error lists


@dataclass(frozen=True, slots=True)
class Choice:
    """What was asked for; what is named in several ways must fit each of them.

    Args:
        names: names of pairs.
        tags: a pair with any of these tags.
        sites: a pair of any of these sites.
        match: a pattern of names with `*` and `?`; empty for every name.
    """

    names: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    match: str = ""

    def takes(self, pair: Pair) -> bool:
        """Tell whether a pair is meant."""
        return (
            (not self.names or pair.name in self.names)
            and (not self.tags or not set(self.tags).isdisjoint(pair.tags))
            and (not self.sites or pair.site in self.sites)
            and fnmatchcase(pair.name, self.match or "*")
        )


def chosen(pairs: Pairs, choice: Choice) -> Pairs:
    """Return the pairs that were asked for, and of the broken ones those that may be meant.

    A broken pair is left out only where its name says that it is not meant: its tags and site are not known.
    Nor is it known then that nothing has a tag or site, so that one of several that nothing seems to have
    keeps nobody from the pairs of the others.

    Raises:
        IntentError: a pair, tag or site is in no pair file, or nothing fits.
    """
    fit = fitting(pairs, choice)
    _require("pair", choice.names, {*pairs.good, *pairs.broken}, near=pairs.nearest)
    if not (fit.good and fit.broken):
        unread = tuple(fit.broken)
        _require("tag", choice.tags, {tag for pair in pairs.good.values() for tag in pair.tags}, unread)
        _require("site", choice.sites, {pair.site for pair in pairs.good.values() if pair.site}, unread)
    if not fit.good and not fit.broken and choice != Choice():
        raise IntentError(
            "no pair fits what was asked for",
            wanted=_words(choice),
            found="none",
            next_command="hotpair list",
        )
    return fit


def fitting(pairs: Pairs, choice: Choice) -> Pairs:
    """Return the pairs that fit, and the broken ones that may, without a word on what fits nothing."""
    good = {name: pair for name, pair in pairs.good.items() if choice.takes(pair)}
    broken = {
        name: error
        for name, error in pairs.broken.items()
        if (not choice.names or name in choice.names) and fnmatchcase(name, choice.match or "*")
    }
    return Pairs(dict(sorted(good.items())), dict(sorted(broken.items())))


def _require(
    kind: str,
    asked: Iterable[str],
    known: Iterable[str | None],
    unread: Sequence[str] = (),
    near: Callable[[str], str] | None = None,
) -> None:
    """Refuse names that nothing has; files that cannot be read are named, since one of them may have it."""
    names = sorted(name for name in known if name)
    strange = [name for name in asked if name not in names]
    if strange:
        hints = (near(name) if near else spelt_alike(name, names) for name in strange)
        hint = next(filter(None, hints), "")
        raise IntentError(
            f"no {kind} is named {', '.join(strange)}{hint}",
            wanted=", ".join(names[:_SHOWN]) or f"a {kind} in a pair file",
            found=", ".join(strange) + (f" (broken files: {', '.join(unread[:_SHOWN])})" if unread else ""),
            next_command="hotpair list",
        )


def _words(choice: Choice) -> str:
    parts = (
        ("pair", choice.names),
        ("--pair-tag", choice.tags),
        ("--site", choice.sites),
        ("--match", (choice.match,) if choice.match else ()),
    )
    return " and ".join(f"{name} {' or '.join(values)}" for name, values in parts if values)
