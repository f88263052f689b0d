"""Alerts by e-mail."""

from __future__ import annotations

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import format_datetime

from inventory.errors import reason
from inventory.secrets import Secret
from runbooks.alerts.model import Alert
from runbooks.alerts.outbox import DeliveryError, NotTakenError, PartlyDeliveredError
from runbooks.alerts.settings import Mail

TIMEOUT_S = 20.0
_LONGEST_SUBJECT = 150
_FOR_GOOD = 500


def send_mail(mail: Mail, alert: Alert, password: Secret | None) -> None:
    """Send an alert to all its addresses.

    Raises:
        DeliveryError: the server did not take it; for good: a `NotTakenError`; of some addresses alone: a
            `PartlyDeliveredError`.
    """
    try:
        with _server(mail) as server:
            if mail.tls == "starttls":
                server.starttls(context=ssl.create_default_context())
            if mail.user is not None and password is not None:
                server.login(mail.user, password.reveal())
            refused = server.send_message(to_message(mail, alert))
    except smtplib.SMTPAuthenticationError as error:
        raise DeliveryError(f"{mail.server}: the login was refused ({error.smtp_code})") from None
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _ in error.recipients.values()]
        raise _refused(mail, error, min(codes, default=0)) from None
    except (smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as error:
        raise _refused(mail, error, error.smtp_code) from None
    except (smtplib.SMTPException, OSError) as error:
        raise DeliveryError(f"{mail.server}: {reason(error)}") from None
    if refused:
        raise PartlyDeliveredError(f"{mail.server} took it, and refused {', '.join(refused)}")


def _refused(mail: Mail, error: smtplib.SMTPException, code: int) -> DeliveryError:
    """Return what a server's no means: for good from 500 on, for now below."""
    kind = NotTakenError if code >= _FOR_GOOD else DeliveryError
    return kind(f"{mail.server}: {reason(error)}")


def _server(mail: Mail) -> smtplib.SMTP:
    if mail.tls == "tls":
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(mail.server, mail.port, timeout=TIMEOUT_S, context=context)
    return smtplib.SMTP(mail.server, mail.port, timeout=TIMEOUT_S)


def to_message(mail: Mail, alert: Alert) -> EmailMessage:
    """Write an alert as a message; its id is that of the alert, so that a second delivery is known."""
    message = EmailMessage()
    message["From"], message["To"] = mail.sender, ", ".join(mail.to)
    message["Subject"] = f"[hotpair] {alert.title}"[:_LONGEST_SUBJECT]
    message["Date"] = format_datetime(alert.at)
    message["Message-ID"] = f"<{alert.id}@{mail.sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(alert.text + "\n")
    return message
