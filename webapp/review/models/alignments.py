"""Alignments of clusters with reference entries of the Pacte."""

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.platform.models.base import Base
from webapp.territory.models.references import Reference


class ClusterAlignment(Base):
    """Alignment of a cluster with a target: confidence and matching words."""

    __tablename__ = "cluster_alignment"
    __table_args__ = (CheckConstraint("confidence > 0 AND confidence <= 1", name="confidence"),)

    cluster_id: Mapped[int] = mapped_column(ForeignKey("cluster.id"), primary_key=True)
    target_id: Mapped[int] = mapped_column(ForeignKey("reference.id"), primary_key=True, index=True)
    confidence: Mapped[float]
    words: Mapped[tuple[str, ...]]
    target: Mapped[Reference] = relationship()
