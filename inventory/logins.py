"""How many logins a group of the inventory bears, as its data may say."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

KEY = "logins"
"""Key of a group's data."""


class Logins(BaseModel):
    """How many logins a group bears.

    Args:
        per_second: over a long time.
        burst: at once, after a while without any.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    per_second: float = Field(gt=0, le=10_000)
    burst: int = Field(1, ge=1, le=10_000)
