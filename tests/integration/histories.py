"""One history of a working group: what people do is drawn, what must hold is checked each time."""

import shutil
from contextlib import suppress
from types import SimpleNamespace

from sqlalchemy import select

from tests import builders
from webapp.accounts.models import User
from webapp.collection import contributions
from webapp.collection.models import SHOWN, Contribution, DecisionKind, Excerpt
from webapp.exceptions import NotFoundError, RuleError
from webapp.platform import audit
from webapp.platform.audit import Actor
from webapp.platform.extensions import db, transaction
from webapp.platform.text_cleaning import ERASED
from webapp.review import cluster_edits, clusters, excerpt_splits, moves, take_back, undo
from webapp.review.ledger import read_ledger
from webapp.review.models import (
    AnalysisRun,
    Cluster,
    ClusterMember,
    ClusterStatus,
    Placement,
    ReviewAction,
)
from webapp.review.moves import Chosen
from webapp.roadmap import items

DECISIONS = {
    "publish": DecisionKind.PUBLISHED,
    "mask": DecisionKind.MASKED,
    "moderate_away": DecisionKind.SET_ASIDE,
    "pend": DecisionKind.PENDING,
}
LONG = "Un bus le dimanche. Et aussi une laverie solidaire. Ensuite, un interprète à la CAF."
BEGINNING = [
    *(("submit", number, 0) for number in range(7)),
    *(("publish", n, 0) for n in range(6)),
]


class Story:
    """A working group with two facilitators; each act is a transaction of its own."""

    REVIEW = (
        *("accept", "reopen", "rename", "summarise", "merge", "split", "move", "gather"),
        *("isolate", "dissolve", "attach", "put_aside", "cut", "promote", "take_back"),
    )
    KINDS = (
        *("submit", "withdraw", *DECISIONS, "analyse", *REVIEW),
        *("undo", "undo_another", "redo", "remember", "restart"),
    )

    def __init__(self):
        with transaction() as session:
            builders.workshop(session)
            self.group_id = builders.group(session).id
            people = [builders.user(session, email=f"{name}@example.org") for name in "ab"]
            self.people = [user.id for user in people]
        self.seen = {}
        for kind, one, other in [*BEGINNING, ("analyse", 0, 0)]:
            self.do(kind, one, other)

    def do(self, kind, one, other):
        """Do one thing, refused or not, then check all that must hold."""
        before = self.decided()
        with suppress(RuleError, NotFoundError):
            if kind == "analyse":
                builders.analyse(db.session())
            elif kind == "restart":
                db.session.remove()
                db.engine.dispose()
            elif kind == "remember":
                self.seen = self.look()
            else:
                self._do_in_transaction(kind, one, other)
        db.session().rollback()
        self.check()
        if kind == "analyse":
            self.check_nothing_lost(before)

    def _do_in_transaction(self, kind, one, other):
        exact = kind in self.REVIEW and kind != "promote" and other % 3 == 0
        before = state(db.session()) if exact else None
        with transaction() as session:
            last = session.scalar(select(db.func.max(ReviewAction.id))) or 0
            getattr(self, f"_{kind}", self._moderate)(session, kind, one, other)
        if exact:
            self.check_exact_undo(last, before, self._actor(one))

    def check_exact_undo(self, last, before, actor):
        """What was just done is taken back to the very state before, and done again."""
        session = db.session()
        after = state(session)
        done = session.scalars(select(ReviewAction).where(ReviewAction.id > last)).all()
        if len(done) != 1 or not done[0].is_reversible:
            return
        for expected in (before, after):
            with transaction() as session:
                action = session.scalars(
                    select(ReviewAction).order_by(ReviewAction.id.desc()).limit(1)
                ).one()
                undo.reverse(session, action=action, actor=actor)
            assert state(db.session()) == without_marker(expected, after), done[0].act

    # What people do. `one` and `other` choose among what there is, modulo its number.

    def _submit(self, session, kind, one, other):
        del kind, other
        ideas = (*builders.IDEAS, LONG)
        builders.contribution(session, ideas[one % len(ideas)], key=f"story-{self._count(session)}")

    def _count(self, session):
        return len(session.scalars(select(Contribution.id)).all())

    def _withdraw(self, session, kind, one, other):
        del kind, other
        if said := pick(session, select(Contribution).order_by(Contribution.id), one):
            contributions.withdraw(session, receipt=said.receipt, now=builders.NOW)

    def _moderate(self, session, kind, one, other):
        said = pick(session, select(Contribution).order_by(Contribution.id), one)
        actor = session.get(User, self._actor(other).id)
        builders.decide(
            session, said, DECISIONS[kind], actor=actor, reason="Une raison", masked_body="Un mot"
        )

    def _accept(self, session, kind, one, other):
        cluster = self._cluster(session, other)
        getattr(clusters, kind)(session, cluster=cluster, actor=self._actor(one, cluster))

    _reopen = _accept

    def _rename(self, session, kind, one, other):
        del kind
        cluster = self._cluster(session, other)
        actor = self._actor(one, cluster)
        clusters.rename(session, cluster=cluster, title=f"Titre {one}", actor=actor)

    def _summarise(self, session, kind, one, other):
        del kind
        cluster = self._cluster(session, other)
        actor = self._actor(one, cluster)
        clusters.summarise(session, cluster=cluster, summary=f"Résumé {one}", actor=actor)

    def _merge(self, session, kind, one, other):
        del kind
        cluster, rest = self._cluster(session, other), self._cluster(session, one)
        cluster_edits.merge(
            session, cluster=cluster, others=[rest], actor=self._actor(one, cluster)
        )

    def _split(self, session, kind, one, other):
        del kind
        cluster = self._cluster(session, other)
        ids = {m.excerpt_id for m in clusters.confirmed(cluster)[: 1 + one % 2]}
        actor = self._actor(one, cluster)
        cluster_edits.split(
            session, cluster=cluster, excerpt_ids=ids, title=f"Part {one}", actor=actor
        )

    def _move(self, session, kind, one, other):
        del kind
        target = self._cluster(session, other)
        chosen = self._chosen(session, one)
        moves.move(session, chosen=chosen, target=target, actor=self._actor(one))

    def _gather(self, session, kind, one, other):
        del kind, other
        moves.move_to_new(
            session,
            chosen=self._chosen(session, one),
            title=f"Neuf {one}",
            group_id=self.group_id,
            actor=self._actor(one),
        )

    def _isolate(self, session, kind, one, other):
        del kind, other
        chosen, actor = self._chosen(session, one), self._actor(one)
        moves.isolate(session, chosen=chosen, group_id=self.group_id, actor=actor)

    def _dissolve(self, session, kind, one, other):
        del kind
        cluster = self._cluster(session, other)
        cluster_edits.dissolve(session, cluster=cluster, actor=self._actor(one, cluster))

    def _take_back(self, session, kind, one, other):
        del kind, other
        run = session.scalars(select(AnalysisRun).order_by(AnalysisRun.id.desc())).first()
        take_back.take_back(session, run=run, actor=self._actor(one))

    def _attach(self, session, kind, one, other):
        del kind
        cluster = self._cluster(session, other)
        ids = [member.excerpt_id for member in clusters.suggested(cluster)]
        moves.attach(session, cluster=cluster, excerpt_ids=ids, actor=self._actor(one))

    def _put_aside(self, session, kind, one, other):
        del kind, other
        excerpt = self._excerpt(session, one)
        moves.set_aside(session, excerpt=excerpt, actor=self._actor(one), reason="Hors sujet")

    def _cut(self, session, kind, one, other):
        del kind, other
        long = select(Contribution).where(Contribution.body == LONG).order_by(Contribution.id)
        if said := pick(session, long, one):
            at = {point.at for point in excerpt_splits.cut_points(said)}
            excerpt_splits.cut(session, contribution=said, at=at, actor=self._actor(one))

    def _promote(self, session, kind, one, other):
        del kind
        items.promote(session, cluster=self._cluster(session, other), actor=self._actor(one))

    def _undo(self, session, kind, one, other):
        del other
        actor = self._actor(one)
        find = undo.last_to_undo if kind == "undo" else undo.last_to_redo
        if action := find(session, group_id=self.group_id, actor_id=actor.id):
            undo.reverse(session, action=action, actor=actor)

    _redo = _undo

    def _undo_another(self, session, kind, one, other):
        del kind
        action = pick(session, select(ReviewAction).order_by(ReviewAction.id), other)
        if action:
            undo.reverse(session, action=action, actor=self._actor(one))

    # What they look at: the present, or what a page showed them some time ago.

    def look(self):
        """Remember what a page shows: the version of each group, the place of each excerpt."""
        session = db.session()
        versions = dict(session.execute(select(Cluster.id, Cluster.version)).all())
        places = dict(
            session.execute(select(ClusterMember.excerpt_id, ClusterMember.cluster_id)).all()
        )
        return {"versions": versions, "places": places}

    def _actor(self, number, cluster=None):
        """One of the two people, with the version that they saw, perhaps a stale one."""
        version = None
        if cluster is not None:
            stale = self.seen.get("versions", {}).get(cluster.id)
            version = stale if number % 2 and stale is not None else cluster.version
        return Actor(id=self.people[number % 2], now=builders.NOW, version=version)

    def _cluster(self, session, number):
        live = select(Cluster).where(Cluster.status != ClusterStatus.DISSOLVED)
        cluster = pick(session, live.order_by(Cluster.id), number)
        if cluster is None:
            raise NotFoundError
        return cluster

    def _excerpt(self, session, number):
        found = pick(session, select(Excerpt).where(~Excerpt.dropped).order_by(Excerpt.id), number)
        if found is None or found.contribution.decision.kind not in SHOWN:
            raise NotFoundError
        return found

    def _chosen(self, session, number):
        excerpt_id = self._excerpt(session, number).id
        if number % 4 == 3 and excerpt_id in self.seen.get("places", {}):
            return Chosen(seen={excerpt_id: self.seen["places"][excerpt_id]})
        here = select(ClusterMember.cluster_id).where(ClusterMember.excerpt_id == excerpt_id)
        return Chosen(seen={excerpt_id: session.scalar(here)})

    # What must hold.

    def check(self):
        """The sums match, nothing hidden is in a group, no group that is no more holds anything."""
        session = db.session()
        session.expire_all()
        ledger = read_ledger(session, group_ids=[self.group_id])
        assert ledger.closes
        assert ledger.total.received == self._count(session)
        for member in session.scalars(select(ClusterMember)):
            assert member.excerpt.contribution.decision.kind in SHOWN
            assert not member.excerpt.dropped
            assert member.cluster is None or member.cluster.status is not ClusterStatus.DISSOLVED

    def decided(self):
        """Return what people decided: groups that they touched, ideas that they left alone."""
        session = db.session()
        session.expire_all()
        touched = Cluster.kept | (Cluster.status == ClusterStatus.ACCEPTED)
        live = Cluster.status != ClusterStatus.DISSOLVED
        return SimpleNamespace(
            groups={
                cluster.id: SimpleNamespace(
                    title=cluster.title,
                    accepted=cluster.status is ClusterStatus.ACCEPTED,
                    members={m.excerpt_id for m in clusters.confirmed(cluster)},
                )
                for cluster in session.scalars(select(Cluster).where(touched, live))
            },
            alone=set(
                session.scalars(
                    select(ClusterMember.excerpt_id).where(
                        ClusterMember.cluster_id.is_(None),
                        ClusterMember.placed_by == Placement.HUMAN,
                    )
                )
            ),
        )

    def check_nothing_lost(self, before):
        """An analysis adds to open groups at most; the accepted ones stand as they were."""
        after = self.decided()
        assert after.alone == before.alone
        for number, was in before.groups.items():
            now = after.groups[number]
            assert (now.title, now.accepted) == (was.title, was.accepted)
            assert was.members == now.members if was.accepted else was.members <= now.members


def pick(session, query, number):
    """Return the ``number``-th row of a query, modulo how many there are."""
    rows = session.scalars(query).all()
    return rows[number % len(rows)] if rows else None


def begin(template, database):
    """Start from an empty migrated database: a copy of the file, or tables without a row."""
    db.session.remove()
    db.engine.dispose()
    if db.engine.dialect.name == "sqlite":
        shutil.copyfile(template, db.engine.url.database)
    else:
        database.empty()


def state(session):
    """Return all that an act of the review may change, to compare exactly."""
    session.expire_all()
    members = {
        m.excerpt_id: (m.cluster_id, m.placed_by, m.confidence, m.position)
        for m in session.scalars(select(ClusterMember))
    }
    groups = {
        c.id: (c.title, c.title_by_human, c.summary_by_human, c.status, c.kept)
        for c in session.scalars(select(Cluster).where(Cluster.status != ClusterStatus.DISSOLVED))
    }
    passages = {e.id: e.stop for e in session.scalars(select(Excerpt).where(~Excerpt.dropped))}
    return members, groups, passages


def without_marker(expected, after):
    """Return ``expected``, but that an undo keeps the title of ``after`` rather than a marker's."""
    members, groups, passages = expected
    kept = {
        number: (after[1][number][0], *rest) if title == ERASED and number in after[1] else group
        for number, group in groups.items()
        for title, *rest in [group]
    }
    return members, kept, passages


def digest(session):
    """Return the end of a history without any number that a database chose."""
    session.expire_all()
    groups = sorted(
        (
            cluster.title,
            str(cluster.status),
            cluster.kept,
            sorted(_words(member) for member in cluster.members),
        )
        for cluster in session.scalars(
            select(Cluster).where(Cluster.status != ClusterStatus.DISSOLVED)
        )
    )
    alone = select(ClusterMember).where(ClusterMember.cluster_id.is_(None))
    acts = session.scalars(select(ReviewAction).order_by(ReviewAction.id))
    return (
        groups,
        sorted(_words(member) for member in session.scalars(alone)),
        [(str(action.act), action.before, action.after) for action in acts],
        list(audit.broken_lines(session)),
    )


def _words(member):
    return member.excerpt.shown_text, str(member.placed_by), round(member.confidence, 6)
