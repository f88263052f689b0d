"""`hotpair plan` and `hotpair deploy` for many pairs: one table, one question, each pair on its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from hotpair.cli.choosing import Many
from hotpair.cli.fleet import JOURNALS, intent_file, policy_file, policy_of
from hotpair.cli.memory import Memory, remember
from hotpair.cli.output import Format, err, out, show_error, show_rows, write_json
from hotpair.cli.over_time import place_of
from hotpair.exit_codes import ExitCode, exit_code_of
from inventory.errors import HotpairError, IntentError

if TYPE_CHECKING:
    from nornir.core import Nornir

    from hotpair.cli.asked import Asked
    from inventory.load import Pairs
    from inventory.model import Pair
    from runbooks.change import Changed
    from runbooks.fleet.deploying import Manner
    from runbooks.fleet.over import Ended
    from runbooks.report.run import Run
    from runbooks.site import Openers
    from tasks.plan.model import MemberPlan, PairPlan

_WORST = (
    ExitCode.SPLIT, ExitCode.ROLLED_BACK, ExitCode.UNKNOWN, ExitCode.REFUSED, ExitCode.USAGE,
    ExitCode.FINDINGS, ExitCode.CHANGES,
)  # fmt: skip
"""Which of several ends is said: what needs a hand most comes first."""


@dataclass(frozen=True, slots=True)
class Fleet:
    """Many pairs and how they are worked on.

    Args:
        nornir: inventory.
        inventory: its folder.
        pairs: intents, and what is wrong with the others.
        many: how many at a time.
        words: what was asked for.
        policy: policy file that was asked for.
    """

    nornir: Nornir
    inventory: Path
    pairs: Pairs
    many: Many
    words: Asked
    policy: Path | None
    _lock: Lock = field(default_factory=Lock)

    @property
    def intents(self) -> tuple[Pair, ...]:
        """Give the pairs that are worked on, by name."""
        return tuple(self.pairs.good.values())[: self.many.limit]

    def say(self, text: str) -> None:
        """Write an event; several threads have some."""
        with self._lock:
            err.print(text, markup=False)


def fleet_of(many: Many, words: Asked, inventory: Path, driver: str | None, policy: Path | None) -> Fleet:
    """Read the inventory, and tell what is wrong with pairs that may be meant.

    Raises:
        IntentError: nothing fits, or a file of all pairs is wrong.
    """
    from runbooks.fleet.choice import chosen
    from runbooks.site import open_inventory, pairs_in

    nornir = open_inventory(inventory, driver)
    fleet = Fleet(nornir, inventory, chosen(pairs_in(nornir), many.choice), many, words, policy)
    for error in fleet.pairs.broken.values():
        show_error(error)
    if not fleet.intents:
        raise IntentError("no pair is left to work on", wanted="a pair file that is right")
    return fleet


def plan_many(fleet: Fleet, fmt: Format) -> int:
    """Plan every pair; end with 10 where something is to do, or worse where a pair could not be planned."""
    ends = _plans(fleet)
    if fmt is Format.JSON:
        write_json({"pairs": [_plan_row(ended) for ended in ends], "errors": _broken(fleet)})
    else:
        _show_plans(ends)
    return _code(fleet, [_plan_code(ended) for ended in ends])


def deploy_many(
    fleet: Fleet,
    manner: Manner,
    *,
    yes: bool,
    budget: float | None,
    runs: Path | None,
    archive: str | None,
    fmt: Format,
) -> int:
    """Plan every pair, ask once, and deploy what was shown; a pair whose plan changed since is refused."""
    from hotpair.cli.deploy import ask
    from runbooks.check import check_pairs
    from runbooks.fleet.deploying import deploy_pairs
    from runbooks.report.evidence import require_place

    require_place(runs or fleet.inventory / "runs")
    place = place_of(archive, fleet.inventory)
    planned = _plans(fleet)
    if fmt is Format.TABLE:
        _show_plans(planned)
    todo = [one.pair for one in planned if one.value is not None and not one.value.empty]
    if todo and not yes and not ask(f"Deploy {len(todo)} pairs?"):
        raise IntentError("the plan was not agreed to; nothing was sent")
    plans = {one.pair.name: one.value for one in planned if one.value is not None}
    rules = policy_of(fleet.inventory, fleet.policy)

    def tell(ended: Ended[Changed]) -> None:
        fleet.say(f"{ended.pair.name}: {_said(ended)}")
        problem = _problem(ended)
        if problem is not None:
            show_error(problem)
        if ended.value is not None and not ended.value.plan.empty:
            file = intent_file(ended.pair)
            policy = policy_file(fleet.inventory, fleet.policy)
            kept_in = runs or fleet.inventory / "runs"
            remember(ended.value.run, Memory(kept_in, place, file, policy, fleet.words.terms.ticket))

    def look(pairs: Sequence[Pair]) -> Sequence[Run]:
        return check_pairs(fleet.nornir, pairs, rules, workers=manner.workers)

    ends = deploy_pairs(
        fleet.nornir, todo, _Change(fleet, plans, budget), look, manner, tell=tell, say=fleet.say
    )
    failed = [one for one in planned if one.error is not None]
    _show_ends(ends, failed, fleet, fmt)
    return _code(fleet, [_deploy_code(one) for one in ends] + [_plan_code(one) for one in failed])


@dataclass(frozen=True, slots=True)
class _Change:
    """Changes one pair as it was shown.

    Args:
        fleet: whose pair.
        plans: what was shown, by pair.
        budget: seconds to converge; nothing: as the intent needs.
    """

    fleet: Fleet
    plans: Mapping[str, PairPlan]
    budget: float | None

    def __call__(self, pair: Pair, openers: Openers) -> Changed:
        """Bring a pair to its intent."""
        from runbooks.change import Wishes, change_pair
        from runbooks.site import secrets_for
        from runbooks.verify import convergence_budget
        from tasks.checks.catalog import CONVERGING, checks_for
        from tasks.checks.waiting import Patience

        fleet, terms = self.fleet, self.fleet.words.terms
        budget = convergence_budget(pair) if self.budget is None else self.budget
        wishes = Wishes(
            checks=checks_for(CONVERGING),
            patience=Patience(budget_s=budget),
            journals=fleet.inventory / JOURNALS,
            secrets=secrets_for(fleet.nornir, pair, fleet.inventory),
            remove=terms.remove,
            retype_keys=terms.retype_keys,
            permission=fleet.words.permission(fleet.inventory, fleet.policy),
            ticket=terms.ticket,
            announce=lambda transaction: fleet.say(f"{pair.name}: transaction {transaction}"),
            agree=lambda plan: plan == self.plans[pair.name],
        )
        return change_pair(pair, openers, wishes)


def _plans(fleet: Fleet) -> tuple[Ended[PairPlan], ...]:
    """Plan every pair, several at a time."""
    from runbooks.fleet.over import over_pairs
    from runbooks.gates import pass_lint
    from runbooks.keys import Keys, keys_are_read
    from runbooks.proposal import propose
    from runbooks.site import logged_in, secrets_for

    words, marks = fleet.words, fleet.inventory / JOURNALS

    def work(pair: Pair, openers: Openers) -> PairPlan:
        if not words.terms.remove:
            pass_lint(pair, words.accepted)
        needed = keys_are_read(pair, marks, retype=words.terms.retype_keys)
        secrets = secrets_for(fleet.nornir, pair, fleet.inventory) if needed else {}
        keys = Keys(secrets, marks, words.terms.retype_keys)
        return propose(pair, logged_in(pair, openers), keys, words.accepted, remove=words.terms.remove).plan

    return over_pairs(
        fleet.nornir,
        fleet.intents,
        work,
        workers=fleet.many.workers,
        tell=lambda ended: fleet.say(f"{ended.pair.name}: {ended.error or 'planned'}"),
    )


# ---- what is shown -----------------------------------------------------------------------------------------


def _lines(member: MemberPlan) -> int:
    return sum(len(stage.lines) for stage in member.forward)


def _impact(plan: PairPlan) -> str:
    """Give the highest impact of a plan."""
    from tasks.checks.policy import IMPACTS

    found = {
        command.impact
        for member in (plan.a, plan.b)
        for stage in member.forward
        for command in stage.commands
    }
    return next((impact.value for impact in reversed(IMPACTS.values()) if impact in found), "-")


def _show_plans(ends: Sequence[Ended[PairPlan]]) -> None:
    rows = []
    for one in ends:
        plan = one.value
        if plan is None:
            rows.append((one.pair.name, "-", "-", str(one.error or "not begun")))
        else:
            rows.append((plan.pair, str(_lines(plan.a)), str(_lines(plan.b)), _impact(plan)))
    show_rows(("pair", "lines a", "lines b", "impact"), rows)


def _plan_row(ended: Ended[PairPlan]) -> dict[str, Any]:
    from runbooks.planning import plan_as_dict

    if ended.value is None:
        error = {} if ended.error is None else ended.error.as_dict()
        return {"pair": ended.pair.name, "error": error}
    return plan_as_dict(ended.value)


def _said(ended: Ended[Changed]) -> str:
    """Say how a pair ended."""
    if ended.error is not None:
        return f"not changed: {ended.error}"
    if ended.value is None:
        return "not begun"
    if ended.value.problem is not None:
        return str(ended.value.problem)
    return "nothing to do" if ended.value.plan.empty else "both members are new and saved"


def _show_ends(
    ends: Sequence[Ended[Changed]], failed: Sequence[Ended[PairPlan]], fleet: Fleet, fmt: Format
) -> None:
    rows = [(one.pair.name, _transaction(one), _said(one)) for one in ends]
    rows += [(one.pair.name, "", f"not planned: {one.error}") for one in failed]
    if fmt is Format.JSON:
        keys = ("pair", "transaction", "end")
        told = [dict(zip(keys, row, strict=True)) for row in sorted(rows)]
        write_json({"pairs": told, "errors": _broken(fleet)})
    elif rows:
        show_rows(("pair", "transaction", "end"), sorted(rows))
    else:
        out.print("Nothing to do: every pair holds its intent.")


def _transaction(ended: Ended[Changed]) -> str:
    return ended.value.run.transaction if ended.value is not None else ""


def _broken(fleet: Fleet) -> list[dict[str, str]]:
    return [{"pair": name, **error.as_dict()} for name, error in fleet.pairs.broken.items()]


# ---- exit codes --------------------------------------------------------------------------------------------


def _plan_code(ended: Ended[PairPlan]) -> ExitCode:
    if ended.value is not None:
        return ExitCode.DONE if ended.value.empty else ExitCode.CHANGES
    return ExitCode.UNKNOWN if ended.error is None else exit_code_of(ended.error)


def _problem(ended: Ended[Changed]) -> HotpairError | None:
    """Give why a pair did not come to be."""
    return ended.error or (ended.value.problem if ended.value is not None else None)


def _deploy_code(ended: Ended[Changed]) -> ExitCode:
    problem = _problem(ended)
    if problem is not None:
        return exit_code_of(problem)
    return ExitCode.DONE if ended.begun else ExitCode.REFUSED


def _code(fleet: Fleet, codes: Sequence[ExitCode]) -> int:
    every = {*codes, *(exit_code_of(error) for error in fleet.pairs.broken.values())}
    return next((code for code in _WORST if code in every), ExitCode.DONE)
