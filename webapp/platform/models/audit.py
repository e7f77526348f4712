"""Tables of the hash-chained audit log, which holds no contribution text."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from webapp.platform.models.base import Base


class AuditEntry(Base):
    """One audit entry; its hash covers the hash of the entry before. Append-only."""

    __tablename__ = "audit_entry"
    __table_args__ = (CheckConstraint("length(hash) = 64", name="hash_length"),)

    # Numbered by the application without gaps, so that a deletion is detected.
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    action: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(80))
    details: Mapped[str] = mapped_column(Text, default="")
    hash: Mapped[str] = mapped_column(String(64), unique=True)


class AuditHead(Base):
    """Head of the chain: locked while an entry is added; it also reveals truncation."""

    __tablename__ = "audit_head"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last_id: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))
