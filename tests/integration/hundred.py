"""A region's whole roadmap, made through the services: a hundred items, two thousand sources."""

from datetime import date

from sqlalchemy import select

from tests import builders
from webapp import create_app
from webapp.accounts.models import Role
from webapp.collection.models import Contribution, DecisionKind
from webapp.config import Config
from webapp.imports import contributions
from webapp.imports.reading import read_table
from webapp.platform import schema
from webapp.platform.audit import Actor
from webapp.platform.extensions import db, transaction
from webapp.publishing import publication, snapshots
from webapp.roadmap import indicators, items, meetings
from webapp.roadmap.indicators import IndicatorFields
from webapp.roadmap.models import ItemStatus, Verdict
from webapp.territory.models import SHIPPED, ReferenceKind, Strand, Territory
from webapp.territory.regions import ensure_region

PUBLICS = tuple(SHIPPED[ReferenceKind.PUBLIC])
ITEMS, EACH, MASKED = 100, 20, 10
VERDICTS = ((Verdict.ADOPT, ""), (Verdict.ADOPT, "À l’unanimité"), (Verdict.POSTPONE, "À chiffrer"))
ROOMS = ("ABCDEF", "GHJKLM", "NPQRST", "UVWXYZ")
# pragma: allowlist nextline secret
_SECRET = "hundred-only-hundred-only-hundred-only"  # noqa: S105 - of a folder that vanishes


def freeze(folder):
    """Publish the roadmap in an instance of its own, and return the document that was frozen."""
    app = create_app(Config(instance_path=folder, secret_key=_SECRET, testing=True))
    with app.app_context():
        schema.upgrade(db.engine)
        with transaction() as session:
            document = snapshots.document_of(publish(session))
        db.session.remove()
        db.engine.dispose()
    return document


def listen(session):
    """Have two thousand people speak in four rooms, each in words of their own."""
    for place, code in enumerate(ROOMS):
        builders.workshop(session, code=code)
        lines = [
            f"{rank % 12 + 1};Idée {place}-{rank:04d} : un bus, <un> accueil & « un » guichet"
            for rank in range(ITEMS * EACH // len(ROOMS))
        ]
        table = read_table("\n".join(("table;texte", *lines)).encode(), name="voix.csv")
        request = contributions.Request(table=table, code=code, detail_columns={"table": "table"})
        contributions.import_contributions(session, request=request, now=builders.NOW)
    return session.scalars(select(Contribution).order_by(Contribution.id)).all()


def fields(rank):
    return builders.item_fields(
        title=f"Action n° {rank} : des bus & des guichets",
        strand=tuple(Strand)[rank % 4],
        description="Une première ligne.\nUne seconde, avec <balise> et {{ accolades }}.",
        lead=f"Pilote {rank}",
        partners=(f"Partenaire {rank}", "CAF"),
        publics=(PUBLICS[rank % len(PUBLICS)],),
        territories=(str(tuple(Territory)[rank % len(Territory)]),),
        due_date=date(2025, rank % 12 + 1, 15),
        resources="120 000 € par an",
        measure=f"Mesure {rank}",
    )


def publish(session):
    """Bring a hundred items from the rooms to a published version, through the services."""
    user = builders.user(session, role=Role.COMMISSIONER, groups=())
    actor = Actor(id=user.id, now=builders.NOW)
    said = listen(session)
    for one in said[:MASKED]:
        builders.decide(
            session,
            one,
            DecisionKind.MASKED,
            actor=user,
            reason="Nom",
            masked_body=f"[nom masqué] dit l’idée {one.id}",
        )
    for rank in range(ITEMS):
        item = builders.item(
            session, actor=user, complete=False, contributions=said[rank * EACH :][:EACH]
        )
        items.save(session, item=item, fields=fields(rank), actor=actor)
        told = IndicatorFields(name=f"Trajets {rank}", unit="%", baseline=12.5, target=40.0 + rank)
        indicators.add_indicator(session, item=item, fields=told, actor=actor)
        builders.parts(session, item, actor=user)
        builders.move(session, item, ItemStatus.SUBMITTED, actor=user)
    meeting = builders.meeting(session, actor=user)
    for rank, point in enumerate(list(meeting.agenda)):
        if point.item is not None:
            verdict, reason = VERDICTS[rank % len(VERDICTS)]
            meetings.decide(
                session,
                meeting=meeting,
                item=point.item,
                verdict=verdict,
                reason=reason,
                actor=actor,
            )
    return publication.publish(session, roadmap=ensure_region(session), actor=actor)
