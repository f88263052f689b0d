"""Plans: what to type on each member to reach the intent, in which order, and how to come back."""

from tasks.plan.items import same_configuration
from tasks.plan.member import plan_member
from tasks.plan.model import Command, Impact, MemberPlan, PairPlan, Stage
from tasks.plan.presence import require_presence

__all__ = [
    "Command",
    "Impact",
    "MemberPlan",
    "PairPlan",
    "Stage",
    "plan_member",
    "require_presence",
    "same_configuration",
]
