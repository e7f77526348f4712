"""Words of one person, told wherever the product copies words, and where they can still be read."""

from datetime import date

from sqlalchemy import select

from tests import builders
from webapp.collection.models import DecisionKind
from webapp.platform.audit import Actor
from webapp.platform.extensions import db
from webapp.platform.text_cleaning import text_hash
from webapp.review import clusters
from webapp.review.models import RunChange, TextVector
from webapp.roadmap import items
from webapp.roadmap.models import BudgetLine, Indicator, ItemLink, LinkKind, Milestone

SAID = "Mme Zéphyrine Quatremarre demande un guichet ouvert le samedi matin à Saumur"
MARKS = ("quatremarre", "zéphyrine", "zephyrine", "samedi matin à saumur")


def tell_everywhere(session, commissioner):
    """Have the words of one person copied wherever the product copies words."""
    said = builders.published(session, SAID, actor=commissioner, token="mine")
    other = builders.published(session, "Un guichet ouvert plus tard", actor=commissioner)
    group = builders.cluster(session, said, other, title="Guichet de Zéphyrine Quatremarre")
    group.summary = f"{SAID}. Un guichet ouvert plus tard."
    group.keywords = ("guichet", "quatremarre")
    group.members[0].words = ("quatremarre", "guichet")
    group.members[1].words = ("guichet",)
    actor = Actor(id=commissioner.id, now=builders.NOW)
    clusters.rename(session, cluster=group, title=SAID, actor=actor, reason="Mots de Quatremarre")
    clusters.rename(session, cluster=group, title="Des guichets le samedi", actor=actor)
    clusters.accept(session, cluster=group, title=group.title, actor=actor)
    item = items.promote(session, cluster=group, actor=actor)
    item.finding = f"{SAID}. Les guichets ferment tôt."
    for part in (
        Milestone(title=SAID, due_date=date(2027, 1, 31)),
        Indicator(name=SAID, baseline_source=SAID),
        BudgetLine(year=2027, funder="Région", purpose=SAID, amount=100),
        ItemLink(kind=LinkKind.PACT, title=SAID),
    ):
        part.item_id = item.id
        session.add(part)
    change = RunChange(run_id=group.run_id, kind="vanished", before=f"Guichet : {SAID}", after="")
    session.add_all([change, TextVector(text_hash=text_hash(SAID), encoder="e", values=b"1")])
    masked = "Mme Zéphyrine [nom masqué] demande un guichet"
    fields = {"actor": commissioner, "reason": "Nomme Zéphyrine Quatremarre"}
    builders.decide(session, said, DecisionKind.MASKED, masked_body=masked, **fields)
    builders.decide(session, said, DecisionKind.PUBLISHED, actor=commissioner)
    group.titles = (
        f"« {SAID} »",
        "Ouvrir un guichet le samedi matin",
        "« Un guichet ouvert plus tard »",
    )
    session.flush()
    return said, group, item


def rows(session):
    """Every value of every table, as one text."""
    tables = db.metadata.sorted_tables
    found = [str(row) for table in tables for row in session.execute(select(table))]
    return "\n".join(found).casefold()


def files(folder):
    """Every byte of an instance, and where it stands."""
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def held(content):
    return [mark for mark in MARKS if mark.encode() in content]
