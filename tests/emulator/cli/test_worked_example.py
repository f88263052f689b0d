"""A worked example of the manual, IGMP hot backup over an E-Trunk, typed into both members.

Where the example and the manual's own rules differ, the rules hold: the name in the prompt changes with the
commit (R160), entering a view that exists already keeps `~`, and `mode lacp-static` stands before the trunk
joins the E-Trunk (R40).
"""

from __future__ import annotations

import pytest

from emulator.device import Device
from emulator.personalities import PERSONALITIES, Personality
from tests.emulator.client import Client
from tests.fixtures.text import text_of

BASE = text_of("configurations/worked-example.cfg")
DIALOGUE = text_of("outputs/worked-example-dialogue.txt")
MEMBERS = (
    {"name": "DeviceA", "own": "1.1.1.1", "peer": "3.3.3.3", "digit": "5", "net": "15", "host": "1"},
    {"name": "DeviceB", "own": "3.3.3.3", "peer": "1.1.1.1", "digit": "6", "net": "35", "host": "3"},
)


def as_spelled_by(release: Personality, text: str) -> str:
    text = text.replace("-rm-backup-srv-", f"-{release.service_prompt}-")
    return text.replace("<", "<~") if release.flag_in_user_view else text


@pytest.mark.parametrize("release", PERSONALITIES.values(), ids=lambda release: release.name)
@pytest.mark.parametrize("values", MEMBERS, ids=lambda values: values["name"])
def test_the_example_is_accepted_line_by_line(release: Personality, values: dict[str, str]) -> None:
    device = Device("member", BASE.format(**values), personality=release)
    client = Client(device)
    screen = client.greeting.rpartition("\n")[2]
    for row in DIALOGUE.splitlines()[:-1]:
        line = row.partition("]" if row.startswith("[") else ">")[2].format(**values)
        screen += client.raw(line.encode() + b"\n")
    printed = as_spelled_by(release, DIALOGUE.format(**values))
    quiet = [row for row in screen.split("\r\n") if row.startswith(("[", "<")) or "Error" in row]
    assert "\n".join(quiet) == printed
    assert len(device.store.history.points) == 8
