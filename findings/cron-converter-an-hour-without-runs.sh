#!/usr/bin/env bash
# cron-converter: a job of every ten minutes does not run for 70 minutes in the night when the clock goes back.
# cron-converter==2.0.2 cronsim==2.8 tzdata==2026.6
# Good engineers guess: with a start that knows its time zone the gap between two runs of `*/10 * * * *` is ten minutes in any night.
# What happens: the next run is found by the hands of the clock, so the hour from 2 to 3 comes once; its second passing, a real hour, has
#   no run. In spring it is the other way round: the hour that does not exist has six runs, with times that are those of the hour after, so
#   each of them comes twice. cronsim, beside it, has ten minutes always. In UTC both are right.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check cron-converter==2.0.2 cronsim==2.8 tzdata==2026.6 2> pip.log || { cat pip.log; exit 2; }
cat > look.py <<'PY'
from datetime import UTC, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

from cron_converter import Cron
from cronsim import CronSim

BERLIN = ZoneInfo("Europe/Berlin")


def gaps(runs):
    times = [run.astimezone(UTC) for run in runs]
    found = [int((late - early).total_seconds() // 60) for early, late in pairwise(times)]
    return found, times


def look(start):
    plan, other = Cron("*/10 * * * *").schedule(start), CronSim("*/10 * * * *", start)
    ours, times = gaps([plan.next() for _ in range(24)])
    theirs, _ = gaps([next(other) for _ in range(24)])
    print(start.isoformat(), "cron-converter:", ours, "cronsim:", theirs, sep="\n  ")
    assert set(theirs) == {10}
    return ours, times


autumn, _ = look(datetime(2026, 10, 25, 1, 15, tzinfo=BERLIN))
assert max(autumn) == 70
spring, times = look(datetime(2026, 3, 29, 1, 15, tzinfo=BERLIN))
assert min(spring) == -50 and len(times) - len(set(times)) == 6
plain, _ = look(datetime(2026, 10, 25, 0, 5, tzinfo=UTC))
assert set(plain) == {10}
PY
venv/bin/python look.py
