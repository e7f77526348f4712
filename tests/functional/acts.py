"""Every unsafe route of the staff, with what it takes to succeed in a region that has lived."""

from collections.abc import Callable
from dataclasses import dataclass, field

from tests import builders
from tests.functional import scenes
from tests.functional.browsing import key, read
from webapp.platform.extensions import transaction
from webapp.publishing.documents import odt_template
from webapp.territory.models import Territory

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
HELD = {"starts_at": "2027-01-11T09:00", "place": "Nantes", "attendees": "", "minutes": ""}
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
    Act("reactions.close_window", made=scenes.window),
    Act("paper.save", NOTE | {"body": "Un banc de plus", "key": key("acte")}),
    Act("paper.take_back", made=scenes.line),
    Act("paper.confirm", {"following": ""}, scenes.line_to_read),
    Act(
        "paper.replace",
        NOTE | {"body": "Un autre banc", "key": key("k2"), "following": ""},
        scenes.line,
    ),
    Act("surveys.create", {"title": "Le midi", "workshop": "ABCDEF", "model": ""}),
    Act(
        "surveys.add_question",
        {"label": "Et ?", "kind": "text", "answers": ""},
        scenes.draft_survey,
    ),
    Act("surveys.remove_question", made=scenes.draft_survey),
    Act("surveys.set_state", {"state": "open"}, scenes.draft_survey),
    Act("surveys.send_texts", made=scenes.answered_survey),
    Act("imports.send", {"file": scenes.file(TEXTS, "t.csv")}),
    Act("imports.store", COLUMNS, scenes.draft(TEXTS, "t.csv")),
    Act("workshops.create", ROOM),
    Act("workshops.save", ROOM),
    Act("workshops.set_state", {"state": "paused"}, lambda _s, _a: {"code": "FGHJKL"}),
    Act("workshops.add_prompt", {"question": "Et la santé ?", "hint": ""}),
    Act("workshops.ask", made=scenes.second_question),
    Act("workshops.set_timer", {"minutes": "5"}),
    Act("workshops.extend_timer"),
    Act("workshops.set_wall", {"revealed": "y"}),
    Act("workshops.set_support", {"points": "3"}),
    Act("workshops.add_tables", {"count": "8"}),
    Act("printing.make_slips", {"count": "6", "per_page": "6"}),
    Act("workshops.renew_table"),
    Act("moderation.publish_many", made=scenes.some_waiting),
    Act("moderation.decide", {"kind": "published"}, scenes.waiting),
    Act("moderation.pause_device", {"reason": "Trop"}, scenes.device),
    Act("moderation.resume_device", made=scenes.paused_device),
    Act("clusters.rename", {"title": "Un autre titre"}, scenes.alone),
    Act("clusters.summarise", {"summary": "En bref."}, scenes.alone),
    Act("clusters.accept", {"title": "Accepté"}, scenes.alone),
    Act("clusters.reopen", made=scenes.accepted),
    Act("clusters.attach", made=scenes.suggested),
    Act("clusters.merge", made=scenes.two_groups),
    Act("clusters.split", {"new_title": "À part"}, scenes.some(1)),
    Act("clusters.enter", {"title": "Un titre tapé"}, scenes.alone),
    Act("clusters.dissolve", made=scenes.alone),
    Act("clusters.promote", made=scenes.accepted),
    Act("clusters.join_item", made=scenes.joined),
    Act("placements.move", {"target": "", "new_title": "Ailleurs"}, scenes.some(1)),
    Act("placements.isolate", made=scenes.some(1)),
    Act("placements.set_aside", {"reason": "Hors sujet"}, scenes.some(1)),
    Act("placements.merge", made=scenes.ticked),
    Act("placements.turn", {"page": "1", "title": "Un titre tapé", "shown": ""}, scenes.held),
    Act("contributions.cut", made=scenes.passage),
    Act("triage.go", {"pile": "a-relire", "ordre": "doute"}, scenes.alone),
    Act("triage.start_group", made=scenes.some(1)),
    Act("reviews.undo", made=scenes.act_to_undo),
    Act("reviews.undo_last", made=scenes.undone_last),
    Act("reviews.redo_last", made=scenes.act_to_redo),
    Act("runs.request", {"granularity": "auto"}),
    Act("runs.cancel", made=scenes.queued_run),
    Act("runs.take_back_run", made=scenes.run_to_take_back),
    Act("steering.save", ITEM, scenes.own_item),
    Act("steering.set_status", {"status": "submitted", "reason": ""}, scenes.own_item),
    Act("steering.move", {"target": "submitted"}, scenes.card),
    Act("publications.publish", made=scenes.one_more),
    Act("alignments.add_measure", {"name": "Se loger", "seeds": "loyer"}),
    Act("alignments.save", {"seeds": "un\ndeux"}),
    Act("alignments.remove", made=scenes.measure),
    Act("conferences.create", DAY | {"name": "Une journée"}),
    Act("conferences.save", DAY | {"name": "Une autre"}, scenes.conference),
    Act(
        "document_models.propose",
        {"odt-file": scenes.file(odt_template.default_template(), "m.odt")},
    ),
    Act("document_models.adopt", made=scenes.tried_model),
    Act("document_models.discard", made=scenes.tried_model),
    Act("document_models.reset", made=scenes.used_model),
    Act("document_models.put_back", made=scenes.former_model),
    Act("exports.request", {"version": "1"}),
    Act("roadmap_imports.send", {"items-file": scenes.file(ITEMS, "f.csv")}),
    Act("roadmap_imports.store", ITEM_COLUMNS, scenes.draft(ITEMS, "f.csv")),
    Act("programme.send", {"name": "Angers", "place": "", "file": scenes.file(PROGRAMME, "p.csv")}),
    Act("programme.store", {"name": "Angers", "place": ""}, scenes.draft(PROGRAMME, "p.csv")),
    Act(
        "local_roadmaps.create",
        {"title": "Pacte", "territory": "85", "starts_on": "2024-01-01", "ends_on": "2027-12-31"},
    ),
    Act("local_roadmaps.take_up", made=scenes.local(Territory.MAYENNE, taken=False)),
    Act("local_roadmaps.add_own", {"title": "Un minibus", "group": builders.GROUP}),
    Act("local_roadmaps.give_back", made=scenes.local(Territory.MAINE_ET_LOIRE)),
    Act("publications.publish_local", made=scenes.ready_pact),
    Act("meetings.plan", {"starts_at": "2027-01-10T09:00", "place": "Nantes"}),
    Act("meetings.save", HELD, scenes.meeting),
    Act("meetings.add_point", HELD | {"item": "", "title": "Divers"}, scenes.meeting),
    Act("meetings.remove_point", HELD, scenes.meeting_with_a_point),
    Act("meetings.proofread", HELD, scenes.meeting),
    Act("meetings.close", made=scenes.meeting),
    Act("reference_imports.send", {"listing": "", "file": scenes.file(LISTS, "l.csv")}),
    Act("reference_imports.store", {"liste": ""}, scenes.draft(LISTS, "l.csv")),
    Act("reference_lists.add", {"publics-name": "Apprentis", "publics-strand": ""}),
    Act("reference_lists.save", {"name": "Autres", "strand": ""}, scenes.entry()),
    Act("reference_lists.retire", made=scenes.entry()),
    Act("reference_lists.restore", made=scenes.entry(retired=True)),
    Act("reference_lists.move", {"sens": "monter"}, scenes.entry()),
    Act("organisations.add", {"name": "La ville", "kind": "other", "territory": ""}),
    Act(
        "organisations.save",
        {"name": "Le bourg", "kind": "other", "territory": ""},
        scenes.organisation,
    ),
    Act("organisations.remove", made=scenes.organisation),
    Act("arrangements.choose_basis", {"basis": "group"}),
    Act(
        "arrangements.save_many",
        {"strand": "2", "priority": "", "lead": "", "due_date": ""},
        scenes.two_items,
    ),
    Act("arrangements.merge", made=scenes.two_items),
    Act("arrangements.split", {"new_title": "À part"}, scenes.item_to_split),
    Act("parts.add_milestone", STEP, scenes.own_item),
    Act("parts.complete", {"done_on": "2024-01-09"}, scenes.own_part("step")),
    Act("parts.remove_milestone", made=scenes.own_part("step")),
    Act("parts.add_money", MONEY, scenes.own_item),
    Act("parts.remove_money", made=scenes.own_part("money")),
    Act(
        "parts.add_link",
        {"kind": "pact", "label": "Un pacte", "website": "", "stand": ""},
        scenes.own_item,
    ),
    Act("parts.remove_link", made=scenes.own_part("link")),
    Act("indicators.add", {"name": "Trains", "unit": "lignes"}, scenes.own_item),
    Act("indicators.save", {"name": "Cars", "unit": "lignes"}, scenes.own_part("indicator")),
    Act("indicators.remove", made=scenes.measured_once),
    Act(
        "indicators.measure",
        {"on": "2024-03-01", "value": "3", "territory": "52"},
        scenes.own_part("indicator"),
    ),
    Act(
        "indicators.import_file",
        {"file": scenes.file(MEASURES, "m.csv")},
        scenes.own_part("indicator"),
    ),
    Act("indicators.forget", made=scenes.own_part("indicator")),
    Act("versions.withdraw", {"reason": "Une erreur"}),
]
