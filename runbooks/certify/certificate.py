"""The certificate as plain values, in the order in which the page shows them."""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from inventory.quantities import quantity
from runbooks.certify.canaries import CANARIES
from runbooks.certify.certifying import Caught, Findings
from runbooks.certify.protected import PROTECTED
from runbooks.certify.reach import reached, unexplained
from runbooks.certify.schedule import RELEASES, Kind, Schedule
from runbooks.certify.sweep import AFTERWARDS, TAKEN_UP
from runbooks.certify.verdicts import Ends, Tally, Verdict

MOST_ROWS = 500
MOST_FAILURES = 50
FLOOR = 20
"""How often each kind of fault must have taken effect, at least."""
CLAIM = (
    "Whatever of the listed faults happens at whatever command: both members end new and saved, or both as"
    " before, or Hotpair says that they are split; and every claim that it makes at its end (exit code, last"
    " lines, journal) is true of the devices."
)
NOT_CLAIMED = (
    "real hardware: every device here is emulated",
    f"releases other than those that the emulator plays: {', '.join(RELEASES)}",
    "behaviour of the emulator that no manual states and that is only derived from one",
    "several faults at one moment beyond those that were drawn",
)
FORMULA = (
    "for each flow and release: the sum, over the events of its run without a fault, of the faults that can"
    f" happen there and to whom, a deadly one {len(AFTERWARDS)} times (for what may follow a death); and for"
    f" {', '.join(TAKEN_UP)}: after a death at each line of the journal, the same over the events of what"
    " resumes or adopts"
)


def as_dict(found: Findings) -> dict[str, Any]:
    """Return the certificate as plain values."""
    reach = reached(found.tallies)
    faults = _faults(found.tallies)
    refused = _refused(found, faults, unexplained(reach))
    return {
        "claim": CLAIM,
        "holds": not refused,
        "refused_because": refused,
        "not_claimed": list(NOT_CLAIMED),
        "commit": commit(),
        "seed": found.options.seed,
        "tables": hash_of_tables(),
        "counted_out": {
            "formula": FORMULA,
            "there_are": found.countable,
            "played": found.counted.schedules,
            "failed": len(found.counted.failed),
        },
        "drawn": {
            **_random_part(found.drawn),
            "cells": found.cells[0],
            "cells_drawn": found.cells[1],
        },
        "second_generator": {**_random_part(found.second), "found_alone": found.alone},
        "virtual_hours": round(sum(tally.virtual_s for tally in found.tallies) / 3_600),
        "real_minutes": round(found.minutes, 1),
        "faults": faults,
        "reach": reach,
        "said_and_true": _crossed(found.ends),
        "liveness": _liveness(found.tallies),
        "canaries": [_canary(one) for one in found.caught],
        "protected": [asdict(one) for one in PROTECTED],
        "determinism": {"played_twice": found.twice, "unequal": [one.code for one in found.unequal]},
        "corpus": {"schedules": found.corpus.schedules, "failed": len(found.corpus.failed)},
        "failures": _failures(found),
        "ends": len(found.ends.steps),
        "rows": list(_rows(found.ends)),
    }


def of_part(found: Findings) -> dict[str, Any]:
    """Return what came of one part of what can be counted out."""
    number, of = found.options.part or (1, 1)
    return {
        "part": number,
        "of": of,
        "commit": commit(),
        "there_are": found.countable,
        "played": found.counted.schedules,
        "failed": len(found.counted.failed),
        "virtual_hours": round(found.counted.virtual_s / 3_600),
        "real_minutes": round(found.minutes, 1),
        "failures": _failures(found),
    }


def _refused(found: Findings, faults: Iterable[dict[str, Any]], unreached: list[str]) -> list[str]:
    """Say why the certificate is refused; nothing when the claim holds as far as was looked."""
    escaped = [one.canary.name for one in found.caught if one.took is None]
    rare = [one["fault"] for one in faults if one["took_effect"] < one["floor"]]
    missing = len(CANARIES) - len(found.caught)
    every, drawn = found.cells
    reasons = (
        (found.failed, f"{quantity(len(found.failed), 'schedule fails', 'schedules fail')}"),
        (escaped, f"planted bugs that nobody caught: {', '.join(escaped)}"),
        (missing, f"{missing} planted bugs were not hunted"),
        (found.unequal, f"{quantity(len(found.unequal), 'schedule')} did not play the same twice"),
        (rare, f"faults that took effect too seldom: {', '.join(rare)}"),
        (every - drawn, f"{every - drawn} of {every} faults at commands were not drawn"),
        (unreached, f"not reached, for no reason that is known: {', '.join(unreached)}"),
    )
    return [said for holds, said in reasons if holds]


def _random_part(tally: Tally) -> dict[str, Any]:
    bound = round(3 / tally.schedules, 6) if tally.schedules and not tally.failed else None
    return {"schedules": tally.schedules, "failed": len(tally.failed), "bound_3_over_n": bound}


def _faults(tallies: Iterable[Tally]) -> list[dict[str, Any]]:
    counts = tuple(tallies)
    return [
        {
            "fault": kind.value,
            "met": sum(tally.met[kind] for tally in counts),
            "took_effect": sum(tally.took[kind] for tally in counts),
            "floor": FLOOR,
        }
        for kind in Kind
    ]


def _crossed(ends: Ends) -> list[dict[str, Any]]:
    return [
        {"said": said, "true": true, "schedules": count, "false": ends.false[said, true]}
        for (said, true), count in sorted(ends.crossed.items())
    ]


def _liveness(tallies: Iterable[Tally]) -> dict[str, Any]:
    counts = tuple(tallies)
    times = sorted(time for tally in counts for time in tally.ended_s)
    unended = sum(
        any(complaint.startswith("no end") for complaint in verdict.complaints)
        for tally in counts
        for verdict in tally.failed
    )
    return {
        "median_s": round(times[len(times) // 2], 1) if times else None,
        "most_s": round(times[-1], 1) if times else None,
        "without_end": unended,
    }


def _canary(one: Caught) -> dict[str, Any]:
    by = one.complaint[:200]
    return {
        "name": one.canary.name,
        "bug": one.canary.bug,
        "schedules": one.took,
        "in": one.schedule,
        "by": by,
    }


def _failures(found: Findings) -> list[dict[str, Any]]:
    shortest = {verdict.schedule: short for verdict, short in found.shortest}
    return [_failure(one, shortest.get(one.schedule, one.schedule)) for one in found.failed[:MOST_FAILURES]]


def _failure(verdict: Verdict, shortest: Schedule) -> dict[str, Any]:
    return {
        "code": verdict.schedule.code,
        "shortest": shortest.code,
        "script": shortest.words().splitlines(),
        "complaints": [complaint[:500] for complaint in verdict.complaints],
    }


def _rows(ends: Ends) -> Iterator[dict[str, Any]]:
    """Yield how single faults ended, with the steps that lead to each end; of too many, the rarest last."""
    often = sorted(ends.steps.items(), key=lambda item: (-len(item[1]), item[0]))[:MOST_ROWS]
    for (flow, fault, a, b, code, said), where in sorted(often):
        yield {
            "flow": flow,
            "fault": fault,
            "steps": sorted(where)[:4],
            "steps_in_all": len(where),
            "a": a,
            "b": b,
            "exit": code,
            "said": said,
        }


def commit() -> str:
    """Return the commit that is certified; without a repository, that there is none."""
    house = Path(__file__).resolve().parents[2]
    try:
        done = subprocess.run(
            ["git", "-C", str(house), "rev-parse", "HEAD"], capture_output=True, text=True, check=False
        )
    except OSError:
        return "no repository"
    return done.stdout.strip() or "no repository"


def hash_of_tables() -> str:
    """Return a digest of what the transaction and the emulator go by: their tables, and the grammar."""
    house = Path(__file__).resolve().parents[2]
    files = sorted((house / "tasks" / "transaction").glob("*.py"))
    files += sorted((house / "emulator" / "grammar").glob("*.*"))
    digest = hashlib.sha256()
    for file in files:
        if file.is_file():
            digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()[:16]
