#!/usr/bin/env bash
# napalm-huawei-vrp: to replace a configuration does nothing and finds no difference, whatever stands in the file, as success.
# napalm-huawei-vrp==1.2.0 napalm==5.2.0 nornir==3.6.0 nornir-napalm==0.6.0
# Good engineers guess: what a driver cannot do raises NotImplementedError, as it is the rule of NAPALM's base class; so an empty
#   difference after load_replace_candidate says that the device is already as the file.
# What happens: the method is there and empty. The device is not asked (here there is none, and no connection), compare_config is empty,
#   and nornir-napalm, which commits only a difference, ends with changed=False and no failure: "nothing to do" for any file. Only
#   commit_config by hand says "No config loaded."
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check \
  napalm-huawei-vrp==1.2.0 napalm==5.2.0 nornir==3.6.0 nornir-napalm==0.6.0 2> pip.log || { cat pip.log; exit 2; }
cat > look.py <<'PY'
from napalm import get_network_driver
from napalm.base.base import NetworkDriver
from nornir.core import Nornir
from nornir.core.configuration import Config
from nornir.core.inventory import Defaults, Groups, Host, Hosts, Inventory
from nornir.core.plugins.connections import ConnectionPluginRegister
from nornir.core.state import GlobalState
from nornir.plugins.runners import SerialRunner
from nornir_napalm.plugins.tasks import napalm_configure

WANTED = "sysname ANOTHER\n#\ninterface GigabitEthernet0/1/0\n shutdown\n#\nreturn\n"

driver = get_network_driver("huawei_vrp")("192.0.2.1", "ops", "unused")
try:
    NetworkDriver.load_replace_candidate(driver, config=WANTED)
    raise SystemExit("the base class does not refuse any more")
except NotImplementedError:
    print("the base class refuses what a driver does not have")
driver.load_replace_candidate(config=WANTED)
print("the driver, without a connection, finds as difference:", repr(driver.compare_config()))
assert driver.compare_config() == ""


class NeverOpened:
    """Hand out the driver as nornir-napalm's connection does, but without a device to open."""

    def open(self, *args, **kwargs):
        self.connection = get_network_driver("huawei_vrp")("192.0.2.1", "ops", "unused")

    def close(self):
        pass


ConnectionPluginRegister.register("napalm", NeverOpened)
hosts = Hosts({"PE1": Host(name="PE1", hostname="192.0.2.1")})
nornir = Nornir(Inventory(hosts, Groups(), Defaults()), runner=SerialRunner(), data=GlobalState(), config=Config())
(result,) = nornir.run(task=napalm_configure, configuration=WANTED, replace=True)["PE1"]
print(f"nornir-napalm: failed={result.failed} changed={result.changed} diff={result.diff!r}")
assert (result.failed, result.changed, result.diff) == (False, False, "")
PY
venv/bin/python look.py
