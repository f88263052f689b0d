"""The grammar of the emulated device: syntax, parameter types, views and vocabulary, as data.

`load()` gives the one grammar of the process; `Grammar.read(view, line)` gives a `Match` or a `Fault`.
"""

from emulator.grammar.grammar import Grammar, load
from emulator.grammar.model import FOREIGN, Fault, Match

__all__ = ["FOREIGN", "Fault", "Grammar", "Match", "load"]
