"""Every wait of a transaction, its bound, and who pays when it ends.

| Wait | Bound | Who pays |
|---|---|---|
| an ordinary reply, a display | `REPLY_S` | the session: the device is asked in a fresh one |
| a reply to trial, confirm, abort | `REPLY_S` | the session, as above; no write is repeated |
| a login | `LOGIN_S` | the member counts as out of reach for this look |
| convergence | the budget of the plan | the change: both members go back |
| the trial | `trial_seconds` | the device: it reverts by itself |
| b's trial while a is confirmed | `NEEDED_S` must be left | the change: both go back, a unconfirmed |
| a member that is not to be seen | `PAUSES_S`, in turn | the end: unsettled or split, to be resumed |
| a plain commit, an undo | `COMMIT_S` of the session | the session, as above |
| a rollback, the inverse of a commit loaded | `ROLLBACK_S` of the session | the session, as above |
| a save | `SAVE_S` of the session | the end: new but not saved, to be resumed |

The waits of a session itself stand in `tasks.sessions.vrp`.
"""

from __future__ import annotations

from math import ceil, isfinite

from inventory.errors import RefusedError

REPLY_S = 30
"""Longest wait for a reply in the trial phase; after it the device is asked."""
LOGIN_S = 30
"""Longest wait for a fresh session."""
SKEW_S = 60
"""Seconds for staging and confirming around the verification, and for clocks that run apart."""
LOST_REPLY_S = REPLY_S + LOGIN_S + REPLY_S
"""What one lost reply costs: its wait, a fresh login, and asking the device what it did."""
LOST_REPLIES = 4
"""Replies that can be lost while b is on trial: to b's trial, a's trial, the looks between, a's confirm."""
NEEDED_S = REPLY_S + LOGIN_S + REPLY_S + REPLY_S
"""What b must have left when a is confirmed: a's reply, a fresh login, a look, and b's own confirm."""
PAUSES_S = (1.0, 3.0, 9.0)
"""How long a member that is not to be seen is waited for, time after time."""

SHORTEST_TRIAL_S, LONGEST_TRIAL_S = 60, 65_535  # command reference, commit


def trial_seconds(budget_s: float) -> int:
    """Return the time of a trial: the verification budget twice, the skew, and the replies that may be lost.

    Args:
        budget_s: seconds that the verification may take.

    Raises:
        RefusedError: the device takes no trial of that time.
    """
    whole = 2 * budget_s + SKEW_S + LOST_REPLIES * LOST_REPLY_S
    if not isfinite(whole) or budget_s < 0 or not SHORTEST_TRIAL_S <= ceil(whole) <= LONGEST_TRIAL_S:
        longest = (LONGEST_TRIAL_S - SKEW_S - LOST_REPLIES * LOST_REPLY_S) // 2
        raise RefusedError(
            "the devices take no trial that is long enough for this budget; nothing was sent",
            wanted=f"a budget of 0 to {longest} s",
            found=f"{budget_s:g} s, which needs a trial of {whole:g} s",
        )
    return ceil(whole)
