"""Play the schedules whose codes come in, a line each, and tell the digest of each trace: `python -m`."""

from __future__ import annotations

import sys

from runbooks.certify.schedule import schedule_from
from runbooks.certify.verdicts import Verdict
from tests.runbooks.certify.stage import runner


def main() -> None:
    """Answer each code with its digest, a line each."""
    with runner() as stage:
        for line in sys.stdin:
            print(Verdict.of(stage.play(schedule_from(line.strip()))).digest)  # noqa: T201 - the answer


if __name__ == "__main__":
    main()
