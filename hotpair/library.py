"""What the commands do, for programs: the same runbooks; every result is a frozen value.

Nothing is printed and nothing is asked. A deployment ends as it does on the command line: both members or
none, told by the error that is raised.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from inventory.model import Pair, Side
from runbooks.change import Changed, ChangeOptions, change_pair
from runbooks.check import check_pairs
from runbooks.configuration_file import read_both
from runbooks.fleet.choice import Choice, chosen
from runbooks.gates import Permission
from runbooks.hitless.sampler import Sampling
from runbooks.inventory_pairs import pair_named, pairs_in
from runbooks.keys import Keys, keys_are_read
from runbooks.lab import ServedDevice, emulated
from runbooks.lab_folder import held, write_inventory
from runbooks.lint import Linted, lint_files
from runbooks.proposal import Proposal, propose
from runbooks.report.run import Run
from runbooks.site import beside, logged_in, on_pair, open_inventory, secrets_for
from runbooks.verify import ONE_LOOK, convergence_budget, verify_pair
from tasks.checks.catalog import CONVERGING, EVERYTHING, Selection, checks_for
from tasks.checks.policy import NO_POLICY, Policy
from tasks.checks.policy_file import load_policy, policy_beside
from tasks.checks.waiting import Patience
from tasks.learn import learn as learn_trees
from tasks.render import text
from tasks.transaction.model import require_ticket

if TYPE_CHECKING:
    from tasks.plan.model import PairPlan

__all__ = ["Emulator", "check", "deploy", "learn", "lint", "plan", "render", "verify"]

HERE = Path()
JOURNALS = "journals"


def lint(*files: str | Path) -> Linted:
    """Apply the rules of hot backup to files; no network.

    Args:
        files: pair files and folders of them; or configuration files: two of a pair, or one of a device.

    Returns:
        Findings, the errors of files that are no pair, and how much of a configuration was understood.

    Raises:
        IntentError: a configuration cannot be read, or the files are no such set.
        UnparsedError: a configuration is cut off.
    """
    return lint_files([Path(file) for file in files])


def render(pair: Pair, side: Side) -> str:
    """Return the configuration that Hotpair owns on a member, as the device prints it.

    Args:
        pair: intent, from `load_pair`.
        side: `a` or `b`.
    """
    return text(pair, side)


def learn(a: str | Path, b: str | Path, *, name: str = "learned") -> str:
    """Return the intent of an existing pair as YAML.

    Args:
        a: configuration file of the intended master.
        b: configuration file of the other member.
        name: of the pair in the intent.

    Raises:
        IntentError: a file is no configuration, or the two are no pair.
        UnparsedError: a configuration is cut off.
    """
    return learn_trees(*read_both(Path(a), Path(b)), name)


def plan(
    pair: str, inventory: str | Path = HERE, *, driver: str | None = None, remove: bool = False
) -> Proposal:
    """Read both members of a pair and plan; nothing is changed.

    Args:
        pair: name of a pair in the inventory.
        inventory: folder with `hosts.yaml` and `pairs/`.
        driver: `netmiko` or `scrapli`; nothing: as the hosts say.
        remove: plan to take the pair away.

    Returns:
        The plan (`.plan`, whose `.empty` tells that there is nothing to do), and what it was made from.

    Raises:
        IntentError: a file is missing or wrong.
        RefusedError: the intent breaks a rule, or there is no plan that touches the pair alone.
        DeviceError: a member gave no session or no answer.
    """
    home = Path(inventory)
    nornir = open_inventory(home, driver, pair=pair)
    intent = pair_named(nornir, pair)
    marks = home / JOURNALS
    secrets = secrets_for(nornir, intent, home) if keys_are_read(intent, marks) else {}
    keys = Keys(secrets, marks)
    return on_pair(
        nornir,
        intent,
        lambda pair, openers: propose(pair, logged_in(pair, openers), keys, remove=remove),
    )


def deploy(
    pair: str,
    inventory: str | Path = HERE,
    *,
    driver: str | None = None,
    remove: bool = False,
    ticket: str = "",
    budget_s: float | None = None,
    agree: Callable[[PairPlan], bool] | None = None,
) -> Changed:
    """Bring both members of a pair to the intent, or neither.

    Args:
        pair: name of a pair in the inventory.
        inventory: folder with `hosts.yaml` and `pairs/`; the journal is kept in it.
        driver: `netmiko` or `scrapli`; nothing: as the hosts say.
        remove: take the pair away instead of building it.
        ticket: of the change, as `--ticket` takes it.
        budget_s: seconds that the pair may take to converge; nothing: as long as its intent lets it.
        agree: asked with the plan before anything is sent; false refuses. Nobody is asked without it.

    Returns:
        The plan and the run; both members are new and saved, or there was nothing to do.

    Raises:
        IntentError: a file or a secret is missing or wrong.
        RefusedError: a gate or `agree` refused; nothing was sent.
        RolledBackError: the change was made and taken back; both members are as before.
        SplitError: the members differ; the error says what to type.
        HotpairError: another end that is not the wanted one.
    """
    require_ticket(ticket)
    home = Path(inventory)
    nornir = open_inventory(home, driver, pair=pair)
    intent = pair_named(nornir, pair)
    options = ChangeOptions(
        checks=checks_for(CONVERGING),
        patience=Patience(budget_s=convergence_budget(intent) if budget_s is None else budget_s),
        journals=home / JOURNALS,
        secrets=secrets_for(nornir, intent, home),
        remove=remove,
        permission=Permission(policy_in(home)),
        ticket=ticket,
        agree=agree or (lambda _plan: True),
        sampling=Sampling(beside(nornir, intent)),
    )
    changed = on_pair(nornir, intent, lambda pair, openers: change_pair(pair, openers, options))
    if changed.problem is not None:
        raise changed.problem
    return changed


def verify(
    pair: str,
    inventory: str | Path = HERE,
    *,
    driver: str | None = None,
    wait_s: float = 0.0,
    names: Iterable[str] = (),
    tags: Iterable[str] = (),
) -> Run:
    """Look at both members of a pair and judge it by the inventory's policy; nothing is changed.

    Args:
        pair: name of a pair in the inventory.
        inventory: folder with `hosts.yaml` and `pairs/`.
        driver: `netmiko` or `scrapli`; nothing: as the hosts say.
        wait_s: seconds to wait until the pair holds; 0 looks once.
        names: checks that run; without names and tags those of the policy.
        tags: checks with any of these tags run.

    Returns:
        The run: `.results`, each with its outcome and complaints, and `.observations`.

    Raises:
        IntentError: a file is missing or wrong, or there is no such check or tag.
        DeviceError: a member gave no session or no answer.
    """
    home = Path(inventory)
    policy = policy_in(home)
    chosen_checks = Selection(tuple(names), tuple(tags))
    checks = checks_for(policy.selection if chosen_checks == EVERYTHING else chosen_checks)
    patience = Patience(budget_s=wait_s) if wait_s else ONE_LOOK
    nornir = open_inventory(home, driver, pair=pair)
    return on_pair(
        nornir,
        pair_named(nornir, pair),
        lambda intent, openers: verify_pair(
            intent, logged_in(intent, openers), checks, patience=patience, policy=policy
        ),
    )


def check(*pairs: str, inventory: str | Path = HERE, driver: str | None = None) -> tuple[Run, ...]:
    """Check the compliance of pairs: no drift from the intent, and every check holds; nothing is changed.

    Args:
        pairs: names of pairs in the inventory; all of them without one.
        inventory: folder with `hosts.yaml` and `pairs/`.
        driver: `netmiko` or `scrapli`; nothing: as the hosts say.

    Returns:
        A run a pair, in the order of their names; a member that is away is told in it.

    Raises:
        IntentError: a file of a pair that was asked for is missing or wrong.
    """
    home = Path(inventory)
    nornir = open_inventory(home, driver)
    asked = chosen(pairs_in(nornir), Choice(names=pairs))
    for error in asked.broken.values():
        raise error
    return check_pairs(nornir, tuple(asked.good.values()), policy_in(home))


class Emulator:
    """Emulated NE40E routers for as long as the block lasts, each over real SSH on loopback.

    Args:
        devices: configuration file by device name; nothing for a device of factory default.
        options: further words of the emulator, e.g. `["--rtt", "50"]`; see `hotpair emulate --help`.
        inventory: folder into which a ready inventory of them is written; nothing for none.
        pair: pair file of theirs that goes into the inventory; values of its secrets are made up.

    Raises:
        IntentError: what was asked for cannot be served, or a file that is not ours stands in the way.
        DeviceError: the emulator ended before it served every device.
    """

    def __init__(
        self,
        devices: Mapping[str, str | Path | None],
        options: Iterable[str] = (),
        *,
        inventory: str | Path | None = None,
        pair: str | Path | None = None,
    ) -> None:
        self._files = {name: None if file is None else Path(file) for name, file in devices.items()}
        self._options = tuple(options)
        self._inventory = None if inventory is None else Path(inventory)
        self._pair = None if pair is None else Path(pair)
        self._held = ExitStack()

    def __enter__(self) -> Mapping[str, ServedDevice]:
        """Start them; give host, port, login and host key by device name."""
        with ExitStack() as stack:
            stack.enter_context(held(self._inventory))
            served = stack.enter_context(emulated(self._files, self._options))
            if self._inventory is not None:
                write_inventory(self._inventory, served, self._pair)
            self._held = stack.pop_all()
        return served

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End them."""
        self._held.close()


def policy_in(home: Path) -> Policy:
    """Read the policy of an inventory, where there is one."""
    file = policy_beside(home)
    return NO_POLICY if file is None else load_policy(file)
