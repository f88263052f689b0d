"""What the grammar answers: a matched line, or the fault and its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

Kind = Literal["config", "view", "exec", "display"]
FaultKind = Literal["unrecognized", "wrong", "incomplete", "too-many", "ambiguous"]

FOREIGN = "foreign"
"""Command id of a line outside the grammar that the vocabulary knows."""


_NO_PARAMS: Mapping[str, str] = {}


class Match(NamedTuple):
    """A line that the device understood.

    Args:
        command: id of the command, e.g. `rbs.peer`; `foreign` for a line that only the vocabulary knows.
        kind: `config` (stored line), `view` (stored line that opens a view), `exec` (never stored) or
        `display`. text: canonical line, `undo` included when it was typed.
        params: canonical values by parameter name. A bare keyword that is optional or an alternative is
        stored
            under its own name (`{"verbose": "verbose"}`), and also under the name of its choice where the
            command names one (`{"service": "igmp"}`).
        undo: the line was an undo form.
        enters: id of the view that the line opens; empty when it opens none.
        suffix: what this view adds to the prompt of its parent, e.g. `-e-trunk-1`, `-area-0.0.0.0`.
    """

    command: str
    kind: Kind
    text: str = ""
    undo: bool = False
    params: Mapping[str, str] = _NO_PARAMS
    enters: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a line was not understood.

    Args:
        kind: `unrecognized`, `wrong`, `incomplete`, `too-many` or `ambiguous`.
        offset: column of the first character of the failing token within the line, from 0;
            one past the last character when the line ends early.
    """

    kind: FaultKind
    offset: int
