"""Analysis runs, their changes, and the cache of sentence vectors."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.accounts.models.users import User
from webapp.collection.models.contributions import Excerpt
from webapp.platform.models.base import Base, HasPublicId, enum_column
from webapp.territory.models.working_groups import WorkingGroup


class RunState(StrEnum):
    """State of a run."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class AnalysisRun(HasPublicId, Base):
    """One grouping of a working group's excerpts, with what is needed to reproduce it."""

    __tablename__ = "analysis_run"
    __table_args__ = (
        CheckConstraint("progress BETWEEN 0 AND 1", name="progress_range"),
        CheckConstraint("state <> 'done' OR fingerprint IS NOT NULL", name="done_has_fingerprint"),
        Index(
            "uq_analysis_run_active",
            "working_group_id",
            unique=True,
            sqlite_where=text("state IN ('queued', 'running')"),
            postgresql_where=text("state IN ('queued', 'running')"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    working_group_id: Mapped[int] = mapped_column(ForeignKey("working_group.id"), index=True)
    state: Mapped[RunState] = mapped_column(enum_column(RunState), default=RunState.QUEUED)
    options: Mapped[str] = mapped_column(Text)
    seed: Mapped[int]
    versions: Mapped[str] = mapped_column(Text)
    input_hash: Mapped[str | None] = mapped_column(String(64))
    fingerprint: Mapped[str | None] = mapped_column(String(64))
    progress: Mapped[float] = mapped_column(default=0.0)
    stage: Mapped[str] = mapped_column(String(40), default="queued")
    error: Mapped[str] = mapped_column(String(80), default="")
    texts: Mapped[int] = mapped_column(default=0)
    clusters: Mapped[int] = mapped_column(default=0)
    isolated: Mapped[int] = mapped_column(default=0)
    requested_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    requested_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    working_group: Mapped[WorkingGroup] = relationship()
    requested_by: Mapped[User | None] = relationship()

    @property
    def is_active(self) -> bool:
        """Whether the run is queued or running."""
        return self.state in {RunState.QUEUED, RunState.RUNNING}


class ChangeKind(StrEnum):
    """Kind of a change made by a run."""

    NEW = "new"
    JOINED = "joined"
    PROPOSED = "proposed"
    MOVED = "moved"
    WOULD_MOVE = "would_move"
    VANISHED = "vanished"


class RunChange(Base):
    """One change made by a run: the placement of an excerpt, or a vanished cluster."""

    __tablename__ = "run_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("analysis_run.id"), index=True)
    kind: Mapped[ChangeKind] = mapped_column(enum_column(ChangeKind))
    excerpt_id: Mapped[int | None] = mapped_column(ForeignKey("excerpt.id"))
    before: Mapped[str] = mapped_column(Text, default="")
    after: Mapped[str] = mapped_column(Text, default="")
    excerpt: Mapped[Excerpt | None] = relationship()


class TextVector(Base):
    """A cached sentence vector."""

    __tablename__ = "text_vector"

    text_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    encoder: Mapped[str] = mapped_column(String(80), primary_key=True)
    values: Mapped[bytes] = mapped_column(LargeBinary)
