"""Whatever people do, in whatever order: the ledger closes and no decision is lost."""

import shutil
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

import nlp
from nlp.encoders import DIMENSIONS
from tests import builders
from webapp.exceptions import RuleError
from webapp.extensions import db, transaction
from webapp.models import SHOWN, Cluster, ClusterStatus, Contribution, DecisionKind, User
from webapp.services import audit, clusters, contributions, items, placements
from webapp.services.analysis import execution, vectors
from webapp.services.audit import Actor
from webapp.services.ledger import read_ledger

DECISIONS = {kind.value: kind for kind in DecisionKind if kind is not DecisionKind.WITHDRAWN}
REVIEW = ("accept", "reopen", "rename", "attach", "promote")
# What is done, and on which of the things there are, modulo their number.
ACTS = st.tuples(
    st.sampled_from(["submit", "withdraw", "analyse", *DECISIONS, *REVIEW]), st.integers(0, 20)
)
SUBMISSIONS = st.lists(st.tuples(st.just("submit"), st.integers(0, 6)), min_size=4, max_size=8)
PUBLICATIONS = [("published", number) for number in range(6)]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(beginning=SUBMISSIONS, history=st.lists(ACTS, min_size=5, max_size=25))
def test_the_ledger_closes_and_decisions_stand_after_every_act(
    app, sqlite_template, beginning, history
):
    with pytest.MonkeyPatch.context() as patch, app.app_context():
        patch.setattr(vectors, "embed", lambda texts: np.ones((len(texts), DIMENSIONS), "<f4"))
        patch.setattr(execution, "analyse", cheap_analysis)
        session = begin(sqlite_template)
        for act, target in [*beginning, *PUBLICATIONS, ("analyse", 0), *history]:
            before = accepted_groups(session)
            with suppress(RuleError):
                perform(session, act, target)
            check(session)
            if act == "analyse":
                assert accepted_groups(session) == before
        assert list(audit.broken_lines(session)) == []


def begin(template):
    """Start from an empty migrated file."""
    db.session.remove()
    db.engine.dispose()
    shutil.copyfile(template, db.engine.url.database)
    with transaction() as session:
        builders.workshop(session)
        builders.user(session)
    return session


def cheap_analysis(texts, *, options, feedback, embeddings, progress):
    """Group by words alone: the guarantees under test do not depend on the encoder."""
    del embeddings, progress
    return nlp.analyse(
        texts, options=nlp.Options(seed=options.seed, encoder="lexical"), feedback=feedback
    )


def perform(session, act, target):
    """Carry out one act in a transaction of its own."""
    if act == "analyse":
        builders.analyse(session)
        return
    with transaction():
        if act == "submit":
            builders.contribution(session, builders.IDEAS[target % len(builders.IDEAS)])
        elif act in REVIEW:
            review(session, act, target)
        else:
            moderate(session, act, target)


def moderate(session, act, target):
    """Decide about one contribution, or have its author take it back."""
    said = pick(session, select(Contribution).order_by(Contribution.id), target)
    if act == "withdraw":
        contributions.withdraw(session, receipt=said.receipt, now=builders.NOW)
        return
    user = session.scalars(select(User)).one()
    builders.decide(
        session, said, DECISIONS[act], actor=user, reason="Une raison", masked_body="Un mot"
    )


def review(session, act, target):
    """Act on one group."""
    standing = Cluster.status != ClusterStatus.DISSOLVED
    cluster = pick(session, select(Cluster).where(standing).order_by(Cluster.id), target)
    if cluster is None:
        return
    actor = Actor(id=session.scalars(select(User.id)).one(), now=builders.NOW)
    if act == "rename":
        clusters.rename(session, cluster=cluster, title=f"Titre {target}", actor=actor)
    elif act == "attach":
        for member in clusters.suggested(cluster):
            placements.attach(
                session, cluster=cluster, excerpt_ids=[member.excerpt_id], actor=actor
            )
    elif act == "promote":
        items.promote(session, cluster=cluster, actor=actor)
    else:
        {"accept": clusters.accept, "reopen": clusters.reopen}[act](
            session, cluster=cluster, actor=actor
        )


def pick(session, query, target):
    """Return the ``target``-th row of a query, modulo their number."""
    rows = session.scalars(query).all()
    return rows[target % len(rows)] if rows else None


def check(session):
    """The sums match, and no group holds what may not be shown."""
    session.expire_all()
    ledger = read_ledger(session, group_ids=[builders.group(session).id])
    assert ledger.closes
    said = session.scalars(select(Contribution)).all()
    assert ledger.total.received == len(said)
    for cluster in session.scalars(select(Cluster)):
        kinds = {member.excerpt.contribution.decision.kind for member in cluster.members}
        assert kinds <= SHOWN


def accepted_groups(session):
    """Return what people accepted: title, status and members of each group."""
    session.expire_all()
    accepted = select(Cluster).where(Cluster.status == ClusterStatus.ACCEPTED)
    return {
        cluster.id: (cluster.title, {m.excerpt_id for m in clusters.confirmed(cluster)})
        for cluster in session.scalars(accepted)
    }
