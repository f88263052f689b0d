"""`hotpair` and `python -m hotpair`: the outermost line, the only one that exits."""

from __future__ import annotations

import signal
import sys

import click

from hotpair.cli.app import app
from hotpair.cli.output import err, show_error
from hotpair.exit_codes import ExitCode, exit_code_of
from inventory.errors import HotpairError


def main(arguments: list[str] | None = None) -> None:
    """Run one command and end the process with its exit code; termination is taken as Ctrl-C."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
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
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.ClickException as error:
        error.show()
        return ExitCode.USAGE
    except (KeyboardInterrupt, click.exceptions.Abort):
        err.print("Interrupted.")
        return ExitCode.UNKNOWN
    return int(code or ExitCode.DONE)


if __name__ == "__main__":
    main()
