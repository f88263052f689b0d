"""pytest plugin: each check of a pair is a test, for those who gate on pytest.

    pytest --hotpair-pair metro-1 --hotpair-inventory inventory/

pytest loads this module in every project of an environment, so it imports nothing: our rooms have names that
a project may use itself, and are loaded only where a pair is named.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add our options."""
    group = parser.getgroup("hotpair")
    group.addoption("--hotpair-pair", action="append", default=[], help="Pair whose checks are tests.")
    group.addoption("--hotpair-inventory", default=".", help="Folder with hosts.yaml and pairs/.")
    group.addoption("--hotpair-driver", choices=("netmiko", "scrapli"), help="Library that connects.")
    group.addoption("--hotpair-wait", type=float, default=0.0, help="Seconds to wait until the pair holds.")


def pytest_configure(config: pytest.Config) -> None:
    """Load the rest where a pair is named."""
    if config.getoption("--hotpair-pair"):
        from hotpair import pytest_plugin

        config.pluginmanager.register(pytest_plugin, "hotpair-checks")
