"""Who acts, and where, in the tests of the services."""

import pytest

from tests import builders
from webapp.accounts.models import Role
from webapp.platform.audit import Actor


@pytest.fixture
def workshop(session):
    """An open room of a working group."""
    return builders.workshop(session)


@pytest.fixture
def commissioner(session):
    """Somebody who may act on everything."""
    return builders.user(session, role=Role.COMMISSIONER, groups=())


@pytest.fixture
def actor(commissioner):
    """The commissioner, at the time of the tests."""
    return Actor(id=commissioner.id, now=builders.NOW)
