"""Which messages each account asked for."""

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.accounts.models import User
from webapp.platform.models.base import Base


class MailPreference(Base):
    """The messages that an account receives; without a row it receives none.

    ``reminded_on`` and ``digested_on`` are the days of the last reminders and of the last digest,
    so that a night without a worker delays a message and never doubles it.
    """

    __tablename__ = "mail_preference"

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    reminders: Mapped[bool] = mapped_column(default=False)
    digest: Mapped[bool] = mapped_column(default=False)
    reminded_on: Mapped[date | None]
    digested_on: Mapped[date | None]
    user: Mapped[User] = relationship()
