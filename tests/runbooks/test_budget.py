"""How long a deployment waits: the usual time, and what the intent delays on purpose."""

from __future__ import annotations

from inventory.load import parse_pair
from runbooks.verify import CONVERGENCE_S, convergence_budget
from tests.runbooks.pairs import INTENT, west

VRRP = """\
interfaces:
  - name: Vlanif7
    vrrp:
      - {vrid: 7, virtual_ips: [192.0.2.9], priority: {a: 120}, preempt_delay: {a: 900, b: 0}}
"""


def test_a_pair_without_delays_takes_the_usual_time() -> None:
    assert convergence_budget(west()) == CONVERGENCE_S


def test_the_longest_preemption_delay_is_waited_for() -> None:
    assert convergence_budget(parse_pair(INTENT + VRRP, "west.yaml")) == CONVERGENCE_S + 900
