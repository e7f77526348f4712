"""Tables of the second factors: TOTP secrets and recovery codes."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from webapp.platform.models.base import Base


class SecondFactor(Base):
    """Encrypted TOTP secret of an account; its presence enables the second factor."""

    __tablename__ = "second_factor"

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    secret: Mapped[str] = mapped_column(String(300))
    enabled_at: Mapped[datetime]
    last_step: Mapped[int]


class RecoveryCode(Base):
    """A single-use recovery code; its use deletes the row."""

    __tablename__ = "recovery_code"

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    code_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
