"""Messages leave through a real SMTP server, or fail in one way."""

from datetime import UTC, datetime

import pytest

from tests.fixtures import mailbox
from tests.fixtures.mailbox import settings
from webapp.exceptions import MailNotSentError
from webapp.platform.mail import Letter, Mailer

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
LETTERS = [
    Letter(to=f"{name}@example.org", subject="Échéances à venir", text="Bonjour Léa,\n\nDemain.\n")
    for name in ("lea", "zoe")
]
# pragma: allowlist nextline secret
ACCOUNT = {"smtp_user": "semailles", "smtp_password": "une phrase de passe"}


def test_messages_arrive_whole_and_in_order(config):
    with mailbox.serve() as box:
        Mailer(settings(config, box)).send(LETTERS, now=NOW)
    first, second = box.messages
    assert (first["To"], second["To"]) == ("lea@example.org", "zoe@example.org")
    assert (first["From"], first["Subject"]) == ("semailles@example.org", "Échéances à venir")
    assert first.get_content().replace("\r\n", "\n") == LETTERS[0].text
    assert first["Date"].datetime == NOW
    assert first["Message-ID"] != second["Message-ID"]
    assert first["Auto-Submitted"] == "auto-generated"


@pytest.mark.filterwarnings("ignore:Requiring AUTH:UserWarning")  # on this machine
def test_the_account_of_the_settings_signs_in(config):
    with mailbox.serve(accounts={"semailles": ACCOUNT["smtp_password"]}) as box:
        Mailer(settings(config, box, **ACCOUNT)).send(LETTERS, now=NOW)
        with pytest.raises(MailNotSentError):
            Mailer(settings(config, box, smtp_user="x", smtp_password="y")).send(LETTERS, now=NOW)
    assert len(box.messages) == len(LETTERS)


def test_a_title_with_line_ends_adds_no_header(config):
    injected = Letter(to="lea@example.org", subject="Bus\r\nBcc: x@example.org", text="Bonjour")
    with mailbox.serve() as box:
        Mailer(settings(config, box)).send([injected], now=NOW)
    [message] = box.messages
    assert (message["Bcc"], message["Subject"]) == (None, "Bus Bcc: x@example.org")


def test_a_refused_address_fails_after_those_that_left(config):
    with mailbox.serve() as box:
        box.refused.add("zoe@example.org")
        with pytest.raises(MailNotSentError):
            Mailer(settings(config, box)).send(LETTERS, now=NOW)
    assert [message["To"] for message in box.messages] == ["lea@example.org"]


def test_a_server_that_offers_no_encryption_gets_nothing(config):
    with mailbox.serve() as box, pytest.raises(MailNotSentError):
        Mailer(settings(config, box, smtp_security="starttls")).send(LETTERS, now=NOW)
    assert box.messages == []


def test_a_server_that_is_gone_or_absent_is_one_failure(config):
    with mailbox.serve() as box:
        gone = box
    for mailer in (Mailer(settings(config, gone)), Mailer(config)):
        with pytest.raises(MailNotSentError):
            mailer.send(LETTERS, now=NOW)
    assert (bool(Mailer(config)), bool(Mailer(settings(config, gone)))) == (False, True)
