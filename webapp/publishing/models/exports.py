"""Exports rendered in the background, with a short lifetime."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from webapp.platform.models.base import Base, HasPublicId, enum_column
from webapp.review.models.analyses import RunState
from webapp.territory.models.roadmaps import Roadmap


class Export(HasPublicId, Base):
    """Export of one version, or of the draft when ``number`` is None."""

    __tablename__ = "export"

    id: Mapped[int] = mapped_column(primary_key=True)
    roadmap_id: Mapped[int] = mapped_column(ForeignKey("roadmap.id"), index=True)
    number: Mapped[int | None]
    owner_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    state: Mapped[RunState] = mapped_column(enum_column(RunState), default=RunState.QUEUED)
    # Format being rendered, then error code.
    stage: Mapped[str] = mapped_column(String(40), default="")
    error: Mapped[str] = mapped_column(String(80), default="")
    requested_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    roadmap: Mapped[Roadmap] = relationship()
    files: Mapped[list["ExportFile"]] = relationship(
        back_populates="export", order_by="ExportFile.id", cascade="all, delete-orphan"
    )

    @property
    def is_active(self) -> bool:
        """Whether it is queued or running."""
        return self.state in {RunState.QUEUED, RunState.RUNNING}


class ExportFile(Base):
    """One rendered document, or its error."""

    __tablename__ = "export_file"
    __table_args__ = (
        UniqueConstraint("export_id", "format"),
        CheckConstraint("(content IS NULL) = (error <> '')", name="made_or_told"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    export_id: Mapped[int] = mapped_column(ForeignKey("export.id", ondelete="CASCADE"), index=True)
    format: Mapped[str] = mapped_column(String(16))
    content: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))
    size: Mapped[int] = mapped_column(default=0)
    sha256: Mapped[str] = mapped_column(String(64), default="")
    error: Mapped[str] = mapped_column(String(80), default="")
    export: Mapped[Export] = relationship(back_populates="files")
