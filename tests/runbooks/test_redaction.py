"""Whatever holds a secret is masked by its form, and what does not stays."""

from __future__ import annotations

import json

import pytest

from inventory.secrets import Secret
from runbooks.redaction import redact

PLANTED = "S3cr3t.X9"
CONFIGURED = """\
snmp-agent community read {}
snmp-agent community write cipher {} acl 2000
snmp-agent usm-user v3 noc authentication-mode sha {}
snmp-agent usm-user v3 noc privacy-mode aes128 cipher {}
snmp-agent target-host trap address udp-domain 192.0.2.9 params securityname {} v2c
snmp-agent target-host trap address udp-domain 192.0.2.9 params securityname cipher {} v2c
radius-server shared-key {}
radius-server authentication 192.0.2.9 1812 shared-key-cipher {}
hwtacacs-server shared-key cipher {}
local-user ops password irreversible-cipher {}
local-user ops password simple {}
set authentication password cipher {}
super password level 3 cipher {}
ospf authentication-mode md5 1 cipher {}
ospf authentication-mode simple plain {}
isis authentication-mode hmac-sha256 {}
peer 192.0.2.9 password simple {}
vrrp vrid 9 authentication-mode simple {}
vrrp vrid 9 authentication-mode md5 {}
security-key {}
security-key cipher {}
pre-shared-key cipher {}
key-string plain {}
ntp-service authentication-keyid 1 authentication-mode md5 cipher {}
ftp server password {}
md5-password cipher 192.0.2.9 {}
md5-password plain 192.0.2.9 {}
snmp-agent community read "two {} words"
"""
FILED = """\
  password: {}
  "password": "{}"
  passwd: '{}'
  enable-password: {}
  api_key: {}
  key: {}
  routing_key: {}
  auth_password = {}
west-1: {{hostname: 192.0.2.1, password: {}, port: 22}}
west-1: {{hostname: 192.0.2.1, "password": "{}"}}
connection_options: {{netmiko: {{extras: {{secret: {}}}}}}}
plugin: {{name: pager, options: {{token: {}}}}}
command: {{run: [/usr/bin/page, --token, {}, --queue, core]}}
command: {{run: [/usr/bin/page, --api-key={}]}}
url: postgresql://fleet:{}@db.example.net/hotpair
webhook: {{url: "https://hooks.example.net/services/T000/{}"}}
see https://noc.example.net/hook?channel=1&token={} for more
Authorization: Bearer {}
sent with Basic {}
{{"typed": "snmp-agent community read {}", "password": "{}", "number": 1}}
"""


@pytest.mark.parametrize("line", [*CONFIGURED.splitlines(), *FILED.splitlines()])
def test_a_secret_is_masked_wherever_it_stands(line: str) -> None:
    planted = line.format(*[PLANTED] * line.count("{}"))
    assert PLANTED not in redact(planted, {})
    assert PLANTED not in redact(f"before\n{planted}\nafter\n", {})
    assert PLANTED not in redact(json.dumps({"text": f"#\n {planted}\n#"}), {})


@pytest.mark.parametrize(
    "text",
    [
        "password:\n  S3cr3t.X9\n",
        "password: >-\n  S3cr3t.X9\n  S3cr3t.X9\n",
        "key: |\n  -----BEGIN OPENSSH PRIVATE KEY-----\n  S3cr3t.X9\n  -----END OPENSSH PRIVATE KEY-----\n",
        '{"text": "-----BEGIN RSA PRIVATE KEY-----\\nS3cr3t.X9\\n-----END RSA PRIVATE KEY-----"}',
        "-----BEGIN PRIVATE KEY-----\nS3cr3t.X9 and then the file ends",
    ],
)
def test_a_secret_of_several_lines_is_masked_whole(text: str) -> None:
    assert PLANTED not in redact(text, {})


@pytest.mark.parametrize(
    "text",
    [
        "    security_key: {secret: west-key}",
        "west-1: {data: {password: {secret: login}}}",
        '{"security_key": {"secret": "west-key"}, "port": 4100}',
        "webhook: {key: {secret: noc-key}}",
        " security-key cipher <secret:west-key>",
        " security-key cipher <hidden:5f3a91c2>",
        "hotpair status --archive secret:fleet-db",
        " ssh server cipher aes256_gcm aes128_gcm",
        "snmp-agent community complexity-check disable",
        " authentication-mode password",
        " rsa peer-public-key west",
        "host_key: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5",
        "url: https://netbox.example.net",
        "retention: {days: 400}",
        "peer 192.0.2.9 advertise-community",
        '{"key": "peer 192.0.2.9", "entry": 3}',
    ],
)
def test_what_is_no_secret_stays(text: str) -> None:
    assert redact(text, {}) == text


def test_a_value_that_is_known_is_masked_in_any_case_and_spelling() -> None:
    known = {"west-key": Secret('West"key-9')}
    for text in ('it is West"key-9', 'it is WEST"KEY-9', json.dumps({"typed": 'West"key-9'})):
        assert "<secret:west-key>" in redact(text, known)
