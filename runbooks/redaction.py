"""What is secret in any text: masked by its form and by its value, before it leaves the house.

More is masked than is secret: whoever helps can do without a word, and nobody can take a key back.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from inventory.secrets import Secret
from parsers.ciphertext import hide_pieces

_NAMES = (
    r"\w*(?:passw(?:or)?d|passphrase|secret|community|token|credentials?|authorization"
    r"|(?:api|auth|access|private|routing|shared|signing|security|encryption|ssh)[_-]?key)"
)
"""Keys of files, options of programs and parameters of URLs that hold a secret."""
_END = r"(?=\s*(?:$|\\n|\\r|[\"'|]))"
"""Where a line of a device ends, inside JSON too."""
_QUOTE = r"\\?[\"']"
"""A quotation mark, inside JSON too."""
_WORD = r"(?:\"[^\"\n]+\"|\\\"[^\"\n]+\"|(?!<)[^\s\"'\\<]+)"
_ITEM = r"(?!<)[^\s\"'\\<,}\]]+"
_VALUE = r"(?![\s{\[<]|[|>][-+]?\s*$)(?:\\\"[^\"\n]*\"|\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*'|[^,}\]\n]+)"
_HIDDEN = r"\g<keep><hidden>"
_PRIVATE = re.compile(r"(?s)(?P<keep>-----BEGIN [A-Z ]*PRIVATE KEY-----).*?(?=-----END |\Z)")
_REFERENCE = re.compile(
    rf"(?i)(?<![\w-])(?:{_QUOTE})?(?:{_NAMES}|key)(?:{_QUOTE})?\s*:\s*"
    rf"\{{\s*(?:{_QUOTE})?secret(?:{_QUOTE})?\s*:\s*[^{{}},]+\}}"
)
"""A secret that is named where it belongs: its name is none."""
_KEYED = rf"(?:{_QUOTE}[\w-]*{_NAMES}{_QUOTE}\s*:\s*|(?:[\w-]*{_NAMES}|key)(?:\s*=\s*|\s*:\s+))"
_BELOW = rf"^(?P<deep>\s*)(?:- )?(?:{_QUOTE})?{_NAMES}(?:{_QUOTE})?\s*:\s*(?:[|>][-+]?)?\s*\n"
_KEYWORD = r"(?:[\w-]*(?<!public)-key(?:-cipher)?|key-string|password|encrypted)"
_FORMS = tuple(
    re.compile(f"(?im)(?P<keep>{keep}){secret}")
    for keep, secret in (
        # a file: `password: x`, `{token: x, ...}`, `"community": "x"`, `key: x`; on lines of its own
        (rf"(?<![\w<-]){_KEYED}", _VALUE),
        (_BELOW, r"(?:(?P=deep)\s+(?![\w-]+:)\S.*(?:\n|$))+"),
        # an option of a program: `--token x`, `[--token, x]`
        (rf"--(?:[\w-]+-)?(?:{_NAMES}|key)[\"']?(?:\s*[,=]\s*|\s+)[\"']?", _ITEM),
        # a URL: what stands behind the host of one that a file names, password, parameters
        (rf"\burl(?:{_QUOTE})?\s*:\s*(?:{_QUOTE})?https?://[^\s/\"',}}\\]+/", r"(?!<)[^\s\"',}<\\]+"),
        (r"\b[a-z][a-z0-9+.-]*://[^\s/:@\"']*:", r"[^\s/@\"']+(?=@)"),
        (r"://[^\s\"'?]*\?", r"(?!<)[^\s\"'<,}\]\\]+"),
        # a header
        (r"\b(?:bearer|basic) (?=\S{6})(?!<)", r"[\w.~+/=-]+"),
        # a line of a device
        (r"\bcommunity (?:read|write) (?:cipher |simple )?", _WORD),
        (r"\bsecurityname (?:cipher |simple )?(?!v2c|v1)", _WORD),
        (r"\b(?:authentication|privacy)-mode \S+ (?:\d+ )?(?:cipher |simple |plain )*", f"{_WORD}{_END}"),
        (r"(?<!server )(?<!client )\b(?:irreversible-)?cipher ", _WORD),
        (r"\bmd5-password (?:plain|cipher|<hidden>) \S+ ", _WORD),
        (rf"\b{_KEYWORD} (?:simple |plain |cipher )?", f"{_WORD}{_END}"),
    )
)


def redact(text: str, secrets: Mapping[str, Secret]) -> str:
    """Mask what is secret in a text: keys and ciphertext by their form, kept values by their text.

    Args:
        text: any.
        secrets: values by name; longer ones are masked first.
    """
    known = {
        value: name for name, secret in secrets.items() for value in _spellings(secret.reveal()) if value
    }
    for value in sorted(known, key=len, reverse=True):
        text = re.sub(re.escape(value), f"<secret:{known[value]}>", text, flags=re.IGNORECASE)
    text = _PRIVATE.sub(_HIDDEN, "\n".join(map(hide_pieces, text.split("\n"))))
    parts = _REFERENCE.split(text)
    kept = [*_REFERENCE.findall(text), ""]
    return "".join(f"{_by_form(part)}{named}" for part, named in zip(parts, kept, strict=True))


def _by_form(text: str) -> str:
    for form in _FORMS:
        text = form.sub(_HIDDEN, text)
    return text


def _spellings(value: str) -> Iterator[str]:
    """Yield a value as it may stand in a text: as it is, and inside JSON."""
    yield value
    yield json.dumps(value)[1:-1]
    yield json.dumps(value, ensure_ascii=False)[1:-1]
