#!/usr/bin/env bash
# napalm-huawei-vrp: a ping in a VPN instance is one in the public network.
# napalm-huawei-vrp==1.2.0 napalm==5.2.0 netmiko==4.8.0 asyncssh==2.24.1
# Good engineers guess: ping(destination, vrf="iptv") types `ping -vpn-instance iptv ...`, or raises if the driver cannot.
# What happens: `vrf` is an argument that nothing reads, as `ttl` is. The router pings by its public table, and the answer looks like any
#   other: a service that is dead is alive because another host has the same address outside, or the other way round.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check \
  napalm-huawei-vrp==1.2.0 napalm==5.2.0 netmiko==4.8.0 asyncssh==2.24.1 2> pip.log || { cat pip.log; exit 2; }
cat > look.py <<'PY'
import asyncio
import queue
import threading

import asyncssh
from napalm import get_network_driver

PUBLIC = """  PING 10.0.0.1: 56  data bytes, press CTRL_C to break
    Reply from 10.0.0.1: bytes=56 Sequence=1 ttl=255 time=2 ms

  --- 10.0.0.1 ping statistics ---
    1 packet(s) transmitted
    1 packet(s) received
    0.00% packet loss
    round-trip min/avg/max = 2/2/2 ms
"""
IN_IPTV = """  PING 10.0.0.1: 56  data bytes, press CTRL_C to break
    Request time out

  --- 10.0.0.1 ping statistics ---
    1 packet(s) transmitted
    0 packet(s) received
    100.00% packet loss
"""
typed = []


class AnyPassword(asyncssh.SSHServer):
    def password_auth_supported(self):
        return True

    def validate_password(self, username, password):
        return True


async def router(process):
    """Answer as a router that reaches 10.0.0.1 by its public table, and not in the VPN instance."""
    process.stdout.write("\r\n<R1>")
    async for line in process.stdin:
        command = line.strip()
        process.stdout.write(f"{command}\r\n")
        if command.startswith("ping"):
            typed.append(command)
            answer = IN_IPTV if "-vpn-instance iptv" in command else PUBLIC
            process.stdout.write(answer.replace("\n", "\r\n"))
        process.stdout.write("<R1>")
    process.exit(0)


async def serve(ready, stop):
    key = asyncssh.generate_private_key("ssh-ed25519")
    server = await asyncssh.create_server(
        AnyPassword, "127.0.0.1", 0, server_host_keys=[key], process_factory=router, line_editor=False
    )
    ready.put(server.get_port())
    while not stop.is_set():
        await asyncio.sleep(0.05)


ready, stop = queue.Queue(), threading.Event()
thread = threading.Thread(target=lambda: asyncio.run(serve(ready, stop)))
thread.start()
port = ready.get(timeout=60)
try:
    options = {"port": port, "conn_timeout": 60}
    with get_network_driver("huawei_vrp")("127.0.0.1", "ops", "unused", optional_args=options) as device:
        found = device.ping("10.0.0.1", count=1, ttl=1, vrf="iptv")
    print("typed:", typed)
    print("found:", found)
    assert typed == ["ping -t 2000 -s 100 -c 1 10.0.0.1"]
    assert found["success"]["packet_loss"] == 0
finally:
    stop.set()
    thread.join()
PY
venv/bin/python look.py
