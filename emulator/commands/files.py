"""Files on the device's storage: dir, delete.

Source: commands dir, delete. The line of total and free space, and the answer for a file that is not there,
are documented nowhere; the first is left out, the second is the emulator's own.
"""

from __future__ import annotations

from dataclasses import replace

from emulator.commands.host import Call
from emulator.commands.questions import NOTHING, Dialogue, Question, Reply
from emulator.management.store import STORAGE, full_name

_HEAD = "  Idx  Attr     Size(Byte)  Date        Time       FileName"


def directory(call: Call) -> Reply:
    """List the saved files; their dates are those of the last change of the configuration."""
    wanted = full_name(call.match.params["file"]) if "file" in call.match.params else ""
    store = call.host.store
    files = {name: text for name, text in sorted(store.files.items()) if not wanted or name == wanted}
    if wanted and not files:
        return call.refused("The file does not exist.")
    date = f"{call.host.clock.at(store.updated_at):%b %d %Y %H:%M:%S}"
    rows = (
        f"{number:>5}  -rw-  {len(text.encode()):>13,}  {date}   {name.removeprefix(STORAGE)}"
        for number, (name, text) in enumerate(files.items())
    )
    return Reply((f"Directory of {STORAGE}", "", _HEAD, *rows), paged=True)


def delete(call: Call) -> Dialogue:
    """Delete a saved file, after a question."""
    file = full_name(call.match.params["file"])
    if file not in call.host.store.files:
        return call.refused("The file does not exist.")
    if not call.session.machine and (yield Question(f"Delete {file}? [Y/N]:")) != "y":
        return NOTHING
    store = call.host.store
    left = {name: text for name, text in store.files.items() if name != file}
    kept = "" if store.next_file == file else store.next_file
    call.host.install(replace(store, files=left, next_file=kept), call.now)
    return Reply((f"Info: Deleting file {file}... Done.",))
