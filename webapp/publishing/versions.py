"""Compares and withdraws published versions."""

from functools import lru_cache

from sqlalchemy.orm import Session

from webapp.exceptions import ConflictError, ReasonRequiredError
from webapp.platform import audit, rendered_cache, text_cleaning
from webapp.platform.audit import Actor
from webapp.publishing import publication, snapshots
from webapp.publishing.documents import json_file
from webapp.publishing.documents.comparison import Comparison, compare
from webapp.publishing.documents.content import RoadmapDocument
from webapp.publishing.models import RoadmapVersion, VersionWithdrawal
from webapp.territory import locking
from webapp.territory.models import Roadmap

_PAIR = 2


def previous(roadmap: Roadmap, version: RoadmapVersion) -> RoadmapVersion | None:
    """Return the version before ``version``, among those not withdrawn."""
    return next(
        (v for v in reversed(roadmap.effective_versions) if v.number < version.number), None
    )


def compare_versions(
    roadmap: Roadmap, *, before: int | None, after: int | None
) -> Comparison | None:
    """Return the differences between two versions, by default the last two not withdrawn.

    Return None when there are fewer than two versions.

    Raises
    ------
    NotFoundError
        If one of them does not exist.
    VersionWithdrawnError
        If one of them was withdrawn.
    """
    if len(roadmap.effective_versions) < _PAIR and before is None and after is None:
        return None
    new = publication.published(roadmap, after)
    old = publication.published(roadmap, before) if before is not None else previous(roadmap, new)
    return _compared((old or new).content, new.content)


def changes_since(roadmap: Roadmap, document: RoadmapDocument) -> Comparison | None:
    """Return what ``document`` changes to the version in force, or None if there is none."""
    latest = roadmap.latest
    return compare(snapshots.document_of(latest), document) if latest else None


@lru_cache(maxsize=8)
def _compared(before: str, after: str) -> Comparison:
    # Cached, since versions are immutable.
    return compare(json_file.loads(before.encode()), json_file.loads(after.encode()))


def withdraw(
    session: Session, *, roadmap: Roadmap, number: int, reason: str, actor: Actor
) -> VersionWithdrawal:
    """Withdraw a version; the previous one is in force again.

    Raises
    ------
    NotFoundError
        If it does not exist.
    ReasonRequiredError
        If no reason is given.
    ConflictError
        If it is already withdrawn.
    """
    reason = text_cleaning.clean(reason)
    if not reason:
        raise ReasonRequiredError
    locking.lock_roadmap(session, roadmap)
    version = publication.get_version(roadmap, number)
    if version.withdrawal is not None:
        raise ConflictError(version.withdrawal.reason, version.withdrawal.withdrawn_by.display_name)
    withdrawal = VersionWithdrawal(reason=reason, withdrawn_at=actor.now, withdrawn_by_id=actor.id)
    version.withdrawal = withdrawal
    session.flush()
    rendered_cache.CACHE.evict(version.sha256)
    subject = f"roadmap:{roadmap.slug}:{number}"
    audit.record_act(session, actor, "roadmap.withdraw", subject, version.sha256)
    return withdrawal
