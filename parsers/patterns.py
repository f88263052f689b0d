"""Named expressions of the display templates.

TTP takes a bar inside an inline `re()` for a pipe, so every expression has a name; a name also says
what a value is. All of them match inside one line of squeezed text: single blanks, no tab.
"""

from __future__ import annotations

from typing import Final

PATTERNS: Final = {
    # values after a label; a label may stand without a value
    "word": r"\S*",
    "num": r"\d{1,18}|-{0,4}",
    "int": r"\d{1,18}",
    "phrase": r".*?",
    "text": r".*?",  # free text: labels inside it are not labels
    "seconds": r"\d{1,9}|-{1,4}",
    # columns of a table
    "token": r"\S+",
    "port": r"(?:50\|)?\d{0,3}[A-Za-z][A-Za-z-]* ?\d[\d/.:]*(?: ?\(\d+G\))?",
    "address": r"(?:\d{1,3}\.){3}\d{1,3}|[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:.]{1,44}",
    "mac": r"[0-9A-Fa-f]{1,4}(?:-[0-9A-Fa-f]{1,4}){2}|-{0,4}",
    "mac_token": r"[0-9A-Fa-f]{1,4}(?:-[0-9A-Fa-f]{1,4}){2}",
    "hex": r"0[xX][0-9A-Fa-f]+",
    "bits": r"[01]{8}",
    "mark": r"(?: ?\([A-Za-z]{1,10}\))?",
    "flags": r"(?: ?\([HhRr]{1,2}\))?",
    "opt_token": r"(?:\S+ )?",
    "rest": r"\S.*?",
    # words that a column may hold
    "selection": r"(?i:selected|unselect|indep|unknown)",
    "link": r"(?i:up|down|offline)",
    "one_to_one": r"[MmSs]",
    "member_kind": r"(?i:eth-trunk|global-ve)",
    "work_mode": r"(?i:auto|force-master|force-backup)",
    "e_trunk_role": r"(?i:master|backup|initialize|init)",
    "remote_id": r"\d{1,9}|-*",
    "causation": r"[A-Za-z_]+",
    "trunk_name": r"(?i:eth-trunk)\d{1,5}",
    "date": r"\d{4}[-/]\d\d[-/]\d\d",
    "clock": r"\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:[+-]\d\d:\d\d)?(?: DST)?",
}
