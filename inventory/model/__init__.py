"""Intent: closed, frozen values of a pair. Text became canonical when it was read."""

from inventory.model.backup_profile import BackupProfile, ETrunkTrack, ProfileTrack, Vrrp6Track, VrrpTrack
from inventory.model.backup_service import BackupService
from inventory.model.base import SIDES, Each, Side, other
from inventory.model.bfd import Bfd, BfdSession
from inventory.model.e_trunk import ETrunk, MemberTrunk, SecurityKey
from inventory.model.interface import Interface
from inventory.model.monitor import MonitorGroup, RouteMonitorGroup
from inventory.model.pair import Members, Pair
from inventory.model.system import Lacp, System
from inventory.model.types import SecretRef
from inventory.model.vrrp import Vrrp6Group, VrrpGroup

__all__ = [
    "SIDES",
    "BackupProfile",
    "BackupService",
    "Bfd",
    "BfdSession",
    "ETrunk",
    "ETrunkTrack",
    "Each",
    "Interface",
    "Lacp",
    "MemberTrunk",
    "Members",
    "MonitorGroup",
    "Pair",
    "ProfileTrack",
    "RouteMonitorGroup",
    "SecretRef",
    "SecurityKey",
    "Side",
    "System",
    "Vrrp6Group",
    "Vrrp6Track",
    "VrrpGroup",
    "VrrpTrack",
    "other",
]
