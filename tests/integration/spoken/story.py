"""The story: every example of every help, and the ends of every command, on one lab in one order."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from tests.integration.lab import MEMBERS
from tests.integration.lost import lost_at_the_decision
from tests.integration.spoken.stage import Stage
from tests.integration.test_cli_pair import drifted

Act = Callable[[Stage], None]
JOIN = {"join": "232.1.2.3", "device": MEMBERS[0], "interface": "Eth-Trunk1", "host": "10.0.15.9"}
REMEDY = "checks: {names: [no-trial]}\nremedy: {highest_impact: affecting}\n"
WATCHED = "groups:\n  - {name: gold, every: 365 d, pair_tags: [gold]}\n"


def without_a_router(at: Stage) -> None:
    """What asks no device."""
    at.type("hotpair list", 0)
    at.type("hotpair list --inventory hotpair-lab --format json", 2)
    at.type("hotpair lint pairs/metro-1.yaml", 0)
    at.type("hotpair lint pairs --fail-on warning", 1)
    at.type("hotpair lint DeviceA.cfg DeviceB.cfg", 0)
    at.type("hotpair lint pairs --format github", 0)
    at.type("hotpair lint nothing.yaml", 2)
    at.type("hotpair compare DeviceA.cfg DeviceB.cfg", 1)
    at.type("hotpair compare DeviceA.cfg", 2)
    at.type("hotpair compare DeviceA.cfg DeviceA.cfg", 2)
    at.type("hotpair compare DeviceA.cfg a.cfg", 0)
    at.type("hotpair rules", 0)
    at.type("hotpair rules R69 --format json", 0)
    at.type("hotpair rules R999", 2)
    at.type("hotpair checks", 0)
    at.type("hotpair checks --tag entries --format json", 0)
    at.type("hotpair checks --tag entires", 2)
    at.type("hotpair explain igmp-entries", 0)
    at.type("hotpair explain R69 --format json", 0)
    at.type("hotpair explain igmp-entires", 2)
    at.type("hotpair render pairs/metro-1.yaml --member a", 0)
    at.type("hotpair render pairs/metro-1.yaml --member c", 2)
    at.type("hotpair learn DeviceA.cfg DeviceB.cfg --name metro-1 > pairs/metro-1.yaml", 0)
    at.type("hotpair learn A.cfg B.cfg --whole", 0)
    at.type("hotpair learn A.cfg", 2)
    at.type("hotpair plan pairs/metro-1.yaml --running a.cfg b.cfg --back", 10)
    at.type("hotpair certify --replay 'deploy;v8r22;resume@0;0/a/save/1/KILL/-'", 0)
    at.type("hotpair certify --replay nonsense", 2)


def bare(at: Stage) -> None:
    """Before anything was deployed."""
    at.settled()
    at.type("hotpair trust Metro-PE1", 4, "n\n")
    at.type("hotpair trust Metro-PE1", 0, "y\n")
    at.type("hotpair trust Metro-PE9", 2)
    at.type("hotpair txn list", 0)
    at.type("hotpair txn list --inventory none", 2)
    at.type("hotpair status", 2)
    at.type("hotpair plan metro-1", 10)
    at.type("hotpair plan metro-3", 2)
    at.type("hotpair plan --all", 3)
    at.type("hotpair check metro-1", 1)
    at.type("hotpair ready metro-1", 1)
    at.type("hotpair drill metro-1 --dry-run", 4)
    at.type("hotpair verify metro-1 --tag e-trunk --dry-run", 0)
    at.type("hotpair deploy metro-1", 4, "n\n")
    at.type("hotpair deploy metro-3", 2)
    at.type("hotpair deploy metro-2", 3)


def killed(at: Stage) -> None:
    """Deployments whose host died."""
    at.killed()
    at.type("hotpair txn list", 0)
    at.type("hotpair txn list --live", 0)
    at.type("hotpair deploy metro-1 --yes", 4)
    at.type("hotpair resume", 5)
    at.type("hotpair resume hp-31b8e04b98", 0)
    at.type("hotpair txn resume hp-31b8e04b98", 0)
    at.type("hotpair txn resume", 2)
    at.type("hotpair resume", 2)
    at.killed()
    at.type('hotpair txn forget hp-31b8e04b98 --why "DeviceB was replaced"', 4)
    at.type("hotpair txn abort hp-31b8e04b98", 5)
    at.type('hotpair txn forget hp-31b8e04b98 --why "DeviceB was replaced"', 0)
    at.killed_half_kept()
    at.type("hotpair txn adopt hp-31b8e04b98 --pair metro-3", 2)
    at.type("hotpair txn adopt hp-31b8e04b98 --pair metro-1", 4)
    Path("journals").rename("journals-of-another-host")
    at.struck("hotpair txn adopt hp-31b8e04b98 --pair metro-1", "confirm DeviceB", at.b_gone)
    at.b_back()
    at.type("hotpair txn adopt hp-31b8e04b98 --pair metro-1", 5)


def split(at: Stage) -> None:
    """A member that is lost between the confirmation of the other and its own."""
    at.struck("hotpair deploy metro-1 --yes", "confirm DeviceA", at.b_gone)
    at.type("hotpair txn list", 0)
    at.type("hotpair status", 1)
    at.type("hotpair txn resume", 6)
    at.type("hotpair resume hp-31b8e04b98", 6)
    at.type("hotpair txn abort hp-31b8e04b98", 4)
    at.b_back()
    at.type("hotpair txn list --live", 0)
    at.type("hotpair txn resume", 5)


def deployed(at: Stage) -> None:
    """A deployment that ends well, and what can be asked afterwards."""
    at.type("hotpair plan metro-1 --ticket CHG-4711 --out metro-1-plan.json", 10)
    at.type("hotpair deploy metro-1-plan.json", 0, "y\n")
    at.type("hotpair deploy metro-1", 0)
    at.type("hotpair deploy metro-1 --yes --driver scrapli --format json", 0)
    at.type("hotpair deploy --site BER --wave 1,10,rest --max-fail 2", 0)
    at.type("hotpair txn show hp-31b8e04b98", 0)
    at.type("hotpair txn show hp-0000000000", 2)
    at.routers.order(**JOIN)
    at.type("hotpair verify metro-1 --wait 60 --report verify.html --report verify.xml", 0)
    at.type("hotpair verify metro-1 --member b", 0)
    at.type("hotpair verify metro-1 --save before", 0)
    at.type("hotpair verify metro-1 --save before", 2)
    at.type("hotpair verify metro-1 --against before", 0)
    at.type("hotpair verify metro-2", 3)
    at.type("hotpair verify --site BER --wait 60", 0)
    at.type("hotpair replay before", 0)
    at.type("hotpair replay runs/before --pair pairs/metro-1.yaml", 0)
    at.type("hotpair replay after", 2)
    at.type("hotpair learn metro-1", 0)
    Path("learned").mkdir()
    at.type("hotpair learn --all --into learned", 3)
    at.type("hotpair compare metro-1 --all", 1)
    at.type("hotpair plan metro-1", 0)
    at.type("hotpair plan metro-1 --remove", 10)
    at.type("hotpair ready metro-1", 0)
    at.type("hotpair ready metro-1 --format json", 0)
    at.type("hotpair ready metro-2", 3)
    at.type("hotpair ready metro-3", 2)
    at.type("hotpair backup now metro-1", 0, "y\n")
    at.type("hotpair backup now metro-1", 4, "n\n")
    at.type("hotpair backup now metro-1 multicast arp --yes", 0)
    at.type("hotpair drill metro-1 --dry-run", 0)
    at.type("hotpair drill metro-1", 4, "n\n")
    at.type("hotpair drill metro-1 --both --yes --ticket CHG-4711", 0)
    at.type("hotpair rollback hp-0000000000", 2)


def displays(at: Stage) -> None:
    """Output of the routers, read."""
    read = at.type("ssh router 'display e-trunk 1' | hotpair parse \"display e-trunk 1\"", 0)
    assert json.loads(read.out)["records"]
    shown = at.routers.session(MEMBERS[0])
    Path("rbs.txt").write_text(shown.run("display remote-backup-service service1"), encoding="utf-8")
    shown.close()
    at.type('hotpair parse "display remote-backup-service service1" rbs.txt', 0)
    at.type('hotpair parse "display e-trunk 1" rbs.txt', 3)
    at.type('hotpair parse "display e-trunk 1"', 3)
    at.type('hotpair parse "display e-tunk 1" rbs.txt', 2)


def over_time(at: Stage) -> None:
    """Looks that are kept, and what is told of them."""
    at.settled()
    at.type("hotpair check --site BER --pair-tag gold --workers 50", 0)
    at.type("hotpair status", 3)
    aside = Path("pairs/metro-2.yaml").rename("metro-2.aside")
    at.type("hotpair status", 0)
    aside.rename("pairs/metro-2.yaml")
    at.type("hotpair check", 3)
    at.type("hotpair check metro-1 metro-2 --format json", 3)
    at.type("hotpair check --config", 3)
    at.type("hotpair check metro-3", 2)
    Path("watch.yaml").write_text(WATCHED, encoding="utf-8")
    at.type("hotpair watch --next 10 --config none.yaml", 2)
    at.type("hotpair watch --next 10", 0)
    at.type("hotpair watch --once", 0)
    at.type("hotpair status", 3)
    at.type("hotpair status --all --format json", 3)
    at.type("hotpair history metro-1", 0)
    at.type("hotpair history --all --format json", 0)
    at.type("hotpair history metro-3", 2)
    at.type("hotpair runs metro-1", 0)
    at.type("hotpair runs metro-3", 2)
    first = "20261121T040000000000Z-check-metro-1"
    at.type(f"hotpair diff {first} 20261122T040000000000Z-check-metro-1", 1)
    at.type(f"hotpair diff {first} nothing", 2)
    at.type(f"hotpair diff {first} {first}", 0)
    at.type("hotpair rejudge", 0)
    at.type("hotpair rejudge --since yesterday", 2)
    Path("stricter.yaml").write_text("checks: {names: [ports-up]}\n", encoding="utf-8")
    at.type("hotpair rejudge metro-1 --since 30d --policy stricter.yaml", 0)
    at.type("hotpair support", 0)
    at.type("hotpair support metro-1 --out case-4711.tar.gz", 0)
    at.type("hotpair support metro-1 --out case-4711.tar.gz", 2)
    at.type("hotpair archive info", 0)
    at.type("hotpair archive info --archive nowhere.db", 2)
    at.type("hotpair archive forget metro-1", 4)
    at.type("hotpair archive forget metro-9", 2)
    at.type("hotpair archive export 20261121T040000000000Z-check-metro-1 runs", 0)
    at.type("hotpair archive export nothing runs", 2)
    at.type("hotpair archive import runs", 1)
    at.type("hotpair archive import nowhere", 2)
    at.type("hotpair archive import runs --archive another.db", 0)
    at.type("hotpair archive prune --days 90", 0)
    at.type("hotpair archive prune --days 0", 2)
    file = Path("pairs/metro-2.yaml")
    text = file.read_text(encoding="utf-8")
    file.unlink()
    at.type("hotpair status", 3)
    at.type("hotpair archive forget metro-2 --yes", 0)
    file.write_text(text, encoding="utf-8")


def served(at: Stage) -> None:
    """What serves until it is ended."""
    at.served("hotpair lab", "Ctrl-C ends the lab")
    at.served("hotpair emulate DeviceA=a.cfg DeviceB= --rtt 50", '"DeviceB"')
    at.type("hotpair lab --folder .", 2)
    at.type("hotpair emulate DeviceA=none.cfg", 2)
    at.served("hotpair serve", "http://")
    at.type("hotpair serve --listen 0.0.0.0:8470", 2)
    at.served("hotpair watch", "watch")


def refused_at_once(at: Stage) -> None:
    """What is refused before a twin, routers of its own or a Temporal server are asked for."""
    at.type("hotpair demo --driver ssh", 2)
    at.type("hotpair rehearse metro-3", 2)
    at.type("hotpair fleet check --format yaml", 2)
    at.type("hotpair fleet deploy", 2)
    at.type("hotpair fleet follow", 2)
    at.type("hotpair fleet schedule --workers 5", 2)
    at.type("hotpair worker --queue site-muc", 2)


def remedied(at: Stage) -> None:
    """A pair that drifted is brought back, and split on the way."""
    policy = Path("policy.yaml")
    usual = policy.read_text(encoding="utf-8")
    policy.write_text(usual + REMEDY, encoding="utf-8")
    with ExitStack() as stack:
        for member in MEMBERS:
            stack.enter_context(drifted(at.routers, member, "priority 177", "undo priority"))
        with lost_at_the_decision(at.routers, Path("journals"), *MEMBERS):
            at.type("hotpair check metro-1 --remedy", 6)
        at.b_back()
        at.type("hotpair txn resume", 5)
    policy.write_text(usual, encoding="utf-8")


def taken_back(at: Stage) -> None:
    """The way back."""
    transaction = at.transaction
    at.struck("hotpair drill metro-1 --yes", "abort DeviceA", at.unplugged)
    at.plugged()
    at.transaction = at.deployment
    at.type("hotpair rollback hp-31b8e04b98", 4, "n\n")
    at.transaction = at.deployment
    at.struck("hotpair rollback hp-31b8e04b98 --yes", "confirm DeviceA", at.b_gone)
    at.b_back()
    at.type("hotpair txn resume", 5)
    at.transaction = at.deployment
    at.type("hotpair rollback hp-31b8e04b98 --pair metro-1 --yes", 0)
    at.transaction = transaction


STORY: tuple[Act, ...] = (
    without_a_router, bare, killed, split, deployed, displays, over_time, served, refused_at_once,
    remedied, taken_back,
)  # fmt: skip
"""The acts, each on what the ones before it left."""
