"""Table of the failed sign-in counters."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from webapp.platform.models.base import Base


class AttemptCount(Base):
    """Attempts on one account, by all unknown browsers together or by one known browser.

    The key is an HMAC of the email address, which the table does not hold in clear; addresses
    without an account are counted too.
    """

    __tablename__ = "attempt_count"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    failures: Mapped[int]
    last_at: Mapped[datetime]
