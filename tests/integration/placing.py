"""Two groups of published ideas, those who act on them, and every act that may be undone."""

from types import SimpleNamespace

import pytest
from sqlalchemy import select

from tests import builders
from webapp.platform.audit import Actor
from webapp.review import cluster_edits, clusters, history, moves
from webapp.review.models import Cluster, ClusterMember, ClusterStatus
from webapp.review.moves import Chosen


@pytest.fixture
def facilitator(session):
    return builders.user(session)


@pytest.fixture
def colleague(session, facilitator):
    return builders.user(session, email="collegue@example.org")


@pytest.fixture
def said(session, facilitator):
    builders.workshop(session)
    return [builders.published(session, idea, actor=facilitator) for idea in builders.IDEAS]


@pytest.fixture
def buses(session, said):
    return builders.cluster(session, *said[:3], title="Des bus le dimanche")


@pytest.fixture
def interpreters(session, said):
    return builders.cluster(session, *said[3:6], title="Des interprètes")


def by(user, version=None):
    return Actor(id=user.id, now=builders.NOW, version=version)


def excerpt(contribution):
    return contribution.excerpts[0].id


def chosen(cluster, *contributions, reason=""):
    where = cluster.id if cluster is not None else None
    return Chosen(seen=dict.fromkeys(map(excerpt, contributions), where), reason=reason)


def state(session):
    """Return all that an act may change, to compare exactly."""
    session.expire_all()
    places = {
        m.excerpt_id: (m.cluster_id, m.placed_by, m.confidence, m.position)
        for m in session.scalars(select(ClusterMember))
    }
    groups = {
        c.id: (c.title, c.title_by_human, c.summary, c.summary_by_human, c.status, c.kept)
        for c in session.scalars(select(Cluster).where(Cluster.status != ClusterStatus.DISSOLVED))
    }
    return places, groups


def members(session, cluster):
    session.expire(cluster)
    return {member.excerpt_id for member in clusters.confirmed(cluster)}


def act_of(session, cluster):
    return history.of_cluster(session, cluster=cluster)[0]


@pytest.fixture
def scene(session, buses, interpreters, said, facilitator):
    return SimpleNamespace(
        session=session,
        buses=buses,
        interpreters=interpreters,
        said=said,
        actor=by(facilitator),
        group_id=buses.working_group_id,
    )


def set_aside(scene, contribution):
    moves.set_aside(
        scene.session,
        excerpt=contribution.excerpts[0],
        actor=scene.actor,
        reason="Hors sujet",
    )


def move(scene, seen, target):
    moves.move(scene.session, chosen=seen, target=target, actor=scene.actor)


ACTS = {
    "rename": lambda on: clusters.rename(on.session, cluster=on.buses, title="Bus", actor=on.actor),
    "summarise": lambda on: clusters.summarise(
        on.session, cluster=on.buses, summary="Un bus", actor=on.actor
    ),
    "accept": lambda on: clusters.accept(
        on.session, cluster=on.buses, title=on.buses.title, actor=on.actor
    ),
    "merge": lambda on: cluster_edits.merge(
        on.session, cluster=on.buses, others=[on.interpreters], actor=on.actor
    ),
    "split": lambda on: cluster_edits.split(
        on.session,
        cluster=on.buses,
        excerpt_ids={excerpt(on.said[0])},
        title="Hôpital",
        actor=on.actor,
    ),
    "move": lambda on: move(on, chosen(on.interpreters, on.said[3]), on.buses),
    "move all": lambda on: move(on, chosen(on.interpreters, *on.said[3:6]), on.buses),
    "move what is nowhere": lambda on: move(on, chosen(None, on.said[6]), on.buses),
    "move to a new group": lambda on: moves.move_to_new(
        on.session,
        chosen=chosen(on.interpreters, on.said[3]),
        title="Guichet",
        group_id=on.group_id,
        actor=on.actor,
    ),
    "isolate": lambda on: moves.isolate(
        on.session,
        chosen=chosen(on.buses, on.said[0]),
        group_id=on.group_id,
        actor=on.actor,
    ),
    "dissolve": lambda on: cluster_edits.dissolve(on.session, cluster=on.buses, actor=on.actor),
    "set aside": lambda on: set_aside(on, on.said[0]),
    "set aside what is nowhere": lambda on: set_aside(on, on.said[6]),
}
