"""The open interface held to its own description by schemathesis: what it draws, what is answered.

``make attack`` draws a hundred times more.
"""

import contextlib

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable

from tests.attack.campaign import LONG
from webapp.publishing.documents import open_api

pytestmark = pytest.mark.both_databases("texts and numbers that a database may refuse")

EXAMPLES = 2_000 if LONG else 20
DRAWN = settings(
    max_examples=EXAMPLES,
    database=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)


def test_every_operation_answers_what_it_describes(app, things):
    schema = schemathesis.openapi.from_wsgi(f"{open_api.PREFIX}/openapi.json", app)
    operations = [found.ok() for found in schema.get_all_operations()]
    assert len(operations) == len(open_api.OPERATIONS)
    for operation in operations:
        hold(operation.as_strategy(generation_mode=schemathesis.GenerationMode.POSITIVE))
        with contextlib.suppress(Unsatisfiable):  # what takes no parameter cannot be asked wrongly
            hold(operation.as_strategy(generation_mode=schemathesis.GenerationMode.NEGATIVE))


def hold(cases):
    """Send what is drawn: what the description allows and what it does not."""

    @seed(1)
    @DRAWN
    @given(case=cases)
    def held(case):
        answer = case.call()
        assert answer.status_code < 500
        case.validate_response(answer)

    held()
