"""Access requests: all data kept about the contribution of a receipt."""

from sqlalchemy.orm import Session

from webapp.collection import contributions
from webapp.collection.models import (
    DeviceMark,
    Inspiration,
)
from webapp.publishing import quotations, receipt_timeline
from webapp.publishing.documents.own_data import OwnData, OwnDecision, OwnItem
from webapp.publishing.models import RoadmapVersion


def read_own(session: Session, *, receipt: str) -> OwnData:
    """Return all data kept about the contribution of ``receipt``.

    Raises
    ------
    NotFoundError
        If no contribution has this receipt.
    """
    contribution = contributions.get_by_receipt(session, receipt=receipt)
    member = receipt_timeline.member_of(session, contribution=contribution)
    cluster = member.cluster if member else None
    formers = contributions.list_replaced(session, contribution=contribution)
    quoting = quotations.versions_quoting(session, contribution, *formers)
    named = session.get(Inspiration, contribution.id)
    return OwnData(
        receipt=contribution.receipt,
        words=contribution.body,
        shown=contribution.shown_body,
        said_at=contribution.submitted_at,
        erased_at=contribution.erased_at,
        workshop=f"{contribution.workshop.code} – {contribution.workshop.title}",
        question=contribution.prompt.question if contribution.prompt else "",
        channel=contribution.channel,
        kind=contribution.kind or "",
        table=contribution.table_label,
        sheet=contribution.sheet,
        people=contribution.people,
        concerned=contribution.concerned,
        territory=contribution.territory or "",
        language=contribution.language,
        device=session.get(DeviceMark, contribution.id) is not None,
        decisions=tuple(
            OwnDecision(decision=d.kind, decided_at=d.decided_at, reason=d.reason)
            for d in contribution.decisions
        ),
        groups=(cluster.title,) if cluster else (),
        items=tuple(
            OwnItem(reference=item.reference, title=item.title, status=item.status)
            for item in receipt_timeline.items_of(
                session, contribution=contribution, cluster=cluster
            )
        ),
        versions=tuple(_label(v) for v in quoting if v.withdrawal is None),
        withdrawn_versions=tuple(_label(v) for v in quoting if v.withdrawal is not None),
        formers=tuple(former.body for former in formers if former.erased_at is None),
        later=contributions.is_replaced(session, contribution=contribution),
        theme=named.working_group.name if named else "",
    )


def _label(version: RoadmapVersion) -> str:
    return f"{version.number}, {version.roadmap.title}"
