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

BASE = """\
#
e-trunk 1
#
interface Eth-Trunk1
 ip address 10.0.{net}.{host} 255.255.255.0
 mode lacp-static
 e-trunk 1
#
interface GigabitEthernet0/1/1
 undo shutdown
 ip address 10.0.13.{host} 255.255.255.0
#
interface GigabitEthernet0/1/2
 undo shutdown
 eth-trunk 1
#
interface LoopBack0
 ip address {own} 255.255.255.255
#
return
"""
DIALOGUE = """\
<HUAWEI>system-view
[~HUAWEI]sysname {name}
[*HUAWEI]remote-backup-service service1
[*HUAWEI-rm-backup-srv-service1]peer {peer} source {own} port 1025
[*HUAWEI-rm-backup-srv-service1]commit
[~{name}-rm-backup-srv-service1]quit
[~{name}]remote-backup-profile profile1
[*{name}-rm-backup-prf-profile1]backup-id 10 remote-backup-service service1
[*{name}-rm-backup-prf-profile1]commit
[~{name}-rm-backup-prf-profile1]quit
[~{name}]e-trunk 1
[~{name}-e-trunk-1]peer-address {peer} source-address {own}
[*{name}-e-trunk-1]security-key cipher YsHsjx_202206
[*{name}-e-trunk-1]commit
[~{name}-e-trunk-1]quit
[~{name}]lacp e-trunk system-id 00e0-fc12-345{digit}
[*{name}]commit
[~{name}]remote-backup-profile profile1
[~{name}-rm-backup-prf-profile1]e-trunk 1 eth-trunk 1
[*{name}-rm-backup-prf-profile1]commit
[~{name}-rm-backup-prf-profile1]quit
[~{name}]interface Eth-Trunk 1
[~{name}-Eth-Trunk1]remote-backup-profile profile1
[*{name}-Eth-Trunk1]commit
[~{name}-Eth-Trunk1]quit
[~{name}]multicast routing-enable
[*{name}]interface Eth-Trunk 1
[*{name}-Eth-Trunk1]pim sm
[*{name}-Eth-Trunk1]igmp enable
[*{name}-Eth-Trunk1]mode lacp-static
[*{name}-Eth-Trunk1]commit
[~{name}-Eth-Trunk1]quit
[~{name}]remote-backup-profile profile1
[~{name}-rm-backup-prf-profile1]service-type igmp
[*{name}-rm-backup-prf-profile1]commit
[~{name}-rm-backup-prf-profile1]quit
[~{name}]return
<{name}>"""
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
