"""What groups may speak of in the Pacte, and the words that show it."""

from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.models.base import Base, HasPublicId, enum_column


class TargetKind(StrEnum):
    """Axe, mesure, public."""

    STRAND = "strand"
    MEASURE = "measure"
    PUBLIC = "public"


class AlignmentTarget(HasPublicId, Base):
    """An axis, a measure or a public, with the seed words that the commissioner can edit."""

    __tablename__ = "alignment_target"
    __table_args__ = (UniqueConstraint("kind", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[TargetKind] = mapped_column(enum_column(TargetKind))
    name: Mapped[str] = mapped_column(String(200))
    seeds: Mapped[tuple[str, ...]] = mapped_column(default=())


class ClusterAlignment(Base):
    """That a group speaks of a target: how surely, and by which of its own words."""

    __tablename__ = "cluster_alignment"
    __table_args__ = (CheckConstraint("confidence > 0 AND confidence <= 1", name="confidence"),)

    cluster_id: Mapped[int] = mapped_column(ForeignKey("cluster.id"), primary_key=True)
    target_id: Mapped[int] = mapped_column(
        ForeignKey("alignment_target.id"), primary_key=True, index=True
    )
    confidence: Mapped[float]
    words: Mapped[tuple[str, ...]]
    target: Mapped[AlignmentTarget] = relationship()
