"""Which function obeys which command, by the id of the grammar."""

from __future__ import annotations

from collections.abc import Mapping

from emulator.commands import clearing, commits, files, moving, pasting, rollbacks, saving, settings, shows
from emulator.commands.host import Handler

COMMANDS: Mapping[str, Handler] = {
    "cm.system-view": moving.system_view,
    "cm.quit": moving.quit_view,
    "cm.return": moving.return_view,
    "cm.screen-length": settings.screen_length,
    "cm.timestamp": settings.timestamps,
    "cm.terminal-timestamp": settings.timestamps,
    "cm.monitor": settings.monitor,
    "cm.echo-mode": settings.echo_mode,
    "cm.dir": files.directory,
    "cm.delete": files.delete,
    "d.esn": shows.serial_number,
    "cm.screen-width": settings.screen_width,
    "cm.mmi": settings.machine,
    "cm.upper-view": settings.upper_views,
    "cm.commit": commits.commit,
    "cm.abort-trial": commits.abort_trial,
    "cm.clear-candidate": commits.clear_candidate,
    "cm.refresh-candidate": commits.refresh_candidate,
    "cm.exclusive": commits.exclusive,
    "cm.clear-this": clearing.clear_this,
    "cm.clear-if": clearing.clear_interface,
    "cm.rollback": rollbacks.rollback,
    "cm.load-rollback": rollbacks.load_rollback,
    "cm.load-replace": rollbacks.load_replace,
    "cm.load-merge": rollbacks.load_merge,
    "cm.load-terminal": pasting.load_terminal,
    "cm.set-label": rollbacks.set_label,
    "cm.clear-label": rollbacks.clear_label,
    "cm.clear-oldest": rollbacks.clear_oldest,
    "cm.save": saving.save,
    "cm.reset-saved": saving.reset_saved,
    "cm.startup": saving.set_startup,
    "cm.reboot": saving.reboot,
    "d.current": shows.current,
    "d.this": shows.this,
    "d.candidate": shows.candidate,
    "d.commit-list": shows.commit_list,
    "d.commit-changes": shows.commit_changes,
    "d.commit-at": shows.commit_at,
    "d.saved": shows.saved,
    "d.trial": shows.trial,
    "d.rollback-result": shows.rollback_result,
    "d.sessions": shows.sessions,
    "d.users": shows.users,
    "d.netconf-session": shows.netconf,
    "d.occupied": shows.occupied,
    "d.exclusive-user": shows.reserved,
    "d.startup": shows.startup,
    "d.history": shows.history,
}
"""Commands of the terminal and of configuration management."""

NOT_BY_RUN = frozenset({"cm.quit", "cm.rollback", "cm.return", "cm.system-view"})
"""User-view commands that `run` does not take (command run)."""
