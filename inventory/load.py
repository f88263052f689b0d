"""Reading of pair files: YAML to intent, with every problem placed at its line."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from inventory.document import read_document
from inventory.explain import problems_of
from inventory.facts import Place
from inventory.model import Pair
from inventory.model.references import broken_references
from inventory.problems import InvalidIntentError, Problem


def load_pair(path: str | Path) -> Pair:
    """Read a pair file.

    Args:
        path: a YAML file that describes one pair.

    Raises:
        InvalidIntentError: the file cannot be read or is not a pair; it holds all problems, each with line
            and YAML path.
    """
    file = Path(path)
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise InvalidIntentError(
            str(path), [Problem(Place(str(path)), f"cannot be read: {reason}")]
        ) from error
    return parse_pair(text, str(path))


def load_pairs(directory: Path) -> dict[str, Pair]:
    """Read every pair file of a directory.

    Args:
        directory: a folder with `*.yaml` files, one pair each.

    Returns:
        The pairs by name, in the order of their files.

    Raises:
        InvalidIntentError: a file is wrong or two have one name; it holds the problems of all files.
    """
    pairs: dict[str, Pair] = {}
    problems: list[Problem] = []
    for file in sorted(directory.glob("*.yaml")):
        try:
            pair = load_pair(file)
        except InvalidIntentError as error:
            problems += error.problems
            continue
        if pair.name in pairs:
            earlier = pairs[pair.name].place("pair")
            problems.append(Problem(pair.place("pair"), f"pair {pair.name!r} stands in {earlier} already"))
        pairs[pair.name] = pair
    if problems:
        raise InvalidIntentError(str(directory), problems)
    return pairs


def parse_pair(text: str, source: str) -> Pair:
    """Read a pair from YAML text.

    Args:
        text: the YAML.
        source: what to call it in problems.

    Raises:
        InvalidIntentError: the text is not a pair; it holds all problems.
    """
    document = read_document(text, source)
    if not isinstance(document.values, dict):
        raise InvalidIntentError(source, [Problem(Place(source, 1), "a pair file holds keys and values")])
    try:
        pair = Pair.model_validate(document.values)
    except ValidationError as error:
        raise InvalidIntentError(source, problems_of(error, document, Pair)) from None
    pair = pair.located(document.places)
    broken = [Problem(pair.place(path), message) for path, message in broken_references(pair)]
    if broken:
        raise InvalidIntentError(source, broken)
    return pair
