#!/usr/bin/env bash
# RANCID, type vrp: after an upgrade of an NE40E what is kept of it is the same as before, line by line.
# Debian's rancid==3.13-2+b1
# Good engineers guess: `display version` is among the commands of the type so that the release of the router is kept, and a router that
#   runs another release shows up in the mail of the differences.
# What happens: the release is taken from a line that switches have ("Software Version : ..."). The line of a router, `VRP (R) software,
#   Version 8.200 (NE40E V800R012C10)`, is dropped, as is `!Software Version ...` at the head of the configuration. So the release stands
#   nowhere, unless somebody put it into the name of the system file, which `display startup` brings.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
{ apt-get download rancid=3.13-2+b1 && dpkg -x rancid_*.deb tree; } > apt.log 2>&1 || { cat apt.log; exit 2; }
sed -i "s,/etc/rancid,$work/tree/etc/rancid," tree/usr/share/perl5/rancid/rancid.pm # the one path that is not of the folder
export PERL5LIB="$work/tree/usr/share/perl5/rancid:$work/tree/usr/share/perl5" PATH="$work/tree/usr/lib/rancid/bin:$PATH"
collect() {
    cat > r1 <<EOF
<R1> display version
Huawei Versatile Routing Platform Software
VRP (R) software, Version $1 (NE40E $2)
Copyright (C) 2012-2020 Huawei Technologies Co., Ltd.
HUAWEI NE40E-X16 uptime is 7 days, 1 hour, 18 minutes

NE40E-X16 version information:
BKP  version information:
  PCB         Version : xxxx REV C
<R1> display startup
MainBoard                               :
  Startup system software               : cfcard:/system.cc
  Startup saved-configuration file      : cfcard:/vrpcfg.cfg
<R1> display device
<R1> display device manufacture-info
Error: Unrecognized command found at '^' position.
<R1> display transceiver verbose
Error: Unrecognized command found at '^' position.
<R1> display debugging
<R1> dir /all /all-filesystems
Error: Unrecognized command found at '^' position.
<R1> display current-configuration
!Software Version $2
#
sysname R1
#
return
<R1> quit
EOF
    rancid -t vrp -f r1
    mv r1.new "$3"
}
collect 8.180 V800R010C10 before
collect 8.200 V800R012C10 after
cat after
grep -q '^#Chassis type: NE40E-X16$' after
grep -q '^sysname R1$' after
cmp before after
test "$(grep -cE 'V800R|8\.200' after)" = 0
