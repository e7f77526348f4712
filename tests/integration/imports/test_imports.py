"""Contributions and programmes from files: all or nothing, and never twice."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from tests import builders
from webapp.collection.models import (
    Conference,
    Contribution,
    DecisionKind,
    Workshop,
    WorkshopKind,
    WorkshopState,
)
from webapp.exceptions import (
    InvalidRowsError,
    MissingColumnError,
    NotFoundError,
    WorkshopClosedError,
)
from webapp.imports.contributions import Request, import_contributions, read_rows, store_rows
from webapp.imports.programme import ConferenceFields, import_programme
from webapp.imports.reading import read_table
from webapp.territory.regions import ensure_region

CONFERENCE = ConferenceFields(slug="angers", name="Conférence", place="Angers")
HEADER = "type,code,titre,groupe,consigne,debut,fin\n"
ROW = "atelier,,Se loger,acces-aux-droits,Que changer ?,2024-01-10T09:00,2024-01-10T10:00\n"


def table(text):
    return read_table(text.encode(), name="x.csv")


def bring_in(session, text, **options):
    request = Request(table=table(text), code="ABCDEF", **options)
    return import_contributions(session, request=request, now=builders.NOW)


def count(session, kind=Contribution):
    return session.scalar(select(func.count()).select_from(kind))


@pytest.fixture
def workshop(session):
    """A workshop whose room has emptied: files come in afterwards."""
    return builders.workshop(session, state="closed")


def test_each_row_is_a_voice_and_the_same_file_gives_nothing_new(session, workshop):
    text = "texte\nUn bus\nUn bus\nUne laverie\n"
    first = bring_in(session, text)
    assert (first.read, first.stored, first.known, first.repeated) == (3, 3, 0, 1)
    again = bring_in(session, text + "Un car\n")
    assert (again.read, again.stored, again.known) == (4, 1, 3)
    assert count(session) == 4


def test_what_came_in_while_a_file_was_read_does_not_come_twice(session, workshop):
    text = "texte\nUn bus\nUn car\nAppelez Mme Durand au 06 39 98 12 34\n"
    read = read_rows(session, request=Request(table=table(text), code="ABCDEF"))
    assert (read.report.stored, read.report.to_moderate) == (3, 1)
    bring_in(session, "texte\nUn bus\nAppelez Mme Durand au 06 39 98 12 34\n")
    report = store_rows(session, read=read, now=builders.NOW)
    assert (report.read, report.stored, report.known, report.to_moderate) == (3, 1, 2, 0)
    assert count(session) == 3


def test_what_the_guard_points_out_waits_and_the_rest_is_published(session, workshop):
    report = bring_in(session, "texte\nUn bus\nAppelez Mme Durand au 06 39 98 12 34\n")
    assert report.to_moderate == 1
    kinds = sorted(c.decision.kind for c in session.scalars(select(Contribution)))
    assert kinds == [DecisionKind.PENDING, DecisionKind.PUBLISHED]


def test_everything_may_be_held(session, workshop):
    assert bring_in(session, "texte\nUn bus\nUn car\n", hold=True).to_moderate == 2


def test_several_columns_make_one_text(session, workshop):
    bring_in(session, "titre,corps\nUn bus,le dimanche\nUn car,\n", text_columns=("titre", "corps"))
    assert set(session.scalars(select(Contribution.body))) == {"Un bus\nle dimanche", "Un car"}


def test_every_bad_row_is_told_and_nothing_is_stored(session, workshop):
    rows = ["n,texte", "1,Un bus", "2,", f"3,{'x' * 10_001}", "4,Un car"]
    with pytest.raises(InvalidRowsError) as caught:
        bring_in(session, "\n".join(rows))
    told = [(problem.line, problem.problem) for problem in caught.value.problems]
    assert told == [(3, "empty"), (4, "too_long")]
    assert count(session) == 0


def test_a_file_without_the_column_is_refused(session, workshop):
    with pytest.raises(MissingColumnError):
        bring_in(session, "a,b\n1,2\n")
    with pytest.raises(MissingColumnError):
        bring_in(session, "texte\nUn bus\n", text_columns=("body",))
    assert count(session) == 0


def test_an_unknown_workshop_is_refused(session):
    with pytest.raises(NotFoundError):
        bring_in(session, "texte\nUn bus\n")


def test_an_archived_workshop_takes_no_file(session, workshop):
    workshop.state = WorkshopState.ARCHIVED
    with pytest.raises(WorkshopClosedError):
        bring_in(session, "texte\nUn bus\n")
    assert count(session) == 0


def programme(session, text):
    ensure_region(session)
    return import_programme(session, table=table(text), conference=CONFERENCE, now=builders.NOW)


def test_a_programme_gives_its_workshops_a_code_and_a_question(session):
    stand = (
        "kiosque,Q2W3E4,Un garage,precarite-rurale,Et vous ?,2024-01-10T09:00,2024-01-10T17:00\n"
    )
    first, second = programme(session, HEADER + ROW + stand)
    assert len(first.code) == 6
    assert first.current_prompt.question == "Que changer ?"
    assert (second.code, second.kind) == ("Q2W3E4", WorkshopKind.STAND)
    conference = session.scalars(select(Conference)).one()
    assert conference.starts_at == datetime(2024, 1, 10, 8, tzinfo=UTC)
    assert programme(session, HEADER + ROW + stand) == ()
    assert count(session, Workshop) == 2


@pytest.mark.parametrize(
    ("spoiled", "problem"),
    [
        (ROW.replace("atelier", "fête"), "kind"),
        (ROW.replace("acces-aux-droits", "nulle-part"), "group"),
        (ROW.replace("atelier,,", "atelier,ABC,"), "code"),
        (ROW.replace("Se loger", ""), "missing_titre"),
        (ROW.replace("Que changer ?", ""), "missing_consigne"),
        (ROW.replace("2024-01-10T09:00", "le matin"), "time"),
        (ROW.replace("2024-01-10T10:00", "2024-01-10T08:00"), "time_order"),
    ],
)
def test_a_bad_row_of_a_programme_stops_it_all(session, spoiled, problem):
    with pytest.raises(InvalidRowsError) as caught:
        programme(session, HEADER + ROW.replace("Se loger", "Se soigner") + spoiled)
    assert (3, problem) in [(p.line, p.problem) for p in caught.value.problems]
    assert count(session, Workshop) == 0


def test_a_conference_needs_a_date(session):
    undated = ROW.replace("2024-01-10T09:00,2024-01-10T10:00", ",")
    with pytest.raises(InvalidRowsError) as caught:
        programme(session, HEADER + undated)
    assert caught.value.problems[0].problem == "conference_times"
