"""The file of a watcher: the page's example is one, its schema is shipped, and each problem has its line."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from inventory.errors import IntentError
from runbooks.watch.settings import SCHEMA_PATH, load_watching, watching_schema

PAGE = Path(__file__).parents[3] / "docs" / "watch.md"


def test_the_example_of_the_page_is_one_and_lists_its_moments(tmp_path: Path) -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    file = tmp_path / "watch.yaml"
    file.write_text(example, encoding="utf-8")

    settings = load_watching(file)

    coming = settings.coming(datetime(2026, 11, 28, 1, 24, tzinfo=UTC), 3)
    assert [(f"{at:%H:%M}", group.name) for at, group in coming] == [
        ("01:25", "gold"), ("01:30", "everything"), ("01:30", "gold")
    ]  # fmt: skip
    assert [route.name for route in settings.alerts.routes] == ["noc", "log", "desk", "pager"]


def test_the_shipped_schema_is_that_of_the_file() -> None:
    assert json.loads(SCHEMA_PATH.read_text(encoding="utf-8")) == watching_schema()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "groups"),
        ("groups: []\n", "watch.yaml:1 (groups): should have 1 or more; found []"),
        ("groups:\n- {name: x, every: soon}\n", "has 1 problem\n"),
        ("groups:\n- {name: x, every: 1 h}\n- {name: x, every: 2 h}\n", "two groups are named x"),
        ("groups:\n- {name: x, every: 1 h}\nalert: {}\n", "watch.yaml:3"),
        ("groups:\n- {name: x, cron: 0 4 1 * 1}\n", "watch.yaml:2"),
        ("groups: [{name: x, every: 1 h}]\nmetrics: {listen: everywhere}\n", "watch.yaml:2"),
        (
            "groups: [{name: x, every: 1 h}]\nmetrics: {listen: '127.0.0.1:99999'}\n",
            "watch.yaml:2 (metrics.listen): wanted a port from 1 to 65535, found 99999",
        ),
        (
            "groups: [{name: x, every: 1 h}]\nalerts:\n  routes:\n  - {name: l, syslog: {to: 'udp://h:70000'}}\n",
            "watch.yaml:4 (alerts.routes[0].syslog.to): wanted a port from 1 to 65535, found 70000",
        ),
        (
            "groups: [{name: x, every: 1 h}]\nalerts:\n  routes:\n  - {name: l, webhook: {url: 'http://h:0/x'}}\n",
            "watch.yaml:4 (alerts.routes[0].webhook.url): wanted a port from 1 to 65535, found 0",
        ),
    ],
)
def test_a_wrong_file_is_told_with_its_line(tmp_path: Path, text: str, says: str) -> None:
    file = tmp_path / "watch.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(IntentError) as error:
        load_watching(file)
    assert says in str(error.value)


def test_a_file_that_is_not_there_is_told_with_one_that_would_do(tmp_path: Path) -> None:
    with pytest.raises(IntentError, match="no file says which pairs are watched") as caught:
        load_watching(tmp_path / "watch.yaml")
    sample = str(caught.value.wanted).split("`")[1]
    (tmp_path / "watch.yaml").write_text(sample, encoding="utf-8")
    assert [group.name for group in load_watching(tmp_path / "watch.yaml").groups] == ["all"]
