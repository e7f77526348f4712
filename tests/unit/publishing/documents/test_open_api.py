"""The description of the open data: made of the dataclasses, and true of what they write."""

import json
import re
from dataclasses import fields, is_dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.nonempty import some
from tests.unit.publishing.documents import builders
from tests.unit.publishing.documents.schemas import faults
from webapp.publishing.documents import content, json_schema, labels, open_api, open_data
from webapp.publishing.documents.codec import encode

DESCRIBED = open_api.describe("https://semailles.example")
SCHEMAS = DESCRIBED["components"]["schemas"]


def written(record):
    return json.loads(json.dumps(encode(record)))


def test_it_is_openapi_3_1_with_its_licence():
    assert DESCRIBED["openapi"].startswith("3.1")
    assert DESCRIBED["info"]["license"]["identifier"] == "etalab-2.0"
    assert {"title", "version", "license"} <= set(DESCRIBED["info"])
    for path, methods in DESCRIBED["paths"].items():
        assert path.startswith("/api/v1/")
        assert list(methods) == ["get"]
        described = methods["get"]
        named = set(re.findall(r"{(\w+)}", path))
        assert {p["name"] for p in described["parameters"] if p["in"] == "path"} == named
        assert {"200", "304", "400", "404", "410"} == set(described["responses"])
        assert described["summary"]
    names = [methods["get"]["operationId"] for methods in DESCRIBED["paths"].values()]
    assert len(set(names)) == len(names)


def references(value):
    if isinstance(value, dict):
        yield from ([value["$ref"]] if "$ref" in value else [])
        for part in value.values():
            yield from references(part)
    elif isinstance(value, list):
        for part in value:
            yield from references(part)


def test_every_reference_leads_somewhere_and_every_schema_is_used():
    named = {reference.rpartition("/")[2] for reference in references(DESCRIBED)}
    assert named == set(SCHEMAS)


@pytest.mark.parametrize("name", ["Item", "Source", "Indicator", "Provenance", "LedgerLine"])
def test_a_schema_has_every_field_of_its_dataclass(name):
    kind = getattr(content, name)
    names = [field.name for field in fields(kind)]
    always = [field.name for field in fields(kind) if content.LATER not in field.metadata]
    assert list(SCHEMAS[name]["properties"]) == names
    assert SCHEMAS[name]["required"] == always


def test_what_is_written_is_what_is_described():
    for item in some(builders.document().items):
        assert list(faults(written(item), json_schema.schema(content.Item), SCHEMAS)) == []


def test_the_check_bites():
    wrong = written(builders.item(1)) | {"status": "lost", "lead": None, "extra": 1}
    del wrong["title"]
    found = list(faults(wrong, json_schema.schema(content.Item), SCHEMAS))
    assert len(found) == 4


@given(st.dates(), st.decimals(allow_nan=False, allow_infinity=False, min_value=-9, max_value=9))
def test_values_are_written_as_their_schema_says(day, value):
    reading = content.Reading(value=value, on=day)
    schema = json_schema.schema(content.Reading)
    assert list(faults(written(reading), schema, json_schema.components(content.Reading))) == []


def test_what_has_no_schema_is_refused():
    with pytest.raises(TypeError):
        json_schema.schema(complex)


def answers():
    kinds = [kind for kind in vars(open_data).values() if is_dataclass(kind)]
    return some(kind for kind in kinds if kind is not open_data.Problem)


@pytest.mark.parametrize("kind", answers(), ids=lambda kind: kind.__name__)
def test_every_field_of_an_answer_has_its_french_word(kind):
    assert [field.name for field in fields(kind) if field.name not in labels.LABELS] == []
