"""`hotpair` and `python -m hotpair`: the outermost line, the only one that exits.

What is heavy is loaded by `run`, when signals are noted already and the standard streams are open.
"""

from __future__ import annotations

import atexit
import gc
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from runbooks import interrupts

if TYPE_CHECKING:
    from hotpair.exit_codes import ExitCode

TYPER_INTERRUPTED = 130
"""What Typer gives when it has caught Ctrl-C."""
YOUNG = 200_000
"""Objects that are made before rubbish is looked for: what is imported is none."""
TRACEBACK = "HOTPAIR_TRACEBACK"
"""Variable of the environment that shows where a fault of ours lies."""


def main(arguments: list[str] | None = None) -> None:
    """Run one command and end the process with its exit code.

    Termination and a closed terminal are taken as Ctrl-C.
    """
    interrupts.note()
    sys.unraisablehook = interrupts.unraisable
    gc.set_threshold(YOUNG)
    _open_streams()
    codes: list[int] = []
    atexit.register(_end, codes)  # the first to register is the last to be called
    code = run(arguments)
    gc.freeze()  # the process ends: nothing is to be looked through once more
    codes.append(code)
    sys.exit(code)


def _end(codes: list[int]) -> None:
    """End the process when everybody else has tidied up, and do not wait for the interpreter's own end.

    There threads of compiled libraries, as Temporal's, abort the process when they come back to it, and
    under `python -m` an interrupt that was caught long ago in the building of a class kills it.
    """
    from hotpair.exit_codes import ExitCode

    if codes:
        os._exit(codes[0] if _flushed() else codes[0] or ExitCode.UNKNOWN)


def _flushed() -> bool:
    """Write what is still to be written; tell whether somebody took it."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):
        return False
    return True


def run(arguments: list[str] | None = None) -> int:
    """Run one command and give its exit code.

    Args:
        arguments: words after the program's name; by default those of this process.
    """
    from hotpair.cli.output import begin
    from hotpair.cli.settings import file_settings, program
    from hotpair.exit_codes import ExitCode

    words = sys.argv[1:] if arguments is None else arguments
    begin(words)
    try:
        interrupts.tell()
        code = program(next(iter(words), ""))(
            args=words, standalone_mode=False, prog_name="hotpair", default_map=file_settings(words)
        )
        if code == TYPER_INTERRUPTED:
            raise KeyboardInterrupt  # noqa: TRY301 - told below, in one place
    except BaseException as error:  # noqa: BLE001 - the outermost line
        interrupts.stop_raising()  # what comes from now on ends nothing any more, and breaks no sentence
        return _told(error)
    interrupts.stop_raising()  # the command has ended, and its exit code stands
    return int(code or ExitCode.DONE)


def _told(error: BaseException) -> ExitCode:
    """Tell why a command ended; an operator gets no traceback."""
    import typer

    from hotpair.cli.misuse import show_misuse
    from hotpair.cli.output import err, show_error, tell_programs, typed_again
    from hotpair.exit_codes import ExitCode, exit_code_of
    from inventory.errors import HotpairError, IntentError

    if isinstance(error, HotpairError) and not (isinstance(error, IntentError) and interrupts.came()):
        error.next_command = (
            error.next_command or typed_again()
        )  # no command was begun: the settings are wrong
        with suppress(OSError):  # a full disk: the exit code tells it all the same
            show_error(error)
            tell_programs(error)
        return exit_code_of(error)
    if isinstance(error, typer.TyperException):
        tell_programs(show_misuse(error))
        return ExitCode.USAGE
    if isinstance(error, OSError):
        return _system_refused(error)
    # Whoever was interrupted may have gone on, and stumbled, or found fault with what it read.
    if isinstance(error, KeyboardInterrupt | typer.Abort) or interrupts.came():
        err.print("Interrupted.")
        return ExitCode.UNKNOWN
    if isinstance(error, Exception):
        return _own_fault(error)
    raise error


def _open_streams() -> None:
    """Open the standard streams that the caller has closed, so that no file of ours gets their numbers."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115, PTH123 - until the end


def _system_refused(error: OSError) -> ExitCode:
    """Say what the operating system refused."""
    from hotpair.cli.output import show_error, tell_programs
    from hotpair.exit_codes import ExitCode
    from inventory.errors import HotpairError

    told = HotpairError(error.strerror or str(error), where=error.filename)
    with suppress(OSError):  # it may be the place where errors are told
        show_error(told)
        tell_programs(told)
    return ExitCode.USAGE if error.filename else ExitCode.UNKNOWN


def _own_fault(error: Exception) -> ExitCode:
    """Say that Hotpair itself is wrong, and where; its values may hold secrets and are not shown."""
    import traceback

    from hotpair.cli.output import show_error, tell_programs
    from hotpair.exit_codes import ExitCode
    from inventory.errors import HotpairError

    place = traceback.extract_tb(error.__traceback__)[-1]
    message = f"a fault of Hotpair itself: {type(error).__name__}; please report it"
    told = HotpairError(message, where=f"{place.filename}:{place.lineno}")
    show_error(told)
    tell_programs(told)
    if os.environ.get(TRACEBACK):
        traceback.print_exception(error)
    return ExitCode.UNKNOWN


if __name__ == "__main__":
    main()
