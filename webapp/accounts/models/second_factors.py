"""The second factor of an account: a secret that a phone shares, and codes for when it is lost."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from webapp.platform.models.base import Base


class SecondFactor(Base):
    """What a phone and we both know, enciphered; a row means that codes are asked for."""

    __tablename__ = "second_factor"

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    secret: Mapped[str] = mapped_column(String(300))
    enabled_at: Mapped[datetime]
    last_step: Mapped[int]


class RecoveryCode(Base):
    """A code that replaces the phone once; its row goes when it is used."""

    __tablename__ = "recovery_code"

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    code_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
