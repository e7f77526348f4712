"""Pages of steering committee meetings."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from webapp import wording
from webapp.exceptions import RuleError, RulingError
from webapp.platform.actions import Action
from webapp.platform.extensions import db, transaction
from webapp.platform.forms.base import identifier
from webapp.platform.views.current import actor, now
from webapp.platform.views.requires import requires
from webapp.roadmap import items, meetings, progress
from webapp.roadmap.forms.meetings import CloseForm, DecisionForm, MeetingForm, PointForm
from webapp.roadmap.models import SteeringMeeting
from webapp.territory import roadmaps
from webapp.vocabulary.labels import LABELS

bp = Blueprint("meetings", __name__, url_prefix="/copil/reunions")
Page = tuple[str, int]
Decisions = dict[str, DecisionForm]
Write = Callable[[Session, SteeringMeeting], None]


@bp.get("/")
@requires(Action.READ_COMMITTEE)
def home() -> str:
    """Show the meetings and the creation form."""
    return _home(MeetingForm())


@bp.post("/")
@requires(Action.HOLD_MEETING)
def plan() -> Response | Page:
    """Create a meeting with the submitted items on its agenda."""
    form = MeetingForm()
    if not form.validate():
        return _home(form), 422
    with transaction() as session:
        meeting = meetings.plan_meeting(
            session,
            roadmap=roadmaps.main_roadmap(session),
            fields=form.fields(),
            actor=actor(),
        ).public_id
    flash("Réunion prévue : vérifiez l’ordre du jour.", "success")
    return _back(meeting)


@bp.get("/<meeting>")
@requires(Action.READ_COMMITTEE)
def show(meeting: str) -> str:
    """Show the agenda, the changes since the last meeting and the decisions, in one form."""
    return _page(_meeting(meeting))


@bp.get("/<meeting>/compte-rendu")
@requires(Action.READ_COMMITTEE)
def minutes(meeting: str) -> str:
    """Show the minutes for printing."""
    found = _meeting(meeting)
    since = _since(found)
    return render_template(
        "roadmap/meetings/minutes.html", meeting=found, verdicts=LABELS["verdict_act"], **since
    )


@bp.post("/<meeting>")
@requires(Action.HOLD_MEETING)
def save(meeting: str) -> Response | Page:
    """Save everything that the page holds, decisions included."""
    refused = _save(meeting)
    if refused is not None:
        return refused
    flash("Réunion enregistrée.", "success")
    return _back(meeting)


@bp.post("/<meeting>/relire")
@requires(Action.HOLD_MEETING)
def proofread(meeting: str) -> Response | Page:
    """Save everything that the page holds, then show what would be frozen."""
    return _save(meeting) or redirect(url_for("meetings.confirm", meeting=meeting), 303)


@bp.get("/<meeting>/arreter")
@requires(Action.HOLD_MEETING)
def confirm(meeting: str) -> str | Response:
    """Show the minutes as they would be frozen, and ask for a confirmation."""
    found = _meeting(meeting)
    if found.closed_at is not None:
        return _back(meeting)
    return render_template(
        "roadmap/meetings/confirm.html", meeting=found, ahead=found.starts_at > now()
    )


@bp.post("/<meeting>/ordre-du-jour")
@requires(Action.HOLD_MEETING)
def add_point(meeting: str) -> Response | Page:
    """Save the meeting, then add an item or a subject to its agenda."""
    return _change_agenda(meeting, _add_point)


@bp.post("/<meeting>/ordre-du-jour/<row>/retirer")
@requires(Action.HOLD_MEETING)
def remove_point(meeting: str, row: str) -> Response | Page:
    """Save the meeting, then remove a point from its agenda."""

    def remove(session: Session, found: SteeringMeeting) -> None:
        point = items.find_part(found.agenda, identifier(row))
        meetings.remove_point(session, meeting=found, point=point, actor=actor())

    return _change_agenda(meeting, remove)


@bp.post("/<meeting>/clore")
@requires(Action.HOLD_MEETING)
def close(meeting: str) -> Response:
    """Close the meeting, as it was shown."""
    form = CloseForm()
    form.validate()
    with transaction() as session:
        found = meetings.get_meeting(session, public_id=meeting)
        meetings.close_meeting(session, meeting=found, actor=actor(form.version.data))
    flash("Compte rendu arrêté : la réunion ne change plus.", "success")
    return _back(meeting)


def _save(meeting: str) -> Page | None:
    """Save the meeting and its decisions; return the page again if something is refused."""
    form, decisions = MeetingForm(), DecisionForm.on_agenda(_meeting(meeting))
    filled = {item: decision for item, decision in decisions.items() if decision.is_filled()}
    if not all([form.validate(), *(decision.validate() for decision in filled.values())]):
        return _page(_meeting(meeting), form, decisions=decisions), 422
    rulings = [decision.ruling(item) for item, decision in filled.items()]

    def record(session: Session, found: SteeringMeeting) -> None:
        who, fields = actor(form.version.data), form.fields()
        meetings.record_meeting(session, meeting=found, fields=fields, rulings=rulings, actor=who)
        if PointForm().is_filled():
            _add_point(session, found)

    return _written(meeting, form, decisions, record)


def _change_agenda(meeting: str, change: Write) -> Response | Page:
    """Save the meeting and change its agenda; decisions being typed are shown again."""
    form, decisions = MeetingForm(), DecisionForm.on_agenda(_meeting(meeting))
    if not form.validate():
        return _page(_meeting(meeting), form, decisions=decisions), 422

    def save_and_change(session: Session, found: SteeringMeeting) -> None:
        who = actor(form.version.data)
        meetings.save_meeting(session, meeting=found, fields=form.fields(), actor=who)
        change(session, found)

    refused = _written(meeting, form, decisions, save_and_change)
    if refused is None and any(decision.is_filled() for decision in decisions.values()):
        return _page(_meeting(meeting), decisions=decisions), 200
    return refused or _back(meeting)


def _add_point(session: Session, meeting: SteeringMeeting) -> None:
    """Add the item or the subject that the page holds to the agenda."""
    form = PointForm()
    item = items.get_item(session, public_id=form.item.data) if form.item.data else None
    title = form.title.data or ""
    meetings.add_point(session, meeting=meeting, item=item, title=title, actor=actor())


def _written(meeting: str, form: MeetingForm, decisions: Decisions, write: Write) -> Page | None:
    """Run ``write`` in a transaction; return the page and the message if a rule refuses it."""
    try:
        with transaction() as session:
            write(session, meetings.get_meeting(session, public_id=meeting))
    except RuleError as error:
        status = 422 if isinstance(error, RulingError) else 409
        return _page(_meeting(meeting), form, wording.message(error), decisions=decisions), status
    return None


def _meeting(public_id: str) -> SteeringMeeting:
    return meetings.get_meeting(db.session(), public_id=public_id)


def _back(public_id: str) -> Response:
    return redirect(url_for("meetings.show", meeting=public_id), 303)


def _home(form: MeetingForm) -> str:
    session = db.session()
    roadmap = roadmaps.main_roadmap(session)
    return render_template(
        "roadmap/meetings/home.html",
        roadmap=roadmap,
        meetings=meetings.list_meetings(session, roadmap_id=roadmap.id),
        form=form,
    )


def _page(
    meeting: SteeringMeeting,
    form: MeetingForm | None = None,
    problem: wording.Message | None = None,
    *,
    decisions: Decisions | None = None,
) -> str:
    waiting = meetings.waiting(db.session(), meeting=meeting)
    point_form = PointForm() if form else PointForm(formdata=None)
    return render_template(
        "roadmap/meetings/show.html",
        meeting=meeting,
        form=form or MeetingForm.of(meeting),
        point_form=point_form.offer(waiting),
        decisions=DecisionForm.on_agenda(meeting) | (decisions or {}),
        problem=problem,
        verdicts=LABELS["verdict_act"],
        **_since(meeting),
    )


def _since(meeting: SteeringMeeting) -> dict[str, object]:
    """Return the changes since the previous meeting, and the overdue items unless it is past."""
    session, roadmap_id = db.session(), meeting.roadmap_id
    before = meetings.previous(session, meeting=meeting)
    until = meeting.closed_at or now()
    changes = late = None
    if before is not None:
        changes = progress.read_changes(
            session, roadmap_id=roadmap_id, since=before.starts_at, until=until
        )
    if meeting.closed_at is None:
        late = progress.read_late(session, roadmap_id=roadmap_id, today=until.date())
    return {"before": before, "changes": changes, "late": late}
