from datetime import date

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from tests import builders
from webapp.accounts.models import Role
from webapp.exceptions import (
    ClusterNotAcceptedError,
    ConflictError,
    DecidedItemError,
    EmptyTextError,
    IncompleteItemError,
    NotFoundError,
    ReasonRequiredError,
    TransitionError,
)
from webapp.platform.audit import Actor
from webapp.platform.models import AuditEntry
from webapp.review.models import ClusterStatus
from webapp.roadmap import items, transitions
from webapp.roadmap.models import NEXT_STATUSES, UNDECIDED, ItemStatus, RoadmapItem
from webapp.territory import references
from webapp.territory.models import ReferenceKind, Territory

S = ItemStatus
WAYS = {
    S.DRAFT: (),
    S.SUBMITTED: (S.SUBMITTED,),
    S.ADOPTED: (S.SUBMITTED, S.ADOPTED),
    S.IN_PROGRESS: (S.SUBMITTED, S.ADOPTED, S.IN_PROGRESS),
    S.DONE: (S.SUBMITTED, S.ADOPTED, S.IN_PROGRESS, S.DONE),
    S.ABANDONED: (S.ABANDONED,),
}
PAIRS = [(source, target) for source in S for target in S]


@pytest.fixture
def facilitator(session):
    return builders.user(session)


@pytest.fixture
def item(session, facilitator):
    return builders.item(session, actor=facilitator)


def by(user, version=None):
    return Actor(id=user.id, now=builders.NOW, version=version)


@pytest.fixture
def commissioner(session):
    return builders.user(session, role=Role.COMMISSIONER, email="commissaire@example.org")


def save(session, item, user, *, version=None, reason="", **changes):
    fields = builders.item_fields(**changes)
    items.save(session, item=item, fields=fields, actor=by(user, version), reason=reason)


def test_an_accepted_group_becomes_a_draft_with_its_title_words_and_territories(
    session, facilitator
):
    builders.workshop(session)
    said = [
        builders.published(session, body, actor=facilitator, territory=territory)
        for body, territory in (
            ("Un", Territory.SARTHE),
            ("Deux", Territory.MAYENNE),
            ("Trois", Territory.SARTHE),
            ("Quatre", None),
        )
    ]
    origin = builders.cluster(session, *said, title="Bus", status=ClusterStatus.ACCEPTED)
    item = items.promote(session, cluster=origin, actor=by(facilitator))
    assert origin.summary
    assert (item.title, item.finding, item.status) == ("Bus", "", S.DRAFT)  # a machine wrote it
    assert item.territories == ("53", "72")
    assert [source.cluster for source in item.sources] == [origin]


def test_a_group_is_promoted_once(session, facilitator):
    origin = builders.cluster(session, status=ClusterStatus.ACCEPTED)
    first = items.promote(session, cluster=origin, actor=by(facilitator))
    assert items.promote(session, cluster=origin, actor=by(facilitator)) is first
    assert session.scalar(select(func.count()).select_from(RoadmapItem)) == 1


@pytest.mark.parametrize("status", [ClusterStatus.PROPOSED, ClusterStatus.DISSOLVED])
def test_only_an_accepted_group_is_promoted(session, facilitator, status):
    origin = builders.cluster(session, status=status)
    with pytest.raises(ClusterNotAcceptedError):
        items.promote(session, cluster=origin, actor=by(facilitator))


def test_references_say_the_region_and_the_working_group_and_follow_each_other(
    session, facilitator
):
    made = [builders.item(session, actor=facilitator) for _ in range(3)]
    assert [item.reference for item in made] == ["52-AAD-001", "52-AAD-002", "52-AAD-003"]
    assert items.list_items(session, roadmap_id=made[0].roadmap_id) == made


def test_fields_are_kept_clean(session, facilitator, item):
    save(
        session,
        item,
        facilitator,
        title=" Des bus\n le dimanche ",
        finding=" Constat\r\nsur deux lignes\x00 ",
        partners=("SNCF", "Aléop"),
        due_date=date(2026, 1, 31),
    )
    assert item.title == "Des bus le dimanche"
    assert item.finding == "Constat\nsur deux lignes"
    assert (item.partners, item.due_date) == (("SNCF", "Aléop"), date(2026, 1, 31))


def test_an_item_has_a_title(session, facilitator, item):
    with pytest.raises(EmptyTextError):
        save(session, item, facilitator, title="  ")
    assert item.title == "Des bus le dimanche"


@pytest.mark.parametrize(("source", "target"), PAIRS)
def test_an_item_follows_its_states(session, facilitator, item, source, target):
    builders.move(session, item, *WAYS[source], actor=facilitator)
    if target in NEXT_STATUSES[source]:
        builders.move(session, item, target, actor=facilitator)
        assert item.status is target
        return
    with pytest.raises(TransitionError) as caught:
        builders.move(session, item, target, actor=facilitator)
    assert (caught.value.source, caught.value.target) == (source, target)
    assert item.status is source


@pytest.mark.parametrize("name", transitions.REQUIRED[1:])
def test_a_committee_is_given_complete_items_only(session, facilitator, item, name):
    empty = None if name in {"strand", "due_date"} else ""
    save(session, item, facilitator, **{name: empty})
    with pytest.raises(IncompleteItemError) as caught:
        builders.move(session, item, S.SUBMITTED, actor=facilitator)
    assert caught.value.missing == (name,)
    assert item.status is S.DRAFT


@pytest.mark.parametrize("status", [S.SUBMITTED, S.ADOPTED, S.IN_PROGRESS])
def test_a_required_field_is_not_emptied_once_the_item_is_submitted(
    session, facilitator, commissioner, item, status
):
    builders.move(session, item, *WAYS[status], actor=facilitator)
    with pytest.raises(IncompleteItemError):
        save(session, item, commissioner, lead=" ")


@pytest.mark.parametrize("status", list(S))
def test_a_facilitator_writes_an_item_until_it_is_decided(session, facilitator, item, status):
    builders.move(session, item, *WAYS[status], actor=facilitator)
    if status in UNDECIDED:
        save(session, item, facilitator, title="Un autre titre")
        assert (item.title, item.amendments) == ("Un autre titre", [])
        return
    with pytest.raises(DecidedItemError) as caught:
        save(session, item, facilitator, title="Un autre titre", reason="Mieux dit")
    assert caught.value.reference == item.reference
    assert item.title == "Des bus le dimanche"


def test_what_was_decided_changes_with_a_reason_that_is_kept(
    session, facilitator, commissioner, item
):
    builders.move(session, item, *WAYS[S.ADOPTED], actor=facilitator)
    for reason in ("", " \n "):
        with pytest.raises(ReasonRequiredError), session.begin_nested():
            save(session, item, commissioner, lead="Aléop", reason=reason)
    due, reason = date(2027, 1, 1), " Le financement\r\nvient plus tard. "
    save(session, item, commissioner, lead="Aléop", due_date=due, reason=reason)
    (kept,) = item.amendments
    assert (kept.fields, kept.reason) == (
        ("lead", "due_date"),
        "Le financement\nvient plus tard.",
    )
    assert (kept.actor, kept.done_at) == (commissioner, builders.NOW)
    lines = select(AuditEntry.action).order_by(AuditEntry.id.desc()).limit(1)
    assert session.scalar(lines) == "item.amend"


def test_a_decided_item_saved_as_it_stands_asks_for_no_reason(
    session, facilitator, commissioner, item
):
    offered = tuple(references.read(session).offered(ReferenceKind.PUBLIC))[:2]
    save(session, item, facilitator, publics=offered)
    builders.move(session, item, *WAYS[S.DONE], actor=facilitator)
    save(session, item, commissioner, publics=offered[::-1], reason="Rien")
    assert (item.amendments, item.publics) == ([], offered)


@pytest.mark.both_databases("triggers")
@pytest.mark.parametrize("command", ["UPDATE {0} SET reason = 'x'", "DELETE FROM {0}"])
def test_the_database_keeps_why_what_was_decided_changed(
    session, facilitator, commissioner, item, command
):
    builders.move(session, item, *WAYS[S.ADOPTED], actor=facilitator)
    save(session, item, commissioner, lead="Aléop", reason="Repris par Aléop")
    with pytest.raises(IntegrityError, match="item_amendment_no_"), session.begin_nested():
        session.execute(text(command.format("item_amendment")))


def test_an_incomplete_draft_may_be_abandoned(session, facilitator):
    item = builders.item(session, actor=facilitator, complete=False)
    missing = ("strand", "finding", "objective", "lead", "due_date")
    assert transitions.missing_fields(item) == missing
    builders.move(session, item, S.ABANDONED, actor=facilitator)


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("status", list(S))
def test_a_facilitator_submits_and_takes_back_the_commissioner_decides(
    session, facilitator, item, role, status
):
    builders.move(session, item, *WAYS[status], actor=facilitator)
    user = builders.user(session, role=role, email="autre@example.org")
    offered = set(transitions.next_statuses(user, item))
    if role in {Role.COMMISSIONER, Role.ADMINISTRATOR}:
        assert offered == NEXT_STATUSES[status]
    else:
        assert offered == NEXT_STATUSES[status] & {S.SUBMITTED, S.DRAFT}


@pytest.mark.both_databases("versions of rows")
def test_what_somebody_changed_meanwhile_is_not_overwritten(session, facilitator, item):
    seen = item.version
    save(session, item, facilitator, title="Le titre de l’autre")
    other = builders.user(session, email="autre@example.org")
    with pytest.raises(ConflictError) as caught:
        save(session, item, other, version=seen, title="Le mien")
    assert (caught.value.current, caught.value.author) == ("Le titre de l’autre", "animation")
    status = S.SUBMITTED
    with pytest.raises(ConflictError):
        transitions.set_status(session, item=item, status=status, actor=by(other, seen))
    save(session, item, other, version=item.version, title="Le mien")
    session.refresh(item)
    assert item.changed_by == other


def test_each_act_has_its_line_in_the_journal(session, facilitator, item):
    builders.move(session, item, S.SUBMITTED, S.ADOPTED, actor=facilitator)
    lines = select(AuditEntry.action).where(AuditEntry.subject == f"item:{item.reference}")
    assert session.scalars(lines.order_by(AuditEntry.id)).all() == [
        "item.promote",
        "item.save",
        "item.submitted",
        "item.adopted",
    ]


@pytest.mark.both_databases("constraints")
@pytest.mark.parametrize("status", ["adopted", "in_progress", "done"])
@pytest.mark.parametrize("emptied", ["lead = ''", "strand = NULL", "due_date = NULL"])
def test_the_database_refuses_to_adopt_an_incomplete_item(session, item, status, emptied):
    command = text(f"UPDATE roadmap_item SET status = '{status}', {emptied}")  # noqa: S608 - our own words
    with (
        pytest.raises(IntegrityError, match="ck_roadmap_item_adopted_is_complete"),
        session.begin_nested(),
    ):
        session.execute(command)


@pytest.mark.both_databases("constraints")
@pytest.mark.parametrize("status", ["adopted", "in_progress", "done"])
def test_the_database_refuses_to_adopt_an_item_without_a_source(session, item, status):
    session.execute(text("DELETE FROM item_source"))
    with (
        pytest.raises(IntegrityError, match="roadmap_item_adopted_has_source"),
        session.begin_nested(),
    ):
        session.execute(text(f"UPDATE roadmap_item SET status = '{status}'"))  # noqa: S608 - our own words


def test_an_item_is_found_by_its_identifier(session, item):
    assert items.get_item(session, public_id=item.public_id) is item
    with pytest.raises(NotFoundError):
        items.get_item(session, public_id="nobody")


def test_the_board_knows_which_group_feeds_which_item(session, item):
    by_cluster = items.items_by_cluster(session, group_id=item.working_group_id)
    assert by_cluster == {item.sources[0].cluster_id: item}
