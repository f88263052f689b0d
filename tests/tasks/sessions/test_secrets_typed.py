"""Secrets are typed and never shown."""

from __future__ import annotations

import pytest

from tasks.plan.model import Command
from tasks.sessions.protocol import LineRefusedError, LostReplyError
from tests.tasks.sessions.dialogue import ENTER, SYSTEM, session


def test_a_secret_is_written_and_never_shown() -> None:
    typed = "security-key cipher Zt0p_Secret"
    refusal = f"Error: Zt0p_Secret is too simple.\r\n{SYSTEM}"
    spoken, channel = session({**ENTER, typed: refusal})
    with pytest.raises(LineRefusedError) as caught:
        spoken.stage([Command("security-key cipher <secret:key-7>", "")])
    assert typed in channel.written
    assert "Zt0p" not in f"{caught.value!r} {caught.value} {caught.value.as_dict()}"
    assert caught.value.command == "security-key cipher <secret:key-7>"


@pytest.mark.parametrize(
    "text",
    [
        "description x <secret:key-7>",
        "description security-key cipher <secret:key-7>",
        "security-key cipher x<secret:key-7>",
        "sysname <secret:key-7>",
    ],
)
def test_a_secret_is_filled_in_where_a_key_belongs_and_nowhere_else(text: str) -> None:
    spoken, channel = session({**ENTER, text: SYSTEM})
    spoken.stage([Command(text, "")])
    assert text in channel.written
    assert not any("Zt0p" in line for line in channel.written)


@pytest.mark.parametrize("echoed", ["Zt0p_Secret", "zt0p_secret", "ZT0P_SECRET"])
def test_a_secret_in_a_lost_reply_is_masked_too(echoed: str) -> None:
    spoken, channel = session(ENTER)
    channel._answers["security-key cipher Zt0p_Secret"] = f"half an answer with {echoed}"
    with pytest.raises(LostReplyError) as caught:
        spoken.stage([Command("security-key cipher <secret:key-7>", "")])
    assert "zt0p" not in str(caught.value).lower()
    assert "<secret:key-7>" in str(caught.value)


@pytest.mark.parametrize("cut", range(8, 40, 4))
def test_the_devices_ciphertext_in_a_lost_reply_is_hidden(cut: int) -> None:
    key = "%^%#wp_KzC;^Q9@j8BV{(s))#>]Lm4%^%#"
    said = f"e-trunk 1\r\n security-key cipher {key}\r\n priority 10"
    spoken, _ = session({"display x": said[: 30 + cut]})
    with pytest.raises(LostReplyError) as caught:
        spoken.run("display x")
    assert "wp_K" not in str(caught.value)
