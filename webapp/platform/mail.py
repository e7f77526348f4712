"""Sends e-mail through the SMTP server of the settings; without one, no message leaves."""

import smtplib
import ssl
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from typing import Final

from webapp.config import Config
from webapp.exceptions import MailNotSentError

_TIMEOUT: Final = 10.0  # seconds for each exchange: a page may be waiting


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A message to one person, in plain text."""

    to: str
    subject: str
    text: str


class Mailer:
    """The SMTP server and the sender of the messages.

    Parameters
    ----------
    config : Config
        The settings ``smtp_*`` and ``mail_from``.
    """

    def __init__(self, config: Config) -> None:
        self._config = config

    def __bool__(self) -> bool:
        """Whether a server is configured."""
        return bool(self._config.smtp_host)

    def send(self, letters: Iterable[Letter], *, now: datetime) -> None:
        """Send ``letters`` over one connection, in order.

        Raises
        ------
        MailNotSentError
            If no server is configured, if it does not answer, or if it refuses a message. Those
            before it have left.
        """
        if not self:
            raise MailNotSentError
        try:
            with self._connected() as server:
                for letter in letters:
                    server.send_message(self._message(letter, now))
        except (OSError, smtplib.SMTPException) as error:
            raise MailNotSentError from error

    def _connected(self) -> smtplib.SMTP:
        config, context = self._config, ssl.create_default_context()
        if config.smtp_security == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                config.smtp_host, config.smtp_port, timeout=_TIMEOUT, context=context
            )
        else:
            server = smtplib.SMTP(config.smtp_host, config.smtp_port, timeout=_TIMEOUT)
        try:
            if config.smtp_security == "starttls":
                server.starttls(context=context)
            if config.smtp_user:
                server.login(config.smtp_user, config.smtp_password)
        except BaseException:
            server.close()
            raise
        return server

    def _message(self, letter: Letter, now: datetime) -> EmailMessage:
        message = EmailMessage()
        message["From"] = self._config.mail_from
        message["To"] = letter.to
        message["Subject"] = " ".join(letter.subject.split())  # a title may hold line ends
        message["Date"] = format_datetime(now)
        message["Message-ID"] = make_msgid(domain=self._config.mail_from.rpartition("@")[2])
        message["Auto-Submitted"] = "auto-generated"  # no automatic answers (RFC 3834)
        message.set_content(letter.text)
        return message
