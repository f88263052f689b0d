"""The end of `hotpair check --remedy`: pairs that drifted are brought back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hotpair.cli.fleet import JOURNALS, intent_file
from hotpair.cli.memory import Memory, remember
from hotpair.cli.output import err, show_error
from hotpair.exit_codes import ExitCode, exit_code_of
from inventory.errors import HotpairError, RefusedError

if TYPE_CHECKING:
    from nornir.core import Nornir

    from inventory.model import Pair
    from runbooks.change import Changed
    from runbooks.fleet.over import Ended
    from runbooks.gates import Permission
    from runbooks.report.run import Run


@dataclass(frozen=True, slots=True)
class Remedy:
    """What a remedy needs.

    Args:
        nornir: inventory.
        inventory: its folder.
        permission: what it may do.
        archive: where its runs are kept.
        policy: the policy file, where there is one.
    """

    nornir: Nornir
    inventory: Path
    permission: Permission
    archive: Path | str
    policy: Path | None


def remedy(asked: Remedy, pairs: Sequence[tuple[Pair, Run]]) -> dict[str, ExitCode]:
    """Bring back the pairs that drifted, one after the other; give how each of them ended.

    Args:
        asked: what is needed.
        pairs: all that were checked, with their runs.
    """
    from runbooks.fleet.each import Asked
    from runbooks.fleet.remedy import bring_back, has_drifted
    from runbooks.plan_file import Terms
    from runbooks.report.evidence import require_place

    drifted = [(pair, run) for pair, run in pairs if has_drifted(run)]
    if not drifted:
        return {}
    folder = asked.inventory / "runs"
    require_place(folder)
    ends: dict[str, ExitCode] = {}

    def tell(ended: Ended[Changed]) -> None:
        problem = ended.error or (ended.value.problem if ended.value is not None else None)
        ends[ended.pair.name] = ExitCode.DONE if problem is None else exit_code_of(problem)
        if problem is not None:
            err.print(f"{ended.pair.name}: not brought back", markup=False)
            show_error(_with_a_way(problem, ended.pair.name))
        else:
            err.print(f"{ended.pair.name}: brought back, both members are new and saved", markup=False)
        if ended.value is not None and not ended.value.plan.empty:
            file = intent_file(ended.pair)
            journals = asked.inventory / JOURNALS
            remember(ended.value.run, Memory(folder, asked.archive, file, asked.policy, journals=journals))

    bring_back(
        Asked(asked.nornir, asked.inventory, asked.inventory / JOURNALS, Terms(), asked.permission),
        drifted,
        announce=lambda name, id_: err.print(f"{name}: transaction {id_}", markup=False),
        tell=tell,
    )
    return ends


def _with_a_way(problem: HotpairError, pair: str) -> HotpairError:
    """Name the command that does it all the same, where a word of its lets the change through."""
    if isinstance(problem, RefusedError) and not problem.next_command:
        word = f" {problem.wanted}" if (problem.wanted or "").startswith("--") else ""
        problem.next_command = f"hotpair {'deploy' if word else 'plan'} {pair}{word}"
    return problem
