"""What a watcher reads: its own file, the inventory, the policy. Read whole, or not taken."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from nornir.core import Nornir

from inventory.errors import HotpairError, IntentError
from inventory.host_access import SECRETS_FILE
from inventory.load import Pairs
from inventory.model import Pair
from inventory.secrets import store
from runbooks.alerts.sending import Sender, sender_for
from runbooks.fleet.choice import chosen, fitting
from runbooks.inventory_pairs import pairs_in
from runbooks.site import open_inventory
from runbooks.watch.settings import Group, Watching, load_watching
from tasks.checks.policy import NO_POLICY, Policy
from tasks.checks.policy_file import load_policy


@dataclass(frozen=True, slots=True)
class Places:
    """Where a watcher reads.

    Args:
        inventory: folder of the inventory.
        watching: file of the watcher.
        policy: policy file, where there is one.
        driver: library that connects, before what the inventory says.
    """

    inventory: Path
    watching: Path
    policy: Path | None = None
    driver: str | None = None


@dataclass(frozen=True, slots=True)
class Inputs:
    """What was read.

    Args:
        settings: groups, alerts, metrics.
        nornir: inventory.
        pairs: intents, and what is wrong with the others.
        policy: of the network.
        sender: hands alerts to their routes.
    """

    settings: Watching
    nornir: Nornir
    pairs: Pairs
    policy: Policy
    sender: Sender

    @property
    def sites(self) -> Mapping[str, str]:
        """Return the site of each pair that has one."""
        return {name: pair.site for name, pair in self.pairs.good.items() if pair.site}

    def of(self, group: Group) -> tuple[Pair, ...]:
        """Return the pairs of a group; none where a broken pair file alone may be one of it.

        Raises:
            IntentError: it names a pair, tag or site that is not there.
        """
        fit = fitting(self.pairs, group.choice)
        return tuple((fit if fit.broken else chosen(self.pairs, group.choice)).good.values())


def read_inputs(places: Places) -> Inputs:
    """Read everything.

    Raises:
        IntentError: a file is wrong, a group names what is not there, or a secret is missing.
    """
    settings = load_watching(places.watching)
    nornir = open_inventory(places.inventory, places.driver)
    policy = NO_POLICY if places.policy is None else load_policy(places.policy)
    secrets = store(os.environ, file=places.inventory / SECRETS_FILE)
    inputs = Inputs(settings, nornir, pairs_in(nornir), policy, sender_for(settings.alerts, secrets))
    for group in settings.groups:
        try:
            inputs.of(group)
        except IntentError as error:
            error.where = f"{places.watching}, group {group.name}"
            raise
    return inputs


def read_anew(places: Places, before: Inputs) -> tuple[Inputs, tuple[HotpairError, ...]]:
    """Read everything anew; where a file is broken, what it gave before stays.

    Args:
        places: where.
        before: what was read before.

    Returns:
        What counts from now on, and what is wrong with the files that were not taken.
    """
    try:
        inputs = read_inputs(places)
    except HotpairError as error:
        return before, (error,)
    broken = dict(inputs.pairs.broken)
    kept = {name: before.pairs.good[name] for name in broken if name in before.pairs.good}
    there = inputs.nornir.inventory.hosts
    kept = {name: pair for name, pair in kept.items() if pair.members.a in there and pair.members.b in there}
    pairs = Pairs(
        {**inputs.pairs.good, **kept}, {name: error for name, error in broken.items() if name not in kept}
    )
    return replace(inputs, pairs=pairs), tuple(broken.values())
