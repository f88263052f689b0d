"""The checks of pairs as tests of pytest; `hotpair_pytest` loads this where a pair is named.

The devices are looked at once in a run, when the first test runs; under xdist by the controller, before
the workers begin. A device that gives no session is dialled once, too.
"""

from __future__ import annotations

import json
import logging
import shlex
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from nornir.core import Nornir

    from inventory.model import Pair
    from tasks.checks.model import CheckResult

LOOKS = "hotpair_looks"
"""Key under which a worker of xdist gets what the controller has seen."""


@dataclass(frozen=True, slots=True)
class Judged:
    """How a check ended for a subject.

    Args:
        outcome: as the report names it, e.g. `failure`.
        said: its complaints, or why it was skipped.
    """

    outcome: str
    said: str


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen of a pair.

    Args:
        judged: by name of the test.
        error: why nothing was seen; empty otherwise.
    """

    judged: dict[str, Judged]
    error: str = ""


_INTENTS = pytest.StashKey[dict[str, "Pair"]]()
_SEEN = pytest.StashKey[dict[str, Look]]()


def pytest_configure(config: pytest.Config) -> None:
    """Read the pairs: one that is wrong is told before anything is collected, and by the controller of xdist.

    Raises:
        UsageError: there is no such inventory or pair, or it is broken.
    """
    from inventory.errors import HotpairError
    from runbooks.inventory_pairs import pair_named

    try:
        pairs = {name: pair_named(_opened(config, name), name) for name in config.getoption("--hotpair-pair")}
    except HotpairError as error:
        folder = config.getoption("--hotpair-inventory")
        if error.next_command == "hotpair list":
            error.next_command = f"hotpair list -i {shlex.quote(folder)}"
        error.next_command = error.next_command or "pytest --hotpair-inventory FOLDER --hotpair-pair NAME"
        raise pytest.UsageError(f"--hotpair-inventory {folder}: {error}") from None
    config.stash[_INTENTS] = pairs
    given = getattr(config, "workerinput", {}).get(LOOKS, "{}")
    config.stash[_SEEN] = {name: _from_text(text) for name, text in json.loads(given).items()}


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Give a worker of xdist what was seen, so that no worker dials."""
    config: pytest.Config = node.config
    if not config.getoption("collectonly"):
        texts = {name: json.dumps(asdict(look(config, name))) for name in config.stash[_INTENTS]}
        node.workerinput[LOOKS] = json.dumps(texts)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(
    session: pytest.Session, config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Add the checks of each pair that was named, before other plugins choose among the tests."""
    for name, pair in config.stash[_INTENTS].items():
        items.extend(PairChecks.from_parent(session, name=name, nodeid=name).checks(pair))


class PairChecks(pytest.Collector):
    """The checks of one pair."""

    def collect(self) -> Iterator[CheckItem]:
        """Return one test for each check and subject of the intent; nothing is sent yet."""
        return self.checks(self.config.stash[_INTENTS][self.name])

    def checks(self, pair: Pair) -> Iterator[CheckItem]:
        """Yield one test for each check and subject of a pair."""
        from tasks.checks.catalog import checks_for

        for check in checks_for():
            for subject in check.subjects(pair):
                name = _name(check.name, subject)
                # named whole: pytest would take the bracket for a part of the name here, and not in its cache
                item: CheckItem = CheckItem.from_parent(self, name=name, nodeid=f"{self.name}::{name}")
                yield item


def look(config: pytest.Config, name: str) -> Look:
    """Look at a pair, once in a run, however it ends."""
    seen = config.stash[_SEEN]
    if name not in seen:
        seen[name] = _looked(config, name)
    return seen[name]


def _opened(config: pytest.Config, name: str) -> Nornir:
    from runbooks.site import open_inventory

    folder = Path(config.getoption("--hotpair-inventory"))
    return open_inventory(folder, config.getoption("--hotpair-driver"), pair=name)


def _looked(config: pytest.Config, name: str) -> Look:
    from inventory.errors import HotpairError
    from runbooks.inventory_pairs import pair_named
    from runbooks.site import logged_in, on_pair
    from runbooks.verify import ONE_LOOK, verify_pair
    from tasks.checks.catalog import checks_for
    from tasks.checks.waiting import Patience

    budget = config.getoption("--hotpair-wait")
    patience = Patience(budget_s=budget) if budget else ONE_LOOK
    library = logging.getLogger("paramiko")  # pytest would show its tracebacks; our errors say what happened
    level = library.level
    library.setLevel(logging.CRITICAL)
    try:
        nornir = _opened(config, name)
        run = on_pair(
            nornir,
            pair_named(nornir, name),
            lambda pair, openers: verify_pair(
                pair, logged_in(pair, openers), checks_for(), patience=patience
            ),
        )
    except HotpairError as error:
        return Look({}, str(error))
    finally:
        library.setLevel(level)
    return Look({_name(one.check, one.subject): _judged(one) for one in run.results})


def _name(check: str, subject: str) -> str:
    return f"{check}[{subject}]"


def _judged(result: CheckResult) -> Judged:
    said = "\n".join(str(complaint) for complaint in result.complaints)
    return Judged(result.outcome.value, said or result.note)


def _from_text(text: str) -> Look:
    """Read what the controller has seen."""
    values = json.loads(text)
    return Look({name: Judged(**judged) for name, judged in values["judged"].items()}, values["error"])


class CheckFailedError(Exception):
    """A check did not hold."""


class CheckItem(pytest.Item):
    """One check of one subject."""

    def runtest(self) -> None:
        """Judge it.

        Raises:
            CheckFailedError: it failed, or could not tell.
        """
        from tasks.checks.model import Outcome

        if self.parent is None:
            raise TypeError(f"{self.nodeid} has no pair")
        seen = look(self.config, self.parent.name)
        if seen.error:
            raise CheckFailedError(seen.error)
        judged = seen.judged[self.name]
        if judged.outcome == Outcome.SKIPPED.value:
            pytest.skip(judged.said)
        if judged.outcome != Outcome.SUCCESS.value:
            raise CheckFailedError(f"{judged.outcome}: {judged.said}")

    def repr_failure(
        self,
        excinfo: pytest.ExceptionInfo[BaseException],
        style: Any = None,
    ) -> Any:
        """Show what was wanted and found, without a traceback."""
        if isinstance(excinfo.value, CheckFailedError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Say what was tested."""
        return Path(self.config.getoption("--hotpair-inventory")), None, f"{self.parent}: {self.name}"
