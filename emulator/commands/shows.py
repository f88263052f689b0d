"""Display commands of configuration management: which text each one prints for its parameters."""

from __future__ import annotations

from collections.abc import Sequence

from emulator.commands.host import Call
from emulator.commands.questions import Reply
from emulator.commands.session import Session
from emulator.config.statement import Configuration
from emulator.entry import engine, printing
from emulator.management import displays, lock
from emulator.management.displays import Terminal


def _paged(lines: Sequence[str]) -> Reply:
    return Reply(tuple(lines), paged=True)


def current(call: Call) -> Reply:
    """`display current-configuration` and its selections."""
    params, host = call.match.params, call.host
    lines = displays.current(
        host.store, host.personality, host.clock, include_default="include-default" in params
    )
    if "inactive" in params:
        return _paged(("#", "return"))
    name = params.get("interface", "")
    if name and name != "interface":
        return _paged(displays.sections(lines, f"interface {name}", exact=True))
    if "interface" in params:
        return _paged(displays.interfaces(lines))
    if "type" in params:
        head = f"{params['type']} {params.get('instance', '')}".strip()
        return _paged(displays.sections(lines, head, exact=False))
    return _paged(lines)


def this(call: Call) -> Reply:
    """`display this`: what is committed in the current view."""
    default = "include-default" in call.match.params
    running, path = call.host.store.running, call.session.path
    if path and engine.view(running, path) is None:  # created, but not committed yet
        return _paged(("#", "return"))
    if not path:  # the system view: its one-line commands, not the views below
        running = Configuration(tuple(line for line in running.statements if not line.view))
    return _paged(printing.lines(running, include_default=default, path=path or None))


def candidate(call: Call) -> Reply:
    """`display configuration candidate`, plain, merged or as changes."""
    params, held = call.match.params, call.session.candidate
    if "merge" in params:
        return _paged(printing.lines(held.configuration))
    if "changes" not in params:
        return _paged(displays.candidate_lines(held))
    if held.moved(call.host.store.running):
        return call.refused(
            "The running configuration has been changed. Please refresh the candidate configuration."
        )
    return _paged(displays.candidate_changes(held))


def commit_list(call: Call) -> Reply:
    """`display configuration commit list`, as table or in detail."""
    params, host = call.match.params, call.host
    points = host.store.history.points
    if "label" in params:
        points = tuple(point for point in points if point.label)
    if "number" in params:
        points = points[: int(params["number"])]
    if "verbose" in params:
        return _paged(displays.commit_details(points, host.clock))
    return _paged(displays.commit_list(points, host.personality, host.clock))


def commit_changes(call: Call) -> Reply:
    """`display configuration commit changes`, of one commit or of several."""
    params, history = call.match.params, call.host.store.history
    if "commit-id" in params and history.by_id(int(params["commit-id"])) is None:
        return call.refused(f"The commit ID {params['commit-id']} does not exist.")
    if "at" in params:
        point = history.by_id(int(params["commit-id"]))
        return _paged(displays.commit_changes((point,) if point else (), call.host.clock, titled=False))
    points = history.reachable
    if "since" in params:
        points = history.since(int(params["commit-id"]))
    if "last" in params:
        points = history.last(int(params["number"]))
    return _paged(displays.commit_changes(points, call.host.clock, titled=True))


def commit_at(call: Call) -> Reply:
    """`display configuration commit at`: the configuration right after a commit."""
    point = call.host.store.history.by_id(int(call.match.params["commit-id"]))
    if point is None:
        return call.refused(f"The commit ID {call.match.params['commit-id']} does not exist.")
    return _paged(printing.lines(point.after))


def saved(call: Call) -> Reply:
    """`display saved-configuration`: the file of the next start, or of the last one."""
    store = call.host.store
    file = store.startup_file if "last" in call.match.params else store.next_file
    if file not in store.files:
        return call.refused("The saved configuration file does not exist.")
    return _paged(store.files[file].splitlines())


def trial(call: Call) -> Reply:
    """`display configuration trial status`."""
    return _paged(displays.trial_status(call.host.store, call.host.clock, call.now))


def rollback_result(call: Call) -> Reply:
    """`display configuration rollback result`."""
    return _paged(displays.rollback_result(call.host.store))


def terminals(call: Call) -> tuple[Terminal, ...]:
    """Return every login as the tables show it."""
    held = call.host.store.lock
    return tuple(
        Terminal(
            one.id,
            one.line,
            one.user,
            one.origin,
            one.since,
            locked=held is not None and held.owner.session == one.id,
            own=one.id == call.session.id,
            mode=_mode(one),
            idle=max(call.now - one.active_at, 0.0),
            age=call.now - one.since,
        )
        for one in call.host.logins
    )


def _mode(session: Session) -> str:
    """Return the word for a session's mode; that of the one-stage mode is derived."""
    if session.path is None:
        return "UNKNOW"
    return "ONE_PHASE" if session.immediate else "TWO_PHASE"


def controllers(call: Call) -> tuple[Terminal, ...]:
    """Return every NETCONF session as the tables show it."""
    return tuple(
        Terminal(
            one.id,
            None,
            one.user,
            one.origin,
            one.since,
            locked=False,
            own=False,
            mode="UNKNOW",
            idle=0.0,
            age=call.now - one.since,
        )
        for one in call.host.controllers
    )


def sessions(call: Call) -> Reply:
    """`display configuration sessions`, those of controllers among them."""
    show = displays.session_details if "verbose" in call.match.params else displays.sessions
    listed = sorted((*terminals(call), *controllers(call)), key=lambda one: one.id)
    return _paged(show(listed, call.host.clock))


def netconf(call: Call) -> Reply:
    """`display netconf session`."""
    return _paged(displays.netconf_sessions(controllers(call), call.host.clock))


def users(call: Call) -> Reply:
    """`display users`."""
    return _paged(displays.users(terminals(call)))


def occupied(call: Call) -> Reply:
    """`display configuration-occupied user`."""
    return _paged(displays.lock_owner(call.host.store, call.host.clock))


def reserved(call: Call) -> Reply:
    """`display configuration exclusive by-user-name`."""
    user = lock.reserved_for(call.host.store.running)
    return _paged([f"User Name: {user}"] if user else ["Info: The configuration is not locked by any user."])


def startup(call: Call) -> Reply:
    """`display startup`."""
    return _paged(displays.startup(call.host.store, call.host.personality))


def serial_number(call: Call) -> Reply:
    """`display esn`: a number of its own for each device."""
    return _paged([f"ESN of master:{call.host.serial}"])


def history(call: Call) -> Reply:
    """`display history-command`."""
    return _paged([f"  {line}" for line in call.history])
