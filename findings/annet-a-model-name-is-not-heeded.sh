#!/usr/bin/env bash
# annet file-patch: told the model of a router, it writes another vendor's commands; told the vendor alone, it writes the right ones.
# annet==4.8.3
# Good engineers guess: `--hw "Huawei NE40E"` is more precise than `--hw Huawei` ("vendor or model name", says --help, and the model
#   stands in annet's list of devices), and a name that annet does not know would be an error.
# What happens: of --hw only the name of a vendor counts. With any other text, the model's or a word of nonsense, the vendor is guessed
#   from the configuration without a word; short pieces of VRP look like another make, so that the patch for a Huawei router says `no`
#   and `exit`. The exit code is 0. A whole configuration is mostly guessed right, which hides it.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check annet==4.8.3 2> pip.log || { cat pip.log; exit 2; }
printf 'interface GigabitEthernet0/1/1\n mtu 1500\n' > old.cfg
printf 'interface GigabitEthernet0/1/1\n mtu 9000\n' > new.cfg
patch() { venv/bin/annet file-patch --no-color --no-label --hw "$1" old.cfg new.cfg 2>/dev/null; }
for hw in Huawei "Huawei NE40E" "No such make"; do
  echo "--hw '$hw':"
  patch "$hw" | tee "$hw.txt"
done
grep -q "quit" Huawei.txt
! grep -q "^  no " Huawei.txt
grep -q "^  no mtu 1500" "Huawei NE40E.txt"
cmp "Huawei NE40E.txt" "No such make.txt"
