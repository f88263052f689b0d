"""`hotpair` and `python -m hotpair`: the outermost line, the only one that exits."""

from __future__ import annotations

import os
import signal
import sys
import traceback

import typer

from hotpair.cli.app import app
from hotpair.cli.output import err, show_error, show_misuse
from hotpair.exit_codes import ExitCode, exit_code_of
from inventory.errors import HotpairError

TYPER_INTERRUPTED = 130
"""What Typer gives when it has caught Ctrl-C."""
TRACEBACK = "HOTPAIR_TRACEBACK"
"""Variable of the environment that shows where a fault of ours lies."""


def main(arguments: list[str] | None = None) -> None:
    """Run one command and end the process with its exit code.

    Termination and a closed terminal are taken as Ctrl-C.
    """
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # as under nohup
        signal.signal(signal.SIGHUP, signal.default_int_handler)
    sys.exit(run(arguments))


def run(arguments: list[str] | None = None) -> int:
    """Run one command and give its exit code.

    Args:
        arguments: words after the program's name; by default those of this process.
    """
    try:
        code = app(args=arguments, standalone_mode=False, prog_name="hotpair")
    except HotpairError as error:
        show_error(error)
        return exit_code_of(error)
    except typer.TyperException as error:
        show_misuse(error)
        return ExitCode.USAGE
    except (KeyboardInterrupt, typer.Abort):
        code = TYPER_INTERRUPTED
    except OSError as error:
        show_error(HotpairError(error.strerror or str(error), where=error.filename))
        return ExitCode.USAGE if error.filename else ExitCode.UNKNOWN
    except Exception as error:  # noqa: BLE001 - the outermost line: an operator gets no traceback
        return _own_fault(error)
    if code == TYPER_INTERRUPTED:
        err.print("Interrupted.")
        return ExitCode.UNKNOWN
    return int(code or ExitCode.DONE)


def _own_fault(error: Exception) -> ExitCode:
    """Say that Hotpair itself is wrong, and where; its values may hold secrets and are not shown."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{place.filename}:{place.lineno}"
    message = f"a fault of Hotpair itself: {type(error).__name__}; please report it"
    show_error(HotpairError(message, where=where))
    if os.environ.get(TRACEBACK):
        traceback.print_exception(error)
    return ExitCode.UNKNOWN


if __name__ == "__main__":
    main()
