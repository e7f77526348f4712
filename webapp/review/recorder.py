"""Applies a review action and records all its changes."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from sqlalchemy import select
from sqlalchemy.orm import Session, object_session
from sqlalchemy.orm.attributes import flag_modified

from webapp.collection.models import MAX_REASON_LENGTH, Excerpt, ModerationDecision
from webapp.exceptions import ConflictError
from webapp.platform import audit, text_cleaning
from webapp.platform.audit import Actor
from webapp.platform.jobs import Job, enqueue_on_commit
from webapp.review.models import (
    Act,
    Cluster,
    ClusterMember,
    EditedField,
    Placement,
    ReviewAction,
    ReviewDecision,
    ReviewEdit,
    ReviewMove,
    ReviewUndo,
)
from webapp.territory.locking import lock_working_group

_BATCH = 500
# Acts after which the worker reads again the groups that they changed.
_READ_AFTER = frozenset(
    {
        Act.ATTACH,
        Act.MERGE,
        Act.SPLIT,
        Act.MOVE,
        Act.ISOLATE,
        Act.SET_ASIDE,
        Act.CUT,
        Act.UNDO,
        Act.REDO,
    }
)


@dataclass(frozen=True, slots=True)
class Place:
    """Placement of an excerpt: in a cluster, or isolated when ``cluster_id`` is None."""

    cluster_id: int | None
    placed_by: Placement = Placement.HUMAN
    confidence: float = 1.0
    position: int = 0

    @classmethod
    def of(cls, member: ClusterMember | None) -> Self | None:
        """Return the placement stored in ``member``, or None when unplaced."""
        if member is None:
            return None
        return cls(member.cluster_id, member.placed_by, member.confidence, member.position)


class ReviewRecorder:
    """One action in progress: changes are applied at once and stored by :meth:`record`.

    Parameters
    ----------
    session : Session
        The database session.
    group_id : int
        The working group.
    act : Act
        The kind of action.
    actor : Actor
        The author and the instant.
    """

    def __init__(self, session: Session, group_id: int, act: Act, actor: Actor) -> None:
        # Serialises actions per working group, so that conflicts are detected.
        lock_working_group(session, group_id=group_id)
        self._session = session
        self._action = ReviewAction(
            working_group_id=group_id, act=act, actor_id=actor.id, done_at=actor.now
        )
        self._actor = actor
        self._touched: dict[int, Cluster] = {}
        self._members: dict[int, ClusterMember | None] = {}

    def edit(self, subject: Cluster | Excerpt, field: EditedField, value: object) -> None:
        """Set a column of a cluster or an excerpt."""
        before = getattr(subject, field)
        if before == value:
            return
        edit = ReviewEdit(field=field, before=str(before), after=str(value))
        if isinstance(subject, Cluster):
            edit.cluster = subject
            self.touch(subject)
        else:
            edit.excerpt = subject
        self._action.edits.append(edit)
        setattr(subject, field, value)

    def keep(self, cluster: Cluster) -> None:
        """Mark a cluster as kept by later runs."""
        cluster.kept = True
        self.touch(cluster)

    def load(self, excerpt_ids: Iterable[int]) -> dict[int, ClusterMember | None]:
        """Return the current placements of ``excerpt_ids``, loaded in batches."""
        wanted = sorted(set(excerpt_ids) - self._members.keys())
        self._members.update(dict.fromkeys(wanted))
        for start in range(0, len(wanted), _BATCH):
            members = self._session.scalars(
                select(ClusterMember).where(
                    ClusterMember.working_group_id == self._action.working_group_id,
                    ClusterMember.excerpt_id.in_(wanted[start : start + _BATCH]),
                ),
                execution_options={"populate_existing": True},
            )
            self._members.update((member.excerpt_id, member) for member in members)
        return self._members

    def place(self, excerpt_id: int, place: Place | None) -> None:
        """Set the placement of an excerpt, or remove it when ``place`` is None."""
        member = self.load([excerpt_id])[excerpt_id]
        before = Place.of(member)
        if before == place:
            return
        self._action.moves.append(_move(excerpt_id, before, place))
        if place is None:
            self._session.delete(member)
            self._members[excerpt_id] = None
            return
        if member is None:
            member = ClusterMember(
                working_group_id=self._action.working_group_id, excerpt_id=excerpt_id
            )
            self._session.add(member)
            self._members[excerpt_id] = member
        member.cluster_id, member.placed_by = place.cluster_id, place.placed_by
        member.confidence, member.position = place.confidence, place.position
        # The computed explanation was about the earlier placement.
        member.words, member.divergent, member.isolation = (), False, ""

    def record(
        self,
        subject: Cluster | Excerpt | None,
        *,
        reason: str = "",
        before: str = "",
        after: str = "",
        undoes: ReviewAction | None = None,
    ) -> ReviewAction:
        """Store the action in the history and in the audit log, and return it."""
        action = self._action
        action.reason = text_cleaning.clean(reason)[:MAX_REASON_LENGTH]
        action.before, action.after = before, after
        if isinstance(subject, Cluster):
            action.cluster = subject
            self.touch(subject)
        elif subject is not None:
            action.excerpt = subject
        if undoes is not None:
            action.undoes = ReviewUndo(undone_id=undoes.id)
        self._session.add(action)
        for cluster in self._touched.values():
            cluster.changed_by_id = self._actor.id
            # Each action increases the version, even for the same author.
            flag_modified(cluster, "changed_by_id")
        self._session.flush()
        for cluster in self._touched.values():
            self._session.expire(cluster, ["members"])
        audit.record_act(self._session, self._actor, f"cluster.{action.act}", _subject(subject))
        if action.act in _READ_AFTER:
            enqueue_on_commit(self._session, Job.READ_GROUPS, group_id=self.group_id)
        return action

    def decided(self, decision: ModerationDecision) -> None:
        """Record the moderation decision that the action makes."""
        self._action.decision = ReviewDecision(decision_id=decision.id)

    @property
    def group_id(self) -> int:
        """The id of the working group."""
        return self._action.working_group_id

    @property
    def origins(self) -> frozenset[int]:
        """The ids of the clusters that excerpts left."""
        ids = (move.before_cluster_id for move in self._action.moves)
        return frozenset(found for found in ids if found is not None)

    @property
    def touched(self) -> tuple[Cluster, ...]:
        """The clusters changed by the action."""
        return tuple(self._touched.values())

    def touch(self, cluster: Cluster) -> None:
        """Add a cluster to those whose version increases."""
        self._touched[cluster.id] = cluster


def check_version(cluster: Cluster, actor: Actor) -> None:
    """Check that ``actor`` saw the current version of the cluster, re-read under the lock.

    Raises
    ------
    ConflictError
        If somebody changed it since.
    """
    session = object_session(cluster)
    if session is not None:
        lock_working_group(session, group_id=cluster.working_group_id)
        session.expire(cluster)
    if actor.version is not None and actor.version != cluster.version:
        author = cluster.changed_by.display_name if cluster.changed_by else ""
        raise ConflictError(cluster.title, author)


def _move(excerpt_id: int, before: Place | None, after: Place | None) -> ReviewMove:
    return ReviewMove(
        excerpt_id=excerpt_id, **_columns("before", before), **_columns("after", after)
    )


def _columns(side: str, place: Place | None) -> dict[str, object]:
    if place is None:
        return {}
    return {
        f"{side}_cluster_id": place.cluster_id,
        f"{side}_placed_by": place.placed_by,
        f"{side}_confidence": place.confidence,
        f"{side}_position": place.position,
    }


def _subject(subject: Cluster | Excerpt | None) -> str:
    if isinstance(subject, Cluster):
        return f"cluster:{subject.public_id}"
    return f"excerpt:{subject.id}" if subject is not None else "excerpts"
