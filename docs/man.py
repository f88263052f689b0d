"""Write the manual page of `hotpair` from its own help.

python docs/man.py > hotpair.1
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from typing import Any

from hotpair import __version__
from sitebuild.code import exit_meanings
from sitebuild.commands import commands, help_of

_HEAD = """\
.TH HOTPAIR 1 "" "hotpair {version}" "User Commands"
.SH NAME
hotpair \\- deploy, verify and keep checking dual\\-device hot backup on pairs of Huawei NE40E routers
.SH SYNOPSIS
.B hotpair
.I COMMAND
[\\fIOPTION\\fR]... [\\fIARGUMENT\\fR]...
.SH DESCRIPTION
A change over two routers is all or nothing: both candidates are staged and compared with the plan,
committed on trial, and confirmed only when the checks of the pair hold. Otherwise both are taken back.
.SH COMMANDS
"""
_TAIL = """\
.SH EXIT STATUS
{exits}.SH ENVIRONMENT
Every option has a variable, e.g. \\fBHOTPAIR_CHECK_WORKERS\\fR for \\fBhotpair check \\-\\-workers\\fR.
\\fBNO_COLOR\\fR takes the colour away.
"""


def manual() -> str:
    """Return the page in the language of man(7)."""
    body = "".join(_command(words, command) for words, command in commands())
    return _HEAD.format(version=__version__) + body + _TAIL.format(exits="".join(_exits()))


def _command(words: str, command: Any) -> str:
    text, examples = help_of(command)
    parts = [f".SS hotpair {_plain(words)}\n"]
    parts += [f"{_plain(' '.join(one.split()))}\n.PP\n" for one in text.split("\n\n")]
    for one in command.params:
        parts.append(_parameter(one))
    if examples:
        parts.append(f".PP\nExamples:\n.PP\n.nf\n.RS\n{_plain(examples)}\n.RE\n.fi\n")
    return "".join(parts)


def _parameter(one: Any) -> str:
    if one.param_type_name == "argument":
        name = f"\\fI{_plain(one.metavar or one.name.upper())}\\fR"
    else:
        name = ", ".join(f"\\fB{_plain(word)}\\fR" for word in (*one.opts, *one.secondary_opts))
    return f".TP\n{name}\n{_plain(' '.join((one.help or '').split()))}\n"


def _exits() -> Iterator[str]:
    for number, _, says in exit_meanings():
        yield f".TP\n.B {number}\n{_plain(says)}\n"


def _plain(text: str) -> str:
    """Return a text that man(7) shows as it is."""
    safe = text.replace("\\", "\\e").replace("-", "\\-")
    return re.sub(r"(?m)^([.'])", r"\\&\1", safe)


if __name__ == "__main__":
    sys.stdout.write(manual())
