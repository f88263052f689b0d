"""Saving and starting: save, startup file, reset of the saved configuration, reboot.

Commit does not save. The wording of the dialogue is a row of the personality (cli-behaviour, section 6).
"""

from __future__ import annotations

from dataclasses import replace

from emulator.commands.host import Call
from emulator.commands.questions import NOTHING, Dialogue, Kind, Question, Reply
from emulator.entry import printing
from emulator.faults import Board
from emulator.management.store import FIRST_FILE, Store, full_name

_RESET = (
    "Warning: The action will delete the saved configuration on the device.",
    "The configuration will be erased to reconfigure.",
)
_REBOOT = "Warning: System will reboot. Continue? [Y/N]:"
_UNSAVED = "Warning: All the configuration will be saved to the next startup configuration. Continue? [Y/N]:"
_FIRST_SLOT, _SECOND_SLOT = "slot 1", "slot 2"
_BOARD = f"Warning: The configuration will also be written to the {_SECOND_SLOT}. Continue? [Y/N]:"
_BOARD_FAILED = f"Failed to write the configuration to the {_SECOND_SLOT}."
_FILE_NAME = "Please input the file name ( *.cfg, *.zip, *.dat ) [vrpcfg.cfg]:"


def save(call: Call) -> Dialogue:
    """Write the running configuration to the file of the next start, or to a named one."""
    texts = call.host.personality.save
    named = call.match.params.get("file", "")
    if call.host.store.trial:
        return call.refused("The system is in trial configuration mode. The configuration cannot be saved.")
    if call.session.path is not None:
        return _save_view(call, named)
    question = Question(texts.question, before=texts.warning)
    if named:
        question = Question(texts.named_question.format(file=full_name(named)))
    if not call.session.machine and (yield question) != "y":
        return NOTHING
    file = full_name(named) if named else call.host.store.next_file
    if not file:
        asked = (
            (yield Question(_FILE_NAME, Kind.TEXT))
            if texts.asks_first_name and not call.session.machine
            else ""
        )
        file = full_name(asked.strip()) if asked.strip() else FIRST_FILE
    call.host.install(saved(call.host.store, file, as_next=not named), call.now)
    return (yield from _second_board(call, (*texts.progress, texts.done)))


def _second_board(call: Call, first: tuple[str, ...]) -> Dialogue:
    """Write to the second main board, if there is one; the wording is that of the first (derived)."""
    texts, board = call.host.personality.save, call.host.second_board
    if board is Board.ABSENT:
        return Reply(first)
    progress = tuple(line.replace(_FIRST_SLOT, _SECOND_SLOT) for line in texts.progress)
    if board is Board.FAILS:
        return Reply((*first, *progress, call.host.personality.refusal(_BOARD_FAILED)))
    if board is Board.ASKS and not call.session.machine:
        if (yield Question(_BOARD, before=first)) != "y":
            return NOTHING
        first = ()
    return Reply((*first, *progress, texts.done))


def saved(store: Store, file: str, *, as_next: bool) -> Store:
    """Write what runs to a file, and start from it next time if asked to."""
    text = "\n".join(printing.lines(store.running)) + "\n"
    return replace(store, files={**store.files, file: text}, next_file=file if as_next else store.next_file)


def _save_view(call: Call, file: str) -> Reply:
    """Write the section of the current view alone."""
    store = call.host.store
    text = "\n".join(printing.lines(store.running, path=call.session.path or None)) + "\n"
    call.host.install(replace(store, files={**store.files, full_name(file): text}), call.now)
    return Reply((call.host.personality.save.done,))


def reset_saved(call: Call) -> Dialogue:
    """Forget the saved configuration: the next start is from factory defaults."""
    question = Question("Are you sure? Continue? [Y/N]:", before=_RESET)
    if not call.session.machine and (yield question) != "y":
        return NOTHING
    call.host.install(replace(call.host.store, next_file=""), call.now)
    return Reply(("Info: Succeeded in clearing the configuration on the device.",))


def set_startup(call: Call) -> Reply:
    """Choose the file of the next start."""
    file = full_name(call.match.params["file"])
    if file not in call.host.store.files:
        return call.refused("The file does not exist.")
    call.host.install(replace(call.host.store, next_file=file), call.now)
    return Reply(("Info: Succeeded in setting the configuration for booting system.",))


def reboot(call: Call) -> Dialogue:
    """Restart from the saved configuration; the first question offers to save what is not."""
    store = call.host.store
    unsaved = store.files.get(store.next_file) != "\n".join(printing.lines(store.running)) + "\n"
    if "fast" not in call.match.params and unsaved and (yield Question(_UNSAVED)) == "y":
        call.host.install(saved(store, store.next_file or FIRST_FILE, as_next=True), call.now)
    if (yield Question(_REBOOT)) != "y":
        return NOTHING
    call.host.schedule_reboot()
    return Reply(("Info: system is rebooting, please wait...",), closes=True)
