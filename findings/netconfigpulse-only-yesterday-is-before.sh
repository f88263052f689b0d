#!/usr/bin/env bash
# NetConfigPulse: what was changed since the last backup is "unchanged", unless that backup is of yesterday.
# NetConfigPulse==0.1.1
# Good engineers guess: a run compares each device with its backup before, whenever that was, so that unchanged_devices can be trusted, and
#   says where there was nothing to compare with.
# What happens: only the folder of the day before is looked at. After a weekend, after a night in which the router was not reached, and
#   between two runs of one day, there is no difference: has_changes False, unchanged_devices 1, no warning. The next day's run compares
#   with today's file, so the change is in no difference ever. An answer of VRP that is nothing but "Error: ..." is a backup, too: success.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check NetConfigPulse==0.1.1 2> pip.log || { cat pip.log; exit 2; }
cat > look.py <<'PY'
from pathlib import Path
from types import SimpleNamespace

from netconfigpulse.core.engine import run_backup

COMMANDS = {"huawei": SimpleNamespace(backup=["display current-configuration"], expect_string=None, timeout=30)}


def backup(day, answer, place, time="020000"):
    device = SimpleNamespace(name="r1", vendor="huawei", username="user", password="word", secret=None)
    options = SimpleNamespace(
        concurrency=1,
        backup_retry_attempts=1,
        backup_retry_delay_seconds=0,
        min_backup_size_bytes=0,
        backup_root=Path(place),
        date_override=day,
        timestamp_override=time,
    )
    runner = SimpleNamespace(run_device_commands=lambda **_: answer)
    run = run_backup([device], COMMANDS, options, runner=runner)
    print(day, "changed:", run.changed_devices, "unchanged:", run.unchanged_devices, "warnings:", run.warning_count)
    return run.changed_devices, run.unchanged_devices, run.failed_count, run.warning_count


before, after = ("#\nsysname R1\n#\ninterface Eth-Trunk1\n mtu 1500\n#\nreturn\n".replace("1500", mtu) for mtu in ("1500", "9000"))
backup("2026-11-26", before, "week")
assert backup("2026-11-27", after, "week") == (1, 0, 0, 0)
backup("2026-11-27", before, "weekend")
assert backup("2026-11-30", after, "weekend") == (0, 1, 0, 0)
assert backup("2026-12-01", after, "weekend") == (0, 1, 0, 0)
backup("2026-11-27", before, "day")
assert backup("2026-11-27", after, "day", time="040000") == (0, 1, 0, 0)
refused = "            ^\nError: Unrecognized command found at '^' position.\n"
assert backup("2026-11-27", refused, "refused") == (0, 1, 0, 0)
PY
venv/bin/python look.py
