"""Reading of pair files: YAML to intent, with every problem placed at its line."""

from __future__ import annotations

import difflib
import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from inventory.document import Document, read_document, read_file
from inventory.explain import no_keys, problems_of, without_unknown_keys
from inventory.model import Pair
from inventory.model.references import broken_references
from inventory.pair_files import pair_files
from inventory.pair_index import MANY, indexed, named_in, named_in_broken, neighbourhood
from inventory.place import Place
from inventory.problems import InvalidIntentError, Problem
from inventory.sources.join import joined
from inventory.sources.model import Sourced

_MARK = "<secret:"
"""How a key is named in a line that is not typed yet."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """The pair files of a directory.

    Args:
        good: the pairs by name, in the order of their files.
        broken: what is wrong with the others, by the name of the pair, or of the file where it has none.
    """

    good: Mapping[str, Pair]
    broken: Mapping[str, InvalidIntentError]

    def nearest(self, name: str) -> str:
        """Say what may have been meant by a name that no pair has: the pairs of a router, or one spelt alike.

        Names begin with a semicolon; nothing where nothing is near.
        """
        own = [pair.name for pair in self.good.values() if name in (pair.members.a, pair.members.b)]
        if own:
            return f"; it is a member of {', '.join(own)}"
        return spelt_alike(name, sorted({*self.good, *self.broken}))


def spelt_alike(name: str, known: Sequence[str]) -> str:
    """Say which known name is spelt like one; nothing where none is.

    >>> spelt_alike("metro-11", ["metro-1", "north"])
    '; did you mean metro-1?'
    """
    near = difflib.get_close_matches(name, known, n=1)
    return f"; did you mean {near[0]}?" if near else ""


def load_pair(path: str | Path) -> Pair:
    """Read a pair file.

    Args:
        path: a YAML file that describes one pair.

    Raises:
        InvalidIntentError: the file cannot be read or is not a pair; it holds all problems, each with line
            and YAML path.
    """
    return _pair(read_file(Path(path)))


def load_pairs(directory: Path, sourced: Sourced | None = None) -> Pairs:
    """Read every pair file of a directory; a broken one keeps nobody from the others.

    Args:
        directory: a folder with `*.yaml` or `*.yml` files, one pair each, and folders of such files.
        sourced: hosts that say themselves whose members they are.
    """
    return load_files(pair_files(directory), sourced)


def load_around(directory: Path, name: str, sourced: Sourced | None = None) -> Pairs:
    """Read the files of a pair and of those that share a router with it; all of them where it has none.

    Args:
        directory: as for `load_pairs`.
        name: of the pair.
        sourced: as for `load_pairs`.
    """
    files = tuple(pair_files(directory))
    if sourced is not None:
        return load_files(files, sourced)
    near = tuple(neighbourhood(indexed(directory, files), name)) if len(files) > MANY else ()
    return load_files(near or files)


def load_files(files: Iterable[Path], sourced: Sourced | None = None) -> Pairs:
    """Read pair files; see `load_pairs`."""
    named: dict[str, dict[str, Pair | InvalidIntentError]] = {}
    with uncollected():
        for file in files:
            name, found = _read(file, sourced)
            named.setdefault(name, {})[str(file)] = found
    for name in sourced.pairs() if sourced else ():
        if name not in named:
            named[name] = {sourced.source: _joined(name, None, sourced)} if sourced else {}
    good: dict[str, Pair] = {}
    broken: dict[str, InvalidIntentError] = {}
    for name, homes in named.items():
        problems = [one for found in homes.values() for one in _problems(found)]
        problems += _twins(name, tuple(homes))
        if problems:
            broken[name] = InvalidIntentError(", ".join(homes), problems)
        else:
            good.update((name, found) for found in homes.values() if isinstance(found, Pair))
    return Pairs(good, broken)


@contextmanager
def uncollected() -> Iterator[None]:
    """Look for no garbage in circles meanwhile: reading makes none, and is looked through over again."""
    at_work = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if at_work:
            gc.enable()


def _read(file: Path, sourced: Sourced | None) -> tuple[str, Pair | InvalidIntentError]:
    """Read a pair file; give the name of its pair, or of the file where it has none."""
    try:
        document = read_file(file)
    except InvalidIntentError as error:
        return named_in_broken(file), error
    name = named_in(document, file)
    try:
        return name, _pair(document) if sourced is None else _joined(name, document, sourced)
    except InvalidIntentError as error:
        return name, error


def _joined(name: str, document: Document | None, sourced: Sourced) -> Pair | InvalidIntentError:
    """Make a pair with the members that a source names."""
    whole, problems = joined(name, document, sourced)
    if problems:
        return InvalidIntentError(whole.source, problems)
    try:
        return _pair(whole)
    except InvalidIntentError as error:
        return error


def _problems(found: Pair | InvalidIntentError) -> tuple[Problem, ...]:
    return found.problems if isinstance(found, InvalidIntentError) else ()


def _twins(name: str, files: Sequence[str]) -> Iterator[Problem]:
    """Refuse every file of a name that several have: nobody knows which is meant."""
    for file in files:
        others = ", ".join(other for other in files if other != file)
        if others:
            yield Problem(Place(file, None, "pair"), f"pair {name!r} stands in {others} too")


def parse_pair(text: str, source: str) -> Pair:
    """Read a pair from YAML text.

    Args:
        text: the YAML.
        source: what to call it in problems.

    Raises:
        InvalidIntentError: the text is not a pair; it holds all problems.
    """
    return _pair(read_document(text, source))


def _pair(document: Document) -> Pair:
    """Make a pair of a document."""
    source = document.source
    if not isinstance(document.values, dict):
        raise InvalidIntentError(source, [no_keys(document)])
    try:
        pair = Pair.model_validate(document.values)
    except ValidationError as error:
        problems = [*problems_of(error, document, Pair), *_beyond_unknown_keys(error, document)]
        raise InvalidIntentError(source, problems) from None
    pair = pair.located(source, document.lines)
    broken = _broken(pair, document)
    if broken:
        raise InvalidIntentError(source, broken)
    return pair


def _broken(pair: Pair, document: Document) -> list[Problem]:
    """Find what is wrong with a pair each of whose values could be."""
    broken = [Problem(pair.place(path), message) for path, message in broken_references(pair)]
    return [*broken, *_marks(document)]


def _beyond_unknown_keys(error: ValidationError, document: Document) -> list[Problem]:
    """Find what a file's unknown keys hide: what would be wrong with it without them."""
    rest = without_unknown_keys(error, document.values)
    if rest == document.values:
        return []
    try:
        pair = Pair.model_validate(rest)
    except ValidationError as more:
        return list(problems_of(more, document, Pair))
    return _broken(pair.located(document.source, document.lines), document)


def _marks(document: Document) -> list[Problem]:
    """Find texts in which a secret is meant to be filled in: it would be shown wherever the text is shown."""
    if _MARK not in str(document.values).casefold():
        return []
    return [
        Problem(
            document.place(path),
            "a secret cannot stand in a text; a key is named as `{secret: NAME}` where a key belongs",
        )
        for path, text in _texts(document.values, "")
        if _MARK in text.casefold()
    ]


def _texts(value: object, path: str) -> Iterator[tuple[str, str]]:
    """Yield every text of the file with its path."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, below in value.items():
            yield from _texts(below, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list):
        for index, below in enumerate(value):
            yield from _texts(below, f"{path}[{index}]")
