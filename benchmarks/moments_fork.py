"""A command in a fork of a process that has loaded what it needs: a moment costs its own work alone.

The process forks before it has threads. Each fork is a session of its own, begins with the first line of ours
and ends as an interpreter does; it may strike itself at a call of a function of its main thread. What it has
loaded beforehand is all that the command loads, or what is not ours of it: then our own modules are loaded
by the fork, and signals come meanwhile too.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib import import_module
from time import monotonic
from types import FrameType
from typing import Any

TO_GROUP = frozenset({signal.SIGINT, signal.SIGHUP})
"""Signals that a terminal sends to all of its group."""


def serve() -> None:
    """Load modules, then fork for each order on standard input; an answer tells its id, one more its end."""
    late: list[tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]]] = []
    register = atexit.register

    def noted(function: Callable[..., Any], *given: Any, **named: Any) -> Callable[..., Any]:
        late.append((function, given, named))
        return register(function, *given, **named)

    atexit.register = noted  # type: ignore[assignment]  # a decorator too, which nobody uses here
    wanted = json.loads(sys.stdin.readline())
    for name in wanted["modules"]:
        with suppress(Exception):  # one that cannot be loaded beforehand is loaded by the command
            import_module(name)
    atexit.register = register
    compile_templates(wanted["templates"])
    gc.collect()
    gc.freeze()
    for line in sys.stdin:
        order = json.loads(line)
        if not (pid := os.fork()):
            _command(order, late)
        print(json.dumps(pid), flush=True)
        _, status = os.waitpid(pid, 0)
        print(json.dumps(os.waitstatus_to_exitcode(status)), flush=True)


def compile_templates(templates: Sequence[str]) -> None:
    """Compile templates, so that no command does."""
    if templates:
        from parsers import ttp_templates

        for name in templates:
            ttp_templates.run(name, "")
        ttp_templates.forget_cache()
        ttp_templates._cache_folder.cache_clear()  # noqa: SLF001 - each command has one of its own


def _command(order: Any, late: Sequence[tuple[Any, Any, Any]]) -> None:
    """Be a command from its first line to its end."""
    os.setsid()
    _stand(order)
    told = os.open(order["told"], os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC)
    _register_later(late)
    counter = _Counter(order["call"], signal.Signals(order["number"]), told)
    try:
        from hotpair.__main__ import main

        if order["call"]:
            sys.setprofile(counter)
        main(order["words"])
    except SystemExit:
        pass
    except BaseException:  # noqa: BLE001 - as the interpreter does
        traceback.print_exc()
    sys.setprofile(None)
    counter.end()
    threading._shutdown()  # type: ignore[attr-defined]  # noqa: SLF001 - as the interpreter does
    atexit._run_exitfuncs()  # noqa: SLF001 - as the interpreter does
    os._exit(1)


def _stand(order: Any) -> None:
    """Take the folder, the environment and the standard streams of an order."""
    os.chdir(order["folder"])
    os.environ.update(order["environment"])
    sys.argv = ["hotpair", *order["words"]]
    said = os.open(order["said"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for here, number in ((nothing, 0), (said, 1), (said, 2)):
        os.dup2(here, number)
    os.close(nothing)
    os.close(said)
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]


def _register_later(late: Sequence[tuple[Any, Any, Any]]) -> None:
    """Have what was registered while modules were loaded registered after what our first line registers."""
    atexit._clear()  # noqa: SLF001 - as the interpreter does
    register = atexit.register

    def first(function: Callable[..., Any], *given: Any, **named: Any) -> Callable[..., Any]:
        atexit.register = register
        register(function, *given, **named)
        for one, ones, by_name in late:
            register(one, *ones, **by_name)
        return function

    atexit.register = first  # type: ignore[assignment]


class _Counter:
    """Counts calls of functions; at the wanted one the signal comes."""

    def __init__(self, wanted: int, number: signal.Signals, told: int) -> None:
        self._wanted, self._number, self._told = wanted, number, told
        self._calls = 0

    def __call__(self, _frame: FrameType, event: str, _arg: object) -> None:
        """Count a call."""
        if event != "call":
            return
        self._calls += 1
        if self._calls == self._wanted:
            sys.setprofile(None)
            os.write(self._told, json.dumps(monotonic()).encode())
            if self._number in TO_GROUP:
                os.killpg(0, self._number)
            else:
                os.kill(os.getpid(), self._number)

    def end(self) -> None:
        """Tell how many calls there were, where all were to be counted."""
        if self._wanted < 0:
            names = [name for name in sys.modules if name != "__main__"]
            os.write(self._told, json.dumps({"calls": self._calls, "modules": names}).encode())


if __name__ == "__main__":
    serve()
