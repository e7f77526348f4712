"""Open sessions of the staff: a row is what keeps one open."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.accounts.models.users import User
from webapp.platform.models.base import Base, HasPublicId


class UserSession(HasPublicId, Base):
    """One browser that is signed in; it says when it was opened, never from where."""

    __tablename__ = "user_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    opened_at: Mapped[datetime]
    user: Mapped[User] = relationship()
