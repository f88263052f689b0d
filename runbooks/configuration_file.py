"""Read a configuration file: what is none, or is cut off, is told before anything is concluded from it."""

from __future__ import annotations

import codecs
from pathlib import Path

from inventory.errors import IntentError
from inventory.facts import ConfigTree
from parsers.configuration import require_configuration
from parsers.tree import read_tree

_MARKS = ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"), (codecs.BOM_UTF8, "utf-8-sig"))


def read_both(a: Path, b: Path) -> tuple[ConfigTree, ConfigTree]:
    """Read the configurations of both members; see `read_configuration`.

    Raises:
        IntentError: as there, or both are one file, which would be found alike in everything.
    """
    both = read_configuration(a), read_configuration(b)
    if a.samefile(b):
        raise IntentError(
            "both configurations are one file", wanted="a file of each member", found=str(a), where=str(b)
        )
    return both


def read_configuration(path: Path) -> ConfigTree:
    """Read the configuration of a device from a file.

    Args:
        path: a saved configuration, a backup, or what a terminal captured.

    Raises:
        IntentError: it cannot be read, or is no configuration of an NE40E.
        UnparsedError: it is cut off.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise IntentError("the file cannot be read", found=error.strerror, where=str(path)) from error
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    text = data.decode(encoding, errors="replace")
    tree = read_tree(text, str(path))
    require_configuration(text, tree, str(path))
    return tree
