"""What an act of the staff needs before it: made in a region that has lived, for one test."""

import io
import itertools
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select

from tests import builders
from webapp.collection import conferences, paper, prompts, surveys
from webapp.collection.contributions import Details
from webapp.collection.models import Channel, Contribution, SurveyState
from webapp.collection.workshops import get_workshop
from webapp.imports import drafts
from webapp.moderation import rate_limits
from webapp.platform.audit import Actor
from webapp.publishing import fingerprints, publication, reactions, templates
from webapp.publishing.documents import odt_template
from webapp.review import alignments, clusters, undo
from webapp.review.models import (
    AnalysisRun,
    ClusterMember,
    ClusterStatus,
    Placement,
    ReviewAction,
    RunState,
)
from webapp.roadmap import indicators, items, local_roadmaps, organisations
from webapp.roadmap.indicators import IndicatorFields
from webapp.roadmap.local_roadmaps import RoadmapFields
from webapp.roadmap.models import ItemStatus
from webapp.roadmap.organisations import OrganisationFields
from webapp.territory import reference_edits, roadmaps
from webapp.territory.models import ReferenceKind, Territory
from webapp.territory.reference_edits import EntryFields

HOUR = timedelta(hours=1)
NUMBERS = itertools.count(1)


def file(content, name):
    return lambda: (io.BytesIO(content), name)


def said(session, actor, count=3):
    bodies = [f"Une phrase de plus, la {next(NUMBERS)}" for _ in range(count)]
    return [builders.published(session, body, actor=actor) for body in bodies]


def group(session, actor, count=3, status=ClusterStatus.PROPOSED):
    """Make a group of its own; its members are named as the board names them."""
    found = said(session, actor, count)
    made = builders.cluster(session, *found, title=f"Groupe {next(NUMBERS)}", status=status)
    names = [f"{one.excerpts[0].id}-{made.id}" for one in found]
    return {"cluster": made.public_id, "excerpts": names}


def some(count):
    """Make a group and choose ``count`` of its members."""

    def made(session, actor):
        values = group(session, actor)
        return values | {"excerpts": values["excerpts"][:count]}

    return made


def held(session, actor):
    """Make a group whose page is left with a title that was just typed."""
    values = group(session, actor)
    return {"back": values["cluster"], "excerpts": values["excerpts"][:1]}


def two_groups(session, actor):
    kept, gone = group(session, actor), group(session, actor)
    return {"cluster": kept["cluster"], "clusters": [gone["cluster"]]}


def suggested(session, actor):
    """Suggest a late contribution for a group."""
    values, late = group(session, actor), said(session, actor, 1)[0].excerpts[0]
    found = cluster_of(session, values)
    member = ClusterMember(
        working_group_id=found.working_group_id,
        cluster_id=found.id,
        excerpt_id=late.id,
        placed_by=Placement.SUGGESTED,
        confidence=0.5,
        position=9,
    )
    session.add(member)
    session.flush()
    return {"cluster": found.public_id, "excerpts": [f"{late.id}-{found.id}"]}


def cluster_of(session, values):
    owner = builders.group(session)
    return clusters.get_cluster(session, group_id=owner.id, public_id=values["cluster"])


def alone(session, actor):
    return {"cluster": group(session, actor)["cluster"]}


def ticked(session, actor):
    return {"clusters": [group(session, actor)["cluster"] for _ in range(2)]}


def accepted(session, actor):
    return {"cluster": group(session, actor, status=ClusterStatus.ACCEPTED)["cluster"]}


def item(session, actor):
    return builders.item(session, actor=actor, contributions=said(session, actor, 2))


def own_item(session, actor):
    return {"item": item(session, actor).public_id}


def card(session, actor):
    made = item(session, actor)
    return {"card": f"{made.public_id} {made.version}"}


def two_items(session, actor):
    return {"chosen": [item(session, actor).public_id for _ in range(2)]}


def item_to_split(session, actor):
    made = item(session, actor)
    second = builders.cluster(
        session, *said(session, actor, 2), title="Second", status=ClusterStatus.ACCEPTED
    )
    items.add_source(session, item=made, cluster=second, actor=Actor(id=actor.id, now=builders.NOW))
    return {"item": made.public_id, "sources": [str(made.sources[-1].id)]}


def waiting(session, _actor):
    return {"contribution": builders.contribution(session, f"À relire {next(NUMBERS)}").public_id}


def some_waiting(session, actor):
    return {"contributions": [waiting(session, actor)["contribution"]]}


def draft(content, name):
    def made(session, actor):
        kept = drafts.keep_draft(
            session, content=content, name=name, owner_id=actor.id, now=builders.NOW
        )
        return {"draft": kept.public_id}

    return made


def own_part(kind):
    """Make an item with one of each part, and name the part of this kind."""

    def made(session, actor):
        found = builders.parts(session, item(session, actor), actor=actor)
        rows = {"indicator": found.indicators, "money": found.budget}
        rows |= {"step": found.milestones, "link": found.links}
        values = {"item": found.public_id, "row": str(rows[kind][0].id)}
        return values | {"measurement": str(found.indicators[0].measurements[0].id)}

    return made


def measured_once(session, actor):
    found = item(session, actor)
    fields = IndicatorFields(name="Bus", unit="lignes")
    made = indicators.add_indicator(session, item=found, fields=fields, actor=by(actor))
    return {"item": found.public_id, "row": str(made.id)}


def by(actor):
    return Actor(id=actor.id, now=builders.NOW)


def draft_survey(session, actor):
    survey = surveys.create_survey(session, title="Brouillon", workshop=None, actor=by(actor))
    return {"survey": survey.public_id, "position": 1}


def answered_survey(session, actor):
    workshop = get_workshop(session, code="ABCDEF")
    survey = surveys.create_survey(session, title="Avis", workshop=workshop, actor=by(actor))
    surveys.set_state(session, survey=survey, state=SurveyState.OPEN, actor=by(actor))
    surveys.answer(session, survey=survey, values={4: "Plus de pauses"}, sheet="une")
    return {"survey": survey.public_id}


def second_question(session, actor):
    workshop = get_workshop(session, code="ABCDEF")
    asked = f"Et encore {next(NUMBERS)} ?"
    made = prompts.add_prompt(session, workshop=workshop, question=asked, actor=by(actor))
    return {"position": made.position}


def device(session, _actor):
    details = {"token": f"jeton-{next(NUMBERS)}"}
    return {"contribution": builders.contribution(session, "Encore moi", **details).public_id}


def paused_device(session, actor):
    values = device(session, actor)
    found = session.scalars(select(Contribution).filter_by(public_id=values["contribution"]))
    rate_limits.pause(session, contribution=found.one(), reason="Trop", actor=by(actor))
    return values


def line(session, actor):
    made = paper.key_line(
        session,
        code="ABCDEF",
        body=f"Une ligne {next(NUMBERS)}",
        key=f"ligne-{next(NUMBERS)}",
        actor=by(actor),
        details=Details(channel=Channel.PAPER, sheet="12"),
    )
    return {"line": made.public_id}


def line_to_read(session, actor):
    return {"lines": [line(session, actor)["line"]]}


def run_to_take_back(session, actor):
    group(session, actor)
    done = select(AnalysisRun).filter_by(state=RunState.DONE).order_by(AnalysisRun.id.desc())
    return {"run": session.scalars(done).first().public_id}


def queued_run(session, _actor):
    waiting_run = select(AnalysisRun).filter_by(state=RunState.QUEUED)
    found = session.scalars(waiting_run).first() or builders.run(session, state=RunState.QUEUED)
    return {"run": found.public_id}


def tried_model(session, actor):
    candidate = templates.examine(
        name="odt", content=odt_template.default_template(), filename="m.odt"
    )
    templates.propose(session, candidate=candidate, actor=by(actor))
    return {"model": "odt"}


def used_model(session, actor):
    tried_model(session, actor)
    templates.adopt(session, name="odt", actor=by(actor))
    return {"model": "odt"}


def former_model(session, actor):
    used_model(session, actor)
    templates.reset(session, name="odt", actor=by(actor))
    return {"model": "odt", "former": templates.list_archived(session)["odt"][0].id}


def measure(session, actor):
    name = f"Mesure {next(NUMBERS)}"
    made = alignments.add_measure(session, name=name, seeds=("mot",), actor=by(actor))
    return {"target": made.public_id}


def entry(*, retired=False):
    """Return what adds a public to its list."""

    def made(session, actor):
        fields = EntryFields(name=f"Public {next(NUMBERS)}")
        kind = ReferenceKind.PUBLIC
        added = reference_edits.add(session, kind=kind, fields=fields, actor=by(actor))
        if retired:
            reference_edits.set_retired(session, entry=added, retired=True, actor=by(actor))
        return {"entry": added.public_id}

    return made


def organisation(session, actor):
    fields = OrganisationFields(name=f"Association {next(NUMBERS)}")
    made = organisations.add_organisation(session, fields=fields, actor=by(actor))
    return {"organisation": made.public_id}


def conference(session, actor):
    announced = conferences.Announcement(
        name=f"Journée {next(NUMBERS)}", starts_at=builders.NOW, ends_at=builders.NOW + HOUR
    )
    made = conferences.create_conference(session, announced=announced, actor=by(actor))
    return {"conference": made.slug}


def meeting(session, actor):
    return {"meeting": builders.meeting(session, actor=actor).public_id}


def meeting_with_a_point(session, actor):
    held = builders.meeting(session, actor=actor)
    return {"meeting": held.public_id, "row": str(held.agenda[-1].id)}


def adopted(session, actor):
    found = item(session, actor)
    builders.move(session, found, ItemStatus.SUBMITTED, ItemStatus.ADOPTED, actor=actor)
    return found


def one_more(session, actor):
    adopted(session, actor)
    return _read_over(session, roadmaps.main_roadmap(session))


def ready_pact(session, actor):
    values = local(Territory.LOIRE_ATLANTIQUE)(session, actor)
    return values | _read_over(session, local_roadmaps.get_local(session, slug=values["roadmap"]))


def _read_over(session, roadmap):
    """Return what the page of a publication sends, with the words of its confirmation."""
    document = publication.upcoming(session, roadmap=roadmap, now=builders.NOW)
    seen = fingerprints.packed(fingerprints.read(document))
    return {"seen": seen, "confirmation": f"version {roadmap.next_number}"}


def local(territory, *, taken=True):
    def made(session, actor):
        found = adopted(session, actor)
        who, number = by(actor), next(NUMBERS)
        fields = RoadmapFields(
            title=f"Pacte {number}",
            territory=territory,
            starts_on=date(2024, 1, 1),
            ends_on=date(2027, 12, 31),
        )
        roadmap = local_roadmaps.create(session, fields=fields, actor=who)
        if taken:
            local_roadmaps.take_up(session, roadmap=roadmap, chosen=[found], actor=who)
        return {"roadmap": roadmap.slug, "item": found.public_id, "chosen": [found.public_id]}

    return made


def act_to_undo(session, actor):
    values = group(session, actor)
    found = cluster_of(session, values)
    clusters.rename(session, cluster=found, title="Autrement", actor=by(actor))
    last = session.scalars(select(ReviewAction).order_by(ReviewAction.id.desc())).first()
    return {"action": str(last.id)}


def act_to_redo(session, actor):
    act_to_undo(session, actor)
    last = session.scalars(select(ReviewAction).order_by(ReviewAction.id.desc())).first()
    undo.reverse(session, action=last, actor=by(actor))
    return {}


def undone_last(session, actor):
    act_to_undo(session, actor)
    return {}


def passage(session, actor):
    found = builders.published(session, "Un bus. Et puis une laverie.", actor=actor)
    return {"contribution": found.public_id, "at": ["8"]}


def joined(session, actor):
    values = accepted(session, actor)
    return {"cluster": values["cluster"], "item": item(session, actor).public_id}


def window(session, actor):
    reactions.open_window(
        session,
        group=builders.group(session),
        opens_at=builders.NOW,
        ends_at=datetime.now(UTC) + HOUR,
        actor=by(actor),
    )
    return {}
