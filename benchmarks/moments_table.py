"""Which commands are struck, on what ground, and how: a row a command."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.moments_ground import BUDGET, Ground  # noqa: E402 - found beside this file
from hotpair.exit_codes import ExitCode  # noqa: E402
from runbooks.interrupts import SIGNALS  # noqa: E402
from runbooks.lab import LAB_PAIR  # noqa: E402

KILL = (signal.SIGKILL,)
ENDS = (signal.SIGINT, signal.SIGTERM)
"""Signals of a watcher, which takes a closed terminal as a wish to read its files anew."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command to strike.

    Args:
        words: gives what is typed on some ground.
        state: of the routers before it.
        changes: it may leave the routers, or the journals, in another state.
        endless: it ends with a signal alone.
        numbers: signals that it gets, in turn.
        ends: exit codes that it may end with beside its own: it changes routers that it brings along.
    """

    words: Callable[[Ground], Sequence[str]]
    state: str = "deployed"
    changes: bool = False
    endless: bool = False
    numbers: Sequence[signal.Signals] = SIGNALS
    ends: frozenset[int] = frozenset()


def _on(*words: str) -> Callable[[Ground], Sequence[str]]:
    return lambda at: (*words, *at.here)


def _alone(*words: str) -> Callable[[Ground], Sequence[str]]:
    return lambda _at: words


def _lab(at: Ground) -> Sequence[str]:
    return "lab", "--folder", at.fresh("lab")


def _emulate(at: Ground) -> Sequence[str]:
    return "emulate", "PE1=", "PE2=", "--control", at.fresh("control")


def _txn(verb: str, *more: str) -> Callable[[Ground], Sequence[str]]:
    return lambda at: ("txn", verb, at.transaction(), *more, *at.here)


def _adopt(at: Ground) -> Sequence[str]:
    return "txn", "adopt", at.transaction(), "--pair", LAB_PAIR, "-i", at.elsewhere()


def _by_server(*words: str) -> Callable[[Ground], Sequence[str]]:
    def made(at: Ground) -> Sequence[str]:
        return *words, "--server", at.address

    return made


_CFG = [str(ROOT / "inventory" / "lab" / "devices" / f"{name}.cfg") for name in ("DeviceA", "DeviceB")]
_FILE = str(ROOT / "inventory" / "lab" / "pairs" / f"{LAB_PAIR}.yaml")
_ANSWER = str(ROOT / "tests" / "fixtures" / "answers" / "trunks" / "e-trunk-brief.txt")
COMMANDS: dict[str, Command] = {
    "deploy": Command(_on("deploy", LAB_PAIR, "--yes", *BUDGET), "bare", changes=True),
    "deploy --all": Command(
        _on("deploy", "--all", "--wave", "1,rest", "--yes", *BUDGET), "bare", changes=True
    ),
    "remove": Command(_on("deploy", LAB_PAIR, "--yes", "--remove", *BUDGET), changes=True),
    "rollback": Command(lambda at: ("rollback", at.transaction(), "--yes", *at.here), changes=True),
    "drill": Command(_on("drill", LAB_PAIR, "--yes"), changes=True),
    "resume": Command(_on("resume"), "killed", changes=True),
    "txn resume": Command(_txn("resume"), "killed", changes=True),
    "txn resume, decided": Command(_txn("resume"), "decided", changes=True),
    "txn abort": Command(_txn("abort"), "killed", changes=True),
    "txn adopt": Command(_adopt, "killed", changes=True),
    "txn forget": Command(_txn("forget", "--why", "benchmark"), "expired", changes=True),
    "backup now": Command(_on("backup", "now", LAB_PAIR, "--yes"), changes=True),
    "rehearse": Command(_on("rehearse", LAB_PAIR), "bare"),
    "rehearse --certify": Command(_on("rehearse", LAB_PAIR, "--certify", "40"), "bare"),
    "learn": Command(_on("learn", LAB_PAIR)),
    "plan": Command(lambda at: ("plan", LAB_PAIR, "--out", at.fresh("plan.json"), *at.here), "bare"),
    "check": Command(_on("check")),
    "verify": Command(
        lambda at: (
            *("verify", LAB_PAIR, "--save", Path(at.fresh("run")).name),
            *("--report", at.fresh("verify.html"), *at.here),
        )
    ),
    "compare": Command(_on("compare", LAB_PAIR)),
    "watch --once": Command(_on("watch", "--once")),
    "ready": Command(_on("ready", LAB_PAIR)),
    "drill --dry-run": Command(_on("drill", LAB_PAIR, "--dry-run")),
    "trust": Command(_on("trust", "DeviceA")),
    "txn list --live": Command(_on("txn", "list", "--live"), "killed"),
    "fleet check": Command(_by_server("fleet", "check"), "workers"),
    "fleet deploy": Command(
        _by_server("fleet", "deploy", "--all", "--remove", "--yes"), "workers", changes=True
    ),
    "fleet schedule": Command(lambda at: (*_by_server("fleet", "schedule")(at), *at.here), "workers"),
    "fleet follow": Command(lambda at: _by_server("fleet", "follow", at.begun_on_server())(at), "workers"),
    "worker": Command(lambda at: (*_by_server("worker")(at), *at.here), "workers", endless=True),
    "replay": Command(_on("replay", "before")),
    "rejudge": Command(_on("rejudge")),
    "history": Command(_on("history", LAB_PAIR)),
    "status": Command(_on("status")),
    "runs": Command(_on("runs")),
    "diff": Command(lambda at: ("diff", at.run(), at.run(), *at.here)),
    "support": Command(lambda at: ("support", "--out", at.fresh("support.tar.gz"), *at.here)),
    "archive info": Command(_on("archive", "info")),
    "archive prune": Command(_on("archive", "prune", "--days", "90")),
    "archive export": Command(lambda at: ("archive", "export", at.run(), at.fresh("out"), *at.here)),
    "archive import": Command(
        lambda at: (
            *("archive", "import", str(at.routers.folder / "runs")),
            *("--archive", at.fresh("in.db"), *at.here),
        )
    ),
    "txn list": Command(_on("txn", "list")),
    "txn show": Command(_txn("show")),
    "list": Command(_on("list")),
    "lint": Command(_alone("lint", _FILE)),
    "render": Command(_alone("render", _FILE, "--member", "a")),
    "compare files": Command(_alone("compare", *_CFG)),
    "learn files": Command(_alone("learn", *_CFG)),
    "checks": Command(_alone("checks")),
    "explain": Command(_alone("explain", "igmp-entries")),
    "rules": Command(_alone("rules")),
    "parse": Command(_alone("parse", "display e-trunk brief", _ANSWER)),
    "certify": Command(_alone("certify", "--count", "40")),
    "certify --part": Command(_alone("certify", "--all", "--part", "7/200000")),
    "demo": Command(
        lambda at: ("demo", "--report", at.fresh("demo.html")), "bare", ends=frozenset({ExitCode.ROLLED_BACK})
    ),
    "serve": Command(_on("serve", "--listen", "127.0.0.1:0"), endless=True),
    "watch": Command(_on("watch"), endless=True, numbers=ENDS),
    "lab": Command(_lab, "bare", endless=True),
    "lab, killed": Command(_lab, "bare", endless=True, numbers=KILL),
    "emulate": Command(_emulate, "bare", endless=True),
    "emulate, killed": Command(_emulate, "bare", endless=True, numbers=KILL),
}
