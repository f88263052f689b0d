#!/usr/bin/env bash
# RANCID, type vrp: of all the optical modules of a device the first alone is kept.
# Debian's rancid==3.13-2+b1
# Good engineers guess: `display transceiver verbose` is asked so that a module that is pulled or swapped shows up with its port and its
#   serial number; values that change each minute (the diagnostic ones) are left out, for each module.
# What happens: at the first line "Diagnostic information:" the answer counts as read, and all ports behind it are skipped. One module is
#   kept, in a form as if there were no other; a module pulled from the second port makes no difference. The end is clean, exit code 0.
#   The answer stands as switches of the vendor give it.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
{ apt-get download rancid=3.13-2+b1 && dpkg -x rancid_*.deb tree; } > apt.log 2>&1 || { cat apt.log; exit 2; }
sed -i "s,/etc/rancid,$work/tree/etc/rancid," tree/usr/share/perl5/rancid/rancid.pm # the one path that is not of the folder
export PERL5LIB="$work/tree/usr/share/perl5/rancid:$work/tree/usr/share/perl5" PATH="$work/tree/usr/lib/rancid/bin:$PATH"
module() {
    cat <<EOF
GigabitEthernet0/0/$1 transceiver information:
-------------------------------------------------------------
Common information:
  Transceiver Type               :1000_BASE_LX_SFP
-------------------------------------------------------------
Manufacture information:
  Manu. Serial Number            :SERIAL-$1
-------------------------------------------------------------
Diagnostic information:
  Temperature(Celsius)           :28.00
-------------------------------------------------------------
EOF
}
collect() {
    {
        for command in version startup device 'device manufacture-info'; do echo "<R1> display $command"; done
        echo "<R1> display transceiver verbose"
        for port in $1; do module "$port"; done
        echo "<R1> display debugging"
        echo "<R1> dir /all /all-filesystems"
        printf '<R1> display current-configuration\n#\nsysname R1\n#\nreturn\n<R1> quit\n'
    } > r1
    rancid -t vrp -f r1
    mv r1.new "$2"
}
collect "1 2 3" three
collect "1" one
cat three
grep -q 'SERIAL-1' three
test "$(grep -c 'SERIAL-[23]' three)" = 0
cmp three one
