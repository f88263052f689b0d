"""Plan or change one pair of many, as it was asked for all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from nornir.core import Nornir

from inventory.errors import DeviceError
from inventory.model import SIDES, Pair
from inventory.secrets import Secret
from runbooks.change import Changed, ChangeOptions, change_pair
from runbooks.gates import Accepted, Permission, pass_lint
from runbooks.hitless.sampler import Sampling
from runbooks.keys import Keys, keys_are_read
from runbooks.plan_file import Terms
from runbooks.proposal import propose
from runbooks.report.run import Run
from runbooks.site import Openers, beside, logged_in, secrets_for, within_reach
from runbooks.verify import ONE_LOOK, convergence_budget, verify_pair
from tasks.checks.catalog import CONVERGING, Selection, checks_for
from tasks.checks.policy import Policy
from tasks.checks.waiting import Patience, Sample
from tasks.plan.model import PairPlan


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for every pair.

    Args:
        nornir: inventory with their members.
        inventory: its folder, where `secrets.yaml` may lie.
        journals: folder of the transaction journals and of the marks of secrets.
        terms: in what words.
        permission: what the network and the operator allow.
        budget_s: seconds to converge; nothing: as each intent needs.
    """

    nornir: Nornir
    inventory: Path
    journals: Path
    terms: Terms
    permission: Permission
    budget_s: float | None = None


@dataclass(frozen=True, slots=True)
class Planning:
    """Plans one pair; nothing is changed.

    Args:
        journals: folder of the marks of secrets.
        terms: in what words it was asked for.
        accepted: breaches of rules that the operator accepts.
        secrets: values of the intent's secrets, by name; they are in no text of this value.
    """

    journals: Path
    terms: Terms
    accepted: tuple[Accepted, ...]
    secrets: Mapping[str, str] = field(repr=False)

    def __call__(self, pair: Pair, openers: Openers) -> PairPlan:
        """Plan it.

        Raises:
            HotpairError: it cannot be planned.
        """
        secrets = {name: Secret(value) for name, value in self.secrets.items()}
        keys = Keys(secrets, self.journals, self.terms.retype_keys)
        sessions = logged_in(pair, openers)
        return propose(pair, sessions, keys, self.accepted, remove=self.terms.remove).plan


def planning(asked: Asked, pair: Pair) -> Planning:
    """Return what plans one pair, once its intent and its secrets are in order; nothing is dialled.

    Raises:
        RefusedError: the intent breaks a rule.
        IntentError: secrets are missing.
    """
    terms, accepted = asked.terms, asked.permission.accepted
    if not terms.remove:
        pass_lint(pair, accepted)
    needed = keys_are_read(pair, asked.journals, retype=terms.retype_keys)
    secrets = secrets_for(asked.nornir, pair, asked.inventory) if needed else {}
    values = {name: secret.reveal() for name, secret in secrets.items()}
    return Planning(asked.journals, terms, accepted, values)


@dataclass(frozen=True, slots=True)
class Verified:
    """What a look at a pair gave.

    Args:
        run: for the reports.
        missing: why members gave no session.
    """

    run: Run
    missing: tuple[DeviceError, ...]


def unheard(_sample: Sample) -> None:
    """Tell nobody of a look."""


@dataclass(frozen=True, slots=True)
class Verifying:
    """Judges one pair; one member that is away keeps nobody from the other.

    Args:
        policy: of the network.
        selection: checks that run, and the side that is asked alone.
        wait_s: seconds to wait until it holds; 0 looks once.
        progress: told each look.
    """

    policy: Policy
    selection: Selection
    wait_s: float = 0.0
    progress: Callable[[Sample], None] = unheard

    def __call__(self, pair: Pair, openers: Openers) -> Verified:
        """Judge it.

        Raises:
            DeviceError: no member gives a session, or one did not answer.
        """
        side = self.selection.side
        checks = checks_for(self.selection)
        patience = Patience(budget_s=self.wait_s) if self.wait_s else ONE_LOOK
        sessions, missing = within_reach(pair, openers, SIDES if side is None else (side,))
        run = verify_pair(
            pair, sessions, checks, patience=patience, policy=self.policy, progress=self.progress
        )
        return Verified(_with_reasons(run, missing), missing)


def _with_reasons(run: Run, missing: Sequence[DeviceError]) -> Run:
    """Let what is said of a member that gave no session tell why, so that a report alone does."""
    why = {error.member: ": ".join(filter(None, (error.message, error.found))) for error in missing}
    results = (
        replace(
            result,
            complaints=tuple(
                replace(one, found=why[one.device]) if one.device in why and not one.found else one
                for one in result.complaints
            ),
        )
        for result in run.results
    )
    return replace(run, results=tuple(results)) if why else run


def change_one(
    asked: Asked,
    pair: Pair,
    openers: Openers,
    *,
    agree: Callable[[PairPlan], bool],
    announce: Callable[[str], None],
    transaction: str = "",
) -> Changed:
    """Bring one pair to its intent, both members or none.

    Args:
        asked: for all of them.
        pair: intent.
        openers: ways to log in, by device name.
        agree: whether the plan is the one that was agreed to.
        announce: told the transaction's id.
        transaction: the id; empty: a fresh one.

    Raises:
        HotpairError: it could not begin; nothing was sent.
    """
    budget = convergence_budget(pair) if asked.budget_s is None else asked.budget_s
    options = ChangeOptions(
        checks=checks_for(CONVERGING),
        patience=Patience(budget_s=budget),
        journals=asked.journals,
        secrets=secrets_for(asked.nornir, pair, asked.inventory),
        remove=asked.terms.remove,
        retype_keys=asked.terms.retype_keys,
        permission=asked.permission,
        ticket=asked.terms.ticket,
        announce=announce,
        agree=agree,
        sampling=Sampling(beside(asked.nornir, pair)),
        transaction=transaction,
    )
    return change_pair(pair, openers, options)
