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
    said = contributions.get_by_receipt(session, receipt=receipt)
    member = receipt_timeline.member_of(session, contribution=said)
    cluster = member.cluster if member else None
    formers = contributions.list_formers(session, contribution=said)
    quoting = quotations.versions_quoting(session, said, *formers)
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
            for item in receipt_timeline.items_of(session, contribution=said, cluster=cluster)
        ),
        versions=tuple(_told(v) for v in quoting if v.withdrawal is None),
        withdrawn_versions=tuple(_told(v) for v in quoting if v.withdrawal is not None),
        formers=tuple(former.body for former in formers if former.erased_at is None),
        later=contributions.is_replaced(session, contribution=said),
        theme=named.working_group.name if named else "",
    )


def _told(version: RoadmapVersion) -> str:
    return f"{version.number}, {version.roadmap.title}"
