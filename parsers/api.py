"""Read the answer of a display command: text in, typed records and unknown lines out."""

from __future__ import annotations

from parsers.values import Parsed, Unparsed

__all__ = ["Parsed", "Unparsed", "configuration_text", "parse", "parse_later"]


def parse(command: str, text: str) -> Parsed:
    """Read what a device answered to a display command.

    The same entries give the same records in every release's spelling: blanks, letter case, wrapped
    rows, page marks, timestamps, prompt and echo make no difference.

    Args:
        command: as typed, with its arguments, e.g. `display e-trunk 7`; no abbreviations.
        text: the answer as received.

    Raises:
        IntentError: the command is not one of `parsers.displays.supported()`; the message names them.
    """
    from parsers.displays import display_for  # with the templates: half of what judging a pair loads
    from parsers.engine import read

    return read(display_for(command), " ".join(command.split()), text)


def parse_later(command: str, text: str) -> Parsed:
    """Read what a device answered when somebody asks what it says; as `parse` in everything else."""
    from parsers.later import Later

    return Later(command, text)


def configuration_text(parsed: Parsed) -> str:
    """Return the configuration that a device showed, without what is none: stamps and lines of the log.

    Args:
        parsed: answer of `display current-configuration` or `display saved-configuration`.
    """
    return "".join(f"{' ' * record.indent}{record.text}\n" for record in parsed.records)
