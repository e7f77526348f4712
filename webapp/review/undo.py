"""Undoes and redoes review actions."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, joinedload

from webapp.collection.models import (
    SHOWN,
    Contribution,
    DecisionKind,
    Excerpt,
    ModerationDecision,
)
from webapp.exceptions import (
    AlreadyUndoneError,
    ConflictError,
    FeedsItemError,
    IrreversibleActError,
    ModeratedSinceError,
)
from webapp.moderation import decisions, redaction
from webapp.moderation.decisions import Decision
from webapp.platform import text_cleaning
from webapp.platform.audit import Actor
from webapp.review import effective_actions
from webapp.review.history import root_of
from webapp.review.models import (
    Act,
    Cluster,
    ClusterMember,
    ClusterStatus,
    EditedField,
    Placement,
    ReviewAction,
    ReviewDecision,
    ReviewEdit,
    ReviewMove,
)
from webapp.review.recorder import Place, ReviewRecorder
from webapp.roadmap import sources
from webapp.roadmap.models import ItemSource

_IN_WORDS = frozenset({EditedField.TITLE, EditedField.SUMMARY})
_FLAGS = {"True": True, "False": False}


def reverse(session: Session, *, action: ReviewAction, actor: Actor) -> ReviewAction:
    """Undo an action; undoing an undo redoes the action.

    Changes made since by a run are overridden; changes made by a person raise a conflict.

    Raises
    ------
    IrreversibleActError, AlreadyUndoneError, ModeratedSinceError
        If the act has nothing to put back, or was taken back already.
    FeedsItemError
        If it would revert the acceptance of a cluster that feeds an item.
    ConflictError
        If a person has since changed the same things.
    LastSourceError
        If an adopted item would lose its last source.
    """
    if action.undone is not None:
        raise AlreadyUndoneError
    if not action.is_reversible:
        raise IrreversibleActError
    act = Act.REDO if action.act is Act.UNDO else Act.UNDO
    review = ReviewRecorder(session, action.working_group_id, act, actor)
    _check_last(session, action)
    root = root_of(session, action)
    moved = {move.excerpt_id for move in action.moves}
    answered = sources.answered(session, excerpt_ids=moved)
    if root.act is Act.SET_ASIDE and act is Act.UNDO:
        review.decided(_restore_decision(session, action, actor))
    if root.act is Act.TAKE_BACK:
        _check_untouched(session, action)
    _revert(session, review, action, root)
    _dissolve_emptied(session, review)
    if root.act is Act.SET_ASIDE and act is Act.REDO:
        review.decided(_set_aside_again(session, action, root, actor))
    try:
        undo = review.record(
            action.cluster or action.excerpt,
            before=action.after,
            after=action.before,
            undoes=action,
        )
    except IntegrityError as error:
        raise AlreadyUndoneError from error
    _check_groups(session, review)
    sources.check_kept(session, items=answered)
    return undo


def last_to_undo(session: Session, *, group_id: int, actor_id: int) -> ReviewAction | None:
    """Return the last action of a person that can be undone."""
    return session.scalar(
        effective_actions.last_undoable(group_id, actor_id).where(ReviewAction.act != Act.UNDO)
    )


def last_to_redo(session: Session, *, group_id: int, actor_id: int) -> ReviewAction | None:
    """Return the last undo of a person, unless they have acted since."""
    undo = session.scalar(
        effective_actions.last_undoable(group_id, actor_id).where(ReviewAction.act == Act.UNDO)
    )
    if undo is None:
        return None
    since = effective_actions.last_undoable(group_id, actor_id).where(
        ReviewAction.act.not_in([Act.UNDO, Act.REDO]), ReviewAction.id > undo.id
    )
    return None if session.scalar(since) else undo


def _check_last(session: Session, action: ReviewAction) -> None:
    """Refuse when a later action in effect changed the same things."""
    cut = [edit.excerpt_id for edit in action.edits if edit.excerpt_id is not None]
    moved = [*(move.excerpt_id for move in action.moves), *cut]
    same: list[ColumnElement[bool]] = [
        ReviewAction.moves.any(ReviewMove.excerpt_id.in_(moved)),
        # A split also conflicts with a later split or move of its pieces.
        ReviewAction.edits.any(ReviewEdit.excerpt_id.in_(cut)),
        *(ReviewAction.edits.any(_same_column(e)) for e in action.edits if e.cluster_id),
    ]
    later = session.scalar(
        select(ReviewAction)
        .options(joinedload(ReviewAction.actor), joinedload(ReviewAction.cluster))
        .where(
            ReviewAction.working_group_id == action.working_group_id,
            ReviewAction.id > action.id,
            ReviewAction.act != Act.UNDO,
            ReviewAction.id.not_in(effective_actions.UNDONE_IDS),
            or_(*same),
        )
        .order_by(ReviewAction.id.desc())
        .limit(1)
    )
    if later is not None:
        title = later.cluster.title if later.cluster else ""
        raise ConflictError(title, later.actor.display_name)


def _check_untouched(session: Session, action: ReviewAction) -> None:
    """Refuse to take excerpts out of clusters that a person has touched since."""
    moved = select(ReviewMove.excerpt_id).where(ReviewMove.action_id == action.id)
    here = select(ClusterMember.cluster_id).where(
        ClusterMember.working_group_id == action.working_group_id,
        ClusterMember.excerpt_id.in_(moved),
    )
    later = session.scalar(
        select(ReviewAction)
        .options(joinedload(ReviewAction.actor), joinedload(ReviewAction.cluster))
        .where(
            ReviewAction.id > action.id,
            ReviewAction.act != Act.UNDO,
            ReviewAction.id.not_in(effective_actions.UNDONE_IDS),
            or_(
                ReviewAction.cluster_id.in_(here),
                ReviewAction.edits.any(ReviewEdit.cluster_id.in_(here)),
                ReviewAction.moves.any(ReviewMove.before_cluster_id.in_(here)),
                ReviewAction.moves.any(ReviewMove.after_cluster_id.in_(here)),
            ),
        )
        .order_by(ReviewAction.id.desc())
        .limit(1)
    )
    if later is not None:
        title = later.cluster.title if later.cluster else ""
        raise ConflictError(title, later.actor.display_name)


def _dissolve_emptied(session: Session, review: ReviewRecorder) -> None:
    """Dissolve the proposals of a later run that the undo leaves without a member."""
    session.flush()
    members = select(ClusterMember.id).where(ClusterMember.cluster_id == Cluster.id)
    emptied = session.scalars(
        select(Cluster).where(
            Cluster.id.in_(review.origins),
            Cluster.status == ClusterStatus.PROPOSED,
            ~Cluster.kept,
            ~members.exists(),
        )
    ).all()
    for cluster in emptied:
        review.edit(cluster, EditedField.STATUS, ClusterStatus.DISSOLVED)


def _same_column(edit: ReviewEdit) -> ColumnElement[bool]:
    return (ReviewEdit.cluster_id == edit.cluster_id) & (ReviewEdit.field == edit.field)


def _revert(
    session: Session, review: ReviewRecorder, action: ReviewAction, root: ReviewAction
) -> None:
    """Apply the inverse of the changes of ``action``, except for hidden excerpts."""
    touched = _touched_clusters(session, action)
    _revert_edits(session, review, action)
    review.load(move.excerpt_id for move in action.moves)
    hidden = _hidden(session, action)
    for move in reversed(action.moves):
        if move.excerpt_id not in hidden:
            review.place(move.excerpt_id, _place_before(session, move))
    made = {e.cluster_id for e in action.edits if e.before == ClusterStatus.DISSOLVED}
    _release_members(session, review, [cluster for cluster in touched if cluster.id in made])
    kept = effective_actions.kept_ids(session, touched, without=action)
    for cluster in touched:
        again = action.act is Act.UNDO and effective_actions.is_kept_by(action, cluster, root=root)
        cluster.kept = again or cluster.id in kept
        review.touch(cluster)


def _revert_edits(session: Session, review: ReviewRecorder, action: ReviewAction) -> None:
    """Restore the former values of columns, except texts that were erased or hidden since."""
    edits = _edits(session, action)
    _check_items(session, edits)
    refused = _unrestorable(session, action)
    for edit in reversed(edits):
        subject = edit.cluster or edit.excerpt
        restorable = edit.field not in _IN_WORDS or edit.before not in refused
        if subject is not None and restorable:
            review.edit(subject, edit.field, _value(edit))
        if edit.excerpt is not None and edit.excerpt.dropped:
            review.place(edit.excerpt.id, None)


def _edits(session: Session, action: ReviewAction) -> Sequence[ReviewEdit]:
    """Return the edits of ``action`` with what they changed."""
    return session.scalars(
        select(ReviewEdit)
        .options(joinedload(ReviewEdit.cluster), joinedload(ReviewEdit.excerpt))
        .where(ReviewEdit.action_id == action.id)
        .order_by(ReviewEdit.id)
    ).all()


def _unrestorable(session: Session, action: ReviewAction) -> frozenset[str]:
    """Return the former texts that were erased, or that quote a hidden contribution."""
    texts = {edit.before for edit in action.edits if edit.field in _IN_WORDS}
    texts.discard(text_cleaning.ERASED)
    quoting = redaction.quoting_hidden(session, group_id=action.working_group_id, texts=texts)
    return quoting | {text_cleaning.ERASED}


def _value(edit: ReviewEdit) -> object:
    if edit.field is EditedField.STATUS:
        return ClusterStatus(edit.before)
    if edit.field is EditedField.STOP:
        return int(edit.before)
    if edit.field in _IN_WORDS:
        return edit.before
    return _FLAGS[edit.before]


def _place_before(session: Session, move: ReviewMove) -> Place | None:
    """Return the earlier placement, or None when a run has since dissolved the cluster."""
    if move.before_placed_by is None:
        return None
    if move.before_cluster_id is not None:
        cluster = session.get_one(Cluster, move.before_cluster_id)
        dissolved = cluster.status is ClusterStatus.DISSOLVED
        if dissolved and not effective_actions.is_dissolved(session, cluster):
            return None
    return Place(
        move.before_cluster_id, move.before_placed_by, move.before_confidence, move.before_position
    )


def _touched_clusters(session: Session, action: ReviewAction) -> list[Cluster]:
    ids = {edit.cluster_id for edit in action.edits}
    ids |= {i for m in action.moves for i in (m.before_cluster_id, m.after_cluster_id)}
    chosen = [i for i in ids if i is not None]
    return list(session.scalars(select(Cluster).where(Cluster.id.in_(chosen)).order_by(Cluster.id)))


def _release_members(session: Session, review: ReviewRecorder, clusters: Sequence[Cluster]) -> None:
    """Remove the members that a run has since added to clusters that the undo dissolves."""
    if not clusters:
        return
    session.flush()
    placed = select(ClusterMember.excerpt_id).where(
        ClusterMember.cluster_id.in_([cluster.id for cluster in clusters]),
        ClusterMember.placed_by != Placement.HUMAN,
    )
    found = session.scalars(placed).all()
    review.load(found)
    for excerpt_id in found:
        review.place(excerpt_id, None)


def _check_items(session: Session, edits: Sequence[ReviewEdit]) -> None:
    """Refuse to revert the acceptance of a cluster that feeds an item."""
    leaving = [
        edit.cluster_id
        for edit in edits
        if edit.field is EditedField.STATUS and edit.before != ClusterStatus.ACCEPTED
    ]
    feeds = select(ItemSource.id).where(ItemSource.cluster_id.in_(leaving))
    if leaving and session.scalar(feeds.limit(1)) is not None:
        raise FeedsItemError


def _check_groups(session: Session, review: ReviewRecorder) -> None:
    """Refuse to add members to a dissolved cluster."""
    dissolved = [c for c in review.touched if c.status is ClusterStatus.DISSOLVED]
    if not dissolved:
        return
    ids = [cluster.id for cluster in dissolved]
    found = select(ClusterMember.cluster_id).where(ClusterMember.cluster_id.in_(ids)).distinct()
    filled = set(session.scalars(found))
    for cluster in dissolved:
        if cluster.id in filled:
            author = cluster.changed_by.display_name if cluster.changed_by else ""
            raise ConflictError(cluster.title, author)


def _hidden(session: Session, action: ReviewAction) -> frozenset[int]:
    """Return the excerpts of ``action`` that may no longer be shown."""
    excerpts = _excerpts(session, action)
    return frozenset(e.id for e in excerpts if e.contribution.decision.kind not in SHOWN)


def _excerpts(session: Session, action: ReviewAction) -> list[Excerpt]:
    ids = {move.excerpt_id for move in action.moves} | {action.excerpt_id}
    return list(
        session.scalars(
            select(Excerpt)
            .options(joinedload(Excerpt.contribution).joinedload(Contribution.decision))
            .where(Excerpt.id.in_(i for i in sorted(i for i in ids if i is not None)))
        )
    )


def _restore_decision(session: Session, action: ReviewAction, actor: Actor) -> ModerationDecision:
    """Restore the moderation decision that stood before ``action`` set a contribution aside."""
    contribution = _decided_by(session, action)
    before = contribution.decisions[-2]  # the first decision is always PENDING
    decision = Decision(
        kind=before.kind,
        now=actor.now,
        actor_id=actor.id,
        reason=before.reason,
        masked_body=before.masked_body,
    )
    return decisions.decide(session, contribution, decision)


def _set_aside_again(
    session: Session, action: ReviewAction, root: ReviewAction, actor: Actor
) -> ModerationDecision:
    decision = Decision(
        kind=DecisionKind.SET_ASIDE, now=actor.now, actor_id=actor.id, reason=root.reason
    )
    return decisions.decide(session, _decided_by(session, action), decision)


def _decided_by(session: Session, action: ReviewAction) -> Contribution:
    """Return the contribution whose current decision is the one that ``action`` made.

    Raises
    ------
    ModeratedSinceError
        If there is none: a later decision replaced it.
    """
    contribution = session.scalar(
        select(Contribution)
        .join(Contribution.decision)
        .join(ReviewDecision, ReviewDecision.decision_id == ModerationDecision.id)
        .where(ReviewDecision.action_id == action.id)
    )
    if contribution is None:
        raise ModeratedSinceError
    return contribution
