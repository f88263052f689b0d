"""pytest plugin: each check of a pair is a test, for those who gate on pytest.

    pytest --hotpair-pair metro-1 --hotpair-inventory inventory/

The devices are looked at once, when the first of the tests runs.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from runbooks.report.run import Run
    from tasks.checks.model import CheckResult


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add our options."""
    group = parser.getgroup("hotpair")
    group.addoption("--hotpair-pair", action="append", default=[], help="Pair whose checks are tests.")
    group.addoption("--hotpair-inventory", default=".", help="Folder with hosts.yaml and pairs/.")
    group.addoption("--hotpair-driver", choices=("netmiko", "scrapli"), help="Library that connects.")
    group.addoption("--hotpair-wait", type=float, default=0.0, help="Seconds to wait until the pair holds.")


def pytest_configure() -> None:
    """Keep tracebacks of the SSH library out of what pytest captures; our errors say what happened."""
    logging.getLogger("paramiko").setLevel(logging.CRITICAL)


def pytest_collection_modifyitems(
    session: pytest.Session, config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Add the checks of each pair that was named."""
    for name in config.getoption("--hotpair-pair"):
        items.extend(PairChecks.from_parent(session, name=name).collect())


class PairChecks(pytest.Collector):
    """The checks of one pair."""

    def collect(self) -> Iterator[CheckItem]:
        """Give one test for each check and subject of the intent; nothing is sent yet."""
        from inventory.errors import HotpairError
        from runbooks.site import find_pair
        from tasks.checks.catalog import checks_for

        folder = Path(self.config.getoption("--hotpair-inventory"))
        try:
            pair = find_pair(self.name, folder)
        except HotpairError as error:
            raise pytest.UsageError(str(error)) from None
        for check in checks_for():
            for subject in check.subjects(pair):
                item: CheckItem = CheckItem.from_parent(
                    self, name=f"{check.name}[{subject}]", check=check.name, subject=subject
                )
                yield item

    @cached_property
    def run(self) -> Run:
        """Look at the pair, once."""
        from runbooks.site import logged_in, on_pair, open_inventory, pair_named
        from runbooks.verify import ONE_LOOK, verify_pair
        from tasks.checks.catalog import checks_for
        from tasks.checks.waiting import Patience

        folder = Path(self.config.getoption("--hotpair-inventory"))
        nornir = open_inventory(folder, self.config.getoption("--hotpair-driver"))
        budget = self.config.getoption("--hotpair-wait")
        patience = Patience(budget_s=budget) if budget else ONE_LOOK
        return on_pair(
            nornir,
            pair_named(nornir, self.name),
            lambda pair, openers: verify_pair(
                pair, logged_in(pair, openers), checks_for(), patience=patience
            ),
        )


class CheckFailedError(Exception):
    """A check did not hold."""


class CheckItem(pytest.Item):
    """One check of one subject."""

    def __init__(self, *, check: str, subject: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.check = check
        self.subject = subject

    def runtest(self) -> None:
        """Judge it.

        Raises:
            CheckFailedError: it failed, or could not tell.
        """
        from tasks.checks.model import Outcome

        result = self._result()
        if result.outcome is Outcome.SKIPPED:
            pytest.skip(result.note)
        if result.outcome is not Outcome.SUCCESS:
            said = "\n".join(str(complaint) for complaint in result.complaints)
            raise CheckFailedError(f"{result.outcome.value}: {said or result.note}")

    def _result(self) -> CheckResult:
        """Give the result of our check."""
        from inventory.errors import HotpairError

        if not isinstance(self.parent, PairChecks):
            raise TypeError(f"{self.nodeid} has no pair")
        try:
            results = self.parent.run.results
        except HotpairError as error:
            raise CheckFailedError(str(error)) from None
        return next(one for one in results if (one.check, one.subject) == (self.check, self.subject))

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
