"""What groups speak of in the Pacte: proposed by words and past decisions, decided by people."""

import pytest

from tests import builders
from webapp.accounts.models import Role
from webapp.exceptions import DuplicateError, EmptyTextError, RetirementError
from webapp.platform.audit import Actor
from webapp.platform.extensions import transaction
from webapp.review import alignments, analysis
from webapp.review.clusters import accept, list_clusters
from webapp.roadmap import items
from webapp.roadmap.models import ItemStatus
from webapp.territory.models import ReferenceKind, Strand
from webapp.territory.regions import ensure_region

RIGHTS = ("Simplifier les démarches", "Un guichet pour les démarches", "Des droits automatiques")


@pytest.fixture
def actor(session):
    builders.workshop(session)
    commissioner = builders.user(session, role=Role.COMMISSIONER, email="c@example.org")
    return Actor(id=commissioner.id, now=builders.NOW)


def group_of(session, actor, *words):
    said = [builders.published(session, word, actor=actor) for word in words]
    return builders.cluster(session, *said, title=words[0])


def read(session):
    session.commit()
    analysis.align_groups(transaction)


def names(session, cluster, kind):
    found = alignments.of_cluster(session, cluster=cluster)
    return [a.target.code for a in found if a.target.kind is kind]


def test_a_group_is_proposed_for_the_axis_whose_words_it_says(session, actor):
    cluster = group_of(session, actor, *RIGHTS)
    read(session)
    found = alignments.of_cluster(session, cluster=cluster)
    assert names(session, cluster, ReferenceKind.STRAND) == [Strand.RIGHTS]
    assert found[0].confidence == 1.0
    assert "démarches" in found[0].words


def test_nothing_is_guessed_from_words_that_say_nothing(session, actor):
    cluster = group_of(session, actor, "Un café", "Un thé", "Du sucre")
    read(session)
    assert list(alignments.of_cluster(session, cluster=cluster)) == []
    assert alignments.prefill(session, cluster=cluster) == alignments.Prefill()


def test_the_words_are_the_commissioners(session, actor):
    cluster = group_of(session, actor, "Un café", "Des cafés", "Le café du village")
    measure = alignments.add_measure(session, name=" Les  cafés ", seeds=["café"], actor=actor)
    read(session)
    assert names(session, cluster, ReferenceKind.MEASURE) == ["Les cafés"]
    alignments.save_seeds(session, target=measure, seeds=["thé", "", "thé"], actor=actor)
    assert measure.seeds == ("thé",)
    read(session)
    assert names(session, cluster, ReferenceKind.MEASURE) == []
    alignments.remove_measure(session, target=measure, actor=actor)
    assert measure not in alignments.list_targets(session)


def test_what_was_decided_for_other_groups_teaches_and_a_draft_does_not(session, actor):
    words = ("La laverie du quartier", "Une laverie ouverte", "La laverie le soir")
    other = ("Le potager du quartier", "Un potager ouvert", "Le potager le soir")
    teacher, contrast = group_of(session, actor, *words), group_of(session, actor, *other)
    pupil = group_of(session, actor, "Une laverie ici", "Deux laveries là")
    made = [_item(session, teacher, Strand.ECOLOGY, actor)]
    made.append(_item(session, contrast, Strand.CHILDHOOD, actor))
    read(session)
    assert names(session, pupil, ReferenceKind.STRAND) == []
    for item in made:
        builders.move(session, item, ItemStatus.SUBMITTED, actor=actor)
    read(session)
    assert names(session, pupil, ReferenceKind.STRAND) == [Strand.ECOLOGY]


def _item(session, cluster, strand, actor):
    accept(session, cluster=cluster, title=cluster.title, actor=actor)
    item = items.promote(session, cluster=cluster, actor=actor)
    fields = builders.item_fields(strand=strand, title=cluster.title)
    items.save(session, item=item, fields=fields, actor=actor)
    return item


def test_a_draft_item_begins_with_what_its_group_speaks_of(session, actor):
    words = ("Des démarches pour les jeunes", "Les jeunes et leurs droits", "Aider les étudiants")
    cluster = group_of(session, actor, *words)
    read(session)
    accept(session, cluster=cluster, title=cluster.title, actor=actor)
    item = items.promote(session, cluster=cluster, actor=actor)
    assert item.strand == Strand.RIGHTS
    assert item.publics == ("jeunes 16-25",)
    assert item.measure == ""


def test_an_analysis_reads_what_its_groups_speak_of(session, actor):
    for word in builders.IDEAS:
        builders.published(session, word, actor=actor)
    run = builders.analyse(session)
    session.refresh(run)
    groups = list_clusters(session, group_id=builders.group(session).id)
    assert any(alignments.of_cluster(session, cluster=cluster) for cluster in groups)


def test_measures_have_one_name_and_axes_stay(session, actor):
    alignments.add_measure(session, name="Une", seeds=[], actor=actor)
    with pytest.raises(DuplicateError):
        alignments.add_measure(session, name="Une", seeds=[], actor=actor)
    with pytest.raises(EmptyTextError):
        alignments.add_measure(session, name=" ", seeds=[], actor=actor)
    axis = alignments.list_targets(session)[0]
    with pytest.raises(RetirementError):
        alignments.remove_measure(session, target=axis, actor=actor)


def test_making_the_region_again_keeps_what_was_edited(session, actor):
    axis = alignments.list_targets(session)[0]
    alignments.save_seeds(session, target=axis, seeds=["bambin"], actor=actor)
    before = len(alignments.list_targets(session))
    ensure_region(session)
    assert len(alignments.list_targets(session)) == before
    assert axis.seeds == ("bambin",)
