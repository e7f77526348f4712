"""Uploaded files, and rows already imported."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, deferred, mapped_column

from webapp.platform.models.base import Base, HasPublicId


class ImportDraft(HasPublicId, Base):
    """Content of an uploaded file, deleted after the import or after a day."""

    __tablename__ = "import_draft"

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    content: Mapped[bytes] = deferred(mapped_column(LargeBinary, nullable=False))
    created_at: Mapped[datetime]


class ItemImport(Base):
    """Key of the row that an item was imported from, so that imports are idempotent."""

    __tablename__ = "item_import"

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("roadmap_item.id"), index=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    reference: Mapped[str] = mapped_column(String(60), default="")
    imported_at: Mapped[datetime]
