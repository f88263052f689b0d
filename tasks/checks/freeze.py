"""Times in which a network is not changed, on the clock of the place that they name."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, NaiveDatetime, model_validator

from inventory.model.types import Prose


def zone_name(name: str) -> str:
    """Return the name of a time zone back.

    Raises:
        ValueError: there is none of that name.
    """
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"no time zone is named {name!r}; wanted a name such as Europe/Amsterdam") from None
    return name


class Freeze(BaseModel):
    """A time without changes.

    Args:
        begins: its first moment, e.g. `2026-12-18 18:00`.
        ends: the moment at which changes are free again.
        time_zone: whose clock shows these moments, e.g. `Europe/Amsterdam`.
        reason: why.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    begins: NaiveDatetime
    ends: NaiveDatetime
    time_zone: Annotated[str, AfterValidator(zone_name)]
    reason: Prose = Field(min_length=1)

    @model_validator(mode="after")
    def _in_order(self) -> Freeze:
        if self.begins >= self.ends:
            raise ValueError(f"it ends at {self.ends}, before it begins")
        return self

    def holds(self, moment: datetime) -> bool:
        """Tell whether a moment lies in it.

        Where the clock shows a time twice, or skips it, the longer reading counts.

        Args:
            moment: with a time zone.
        """
        return min(self._read(self.begins)) <= moment.timestamp() < max(self._read(self.ends))

    def _read(self, clock: datetime) -> tuple[float, float]:
        """Return both readings of what the clock shows; of a time that it skips, the first is later."""
        zone = ZoneInfo(self.time_zone)
        first, second = (clock.replace(tzinfo=zone, fold=fold).timestamp() for fold in (0, 1))
        return first, second

    def __str__(self) -> str:
        """Show as `2026-12-18 18:00 to 2027-01-04 06:00 Europe/Amsterdam: end of year`."""
        return f"{self.begins:%Y-%m-%d %H:%M} to {self.ends:%Y-%m-%d %H:%M} {self.time_zone}: {self.reason}"


def frozen_at(freezes: Iterable[Freeze], moment: datetime) -> tuple[Freeze, ...]:
    """Return the freezes in which a moment lies."""
    return tuple(one for one in freezes if one.holds(moment))
