"""Demonstration, weeks after: committee decisions, first version, follow-up."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from webapp.demonstration.accounts import COMMISSIONER
from webapp.demonstration.review import user_id
from webapp.platform.audit import Actor
from webapp.publishing import publication
from webapp.publishing.models import RoadmapVersion
from webapp.roadmap import (
    budgets,
    indicators,
    items,
    links,
    local_roadmaps,
    meetings,
    milestones,
    transitions,
)
from webapp.roadmap.budgets import BudgetFields
from webapp.roadmap.indicators import Value
from webapp.roadmap.items import ItemFields
from webapp.roadmap.links import LinkFields
from webapp.roadmap.local_roadmaps import RoadmapFields
from webapp.roadmap.meetings import MeetingFields
from webapp.roadmap.milestones import MilestoneFields
from webapp.roadmap.models import ItemStatus, LinkKind, RoadmapItem, Verdict
from webapp.territory import roadmaps, working_groups
from webapp.territory.models import Roadmap, Strand, Territory
from webapp.territory.regions import PARIS, ROADMAP

COMMITTEE = datetime(2023, 12, 14, 10, 0, tzinfo=PARIS)
PUBLICATION = datetime(2024, 1, 15, 9, 0, tzinfo=PARIS)
SUMMER = datetime(2024, 7, 2, 14, 0, tzinfo=PARIS)
NEXT_COMMITTEE = datetime(2024, 10, 10, 10, 0, tzinfo=PARIS)
STEPS = (
    ("Réunir les partenaires et les personnes concernées", date(2024, 2, 15)),
    ("Signer la convention", date(2024, 5, 31)),
    ("Premier bilan avec les personnes concernées", date(2025, 1, 31)),
)
ATTENDEES = """Préfecture de région, DREETS
Conseil régional, cinq conseils départementaux, Nantes Métropole
CAF, MSA, France Travail
Deux personnes concernées, membres du CRPA"""
MINUTES = (
    "Le comité remercie les participants de la conférence du 7 novembre. Il demande que chaque "
    "fiche adoptée ait un premier bilan avec les personnes concernées."
)

# Items of the department's own roadmap.
OWN_THEME = "acces-aux-droits"
OWN = ItemFields(
    title="Tenir des permanences d’accès aux droits sur les marchés",
    strand=Strand.RIGHTS,
    finding="Beaucoup d’habitants du nord du département ne vont dans aucun guichet.",
    objective="Chacun trouve, une fois par semaine, quelqu’un qui l’aide dans ses démarches.",
    description="Une conseillère du département et un agent de la CAF, sur cinq marchés.",
    lead="Conseil départemental de la Sarthe",
    publics=("habitants du rural",),
    territories=(Territory.SARTHE,),
    due_date=date(2025, 3, 31),
)


def publish_first_version(session: Session) -> RoadmapVersion:
    """Adopt all but the last item of each working group, and publish."""
    roadmap = roadmaps.get_roadmap(session, slug=ROADMAP)
    actor_id = user_id(session, COMMISSIONER)
    there = Actor(id=actor_id, now=COMMITTEE)
    by_group: dict[int, list[RoadmapItem]] = {}
    for item in items.list_items(session, roadmap_id=roadmap.id):
        by_group.setdefault(item.working_group_id, []).append(item)
    put = [(r, i) for own in by_group.values() for r, i in enumerate(own[:-1] or own)]
    for _, item in put:
        transitions.set_status(session, item=item, status=ItemStatus.SUBMITTED, actor=there)
    fields = MeetingFields(
        starts_at=COMMITTEE,
        place="Préfecture de région, Nantes",
        attendees=ATTENDEES,
        minutes=MINUTES,
    )
    meeting = meetings.plan_meeting(session, roadmap=roadmap, fields=fields, actor=there)
    for rank, item in put:
        if rank <= 1:
            meetings.decide(session, meeting=meeting, item=item, verdict=Verdict.ADOPT, actor=there)
        else:
            meetings.decide(
                session,
                meeting=meeting,
                item=item,
                verdict=Verdict.POSTPONE,
                reason="Le financement reste à préciser avec les départements.",
                actor=there,
            )
    meetings.close_meeting(session, meeting=meeting, actor=there)
    for rank, item in put:
        if rank == 0:
            _begin(session, item, actor_id)
    return publication.publish(session, roadmap=roadmap, actor=Actor(id=actor_id, now=PUBLICATION))


def follow_up(session: Session) -> None:
    """Add the first measurements, publish a local roadmap, plan the next meeting."""
    roadmap = roadmaps.get_roadmap(session, slug=ROADMAP)
    actor = Actor(id=user_id(session, COMMISSIONER), now=SUMMER)
    for item in items.list_items(session, roadmap_id=roadmap.id):
        if item.status is not ItemStatus.IN_PROGRESS:
            continue
        milestones.complete(
            session, milestone=item.milestones[0], on=date(2024, 2, 20), actor=actor
        )
        for indicator in item.indicators:
            indicators.measure(
                session,
                indicator=indicator,
                values=_values(indicator.baseline or 0.0, indicator.target or 0.0),
                actor=actor,
            )
    _publish_local_pact(session, actor)
    fields = MeetingFields(starts_at=NEXT_COMMITTEE, place="Préfecture de région, Nantes")
    meetings.plan_meeting(session, roadmap=roadmap, fields=fields, actor=actor)


def _publish_local_pact(session: Session, actor: Actor) -> None:
    fields = RoadmapFields(
        title="Pacte local des solidarités de la Sarthe",
        territory=Territory.SARTHE,
        starts_on=date(2024, 1, 1),
        ends_on=date(2027, 12, 31),
    )
    local = local_roadmaps.create(session, fields=fields, actor=actor)
    offered = local_roadmaps.list_offered(session, roadmap=local)
    chosen = [item for item in offered if item.status is ItemStatus.IN_PROGRESS]
    local_roadmaps.take_up(session, roadmap=local, chosen=chosen, actor=actor)
    _write_own(session, local, actor)
    publication.publish(session, roadmap=local, actor=actor)


def _write_own(session: Session, local: Roadmap, actor: Actor) -> None:
    group = working_groups.get_group(session, slug=OWN_THEME)
    item = local_roadmaps.add_own(session, roadmap=local, group=group, title=OWN.title, actor=actor)
    items.save(session, item=item, fields=OWN, actor=actor)
    for status in (ItemStatus.SUBMITTED, ItemStatus.ADOPTED):
        transitions.set_status(session, item=item, status=status, actor=actor)
    step = MilestoneFields(title="Choisir les marchés", due_date=date(2024, 10, 31))
    milestones.add_milestone(session, item=item, fields=step, actor=actor)


def _begin(session: Session, item: RoadmapItem, actor_id: int) -> None:
    actor = Actor(id=actor_id, now=PUBLICATION)
    transitions.set_status(session, item=item, status=ItemStatus.IN_PROGRESS, actor=actor)
    for title, due_date in STEPS:
        step = MilestoneFields(title=title, due_date=due_date)
        milestones.add_milestone(session, item=item, fields=step, actor=actor)
    money = BudgetFields(
        year=2024, funder="État, Pacte des solidarités", amount=120_000, purpose="Démarrage"
    )
    budgets.add_line(session, item=item, fields=money, actor=actor)
    stands = links.list_stands(session)
    if stands:
        fields = LinkFields(kind=LinkKind.INITIATIVE, stand=stands[item.id % len(stands)])
        links.add_link(session, item=item, fields=fields, actor=actor)


def _values(baseline: float, target: float) -> list[Value]:
    """Return measurements a third of the way to the target, regional and departmental."""
    way = (target - baseline) / 3
    source = "Premier relevé des partenaires"
    return [
        Value(on=date(2024, 3, 31), value=round(baseline + way / 3), source=source),
        Value(on=date(2024, 6, 30), value=round(baseline + way), source=source),
        Value(
            on=date(2024, 6, 30),
            value=round((baseline + way) / 2),
            territory=Territory.MAINE_ET_LOIRE,
            source=source,
        ),
    ]
