"""A real consultation, from its file to the documents, by the commands alone."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from odfdo import Document
from openpyxl import load_workbook

from tests import builders
from webapp.cli import main
from webapp.platform.audit import Actor
from webapp.platform.extensions import db, transaction
from webapp.publishing import publication
from webapp.review import clusters
from webapp.roadmap import items, transitions
from webapp.roadmap.models import ItemStatus
from webapp.territory import roadmaps
from webapp.territory.working_groups import get_group

ANSWERS = Path(__file__).parents[3].parent / "shared/data/nos_nouvelles_vies_2020/answers_Q3.csv"
pytestmark = [
    pytest.mark.skipif(not ANSWERS.exists(), reason="the real consultations are not here"),
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]


def test_fourteen_hundred_answers_become_a_published_item(app, tmp_path):
    def run(*words):
        done = CliRunner().invoke(main, [str(word) for word in words], obj=lambda: app)
        assert done.exit_code == 0, done.output
        return done.output

    with app.app_context(), transaction() as session:
        builders.workshop(session)
        builders.user(session)
    arguments = (
        "import",
        "contributions",
        ANSWERS,
        "--workshop",
        "ABCDEF",
        "--text-column",
        "text",
    )
    assert "1\u202f448 lignes lues" in run(*arguments)
    first, second = (run("cluster", builders.GROUP).splitlines()[-1] for _ in range(2))
    assert first == second
    assert "tombent juste" in run("ledger", builders.GROUP)

    with app.app_context(), transaction() as session:
        group = get_group(session, slug=builders.GROUP)
        actor = Actor(id=builders.find_user(session, "animation@example.org").id, now=builders.NOW)
        cluster = clusters.list_clusters(session, group_id=group.id)[0]
        members = len(clusters.confirmed(cluster))
        clusters.rename(session, cluster=cluster, title="Garder du temps pour soi", actor=actor)
        clusters.accept(session, cluster=cluster, title=cluster.title, actor=actor)
        item = items.promote(session, cluster=cluster, actor=actor)
        fields = builders.item_fields(title="Garder du temps pour soi")
        items.save(session, item=item, fields=fields, actor=actor)
        transitions.set_status(session, item=item, status=ItemStatus.SUBMITTED, actor=actor)
        publication.publish(session, roadmap=roadmaps.main_roadmap(session), actor=actor)
    with app.app_context():
        db.session.remove()

    for name in ("odt", "csv", "xlsx", "json"):
        run("export", "pays-de-la-loire", "--format", name, "--output", tmp_path / f"o.{name}")
    document = json.loads((tmp_path / "o.json").read_bytes())["roadmap"]
    assert len(document["chapters"][0]["items"][0]["sources"]) == members
    assert "Garder du temps pour soi" in Document(str(tmp_path / "o.odt")).body.text_recursive
    with (tmp_path / "o.csv").open(encoding="utf-8", newline="") as file:
        assert [row["title"] for row in csv.DictReader(file)] == ["Garder du temps pour soi"]
    book = load_workbook(tmp_path / "o.xlsx", read_only=True)
    assert "Garder du temps pour soi" in {v for row in book.worksheets[0].values for v in row}
    book.close()
