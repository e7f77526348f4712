"""The directory: one spelling for each organisation, everywhere."""

import pytest

from tests import builders
from webapp.exceptions import DuplicateError, EmptyTextError, FeedsItemError, NotFoundError
from webapp.platform.audit import Actor
from webapp.roadmap import items, organisations
from webapp.roadmap.models import OrganisationKind
from webapp.roadmap.organisations import OrganisationFields
from webapp.territory.models import Territory


@pytest.fixture
def actor(session):
    return Actor(id=builders.user(session).id, now=builders.NOW)


@pytest.fixture
def item(session, actor):
    return builders.item(session, actor=actor)


def add(session, name, actor, **fields):
    described = OrganisationFields(name=name, **fields)
    return organisations.add_organisation(session, fields=described, actor=actor)


def names(session):
    return [found.name for found in organisations.list_organisations(session)]


def test_a_name_is_there_once_whatever_its_case_and_accents(session, actor):
    add(session, " Département\nde la Sarthe ", actor, kind=OrganisationKind.AUTHORITY)
    with pytest.raises(DuplicateError):
        add(session, "DEPARTEMENT DE LA SARTHE", actor)
    with pytest.raises(EmptyTextError):
        add(session, " ", actor)
    assert names(session) == ["Département de la Sarthe"]


def test_an_item_takes_the_spelling_of_the_directory_and_teaches_it(session, item, actor):
    add(session, "Caf de la Sarthe", actor)
    fields = items.fields_of(
        item, lead="CAF DE LA SARTHE", partners=("Aléop", "aleop", " ", "CAF de la Sarthe")
    )
    items.save(session, item=item, fields=fields, actor=actor)
    assert item.lead == "Caf de la Sarthe"
    assert item.partners == ("Aléop", "Caf de la Sarthe")
    assert names(session) == ["Aléop", "Caf de la Sarthe", "Région Pays de la Loire"]


def test_a_new_name_is_written_in_every_item(session, item, actor):
    fields = items.fields_of(item, partners=("Aléop",))
    items.save(session, item=item, fields=fields, actor=actor)
    for old, new in (("Aléop", "Aléop, le réseau"), ("Région Pays de la Loire", "Région")):
        found = next(o for o in organisations.list_organisations(session) if o.name == old)
        described = OrganisationFields(name=new, territory=Territory.REGION, contact="Accueil")
        organisations.save_organisation(session, organisation=found, fields=described, actor=actor)
    assert (item.lead, item.partners) == ("Région", ("Aléop, le réseau",))
    entries = {entry.organisation.name: entry for entry in organisations.list_entries(session)}
    assert (entries["Région"].leads, entries["Aléop, le réseau"].joins) == ((item,), (item,))


def test_two_organisations_do_not_get_one_name(session, actor):
    first, _ = add(session, "Aléop", actor), add(session, "SNCF", actor)
    with pytest.raises(DuplicateError):
        organisations.save_organisation(
            session, organisation=first, fields=OrganisationFields(name="sncf"), actor=actor
        )


def test_what_an_item_names_stays(session, item, actor):
    used = organisations.list_organisations(session)[0]
    with pytest.raises(FeedsItemError):
        organisations.remove_organisation(session, organisation=used, actor=actor)
    unused = add(session, "SNCF", actor)
    organisations.remove_organisation(session, organisation=unused, actor=actor)
    with pytest.raises(NotFoundError):
        organisations.get_organisation(session, public_id=unused.public_id)
    assert organisations.get_organisation(session, public_id=used.public_id) is used
