"""The one module that knows TTP: compile a template once, run it over text.

TTP's traps, and how they are shut here: it unpickles a cache from its folder or `$TTPCACHEFOLDER`, so it
is given a private, empty one; a parser serves one thread at a time; results of the last run must be
cleared; text that happens to name a file would be opened, so ours begins with an end of line; Ctrl-C while a
template is compiled it takes for a mistake in it, shows a traceback and wants to end the process.
"""

from __future__ import annotations

import atexit
import logging
import os
import re
import shutil
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from secrets import token_hex
from tempfile import gettempdir
from typing import Any

from parsers.layout import Layout, layout_of
from parsers.patterns import PATTERNS

CACHE_VARIABLE = "TTPCACHEFOLDER"
logging.getLogger("ttp").addHandler(logging.NullHandler())

_compiling = threading.Lock()
idle_parsers: dict[str, Any] = {}
"""Parsers that nobody uses, by template: whoever needs one takes it away and gives it back."""
_turns: dict[str, threading.Lock] = {}
"""One parser a template: to compile one more costs what dozens of answers do."""


def run(template: str, text: str) -> Mapping[str, Any]:
    """Run a template over text and give TTP's groups.

    Args:
        template: name of a shipped template.
        text: one piece per line, each with its tag.
    """
    with _turns.setdefault(template, threading.Lock()):
        parser = idle_parsers.pop(template, None) or _compiled(template)
        parser.set_input(data=f"\n{text}\n")
        parser.parse(one=True)
        result = parser.result()[0][0]
        parser.clear_result()
        idle_parsers[template] = parser  # one that failed is not given back
    return result if isinstance(result, dict) else {}


def _compiled(name: str) -> Any:
    """Compile a template; TTP keeps module state while it does."""
    layout = layout_of(name)
    with _compiling, _private_cache():
        from ttp import ttp

        try:
            return ttp(template=layout.template, vars=_patterns(layout), log_level="")
        except SystemExit as stopped:  # every template of ours is right: somebody pressed Ctrl-C
            raise KeyboardInterrupt from stopped


def _patterns(layout: Layout) -> dict[str, str]:
    """Return the expressions that a template names, in any letter case; TTP goes through all on each call."""
    named = set(re.findall(r'"(\w+)"', layout.template))
    known = {**PATTERNS, **layout.words}
    return {name: f"(?i:{pattern})" for name, pattern in known.items() if name in named}


@cache
def _cache_folder() -> str:
    """Make the folder that only this process writes; it goes with the process."""
    folder = Path(gettempdir()) / f"hotpair-ttp-{os.getpid()}-{token_hex(8)}"
    atexit.register(shutil.rmtree, folder, ignore_errors=True)  # before it is there: Ctrl-C may come between
    folder.mkdir(mode=0o700)
    return str(folder)


def forget_cache() -> None:
    """Take TTP's folder away, where the process ends at once and tells nobody."""
    if _cache_folder.cache_info().currsize:
        shutil.rmtree(_cache_folder(), ignore_errors=True)


@contextmanager
def _private_cache() -> Iterator[None]:
    """Point TTP at our own cache folder while it loads."""
    before = os.environ.get(CACHE_VARIABLE)
    os.environ[CACHE_VARIABLE] = _cache_folder()
    try:
        yield
    finally:
        if before is None:
            del os.environ[CACHE_VARIABLE]
        else:
            os.environ[CACHE_VARIABLE] = before
