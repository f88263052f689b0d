"""What differs from run to run is taken out of what a command says."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

_NUMBERED = (
    ("hp", re.compile(r"\bhp-[0-9a-f]{10}\b")),
    ("run", re.compile(r"\b\d{8}T\d{12}Z-[a-z]+-[\w.-]+?(?=[\s/\"',:)]|$)")),
    ("run of the fleet", re.compile(r"\bhotpair-(?:check|deploy)-[0-9a-f]{12}\b")),
    ("commit", re.compile(r"\b10000\d{5}\b")),
)
"""Names that are told apart by a number in the order in which they were first said."""
_GONE = r"EOFError|Connection reset by peer|Broken pipe"
_MEASURED = r"control plane|traffic|not looked at|detection floor|igmp of [^\n]*"
_PLAIN = tuple(
    (re.compile(pattern, re.MULTILINE), plain)
    for pattern, plain in (
        (rf"^(?:{_MEASURED}): [^\n]*\n", ""),
        (r"^ *\+\d+(?:\.\d+)? s  [^\n]*\n", ""),
        (r"^\S+ +(?:hitless|traffic) [^\n]*\n(?:      [^\n]*\n)*", ""),
        (r"\((?:\d+ [\w ]+, )*\d+ [\w ]+\) in ", "(<counts>) in "),
        (r"^[^\n]* -> [^\n]*$", "<difference>"),
        (r"\bagrees in \d+ of \d+", "agrees in <n> of <n>"),
        (_GONE, "<gone>"),
        (r"\b20\d\d-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?", "<time>"),
        (r"\b\d+(\.\d+)? (?:s|min)\b", "<n> s"),
        (r'(": )\d+\.\d+(,?)$', r"\1<n>\2"),
        (r'(": )\d{2,}(,?)$', r"\1<n>\2"),
        (r"^(  .*(?:text|byte|size).*?) \d+$", r"\1 <n>"),
        (r"\bago {2,}|(?<=<n> s) {2,}", lambda found: found[0].rstrip() + "  "),
        (r'("(?:received|sent|receive_dropped|send_dropped)": )\d+', r"\1<n>"),
        (r"\b\d+ different runs", "<n> different runs"),
        (r": \d+ files", ": <n> files"),
        (r"one of \d+ displays", "one of <n> displays"),
        (r"\bSHA256:[\w+/]{43}", "SHA256:<print>"),
        (r"ssh-ed25519 AAAA[\w+/=]+", "ssh-ed25519 <key>"),
        (r'"password": "[^"]+"', '"password": "<made>"'),
        (r'"port": \d+', '"port": <port>'),
        (r"ssh -p \d+", "ssh -p <port>"),
        (r"\b[0-9a-f]{64}\b", "<sum>"),
        (r"\b[\w.-]+@[\w-]+\b(?!\.)", "<who>"),
        (r"hotpair-support-\w+", "hotpair-support-<time>"),
        (r"127\.0\.0\.1:\d+", "127.0.0.1:<port>"),
        (r"^([^\n]+\n)(?:\n?\1)+", r"\1"),
    )
)
"""What is measured, made up or given by the system; a line that is said again is kept once."""


@dataclass
class Names:
    """Gives each name of a kind the same number whenever it is said.

    Args:
        folder: the inventory, which is called `.`.
    """

    folder: Path
    known: dict[str, str] = field(default_factory=dict)

    def plain(self, text: str) -> str:
        """Take out of a text what differs from run to run."""
        text = text.replace(str(self.folder), "<inventory>")
        for kind, pattern in _NUMBERED:
            for name in dict.fromkeys(pattern.findall(text)):
                text = text.replace(name, self._numbered(kind, name))
        for pattern, plain in _PLAIN:
            text = pattern.sub(plain, text)
        return text

    def _numbered(self, kind: str, name: str) -> str:
        count = sum(number.startswith(f"<{kind} ") for number in self.known.values())
        return self.known.setdefault(name, f"<{kind} {count + 1}>")
