"""Document templates uploaded by the commissioner."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from webapp.accounts.models.users import User
from webapp.platform.models.base import Base


class DocumentModel(Base):
    """An uploaded template of one format, in use or on trial; none means the default one."""

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
    """A template that was in use and can be restored."""

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
