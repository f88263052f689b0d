"""How every machine of this room moves: by a table `state x event -> state`, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from typing import TypeVar

from emulator.protocols.errors import IllegalEventError

State = TypeVar("State", bound=Enum)
Event = TypeVar("Event", bound=Enum)
K = TypeVar("K")
M = TypeVar("M")


def step(table: Mapping[State, Mapping[Event, State]], state: State, event: Event) -> State:
    """Return the state that follows.

    Raises:
        IllegalEventError: the table holds no such move; nothing changed.
    """
    try:
        return table[state][event]
    except KeyError:
        raise IllegalEventError(f"{event.name} cannot happen in {state.name}") from None


def every(states: type[State], event_moves: Mapping[Event, State]) -> dict[State, dict[Event, State]]:
    """Return a table in which every state moves alike, as a start for rows that differ."""
    return {state: dict(event_moves) for state in states}


def keep(machines: dict[K, M], wanted: Mapping[K, object], make: Callable[[K], M]) -> None:
    """Make the machines that are wanted and missing, remove those that are not wanted."""
    for gone in machines.keys() - wanted.keys():
        del machines[gone]
    for key in wanted:
        if key not in machines:
            machines[key] = make(key)
