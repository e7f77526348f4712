"""Whatever people do, in whatever order: the ledger closes, no decision is lost, undo is exact.

``make histories`` runs a thousand of them; ``make test`` runs the first few, on both databases.
"""

import itertools
import os
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import nlp
from nlp.encoders import DIMENSIONS
from tests.conftest import SECRET
from tests.integration.histories import Story, begin, digest
from webapp import create_app
from webapp.config import Config
from webapp.platform.extensions import db
from webapp.platform.models import base
from webapp.review.analysis import execution, readings, vectors

HISTORIES = int(os.environ.get("HISTORIES", "12"))
DEFAULTS = nlp.Options()
KINDS = st.sampled_from(Story.KINDS)
HISTORY = st.lists(
    st.tuples(KINDS, st.integers(0, 40), st.integers(0, 40)), min_size=8, max_size=30
)


@pytest.fixture
def cheap(monkeypatch, asked_jobs):
    """Group by words alone: the guarantees under test do not depend on the encoder."""

    def analyse(
        texts, *, contexts=None, options=DEFAULTS, feedback=None, embeddings=None, progress=None
    ):
        del embeddings, progress
        plain = nlp.Options(seed=options.seed, encoder="lexical", granularity=options.granularity)
        return nlp.analyse(texts, contexts=contexts, options=plain, feedback=feedback)

    monkeypatch.setattr(vectors, "embed", lambda texts: np.ones((len(texts), DIMENSIONS), "<f4"))
    monkeypatch.setattr(execution, "analyse", analyse)
    monkeypatch.setattr(readings, "analyse", analyse)


@pytest.fixture
def numbered(monkeypatch):
    """Have each history draw the same identifiers: groups are then named alike on each database."""

    def restart():
        count = itertools.count()
        drawn = SimpleNamespace(token_urlsafe=lambda size: f"id-{size}-{next(count)}")
        monkeypatch.setattr(base, "secrets", drawn)

    return restart


@pytest.fixture
def applications(tmp_path, sqlite_template, postgres_database):
    """The same application on each kind of database."""
    path = tmp_path / "story.sqlite"
    made = []
    for url in (f"sqlite:///{path}", postgres_database.address):
        config = Config(instance_path=tmp_path, secret_key=SECRET, database_url=url, testing=True)
        made.append(create_app(config))
    yield made
    for app in made:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


@settings(
    max_examples=HISTORIES,
    derandomize=True,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # to shrink a history takes an hour
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(history=HISTORY)
def test_nothing_is_lost_and_both_databases_tell_the_same_end(
    applications, sqlite_template, postgres_database, cheap, numbered, history
):
    ends = []
    for app in applications:
        numbered()
        with app.app_context():
            begin(sqlite_template, postgres_database)
            story = Story()
            for kind, one, other in history:
                story.do(kind, one, other)
            ends.append(digest(db.session()))
            db.session.remove()
    assert ends[0] == ends[1]
    assert ends[0][-1] == []  # no broken line in the journal
