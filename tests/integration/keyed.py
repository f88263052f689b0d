"""A pair whose lines hold keys in every form, on emulated routers, with an inventory of its own."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ruamel.yaml import YAML

from inventory.secrets import Secret
from runbooks.lab import ServedDevice, emulated
from tasks.plan.model import Command as Line
from tasks.sessions.opening import open_session
from tasks.sessions.protocol import Session, Target
from tests.integration.lab import HUNG_S, QUICK


@dataclass(frozen=True, slots=True)
class Names:
    """What a pair is called.

    Args:
        pair: name of the pair.
        a: device name of member a.
        b: device name of member b.
        trunk: E-Trunk id.
        port: interface between the members, which bears the VRRP group.
    """

    pair: str
    a: str
    b: str
    trunk: int
    port: str

    @property
    def members(self) -> tuple[str, str]:
        """Both device names."""
        return self.a, self.b


TYNE = Names("tyne", "Tyne-PE1", "Tyne-PE2", 5, "GigabitEthernet0/3/1")
OSLO = Names("oslo.east", "OSL_R1", "OSL_R2", 88, "GigabitEthernet0/1/7")
TRUNK_KEY, GROUP_KEY = "trunk-key", "group.key"


def intent(names: Names, form: str = "cipher", mode: str | None = None, more: str = "") -> str:
    """Return the pair file.

    Args:
        names: what it is called.
        form: of the E-Trunk's key.
        mode: of the VRRP group's authentication; without it there is no group.
        more: lines below the E-Trunk.
    """
    group = f"""
interfaces:
  - name: {names.port}
    vrrp:
      - vrid: 9
        virtual_ips: [10.44.0.254]
        priority: {{a: 150, b: 100}}
        authentication: {{secret: {GROUP_KEY}, mode: {mode}}}
"""
    return f"""\
pair: {names.pair}
members: {{a: {names.a}, b: {names.b}}}
e_trunks:
  - id: {names.trunk}
    address: {{a: 10.9.0.1, b: 10.9.0.2}}
    priority: {{a: 10, b: 20}}
    security_key: {{secret: {TRUNK_KEY}, form: {form}}}
{more}{group if mode else ""}"""


def broken(names: Names) -> str:
    """Return an intent that no pair can live with: the members have different virtual addresses (R95)."""
    return intent(names, mode="md5").replace("[10.44.0.254]", "{a: [10.44.0.254], b: [10.44.0.253]}")


def configuration(names: Names, number: int) -> str:
    """Return what a member runs before the pair is deployed; `number` is 1 or 2."""
    return f"""\
#
sysname {names.members[number - 1]}
#
interface {names.port}
 undo shutdown
 ip address 10.44.0.{number} 255.255.255.0
#
interface LoopBack0
 ip address 10.9.0.{number} 255.255.255.255
#
ospf 1
 area 0.0.0.0
  network 10.9.0.{number} 0.0.0.0
  network 10.44.0.0 0.0.0.255
#
return
"""


@dataclass(frozen=True)
class KeyedLab:
    """The inventory, the routers that it names, and the ways to work on them beside Hotpair."""

    names: Names
    folder: Path
    devices: Mapping[str, ServedDevice]
    control: Path
    login: str = "keyed-login"

    def intend(self, text: str) -> None:
        """Write the pair file."""
        (self.folder / "pairs" / "of-the-pair.yaml").write_text(text, encoding="utf-8")

    def keep(self, **secrets: str) -> None:
        """Write the secrets file; `trunk` and `group` are the keys, the login stays."""
        path = self.folder / "secrets.yaml"
        path.touch(mode=0o600)
        values = {self.login: self.devices[self.names.a].password}
        values |= {TRUNK_KEY: secrets.get("trunk", "unset"), GROUP_KEY: secrets.get("group", "unset")}
        with path.open("w", encoding="utf-8") as file:
            YAML().dump(values, file)

    def session(self, name: str) -> Session:
        """Log in beside Hotpair, as a colleague would."""
        served = self.devices[name]
        return open_session(
            Target(
                member=name,
                host=served.host,
                port=served.port,
                username=served.username,
                password=Secret(served.password),
                driver="scrapli",
                host_key=served.host_key,
                timeout_s=HUNG_S,
            )
        )

    def running(self, name: str) -> str:
        """Read what a router runs."""
        session = self.session(name)
        text = session.run("display current-configuration")
        session.close()
        return text

    def type_by_hand(self, name: str, view: str, suffix: str, *lines: str) -> None:
        """Let a colleague type lines in a view, commit and save."""
        session = self.session(name)
        session.stage([Line(view, suffix), *(Line(line, suffix) for line in lines), Line("quit", "")])
        session.commit()
        session.save()
        session.close()

    def order(self, **order: object) -> None:
        """Send one order to the side channel of the routers."""
        with socket.socket(socket.AF_UNIX) as wire:
            wire.connect(str(self.control))
            wire.sendall(json.dumps(order).encode() + b"\n")
            answer = json.loads(wire.makefile().readline())
        assert answer["ok"], answer


@contextmanager
def keyed_lab(home: Path, names: Names, *options: str) -> Iterator[KeyedLab]:
    """Serve the pair's routers for as long as the block lasts; the inventory lies in `inventory`."""
    folder = home / "inventory"
    (folder / "pairs").mkdir(parents=True)
    files: dict[str, Path | None] = {}
    for number, name in enumerate(names.members, start=1):
        file = home / f"{name}.cfg"
        file.write_text(configuration(names, number), encoding="utf-8")
        files[name] = file
    control = home / "control"
    with emulated(files, ["--control", str(control), *(options or QUICK)]) as devices:
        lab = KeyedLab(names, folder, devices, control)
        hosts = {name: _host(devices[name], lab.login) for name in names.members}
        with (folder / "hosts.yaml").open("w", encoding="utf-8") as out:
            YAML().dump(hosts, out)
        for empty in ("groups.yaml", "defaults.yaml"):
            (folder / empty).write_text("{}\n", encoding="utf-8")
        lab.keep()
        lab.intend(intent(names))
        yield lab


def _host(device: ServedDevice, login: str) -> dict[str, object]:
    return {
        "hostname": device.host,
        "port": device.port,
        "username": device.username,
        "platform": "huawei_vrpv8",
        "data": {"host_key": device.host_key, "password": {"secret": login}},
    }
