"""Makes a region bigger, so that tests can tell which pages then ask more of the database."""

import itertools
from datetime import timedelta

from sqlalchemy import select

from tests import builders
from webapp.collection.models import DecisionKind
from webapp.platform.audit import Actor
from webapp.publishing import publication
from webapp.review import moves, undo
from webapp.review.models import Cluster, ClusterStatus, ExcerptTension
from webapp.review.moves import Chosen
from webapp.roadmap import local_roadmaps, meetings, organisations
from webapp.roadmap.models import (
    ItemSource,
    ItemStatus,
    ItemTransition,
    RoadmapItem,
    SteeringMeeting,
)
from webapp.roadmap.organisations import OrganisationFields
from webapp.territory import roadmaps
from webapp.territory.models import Roadmap

_NUMBERS = itertools.count(1)


def grow(session, things, times):
    """Add ``times`` objects of each kind, each signed by somebody else."""
    for _ in range(times):
        number = next(_NUMBERS)
        person = builders.user(session, email=f"renfort-{number}@example.org")
        _add_review(session, things, person, number)
        _add_moderated(session, person, number)
        _add_items(session, things, person, number)
        _add_committee(session, things, person, number)


def published(session, person, *bodies):
    return [builders.published(session, body, actor=person) for body in bodies]


def seen(contribution):
    """Choose a contribution that has no group."""
    return Chosen(seen={contribution.excerpts[0].id: None})


def _named(session, kind, public_id):
    return session.scalars(select(kind).where(kind.public_id == public_id)).one()


def _add_review(session, things, person, number):
    """Give two groups one more member each, and the board a group, an opposition and an undo."""
    who = Actor(id=person.id, now=builders.NOW)
    said = published(session, person, *(f"Un guichet {number}-{place}" for place in range(5)))
    for name, idea in zip(("cluster", "accepted"), said, strict=False):
        target = _named(session, Cluster, things[name])
        moves.move(session, chosen=seen(idea), target=target, actor=who)
    beside = builders.cluster(session, *said[2:4], title=f"Guichets {number}")
    alone = moves.isolate(
        session, chosen=seen(said[4]), group_id=beside.working_group_id, actor=who
    )
    undo.reverse(session, action=alone, actor=who)
    first, second = (idea.excerpts[0].id for idea in said[:2])
    session.add(
        ExcerptTension(
            working_group_id=beside.working_group_id,
            first_id=first,
            second_id=second,
            first_words=(),
            second_words=("non merci",),
            about=("guichet",),
        )
    )


def _add_moderated(session, person, number):
    """Add one contribution of each outcome, and one that waits."""
    builders.contribution(session, f"Une laverie {number}, appelez le 06 39 98 12 34")
    aside = builders.contribution(session, f"Achetez {number} matelas")
    builders.decide(session, aside, DecisionKind.SET_ASIDE, actor=person, reason="Publicité")
    masked = builders.contribution(session, f"Mme Durand {number} attend un logement")
    words = {"reason": "Nom", "masked_body": f"[nom masqué] {number} attend"}
    builders.decide(session, masked, DecisionKind.MASKED, actor=person, **words)
    gone = builders.contribution(session, f"Je le regrette {number}")
    builders.decide(session, gone, DecisionKind.WITHDRAWN, actor=None)


def _add_items(session, things, person, number):
    """Add a draft and an adopted item; give more sources and parts to those of the region."""
    for name in ("item", "complete_item"):
        item = _named(session, RoadmapItem, things[name])
        said = published(session, person, f"Source {number} {name}", f"Autre {number} {name}")
        accepted = ClusterStatus.ACCEPTED
        origin = builders.cluster(session, *said, title=f"Source {number}", status=accepted)
        item.sources.append(ItemSource(cluster_id=origin.id))
        builders.parts(session, item, actor=person)
        step = ItemTransition(target=item.status, done_at=builders.NOW, actor_id=person.id)
        item.transitions.append(step)
    drafted, adopted = (
        builders.item(session, actor=person, contributions=published(session, person, body))
        for body in (f"À écrire {number}", f"À faire {number}")
    )
    builders.parts(session, drafted, actor=person)
    builders.parts(session, adopted, actor=person)
    builders.move(session, adopted, ItemStatus.SUBMITTED, ItemStatus.ADOPTED, actor=person)
    pact = session.scalars(select(Roadmap).where(Roadmap.slug == things["roadmap"])).one()
    who = Actor(id=person.id, now=builders.NOW)
    local_roadmaps.take_up(session, roadmap=pact, chosen=[adopted], actor=who)
    builders.own_item(session, pact, actor=person, title=f"Propre {number}")


def _add_committee(session, things, person, number):
    """Publish a version; add a meeting, a point to the one of the region, and an organisation."""
    who = Actor(id=person.id, now=builders.NOW)
    publication.publish(session, roadmap=roadmaps.main_roadmap(session), actor=who)
    later = builders.NOW + timedelta(days=number)
    builders.meeting(session, actor=person, starts_at=later)
    held = _named(session, SteeringMeeting, things["meeting"])
    meetings.add_point(session, meeting=held, title=f"Point {number}", actor=who)
    organisations.add_organisation(
        session, fields=OrganisationFields(name=f"Organisme {number}"), actor=who
    )
