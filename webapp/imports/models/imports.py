"""A file that somebody has sent and not yet imported."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, deferred, mapped_column

from webapp.platform.models.base import Base, HasPublicId


class ImportDraft(HasPublicId, Base):
    """The bytes of a file between its preview and its import; gone after either, or in a day."""

    __tablename__ = "import_draft"

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    content: Mapped[bytes] = deferred(mapped_column(LargeBinary, nullable=False))
    created_at: Mapped[datetime]


class ItemImport(Base):
    """Which row of a file an item comes from, so that the same row never comes twice."""

    __tablename__ = "item_import"

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("roadmap_item.id"), index=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    reference: Mapped[str] = mapped_column(String(60), default="")
    imported_at: Mapped[datetime]
