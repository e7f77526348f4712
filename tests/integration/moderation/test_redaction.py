"""Words that are masked, set aside or taken back stand nowhere that will be published."""

import json

import pytest
from sqlalchemy import select

from tests import builders
from webapp.collection import contributions
from webapp.collection.models import DecisionKind
from webapp.moderation import redaction
from webapp.platform.text_cleaning import ERASED
from webapp.publishing import publication, quotations
from webapp.review import clusters, undo
from webapp.review.models import Cluster, ClusterStatus, ReviewAction
from webapp.roadmap import items
from webapp.roadmap.models import ItemStatus
from webapp.territory import roadmaps

SAID = "Mme Durand, rue des Lilas, attend le bus du dimanche depuis trois ans."
MASKED = "[nom masqué] attend le bus du dimanche depuis trois ans."
OTHER = "Un car le samedi"
pytestmark = pytest.mark.usefixtures("workshop")


@pytest.fixture
def said(session, commissioner):
    return builders.published(session, SAID, actor=commissioner)


@pytest.fixture
def group(session, commissioner, said):
    other = builders.published(session, OTHER, actor=commissioner)
    group = builders.cluster(session, said, other, status=ClusterStatus.ACCEPTED)
    group.title, group.summary = "Des transports", f"{OTHER} suffirait. {SAID}"
    session.flush()
    return group


def adopted(session, group, actor, commissioner):
    item = items.promote(session, cluster=group, actor=actor)
    wanted = builders.item_fields()
    names = ("objective", "lead", "due_date", "strand")
    kept = {name: getattr(wanted, name) for name in names}
    # A person has copied what the machine wrote, and what it quotes.
    fields = items.fields_of(item, finding=group.summary, **kept)
    items.save(session, item=item, fields=fields, actor=actor)
    builders.move(session, item, ItemStatus.SUBMITTED, ItemStatus.ADOPTED, actor=commissioner)
    return item


def hide(session, said, kind, commissioner):
    if kind is DecisionKind.WITHDRAWN:
        contributions.withdraw(session, receipt=said.receipt, now=builders.NOW)
        return
    masked = MASKED if kind is DecisionKind.MASKED else None
    builders.decide(session, said, kind, actor=commissioner, reason="Un nom", masked_body=masked)


def publish(session, actor):
    main = roadmaps.main_roadmap(session)
    return publication.publish(session, roadmap=main, actor=actor)


HIDING = [kind for kind in DecisionKind if kind is not DecisionKind.PUBLISHED]


@pytest.mark.parametrize("kind", HIDING)
def test_the_next_version_does_not_bring_hidden_words_back(
    session, commissioner, actor, said, group, kind
):
    item = adopted(session, group, actor, commissioner)
    assert "Durand" in publish(session, actor).content
    hide(session, said, kind, commissioner)
    session.expire_all()
    assert item.finding == f"{OTHER} suffirait.{ERASED}"
    assert "Durand" not in group.summary
    content = publish(session, actor).content
    assert "Durand" not in content
    assert "Lilas" not in content
    assert said.body == SAID  # hidden, not erased


@pytest.mark.parametrize("kind", HIDING)
def test_a_summary_that_a_person_wrote_loses_what_it_quotes_and_keeps_the_rest(
    session, commissioner, actor, said, group, kind
):
    written = f"Ce qui revient : {OTHER}. {SAID}"
    clusters.summarise(session, cluster=group, summary=written, actor=actor)
    version = group.version
    hide(session, said, kind, commissioner)
    session.expire_all()
    assert group.summary == f"Ce qui revient : {OTHER}.{ERASED}"
    assert group.version == version


def test_what_a_masking_leaves_and_what_others_say_stays(session, commissioner, said, group):
    builders.published(session, "Rue des Lilas, il fait noir", actor=commissioner)
    group.title, group.title_by_human = "Le bus du dimanche depuis trois ans", True
    group.summary = "Rue des Lilas, il fait noir. Du bus du dimanche."
    group.summary_by_human = True
    session.flush()
    hide(session, said, DecisionKind.MASKED, commissioner)
    session.expire_all()
    assert group.title == "Le bus du dimanche depuis trois ans"
    assert group.summary == "Rue des Lilas, il fait noir. Du bus du dimanche."


def test_a_title_of_the_machine_made_of_a_masked_word_goes(session, commissioner, said, group):
    group.title, group.title_by_human = "Rue des Lilas", False
    session.flush()
    hide(session, said, DecisionKind.MASKED, commissioner)
    session.expire_all()
    assert group.title == ERASED


@pytest.mark.parametrize("kind", HIDING)
def test_titles_proposed_in_hidden_words_go(session, commissioner, said, group, kind):
    group.titles = ("« attend le bus du dimanche »", f"« {OTHER} »")
    session.flush()
    version = group.version
    hide(session, said, kind, commissioner)
    session.expire_all()
    assert group.titles == (f"« {OTHER} »",)
    assert group.version == version


@pytest.mark.parametrize("kind", [k for k in HIDING if k is not DecisionKind.WITHDRAWN])
def test_an_undo_does_not_put_back_what_is_no_longer_shown(
    session, commissioner, actor, said, group, kind
):
    group.title = SAID
    session.flush()
    clusters.rename(session, cluster=group, title="Les transports", actor=actor)
    clusters.summarise(session, cluster=group, summary="Il en faut plus.", actor=actor)
    hide(session, said, kind, commissioner)
    for _ in range(2):
        last = undo.last_to_undo(session, group_id=group.working_group_id, actor_id=actor.id)
        undo.reverse(session, action=last, actor=actor)
    stored = session.scalars(select(Cluster)).one()
    session.refresh(stored)
    assert "Durand" not in stored.title + stored.summary
    # Shown again, the words come back with the act.
    builders.decide(session, said, DecisionKind.PUBLISHED, actor=commissioner)
    first = session.scalars(select(ReviewAction).order_by(ReviewAction.id)).first()
    assert first.edits[0].before == SAID


def test_only_the_former_texts_that_quote_what_is_hidden_are_kept_back(
    session, commissioner, said, group
):
    texts = {SAID, OTHER, "Des transports"}
    kept_back = lambda: redaction.quoting_hidden(  # noqa: E731
        session, group_id=group.working_group_id, texts=texts
    )
    assert kept_back() == frozenset()
    hide(session, said, DecisionKind.SET_ASIDE, commissioner)
    assert kept_back() == {SAID}


def test_a_version_that_quotes_words_masked_since_is_told(
    session, commissioner, actor, said, group
):
    adopted(session, group, actor, commissioner)
    main = roadmaps.main_roadmap(session)
    before = publish(session, actor)
    assert quotations.count_hidden(session, roadmap=main) == {}
    hide(session, said, DecisionKind.MASKED, commissioner)
    session.expire_all()
    assert quotations.count_hidden(session, roadmap=main) == {before.number: 1}
    after = publish(session, actor)
    session.expire_all()
    assert quotations.count_hidden(session, roadmap=main) == {before.number: 1}
    assert MASKED in json.dumps(json.loads(after.content), ensure_ascii=False)
    # A stricter mask: the second version quotes more than may be shown now.
    stricter = {"reason": "Un lieu", "masked_body": "[nom masqué] attend le bus."}
    builders.decide(session, said, DecisionKind.MASKED, actor=commissioner, **stricter)
    session.expire_all()
    told = quotations.count_hidden(session, roadmap=main)
    assert told == {before.number: 1, after.number: 1}
