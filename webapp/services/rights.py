"""What somebody may ask of their own idea: all that is kept of it, and where it was published."""

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from webapp.documents.own_data import OwnData, OwnDecision, OwnItem
from webapp.models import (
    Contribution,
    DecisionKind,
    DeviceMark,
    Excerpt,
    Inspiration,
    ModerationDecision,
    Roadmap,
    RoadmapVersion,
)
from webapp.services import contributions, follow, snapshots


def read_own(session: Session, *, receipt: str) -> OwnData:
    """Return all that is kept of the idea of whoever holds ``receipt``.

    Raises
    ------
    NotFoundError
        If no contribution has this receipt.
    """
    said = contributions.get_by_receipt(session, receipt=receipt)
    member = follow.member_of(session, contribution=said)
    cluster = member.cluster if member else None
    formers = contributions.list_formers(session, contribution=said)
    quoting = versions_quoting(session, said, *formers)
    named = session.get(Inspiration, said.id)
    return OwnData(
        receipt=said.receipt,
        words=said.body,
        shown=said.shown_body,
        said_at=said.submitted_at,
        erased_at=said.erased_at,
        workshop=f"{said.workshop.code} – {said.workshop.title}",
        question=said.prompt.question if said.prompt else "",
        channel=said.channel,
        kind=said.kind or "",
        table=said.table_label,
        sheet=said.sheet,
        people=said.people,
        concerned=said.concerned,
        territory=said.territory or "",
        language=said.language,
        device=session.get(DeviceMark, said.id) is not None,
        decisions=tuple(
            OwnDecision(decision=d.kind, decided_at=d.decided_at, reason=d.reason)
            for d in said.decisions
        ),
        groups=(cluster.title,) if cluster else (),
        items=tuple(
            OwnItem(reference=item.reference, title=item.title, status=item.status)
            for item in follow.items_of(session, contribution=said, cluster=cluster)
        ),
        versions=tuple(_told(v) for v in quoting if v.withdrawal is None),
        withdrawn_versions=tuple(_told(v) for v in quoting if v.withdrawal is not None),
        formers=tuple(former.body for former in formers if former.erased_at is None),
        later=contributions.is_replaced(session, contribution=said),
        theme=named.working_group.name if named else "",
    )


def versions_quoting(session: Session, *said: Contribution) -> list[RoadmapVersion]:
    """Return the versions, withdrawn ones too, that quote one of these contributions."""
    own = {excerpt.id for contribution in said for excerpt in contribution.excerpts}
    return [
        version
        for version in _versions(session)
        if any(excerpt in own for excerpt, _ in _quotations(version))
    ]


def count_hidden(session: Session, *, roadmap: Roadmap) -> dict[int, int]:
    """Return, by version that stands, how many it quotes of what may no longer be shown so.

    Words masked since count: the version still says what the mask hides.
    """
    rows = session.execute(
        select(Excerpt.id, Excerpt.contribution_id, ModerationDecision.masked_body)
        .join(
            ModerationDecision,
            (ModerationDecision.contribution_id == Excerpt.contribution_id)
            & ModerationDecision.is_current,
        )
        .where(ModerationDecision.kind != DecisionKind.PUBLISHED)
    )
    hidden = {excerpt: (said, masked) for excerpt, said, masked in rows}
    counts = {
        version.number: len(
            {
                hidden[excerpt][0]
                for excerpt, told in _quotations(version)
                if excerpt in hidden and told != hidden[excerpt][1]
            }
        )
        for version in roadmap.standing
    }
    return {number: count for number, count in counts.items() if count}


def _told(version: RoadmapVersion) -> str:
    return f"{version.number}, {version.roadmap.title}"


def _versions(session: Session) -> list[RoadmapVersion]:
    versions = session.scalars(
        select(RoadmapVersion)
        .options(selectinload(RoadmapVersion.roadmap), selectinload(RoadmapVersion.withdrawal))
        .order_by(RoadmapVersion.roadmap_id, RoadmapVersion.number)
    )
    return list(versions)


def _quotations(version: RoadmapVersion) -> set[tuple[int, str]]:
    """Return the excerpts that a version quotes, as it does: their references end by a number."""
    return {
        (int(source.reference.rpartition("-")[2]), source.words)
        for item in snapshots.document_of(version).items
        for source in item.sources
        if source.reference.rpartition("-")[2].isdecimal()
    }
