"""Plans: what to type on each member to reach the intent, in which order, and how to come back."""

from inventory.lines.impact import Impact
from tasks.plan.items import same_configuration
from tasks.plan.member import plan_member
from tasks.plan.model import Command, MemberPlan, PairPlan, Stage
from tasks.plan.pair import plan_pair, plan_side
from tasks.plan.presence import require_presence

__all__ = [
    "Command",
    "Impact",
    "MemberPlan",
    "PairPlan",
    "Stage",
    "plan_member",
    "plan_pair",
    "plan_side",
    "require_presence",
    "same_configuration",
]
