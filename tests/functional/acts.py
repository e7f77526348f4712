"""Every unsafe route of the staff, with what it takes to succeed in a region that has lived."""

import io
import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select

from tests import builders
from tests.functional.browsing import key, read
from webapp.documents import odt_model
from webapp.extensions import transaction
from webapp.models import (
    AnalysisRun,
    Channel,
    ClusterMember,
    ClusterStatus,
    Contribution,
    ItemStatus,
    Placement,
    ReferenceKind,
    ReviewAction,
    RunState,
    SurveyState,
    Territory,
)
from webapp.services import (
    alignments,
    clusters,
    conferences,
    document_models,
    floods,
    indicators,
    items,
    local_roadmaps,
    organisations,
    paper,
    prompts,
    reactions,
    reference_lists,
    reversals,
    surveys,
)
from webapp.services.audit import Actor
from webapp.services.contributions import Details
from webapp.services.imports import drafts
from webapp.services.indicators import IndicatorFields
from webapp.services.local_roadmaps import RoadmapFields
from webapp.services.organisations import OrganisationFields
from webapp.services.reference_lists import EntryFields
from webapp.services.workshops import get_workshop

HOUR = timedelta(hours=1)
NUMBERS = itertools.count(1)
TEXTS = "texte\nUn préau pour attendre le car\n".encode()
ITEMS = "Intitulé;Axe\nUn car le samedi;4\n".encode()
LISTS = "liste;nom\npublic;étudiants\n".encode()
MEASURES = b"date;valeur\n2024-03-01;3\n"
PROGRAMME = (
    b"type,titre,groupe,consigne,debut,fin\n"
    b"atelier,Se soigner,acces-aux-droits,Que faut-il ?,2024-11-08T10:45,2024-11-08T12:00\n"
)
DAY = {"starts_at": "2027-01-10T09:00", "ends_at": "2027-01-10T17:00"}
ITEM = {"title": "Des cars", "strand": "3", "priority": "1"}
STEP = {"title": "Signer", "due_date": "2025-01-31"}
MONEY = {"year": "2027", "funder": "État", "amount": "1200"}
NOTE = {"people": "1", "concerned": "unknown", "table_label": "", "sheet": "12"}


@dataclass(frozen=True)
class Act:
    """One form sent: to which route, with which fields, once ``made`` has added what it needs.

    ``made`` takes the session and whoever acts; it returns values for the address and, under
    names that the address does not take, more fields.
    """

    endpoint: str
    fields: dict = field(default_factory=dict)
    made: Callable = lambda _session, _actor: {}
    by: str = "commissaire"
    status: int = 303

    def send(self, app, client, address, *, before=lambda: None, objects=None, **more):
        """Send the form, ``before`` being called when all is ready; return the answer."""
        rule = next(app.url_map.iter_rules(self.endpoint))
        with app.app_context(), transaction() as session:
            who = builders.find_user(session, f"{self.by}@example.org")
            values = self.made(session, who) | (objects or {})
        url = address(rule, **{n: v for n, v in values.items() if n in rule.arguments})
        data = {n: v() if callable(v) else v for n, v in self.fields.items()}
        data |= {n: v for n, v in values.items() if n not in rule.arguments}
        before()
        token = read(client.get("/")).value("csrf_token")
        return client.post(url, data=more | data | {"csrf_token": token})


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
    floods.pause(session, contribution=found.one(), reason="Trop", actor=by(actor))
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


def queued_run(session, _actor):
    waiting_run = select(AnalysisRun).filter_by(state=RunState.QUEUED)
    found = session.scalars(waiting_run).first() or builders.run(session, state=RunState.QUEUED)
    return {"run": found.public_id}


def tried_model(session, actor):
    candidate = document_models.examine(name="odt", content=odt_model.model(), filename="m.odt")
    document_models.propose(session, candidate=candidate, actor=by(actor))
    return {"model": "odt"}


def used_model(session, actor):
    tried_model(session, actor)
    document_models.adopt(session, name="odt", actor=by(actor))
    return {"model": "odt"}


def former_model(session, actor):
    used_model(session, actor)
    document_models.reset(session, name="odt", actor=by(actor))
    return {"model": "odt", "former": document_models.list_formers(session)["odt"][0].id}


def measure(session, actor):
    name = f"Mesure {next(NUMBERS)}"
    made = alignments.add_measure(session, name=name, seeds=("mot",), actor=by(actor))
    return {"target": made.public_id}


def entry(*, retired=False):
    """Return what adds a public to its list."""

    def made(session, actor):
        fields = EntryFields(name=f"Public {next(NUMBERS)}")
        kind = ReferenceKind.PUBLIC
        added = reference_lists.add(session, kind=kind, fields=fields, actor=by(actor))
        if retired:
            reference_lists.set_retired(session, entry=added, retired=True, actor=by(actor))
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


def meeting_on_an_item(session, actor):
    found = item(session, actor)
    builders.move(session, found, ItemStatus.SUBMITTED, actor=actor)
    held = builders.meeting(session, actor=actor)
    return {"meeting": held.public_id, "item": found.public_id}


def meeting_with_a_point(session, actor):
    held = builders.meeting(session, actor=actor)
    return {"meeting": held.public_id, "row": str(held.agenda[-1].id)}


def adopted(session, actor):
    found = item(session, actor)
    builders.move(session, found, ItemStatus.SUBMITTED, ItemStatus.ADOPTED, actor=actor)
    return found


def one_more(session, actor):
    adopted(session, actor)
    return {}


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
    reversals.reverse(session, action=last, actor=by(actor))
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


COLUMNS = {"text": "texte", "table": "", "sheet": "", "people": ""}
ITEM_COLUMNS = dict.fromkeys(
    (
        *("reference", "group", "strand", "measure", "finding", "objective", "description"),
        *("lead", "partners", "publics", "territories", "due_date", "resources", "priority"),
    ),
    "",
) | {"default_group": builders.GROUP, "title": "Intitulé"}
ROOM = {"title": "Se loger", "kind": "workshop", "group": builders.GROUP, "conference": ""}
ACTS = [
    Act("stands.give_link"),
    Act("reactions.set_window", {"opens_at": DAY["starts_at"], "ends_at": DAY["ends_at"]}),
    Act("reactions.close_window", made=window),
    Act("paper.save", NOTE | {"body": "Un banc de plus", "key": key("acte")}),
    Act("paper.take_back", made=line),
    Act("paper.confirm", {"following": ""}, line_to_read),
    Act("paper.replace", NOTE | {"body": "Un autre banc", "key": key("k2"), "following": ""}, line),
    Act("surveys.create", {"title": "Le midi", "workshop": "ABCDEF", "model": ""}),
    Act("surveys.add_question", {"label": "Et ?", "kind": "text", "answers": ""}, draft_survey),
    Act("surveys.remove_question", made=draft_survey),
    Act("surveys.set_state", {"state": "open"}, draft_survey),
    Act("surveys.send_texts", made=answered_survey),
    Act("imports.send", {"file": file(TEXTS, "t.csv")}),
    Act("imports.store", COLUMNS, draft(TEXTS, "t.csv")),
    Act("workshops.create", ROOM),
    Act("workshops.save", ROOM),
    Act("workshops.set_state", {"state": "paused"}, lambda _s, _a: {"code": "FGHJKL"}),
    Act("workshops.add_prompt", {"question": "Et la santé ?", "hint": ""}),
    Act("workshops.ask", made=second_question),
    Act("workshops.set_timer", {"minutes": "5"}),
    Act("workshops.set_wall", {"revealed": "y"}),
    Act("workshops.set_support", {"points": "3"}),
    Act("workshops.add_tables", {"count": "8"}),
    Act("workshops.renew_table"),
    Act("moderation.publish_many", made=some_waiting),
    Act("moderation.decide", {"kind": "published"}, waiting),
    Act("moderation.pause_device", {"reason": "Trop"}, device),
    Act("moderation.resume_device", made=paused_device),
    Act("clusters.rename", {"title": "Un autre titre"}, alone),
    Act("clusters.summarise", {"summary": "En bref."}, alone),
    Act("clusters.accept", {"title": "Accepté"}, alone),
    Act("clusters.reopen", made=accepted),
    Act("clusters.attach", made=suggested),
    Act("clusters.merge", made=two_groups),
    Act("clusters.split", {"title": "À part"}, some(1)),
    Act("clusters.dissolve", made=alone),
    Act("clusters.promote", made=accepted),
    Act("clusters.join_item", made=joined),
    Act("placements.move", {"target": "", "title": "Ailleurs"}, some(1)),
    Act("placements.isolate", made=some(1)),
    Act("placements.set_aside", {"reason": "Hors sujet"}, some(1)),
    Act("placements.merge", made=ticked),
    Act("contributions.cut", made=passage),
    Act("reviews.undo", made=act_to_undo),
    Act("reviews.undo_last", made=undone_last),
    Act("reviews.redo_last", made=act_to_redo),
    Act("runs.request", {"grain": "auto"}),
    Act("runs.cancel", made=queued_run),
    Act("steering.save", ITEM, own_item),
    Act("steering.set_status", {"status": "submitted", "reason": ""}, own_item),
    Act("steering.publish", made=one_more),
    Act("alignments.add_measure", {"name": "Se loger", "seeds": "loyer"}),
    Act("alignments.save", {"seeds": "un\ndeux"}),
    Act("alignments.remove", made=measure),
    Act("conferences.create", DAY | {"name": "Une journée"}),
    Act("conferences.save", DAY | {"name": "Une autre"}, conference),
    Act("document_models.propose", {"odt-file": file(odt_model.model(), "m.odt")}),
    Act("document_models.adopt", made=tried_model),
    Act("document_models.discard", made=tried_model),
    Act("document_models.reset", made=used_model),
    Act("document_models.put_back", made=former_model),
    Act("exports.request", {"version": "1"}),
    Act("roadmap_imports.send", {"items-file": file(ITEMS, "f.csv")}),
    Act("roadmap_imports.store", ITEM_COLUMNS, draft(ITEMS, "f.csv")),
    Act("programme.send", {"name": "Angers", "place": "", "file": file(PROGRAMME, "p.csv")}),
    Act("programme.store", {"name": "Angers", "place": ""}, draft(PROGRAMME, "p.csv")),
    Act(
        "local_roadmaps.create",
        {"title": "Pacte", "territory": "85", "starts_on": "2024-01-01", "ends_on": "2027-12-31"},
    ),
    Act("local_roadmaps.take_up", made=local(Territory.MAYENNE, taken=False)),
    Act("local_roadmaps.add_own", {"title": "Un minibus", "group": builders.GROUP}),
    Act("local_roadmaps.give_back", made=local(Territory.MAINE_ET_LOIRE)),
    Act("local_roadmaps.publish", made=local(Territory.LOIRE_ATLANTIQUE)),
    Act("meetings.plan", {"starts_at": "2027-01-10T09:00", "place": "Nantes"}),
    Act(
        "meetings.save",
        {"starts_at": "2027-01-11T09:00", "place": "Nantes", "attendees": "", "minutes": ""},
        meeting,
    ),
    Act("meetings.add_point", {"item": "", "title": "Divers"}, meeting),
    Act("meetings.remove_point", made=meeting_with_a_point),
    Act("meetings.decide", {"verdict": "adopt", "reason": ""}, meeting_on_an_item),
    Act("meetings.close", made=meeting),
    Act("reference_imports.send", {"listing": "", "file": file(LISTS, "l.csv")}),
    Act("reference_imports.store", {"liste": ""}, draft(LISTS, "l.csv")),
    Act("reference_lists.add", {"publics-name": "Apprentis", "publics-strand": ""}),
    Act("reference_lists.save", {"name": "Autres", "strand": ""}, entry()),
    Act("reference_lists.retire", made=entry()),
    Act("reference_lists.restore", made=entry(retired=True)),
    Act("reference_lists.move", {"sens": "monter"}, entry()),
    Act("organisations.add", {"name": "La ville", "kind": "other", "territory": ""}),
    Act("organisations.save", {"name": "Le bourg", "kind": "other", "territory": ""}, organisation),
    Act("organisations.remove", made=organisation),
    Act("arrangements.choose_basis", {"basis": "group"}),
    Act(
        "arrangements.save_many",
        {"strand": "2", "priority": "", "lead": "", "due_date": ""},
        two_items,
    ),
    Act("arrangements.merge", made=two_items),
    Act("arrangements.split", {"title": "À part"}, item_to_split),
    Act("parts.add_milestone", STEP, own_item),
    Act("parts.complete", {"done_on": "2024-01-09"}, own_part("step")),
    Act("parts.remove_milestone", made=own_part("step")),
    Act("parts.add_money", MONEY, own_item),
    Act("parts.remove_money", made=own_part("money")),
    Act(
        "parts.add_link",
        {"kind": "pact", "label": "Un pacte", "website": "", "stand": ""},
        own_item,
    ),
    Act("parts.remove_link", made=own_part("link")),
    Act("indicators.add", {"name": "Trains", "unit": "lignes"}, own_item),
    Act("indicators.save", {"name": "Cars", "unit": "lignes"}, own_part("indicator")),
    Act("indicators.remove", made=measured_once),
    Act(
        "indicators.measure",
        {"on": "2024-03-01", "value": "3", "territory": "52"},
        own_part("indicator"),
    ),
    Act("indicators.import_file", {"file": file(MEASURES, "m.csv")}, own_part("indicator")),
    Act("indicators.forget", made=own_part("indicator")),
    Act("versions.withdraw", {"reason": "Une erreur"}),
]
