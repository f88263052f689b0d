"""Refuse to run with rooms that are not ours."""

from __future__ import annotations

import importlib.util
from pathlib import Path

ROOMS = ("runbooks", "tasks", "parsers", "inventory", "emulator")


def refuse_intruders(rooms: tuple[str, ...] = ROOMS, house: Path | None = None) -> None:
    """Stop when another distribution owns the name of one of our rooms.

    Args:
        rooms: top-level package names.
        house: folder in which they must lie; by default where `hotpair` lies.

    Raises:
        ImportError: naming the room, the intruder and the folder where ours lies.
    """
    house = house or Path(__file__).resolve().parent.parent
    for room in rooms:
        spec = importlib.util.find_spec(room)
        places = list(spec.submodule_search_locations or ()) if spec else []
        found = Path(places[0]).resolve() if places else None
        if found != house / room:
            raise ImportError(
                f"hotpair's room '{room}' is shadowed: wanted {house / room}, found {found or 'nothing'}; "
                "install hotpair in an environment of its own"
            )
