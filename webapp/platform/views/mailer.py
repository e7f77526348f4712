"""The mail server of the settings, for the views that send a message while somebody waits."""

from flask import current_app

from webapp.exceptions import NotFoundError
from webapp.platform.mail import Mailer


def get_mailer() -> Mailer:
    """Return the mail server.

    Raises
    ------
    NotFoundError
        If none is configured: the pages that offer to send are not there.
    """
    mailer: Mailer = current_app.config["MAILER"]
    if not mailer:
        raise NotFoundError("mail")
    return mailer
