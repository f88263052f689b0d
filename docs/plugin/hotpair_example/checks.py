"""A check: both members run the same software."""

from __future__ import annotations

from collections.abc import Iterator

from hotpair.extending import SIDES, Answers, Check, Complaint, on_both

VERSION = "display version"


def _same_software(answers: Answers, _subject: object) -> Iterator[Complaint]:
    """Complain of member b where it runs another release than a."""
    releases = {side: {row.vrp for row in answers.records(side, VERSION)} for side in SIDES}
    if releases["a"] != releases["b"]:
        wanted, found = (", ".join(sorted(releases[side])) for side in SIDES)
        yield answers.complaint(
            "b", VERSION, "the members run different software", wanted=wanted, found=found
        )


CHECKS = (
    Check(
        "example-same-software",
        "both members run the same software",
        ("example",),
        lambda pair: {pair.name: pair},
        lambda _pair, _subject: on_both(VERSION),
        _same_software,
    ),
)
