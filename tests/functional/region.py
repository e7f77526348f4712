"""A small region that has lived: every kind of object, and people of every role."""

from datetime import UTC, datetime, timedelta

from tests import builders
from webapp.accounts import administration
from webapp.accounts.models import Role
from webapp.accounts.users import Account
from webapp.collection import conferences, paper, stands, surveys, tables
from webapp.collection.contributions import Details
from webapp.collection.models import Channel, DecisionKind, SurveyState
from webapp.collection.workshops import get_workshop
from webapp.imports import drafts
from webapp.notifications import calendar_feeds
from webapp.platform.audit import Actor
from webapp.publishing import publication
from webapp.publishing.documents import odt_template
from webapp.publishing.models import DocumentModel, Export, ExportFile, FormerModel
from webapp.review import alignments
from webapp.review.models import ClusterMember, Placement, RunState
from webapp.roadmap import organisations
from webapp.roadmap.models import ItemStatus
from webapp.territory import roadmaps

PEOPLE = {
    "animation": (Role.FACILITATOR, (builders.GROUP,)),
    "collegue": (Role.FACILITATOR, (builders.GROUP,)),
    "voisin": (Role.FACILITATOR, (builders.OTHER_GROUP,)),
    "commissaire": (Role.COMMISSIONER, ()),
    "copil": (Role.OBSERVER, ()),
    "admin": (Role.ADMINISTRATOR, ()),
}


def build(session):
    """Return the values that name one object of each kind in addresses."""
    builders.workshop(session)
    builders.workshop(session, code="FGHJKL", slug=builders.OTHER_GROUP)
    for name, (role, groups) in PEOPLE.items():
        builders.user(session, role=role, email=f"{name}@example.org", groups=groups)
    actor = builders.find_user(session, "commissaire@example.org")
    said = [builders.published(session, idea, actor=actor) for idea in builders.IDEAS]
    waiting = _moderated(session, actor)
    done = builders.item(session, actor=actor, contributions=said[:3])
    builders.move(session, done, ItemStatus.SUBMITTED, ItemStatus.ADOPTED, actor=actor)
    table, note = _table(session, actor)
    draft = drafts.keep_draft(
        session,
        content="texte\nUn préau\n".encode(),
        name="notes.csv",
        owner_id=actor.id,
        now=builders.NOW,
    )
    version = publication.publish(
        session,
        roadmap=roadmaps.main_roadmap(session),
        actor=Actor(id=actor.id, now=builders.NOW),
    )
    item = builders.item(session, actor=actor, contributions=said[3:5], complete=False)
    builders.parts(session, item, actor=actor)
    proposed = builders.cluster(session, said[5], title="Ouvrir une laverie")
    late = said[6].excerpts[0]
    _suggest(session, proposed, late)
    return {
        "code": "ABCDEF",
        "position": 1,
        "token": table.token,
        "label": table.label,
        "note": note.public_id,
        "conference": _conference(session, actor).slug,
        "stand": _stand(session, actor).token,
        "feed": _feed(session, actor),
        "line": _line(session, actor).public_id,
        "roadmap": builders.local_roadmap(session, done, actor=actor).slug,
        "draft": draft.public_id,
        "model": _model(session, actor).format,
        "former": _former(session, actor).id,
        "export": _export(session, actor, version).public_id,
        "listing": "publics",
        "entry": alignments.list_targets(session)[0].public_id,
        "target": alignments.list_targets(session)[0].public_id,
        "survey": _survey(session, actor).public_id,
        "receipt": waiting.receipt,
        "published_receipt": said[0].receipt,
        "group": builders.GROUP,
        "contribution": waiting.public_id,
        "cluster": proposed.public_id,
        "accepted": item.sources[0].cluster.public_id,
        "excerpt": late.id,
        "run": proposed.run.public_id,
        "item": item.public_id,
        "complete_item": done.public_id,
        "row": "1",
        "measurement": "1",
        "meeting": builders.meeting(session, actor=actor).public_id,
        "organisation": organisations.list_organisations(session)[0].public_id,
        "reference": done.reference,
        "number": version.number,
        "name": "csv",
        **_invited(session, actor),
        "session": "nulle-part",
        "slug": "methode",
        "filename": "css/base.css",
    }


def _invited(session, actor):
    """Invite somebody who has not come yet."""
    account = Account(email="invitee@example.org", display_name="Invitée", role=Role.OBSERVER)
    now = datetime.now(UTC)
    user, token = administration.invite(session, account=account, by=actor.id, now=now)
    return {"account": user.public_id, "link": token}


def _moderated(session, actor):
    """Make one contribution of each outcome; return the one that waits."""
    set_aside = builders.contribution(session, "Achetez mes matelas")
    builders.decide(session, set_aside, DecisionKind.SET_ASIDE, actor=actor, reason="Publicité")
    masked = builders.contribution(session, "Mme Durand attend un logement")
    builders.decide(
        session,
        masked,
        DecisionKind.MASKED,
        actor=actor,
        reason="Nom",
        masked_body="[nom masqué] attend un logement",
    )
    gone = builders.contribution(session, "Je le regrette")
    builders.decide(session, gone, DecisionKind.WITHDRAWN, actor=None)
    return builders.contribution(session, "Une laverie, appelez le 06 39 98 12 34")


def _table(session, actor):
    """Give the room a table whose rapporteur wrote one note."""
    workshop = get_workshop(session, code="ABCDEF")
    author = Actor(id=actor.id, now=builders.NOW)
    link = tables.add_links(session, workshop=workshop, count=1, actor=author)[0]
    details = Details(channel=Channel.RAPPORTEUR, table_label=link.label)
    note = tables.submit_note(
        session, link=link, body="Un abri à vélos", key="note", now=builders.NOW, details=details
    )
    builders.decide(session, note, DecisionKind.PUBLISHED, actor=actor)
    return link, note


def _line(session, actor):
    """Key in one line of a sheet, and publish it."""
    line = paper.key_line(
        session,
        code="ABCDEF",
        body="Un banc à l’ombre",
        key="line",
        actor=Actor(id=actor.id, now=builders.NOW),
        details=Details(channel=Channel.PAPER, sheet="12"),
    )
    builders.decide(session, line, DecisionKind.PUBLISHED, actor=actor)
    return line


def _conference(session, actor):
    """Announce a day."""
    announced = conferences.Announcement(
        name="Rencontre d’Angers", starts_at=builders.NOW, ends_at=builders.NOW + timedelta(hours=7)
    )
    author = Actor(id=actor.id, now=builders.NOW)
    return conferences.create_conference(session, announced=announced, actor=author)


def _feed(session, actor):
    """The address of a feed that no act of the tests replaces."""
    somebody = builders.find_user(session, "voisin@example.org")
    return calendar_feeds.open_feed(
        session, user=somebody, actor=Actor(id=actor.id, now=builders.NOW)
    )


def _stand(session, actor):
    """Give the organisation of a stand its address."""
    author = Actor(id=actor.id, now=builders.NOW)
    return stands.give_link(session, workshop=get_workshop(session, code="ABCDEF"), actor=author)


def _survey(session, actor):
    """Ask what people thought of the workshop, and have one of them answer."""
    author = Actor(id=actor.id, now=builders.NOW)
    workshop = get_workshop(session, code="ABCDEF")
    survey = surveys.create_survey(session, title="Votre avis", workshop=workshop, actor=author)
    surveys.set_state(session, survey=survey, state=SurveyState.OPEN, actor=author)
    surveys.answer(session, survey=survey, values={1: "4", 4: "Plus de pauses"}, sheet="one")
    return survey


def _model(session, actor):
    """Have a model of documents wait to be tried."""
    model = DocumentModel(
        format="odt",
        name="essai.odt",
        content=odt_template.default_template(),
        sha256="0" * 64,
        uploaded_by_id=actor.id,
        uploaded_at=builders.NOW,
    )
    session.add(model)
    session.flush()
    return model


def _former(session, actor):
    """Have a model of documents that was in use once."""
    model = FormerModel(
        format="odt",
        name="ancien.odt",
        content=odt_template.default_template(),
        sha256="1" * 64,
        uploaded_by_id=actor.id,
        uploaded_at=builders.NOW,
        left_at=builders.NOW,
    )
    session.add(model)
    session.flush()
    return model


def _export(session, actor, version):
    """Have one document of the version wait to be downloaded; it is kept for an hour."""
    export = Export(
        roadmap_id=version.roadmap_id,
        number=version.number,
        owner_id=actor.id,
        requested_at=datetime.now(UTC),
        state=RunState.DONE,
        files=[ExportFile(format="csv", content=b"x", size=1, sha256="0" * 64)],
    )
    session.add(export)
    session.flush()
    return export


def _suggest(session, cluster, excerpt):
    session.add(
        ClusterMember(
            working_group_id=cluster.working_group_id,
            cluster_id=cluster.id,
            excerpt_id=excerpt.id,
            placed_by=Placement.SUGGESTED,
            confidence=0.5,
            position=9,
        )
    )
    session.flush()
