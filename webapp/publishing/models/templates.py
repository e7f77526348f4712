"""Models of documents that the commissioner changed in an office suite."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from webapp.accounts.models.users import User
from webapp.platform.models.base import Base


class DocumentModel(Base):
    """A model of one format: the one in use, or the one being tried; none means ours."""

    __tablename__ = "document_model"
    __table_args__ = (
        UniqueConstraint("format", "in_use"),
        CheckConstraint("format IN ('odt', 'docx')", name="format_known"),
        CheckConstraint("length(sha256) = 64", name="sha256_length"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    format: Mapped[str] = mapped_column(String(8))
    in_use: Mapped[bool] = mapped_column(default=False)
    name: Mapped[str] = mapped_column(String(200))
    content: Mapped[bytes] = deferred(mapped_column(LargeBinary, nullable=False))
    sha256: Mapped[str] = mapped_column(String(64))
    uploaded_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    uploaded_at: Mapped[datetime]
    uploaded_by: Mapped[User] = relationship()


class FormerModel(Base):
    """A model that was in use, kept so that it may be again; the one in use is not here."""

    __tablename__ = "former_model"
    __table_args__ = (
        UniqueConstraint("format", "sha256"),
        CheckConstraint("format IN ('odt', 'docx')", name="format_known"),
        CheckConstraint("length(sha256) = 64", name="sha256_length"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    format: Mapped[str] = mapped_column(String(8))
    name: Mapped[str] = mapped_column(String(200))
    content: Mapped[bytes] = deferred(mapped_column(LargeBinary, nullable=False))
    sha256: Mapped[str] = mapped_column(String(64))
    uploaded_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    uploaded_at: Mapped[datetime]
    left_at: Mapped[datetime]
    uploaded_by: Mapped[User] = relationship()
