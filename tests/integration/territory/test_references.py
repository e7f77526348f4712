"""The reference lists: what people may do of them, and what rows that chose an entry become."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from tests import builders
from webapp.accounts.models import Role
from webapp.collection import contributions
from webapp.collection.contributions import Details
from webapp.collection.models import Contribution
from webapp.exceptions import (
    CodeFormError,
    DuplicateError,
    EmptyTextError,
    RefusedRoadmapError,
    RetirementError,
    TextTooLongError,
    UnlistedError,
)
from webapp.imports.roadmaps import restore_roadmap
from webapp.platform.audit import Actor
from webapp.platform.models import AuditEntry
from webapp.publishing import exports, publication, snapshots
from webapp.publishing.documents import json_file
from webapp.publishing.documents.formats import FORMATS
from webapp.publishing.item_snapshots import snapshot_lists
from webapp.review import alignments
from webapp.roadmap import batch_edits, indicators, items, local_roadmaps, organisations
from webapp.roadmap.batch_edits import Batch
from webapp.roadmap.indicators import IndicatorFields, Value
from webapp.roadmap.local_roadmaps import RoadmapFields
from webapp.roadmap.models import ItemStatus, RoadmapItem
from webapp.roadmap.organisations import OrganisationFields
from webapp.territory import reference_edits, references
from webapp.territory.models import SHIPPED, ReferenceKind, Territory
from webapp.territory.reference_edits import EntryFields
from webapp.territory.regions import ensure_region
from webapp.territory.shipped_references import Listed, ListKind

KINDS = pytest.mark.parametrize("kind", ReferenceKind)
DAY = date(2023, 12, 1)
pytestmark = pytest.mark.usefixtures("workshop")


def entry(session, kind, code):
    return next(e for e in reference_edits.list_entries(session, kind=kind) if e.code == code)


def add(session, actor, kind, name, code="", strand=""):
    fields = EntryFields(name=name, code=code, strand=strand)
    return reference_edits.add(session, kind=kind, fields=fields, actor=actor)


def rename(session, actor, kind, code, name):
    found = entry(session, kind, code)
    reference_edits.rename(session, entry=found, fields=EntryFields(name=name), actor=actor)
    return found


def retire(session, actor, kind, code, *, retired=True):
    found = entry(session, kind, code)
    reference_edits.set_retired(session, entry=found, retired=retired, actor=actor)
    return found


def test_the_lists_are_shipped_with_the_facts_of_the_pacte(session):
    found = references.read(session)
    for kind in ReferenceKind:
        assert found.names(kind) == SHIPPED[kind]
        assert list(found.names(kind)) == list(SHIPPED[kind])
    assert snapshot_lists(found) == ()


@KINDS
def test_an_entry_comes_last_and_its_name_and_code_are_taken(session, actor, kind):
    made = add(session, actor, kind, "  Le   numérique ", code="5n")
    listed = references.read(session).names(kind)
    coded = kind in reference_edits.CODED
    assert list(listed.items())[-1] == ("5N" if coded else "Le numérique", "Le numérique")
    for name, code in (("LE NUMERIQUE", "6"), (made.code, "6")):
        with pytest.raises(DuplicateError):
            add(session, actor, kind, name, code=code)
    if coded:
        with pytest.raises(DuplicateError):
            add(session, actor, kind, "Autre", code="5N")


@KINDS
@pytest.mark.parametrize(
    ("name", "error"),
    [("", EmptyTextError), ("\u200b \u2800", EmptyTextError), ("é" * 201, TextTooLongError)],
)
def test_a_name_that_is_none_is_refused(session, actor, kind, name, error):
    with pytest.raises(error):
        add(session, actor, kind, name, code="5")
    code = next(iter(SHIPPED[kind]), None) or add(session, actor, kind, "Une").code
    with pytest.raises(error):
        rename(session, actor, kind, code, name)


@pytest.mark.parametrize("code", ["", "12345", "a b", "=1", "é", "\u202e5"])
def test_a_code_is_one_to_four_letters_or_digits(session, actor, code):
    if code == "\u202e5":  # the override goes by the door of words, the digit stays
        assert add(session, actor, ReferenceKind.STRAND, "Numérique", code=code).code == "5"
        return
    with pytest.raises(CodeFormError):
        add(session, actor, ReferenceKind.STRAND, "Numérique", code=code)


def test_a_formula_and_what_nobody_sees_are_words_here(session, actor):
    made = add(session, actor, ReferenceKind.PUBLIC, "=HYPERLINK(1)\u202e\x07 <b>")
    assert made.name == "=HYPERLINK(1) <b>"
    item = builders.item(session, actor=actor)
    fields = items.fields_of(item, publics=(made.code,))
    items.save(session, item=item, fields=fields, actor=actor)
    document = publication.preview(session, roadmap=ensure_region(session), now=builders.NOW)
    assert document.items[0].publics == (made.name,)
    assert made.name in exports.render(session, document, name="csv").decode("utf-8-sig")


def test_a_rename_is_everywhere_and_in_the_journal(session, actor):
    item = builders.item(session, actor=actor)
    found = rename(session, actor, ReferenceKind.STRAND, "3", "Ouvrir les droits")
    document = publication.preview(session, roadmap=ensure_region(session), now=builders.NOW)
    assert item.strand == "3"
    assert document.chapters[0].title == document.items[0].strand == "Axe 3 – Ouvrir les droits"
    last = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert (last.action, last.subject) == ("reference.rename", f"reference:{found.public_id}")
    assert SHIPPED[ReferenceKind.STRAND]["3"] in last.details
    assert last.details.endswith("→ Ouvrir les droits")
    before = last.id
    rename(session, actor, ReferenceKind.STRAND, "3", "Ouvrir les droits")  # nothing new
    assert session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first().id == before
    with pytest.raises(DuplicateError):
        rename(session, actor, ReferenceKind.STRAND, "2", "OUVRIR LES DROITS")


def test_order_is_that_of_chapters(session, actor):
    for title, strand in (("Un", "1"), ("Quatre", "4")):
        made = builders.item(session, actor=actor)
        fields = items.fields_of(made, title=title, strand=strand)
        items.save(session, item=made, fields=fields, actor=actor)
    for _ in range(5):  # the first one stays where it is
        last = entry(session, ReferenceKind.STRAND, "4")
        reference_edits.move(session, entry=last, up=True, actor=actor)
    assert list(references.read(session).names(ReferenceKind.STRAND)) == ["4", "1", "2", "3"]
    document = publication.preview(session, roadmap=ensure_region(session), now=builders.NOW)
    assert [chapter.items[0].title for chapter in document.chapters] == ["Quatre", "Un"]
    reference_edits.move(session, entry=last, up=False, actor=actor)
    assert list(references.read(session).names(ReferenceKind.STRAND)) == ["1", "4", "2", "3"]


def test_what_is_retired_is_kept_where_it_was_and_chosen_no_more(session, actor):
    old, new = (builders.item(session, actor=actor) for _ in range(2))
    chosen = {"territories": ("72",), "publics": ("tous",), "strand": "2"}
    items.save(session, item=old, fields=items.fields_of(old, **chosen), actor=actor)
    for kind, code in (
        (ReferenceKind.TERRITORY, "72"),
        (ReferenceKind.PUBLIC, "tous"),
        (ReferenceKind.STRAND, "2"),
    ):
        retire(session, actor, kind, code)
    items.save(session, item=old, fields=items.fields_of(old, title="Autre"), actor=actor)
    assert (old.territories, old.publics, old.strand) == (("72",), ("tous",), "2")
    for name, value in chosen.items():
        with pytest.raises(UnlistedError):
            items.save(session, item=new, fields=items.fields_of(new, **{name: value}), actor=actor)
    with pytest.raises(UnlistedError):
        batch_edits.save_many(session, chosen=[new], batch=Batch(strand="2"), actor=actor)
    document = publication.preview(session, roadmap=ensure_region(session), now=builders.NOW)
    told = next(item for item in document.items if item.reference == old.reference)
    assert told.territories == ("Sarthe",)
    retire(session, actor, ReferenceKind.TERRITORY, "72", retired=False)
    items.save(session, item=new, fields=items.fields_of(new, territories=("72",)), actor=actor)
    actions = set(session.scalars(select(AuditEntry.action)))
    assert {"reference.retire", "reference.restore"} <= actions


def test_no_row_takes_a_code_that_is_in_no_list(session, actor):
    item = builders.item(session, actor=actor)
    for name, value in (("strand", "9"), ("publics", ("lutins",)), ("territories", ("29",))):
        with pytest.raises(UnlistedError):
            items.save(
                session, item=item, fields=items.fields_of(item, **{name: value}), actor=actor
            )
    fields = OrganisationFields(name="CAF", territory="29")
    with pytest.raises(UnlistedError):
        organisations.add_organisation(session, fields=fields, actor=actor)
    about = IndicatorFields(name="Bus")
    indicator = indicators.add_indicator(session, item=item, fields=about, actor=actor)
    with pytest.raises(UnlistedError):
        indicators.measure(
            session,
            indicator=indicator,
            values=[Value(on=DAY, value=1.0, territory="29")],
            actor=actor,
        )
    with pytest.raises(UnlistedError):
        _local(session, actor, "29")


def _local(session, actor, code):
    fields = RoadmapFields(
        title="Pacte local", territory=code, starts_on=DAY, ends_on=date(2027, 12, 31)
    )
    return local_roadmaps.create(session, fields=fields, actor=actor)


def test_a_new_territory_serves_everywhere(session, actor):
    add(session, actor, ReferenceKind.TERRITORY, "Finistère (29) !", code="29")
    made = _local(session, actor, "29")
    assert (made.slug, made.region, made.code) == ("finistere-29", "Finistère (29) !", "29")
    with pytest.raises(DuplicateError):
        _local(session, actor, "29")
    add(session, actor, ReferenceKind.TERRITORY, "Finistère 29", code="290")
    assert _local(session, actor, "290").slug == "finistere-29-290"
    said = builders.contribution(session, territory="29")
    assert said.territory == "29"
    item = builders.item(session, actor=actor, contributions=(said,), complete=False)
    assert item.territories == ("29",)
    about = IndicatorFields(name="Bus")
    indicator = indicators.add_indicator(session, item=item, fields=about, actor=actor)
    value = Value(on=DAY, value=1.0, territory="29")
    indicators.measure(session, indicator=indicator, values=[value], actor=actor)
    document = publication.preview(session, roadmap=ensure_region(session), now=builders.NOW)
    assert document.items[0].territories == ("Finistère (29) !",)
    assert document.items[0].indicators[0].measurements[0].territory == "Finistère (29) !"


def test_an_idea_sent_from_a_page_opened_before_is_never_lost(session, actor):
    retire(session, actor, ReferenceKind.TERRITORY, "72")
    said = _say(session, "72")
    assert session.get(Contribution, said.id).territory == "72"
    with pytest.raises(UnlistedError):
        _say(session, "29")


def _say(session, code):
    return contributions.submit_contribution(
        session,
        code="ABCDEF",
        body="Un bus le dimanche",
        key=f"clef-{code}",
        now=builders.NOW,
        details=Details(territory=code),
    )


def test_a_measure_is_one_entry_for_both_screens(session, actor):
    made = alignments.add_measure(session, name="Les cafés", seeds=["café"], actor=actor)
    assert references.read(session).names(ReferenceKind.MEASURE) == {"Les cafés": "Les cafés"}
    item = builders.item(session, actor=actor)
    items.save(session, item=item, fields=items.fields_of(item, measure="les CAFES"), actor=actor)
    assert item.measure == "Les cafés"
    rename(session, actor, ReferenceKind.MEASURE, "Les cafés", "Cafés associatifs")
    document = publication.preview(session, roadmap=ensure_region(session), now=builders.NOW)
    assert document.items[0].measure == "Cafés associatifs"
    alignments.remove_measure(session, target=made, actor=actor)
    assert made not in alignments.list_targets(session)
    assert made in reference_edits.list_entries(session, kind=ReferenceKind.MEASURE)
    items.save(session, item=item, fields=items.fields_of(item, title="Autre"), actor=actor)
    other = builders.item(session, actor=actor)
    fields = items.fields_of(other, measure="Cafés associatifs")
    with pytest.raises(UnlistedError):
        items.save(session, item=other, fields=fields, actor=actor)
    free = items.fields_of(other, measure="Une mesure d’ailleurs")
    items.save(session, item=other, fields=free, actor=actor)
    assert other.measure == "Une mesure d’ailleurs"


def test_a_measure_belongs_to_an_axis_that_is_offered(session, actor):
    made = add(session, actor, ReferenceKind.MEASURE, "Une", strand="2")
    retire(session, actor, ReferenceKind.STRAND, "2")
    fields = EntryFields(name="Une autre", strand="2")
    reference_edits.rename(session, entry=made, fields=fields, actor=actor)
    for strand in ("2", "9"):
        with pytest.raises(UnlistedError):
            add(session, actor, ReferenceKind.MEASURE, f"Pour {strand}", strand=strand)


def test_the_region_itself_stays(session, actor):
    with pytest.raises(RetirementError):
        retire(session, actor, ReferenceKind.TERRITORY, Territory.REGION)
    rename(session, actor, ReferenceKind.TERRITORY, Territory.REGION, "Bretagne")
    with pytest.raises(DuplicateError):
        _local(session, actor, Territory.REGION)


def _edited(session, actor):
    """Return a published document of lists that are not as shipped."""
    add(session, actor, ReferenceKind.STRAND, "Numérique", code="5")
    add(session, actor, ReferenceKind.TERRITORY, "Finistère", code="29")
    made = alignments.add_measure(session, name="Les cafés", seeds=[], actor=actor)
    fields = EntryFields(name="Cafés associatifs", strand="5")
    reference_edits.rename(session, entry=made, fields=fields, actor=actor)
    swapped = ("Mayenne", "Sarthe")
    for code, name in (("53", "…"), ("72", swapped[0]), ("53", swapped[1])):
        rename(session, actor, ReferenceKind.TERRITORY, code, name)
    rename(session, actor, ReferenceKind.PUBLIC, "tous", "tout le monde")
    last = entry(session, ReferenceKind.STRAND, "5")
    for _ in range(4):
        reference_edits.move(session, entry=last, up=True, actor=actor)
    for title, strand in (("Un", "1"), ("Cinq", "5")):
        item = builders.item(session, actor=actor, contributions=_said(session, actor, title))
        fields = builders.item_fields(
            title=title,
            strand=strand,
            measure="Cafés associatifs",
            territories=("29", "72"),
            publics=("tous",),
        )
        items.save(session, item=item, fields=fields, actor=actor)
        about = IndicatorFields(name="Bus")
        indicator = indicators.add_indicator(session, item=item, fields=about, actor=actor)
        values = [Value(on=DAY, value=1.0, territory=code) for code in ("72", "29", "53")]
        indicators.measure(session, indicator=indicator, values=values, actor=actor)
        builders.move(session, item, ItemStatus.SUBMITTED, actor=actor)
    retire(session, actor, ReferenceKind.PUBLIC, "tous")
    version = publication.publish(session, roadmap=ensure_region(session), actor=actor)
    return snapshots.document_of(version)


def _said(session, actor, title):
    return [builders.published(session, f"{title} : un bus le dimanche", actor=actor)]


def test_edited_lists_come_back_with_the_same_documents(session, actor):
    document = _edited(session, actor)
    assert document.chapters[0].title == "Axe 5 – Numérique"
    assert {listed.kind for listed in document.lists} == set(ListKind)
    session.rollback()  # an empty instance, whose lists are as shipped
    assert snapshot_lists(references.read(session)) == ()
    who = Actor(id=builders.user(session, role=Role.COMMISSIONER, groups=()).id, now=builders.NOW)
    content = json_file.dumps(document)
    version = restore_roadmap(session, content=content, actor=who).version
    assert snapshot_lists(references.read(session)) == document.lists
    session.expire_all()
    again = snapshots.document_of(version)
    for name in FORMATS:
        assert exports.render(session, again, name=name) == FORMATS[name].render(document)
    rebuilt = snapshots.build_document(
        session, roadmap=ensure_region(session), number=document.version, now=document.as_of
    )
    # What people wrote comes back whole; what the machine did is not in the document.
    plain = {"sources": (), "provenance": type(document.items[0].provenance)()}
    told = [[replace(item, **plain) for item in c.items] for c in document.chapters]
    assert [[replace(item, **plain) for item in c.items] for c in rebuilt.chapters] == told
    assert [c.title for c in rebuilt.chapters] == [c.title for c in document.chapters]
    rows = session.scalars(select(RoadmapItem).order_by(RoadmapItem.reference)).all()
    assert {(row.strand, row.territories, row.publics, row.measure) for row in rows} == {
        ("1", ("29", "72"), ("tous",), "Les cafés"),
        ("5", ("29", "72"), ("tous",), "Les cafés"),
    }


def test_lists_that_were_edited_become_again_those_of_the_document(session, actor):
    document = _document(session, actor)
    assert document.lists == ()
    assert b'"lists"' not in json_file.dumps(document)  # the bytes that it always had
    session.rollback()
    who = Actor(id=builders.user(session, role=Role.COMMISSIONER, groups=()).id, now=builders.NOW)
    rename(session, who, ReferenceKind.STRAND, "3", "Autrement")
    restore_roadmap(session, content=json_file.dumps(document), actor=who)
    assert session.scalars(select(RoadmapItem.strand)).one() == "3"
    assert references.read(session).names(ReferenceKind.STRAND) == SHIPPED[ReferenceKind.STRAND]


def _document(session, actor):
    said = _said(session, actor, "Un")
    item = builders.item(session, actor=actor, contributions=said)
    builders.move(session, item, ItemStatus.SUBMITTED, actor=actor)
    version = publication.publish(session, roadmap=ensure_region(session), actor=actor)
    return snapshots.document_of(version)


@pytest.mark.parametrize(
    "wrong",
    [
        [("5", "")],
        [("5", "x" * 201)],
        [("cinq!", "Numérique")],
        [("5", "Une"), ("6", "UNE")],
        [("5", "Une"), ("5", "Deux")],
    ],
    ids=["no name", "too long", "no code", "one name twice", "one code twice"],
)
def test_lists_that_have_no_place_are_refused(session, actor, wrong):
    document = _document(session, actor)
    session.rollback()
    who = Actor(id=builders.user(session, role=Role.COMMISSIONER, groups=()).id, now=builders.NOW)
    told = tuple(Listed(kind=ListKind.STRAND, code=code, name=name) for code, name in wrong)
    altered = json_file.sealed(replace(document, lists=told))
    with pytest.raises(RefusedRoadmapError):
        restore_roadmap(session, content=json_file.dumps(altered), actor=who)
