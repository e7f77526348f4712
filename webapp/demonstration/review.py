"""Demonstration, days after: late paper sheets, accepted clusters, items."""

from collections import Counter
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.accounts.models import User
from webapp.collection.models import Contribution, DecisionKind
from webapp.demonstration import files
from webapp.demonstration.accounts import FACILITATOR_OF
from webapp.demonstration.conference import moderate
from webapp.platform.audit import Actor
from webapp.review import clusters
from webapp.review.models import Cluster
from webapp.roadmap import indicators, items
from webapp.territory.regions import GROUPS, PARIS
from webapp.territory.working_groups import get_group

NEXT_DAY = datetime(2023, 11, 8, 9, 0, tzinfo=PARIS)
REVIEW = datetime(2023, 11, 8, 20, 15, tzinfo=PARIS)
WRITING = datetime(2023, 11, 21, 14, 0, tzinfo=PARIS)
# Share of one theme from which a cluster is accepted; the others stay proposed.
_PURE = 0.5
_FEWEST = 3
_ACCEPTED_PER_GROUP = 6


def moderate_late(session: Session) -> int:
    """Publish the paper sheets keyed in after the first analysis; return the count."""
    count = 0
    for group, _, _ in GROUPS:
        actor_id = user_id(session, FACILITATOR_OF[group])
        for source in files.read_contributions(group):
            if source.is_late and source.decision is not DecisionKind.PENDING:
                moderate(session, _contribution(session, source), source, actor_id, NEXT_DAY)
                count += 1
    return count


def review(session: Session, *, slug: str) -> int:
    """Accept and rename the clearest clusters of a working group, and write their items."""
    group = get_group(session, slug=slug)
    actor_id = user_id(session, FACILITATOR_OF[slug])
    themes = files.read_themes(slug)
    chosen = _clear_groups(session, group.id, slug)[:_ACCEPTED_PER_GROUP]
    for cluster, theme in chosen:
        title = themes[theme].fields.title
        clusters.rename(session, cluster=cluster, title=title, actor=Actor(id=actor_id, now=REVIEW))
        clusters.accept(session, cluster=cluster, actor=Actor(id=actor_id, now=REVIEW))
        if themes[theme].is_item:
            item = items.promote(session, cluster=cluster, actor=Actor(id=actor_id, now=WRITING))
            writer = Actor(id=actor_id, now=WRITING)
            items.save(session, item=item, fields=themes[theme].fields, actor=writer)
            if themes[theme].indicator.name:
                indicators.add_indicator(
                    session, item=item, fields=themes[theme].indicator, actor=writer
                )
    return len(chosen)


def _clear_groups(session: Session, group_id: int, slug: str) -> list[tuple[Cluster, str]]:
    """Return the clusters dominated by one theme, one per theme, by decreasing size."""
    theme_of = {source.key: source.theme for source in files.read_contributions(slug)}
    found: dict[str, tuple[int, Cluster]] = {}
    for cluster in clusters.list_clusters(session, group_id=group_id):
        keys = [m.excerpt.contribution.idempotency_key for m in clusters.confirmed(cluster)]
        counts = Counter(theme_of.get(key, "") for key in keys)
        theme, count = counts.most_common(1)[0]
        clear = theme and count >= max(_FEWEST, _PURE * len(keys))
        if clear and count > found.get(theme, (0, cluster))[0]:
            found[theme] = (count, cluster)
    ranked = sorted(found.items(), key=lambda pair: (-pair[1][0], pair[0]))
    return [(cluster, theme) for theme, (_, cluster) in ranked]


def user_id(session: Session, email: str) -> int:
    """Return the id of the account with this address."""
    return session.scalars(select(User.id).where(User.email == email)).one()


def _contribution(session: Session, source: files.SourceContribution) -> Contribution:
    query = select(Contribution).where(Contribution.idempotency_key == source.key)
    return session.scalars(query).one()
