"""What is shown of many things at work."""

from __future__ import annotations

import io

from rich.console import Console

from hotpair.cli.live import counting


def test_what_is_at_work_done_and_wrong_is_counted() -> None:
    said = io.StringIO()
    with counting("checking", 4, Console(file=said, force_terminal=True, width=120)) as counted:
        for _ in range(3):
            counted.begin()
        counted.done(wrong=True)
        counted.done(wrong=False)
        counted.done(wrong=False, begun=False)  # e.g. left out after Ctrl-C
    assert "checking" in said.getvalue()
    assert "1 at work 1 wrong" in said.getvalue()


def test_nothing_moves_where_nobody_watches() -> None:
    said = io.StringIO()
    with counting("checking", 1, Console(file=said)) as counted:
        counted.begin()
        counted.done(wrong=False)
    assert not said.getvalue()
