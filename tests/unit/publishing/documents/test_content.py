from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.publishing.documents import builders
from webapp.exceptions import UnreadableFileError
from webapp.platform.file_text import clean, cleaned
from webapp.publishing.documents import json_file
from webapp.publishing.documents.codec import decode, encode, exact
from webapp.publishing.documents.content import (
    Chapter,
    Indicator,
    Item,
    ItemStatus,
    LedgerLine,
    Milestone,
    Provenance,
    Reading,
    RoadmapDocument,
)


@given(st.integers(-5, 4))
def test_a_count_that_could_identify_someone_never_enters_a_document(count):
    assert Provenance(concerned=count).concerned is None


@given(st.integers(5, 10**6))
def test_a_large_count_is_kept(count):
    assert Provenance(concerned=count).concerned == count


def test_an_instant_without_zone_is_refused():
    naive = datetime(2023, 11, 7)  # noqa: DTZ001 - the point of the test
    with pytest.raises(ValueError, match="naive"):
        RoadmapDocument(title="t", region="r", period="p", version=1, as_of=naive)


def test_the_ledger_closes_only_when_every_line_does():
    ledger = builders.ledger()
    assert ledger.closes
    assert ledger.total.received == 1240
    assert ledger.total.accounted == 1240
    assert not LedgerLine(workshop_code="X", workshop_title="x", received=2, grouped=1).closes


@pytest.mark.parametrize("document", [builders.document(), builders.empty()], ids=["rich", "empty"])
def test_json_brings_the_document_back(document):
    document = cleaned(document)
    data = json_file.dumps(document)
    assert json_file.loads(data) == document
    assert json_file.dumps(json_file.loads(data)) == data


def test_the_same_instant_in_another_zone_gives_the_same_bytes():
    utc = builders.document(as_of=datetime(2024, 5, 2, 12, tzinfo=UTC))
    paris = builders.document(as_of=datetime(2024, 5, 2, 14, tzinfo=timezone(timedelta(hours=2))))
    assert json_file.dumps(utc) == json_file.dumps(paris)


def test_the_hash_tells_any_change():
    document = builders.document()
    assert json_file.is_authentic(document)
    assert len(document.sha256) == 64
    text = json_file.dumps(document).decode().replace("Conseil régional", "Conseil regional")
    assert not json_file.is_authentic(json_file.loads(text.encode()))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"schema_version":1', '"schema_version":2'),
        ('"version":3', '"version":"3"'),
        ('"version":3', '"version":true'),
        ('"draft":false', '"draft":0'),
        ('"period":', '"perio":'),
        ('"status":"adopted"', '"status":"approved"'),
        ('"2025-06-01"', '"2025-06-31"'),
        ('"value":"12.5"', '"value":"NaN"'),
        ('"value":"12.5"', '"value":"douze"'),
        ('"value":"12.5"', '"value":"1e999999999"'),
        ("{", "[" * 100_000),
    ],
)
def test_another_json_is_refused(old, new):
    text = json_file.dumps(builders.document()).decode()
    assert old in text
    with pytest.raises(UnreadableFileError):
        json_file.loads(text.replace(old, new, 1).encode())


@pytest.mark.parametrize("data", [b"", b"[]", b"null", b"{}", b"\xff", b'{"schema":1}'])
def test_what_is_not_a_roadmap_is_refused(data):
    with pytest.raises(UnreadableFileError):
        json_file.loads(data)


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=6))
def test_decimals_are_exact_and_written_one_way(value):
    assert Decimal(exact(value)) == value
    assert exact(value) == exact(value.normalize())


@given(st.text(), st.decimals(min_value=-(10**12), max_value=10**12, places=3))
def test_every_text_and_number_survives_the_codec(text, value):
    indicator = Indicator(title=text, baseline=Reading(value=value))
    assert decode(Indicator, encode(indicator)) == indicator


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text):
    assert clean(clean(text)) == clean(text)


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Cf", "Cn", "Zl", "Zp"])))
def test_letters_marks_and_emoji_are_never_touched(text):
    assert clean(text) == text


def test_what_hides_or_reverses_words_goes():
    assert clean(builders.INVISIBLE) == builders.VISIBLE
    assert clean("a\r\nb\rc\u2028d\te") == "a\nb\nc\nd\te"
    assert clean(builders.ARABIC + builders.EMOJI) == builders.ARABIC + builders.EMOJI


def first_version():
    """A document as the first versions were, sealed before items had a budget."""
    item = Item(
        reference="52-AAD-001",
        title="Des bus le dimanche",
        due_date=date(2025, 6, 30),
        status=ItemStatus.ADOPTED,
        milestones=(Milestone(title="Signer", due_date=date(2024, 5, 31)),),
        indicators=(Indicator(title="Lignes", target=Reading(value=Decimal("4.5"))),),
    )
    return RoadmapDocument(
        title="Feuille de route",
        region="Pays de la Loire",
        period="2024–2027",
        version=1,
        as_of=datetime(2024, 1, 15, 8, tzinfo=UTC),
        chapters=(Chapter(title="Axe 3", items=(item,)),),
    )


def test_a_version_published_before_a_field_came_keeps_its_hash():
    # pragma: allowlist nextline secret
    digest = "dfe779fb416ff2eb58f425b9255c8cdeefdc32ee7a6ab2a76be63a2cf6b480eb"
    assert json_file.digest(first_version()) == digest


def test_a_later_field_is_written_only_when_it_says_something():
    data = json_file.dumps(first_version())
    assert b'"budget"' not in data
    assert json_file.loads(data) == first_version()
    assert b'"budget"' in json_file.dumps(builders.document())
    assert b'"priority"' not in data
    assert b'"priority":"high"' in json_file.dumps(builders.document())
    with pytest.raises(UnreadableFileError):
        json_file.loads(data.replace(b'"lead":"",', b""))
