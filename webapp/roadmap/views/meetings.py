"""Pages of steering committee meetings."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from webapp import wording
from webapp.exceptions import RuleError
from webapp.platform.actions import Action
from webapp.platform.extensions import db, transaction
from webapp.platform.forms.base import identifier
from webapp.platform.views.current import actor, now
from webapp.platform.views.requires import requires
from webapp.roadmap import items, meetings, progress
from webapp.roadmap.forms.meetings import VERDICTS, CloseForm, DecisionForm, MeetingForm, PointForm
from webapp.roadmap.models import SteeringMeeting, Verdict
from webapp.territory import roadmaps

bp = Blueprint("meetings", __name__, url_prefix="/copil/reunions")
Page = tuple[str, int]


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
    """Show the agenda, the changes since the last meeting and the decisions."""
    return _page(_meeting(meeting))


@bp.get("/<meeting>/compte-rendu")
@requires(Action.READ_COMMITTEE)
def minutes(meeting: str) -> str:
    """Show the minutes for printing."""
    found = _meeting(meeting)
    since = _since(found)
    return render_template(
        "roadmap/meetings/minutes.html", meeting=found, verdicts=VERDICTS, **since
    )


@bp.post("/<meeting>")
@requires(Action.HOLD_MEETING)
def save(meeting: str) -> Response | Page:
    """Save the date, place, attendance and minutes."""
    refused = _save(meeting)
    if refused is not None:
        return refused
    flash("Réunion enregistrée.", "success")
    return _back(meeting)


@bp.post("/<meeting>/relire")
@requires(Action.HOLD_MEETING)
def proofread(meeting: str) -> Response | Page:
    """Save what the page holds, then show what would be frozen."""
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
def add_point(meeting: str) -> Response:
    """Add an item or a subject to the agenda."""
    form = PointForm().offer(meetings.waiting(db.session(), meeting=_meeting(meeting)))
    form.validate()
    with transaction() as session:
        found = meetings.get_meeting(session, public_id=meeting)
        chosen = form.item.data
        item = items.get_item(session, public_id=chosen) if chosen else None
        title = form.title.data or ""
        meetings.add_point(session, meeting=found, item=item, title=title, actor=actor())
    return _back(meeting)


@bp.post("/<meeting>/ordre-du-jour/<row>/retirer")
@requires(Action.HOLD_MEETING)
def remove_point(meeting: str, row: str) -> Response:
    """Remove a point from the agenda."""
    with transaction() as session:
        found = meetings.get_meeting(session, public_id=meeting)
        point = items.find_part(found.agenda, identifier(row))
        meetings.remove_point(session, meeting=found, point=point, actor=actor())
    return _back(meeting)


@bp.post("/<meeting>/fiches/<item>")
@requires(Action.HOLD_MEETING)
def decide(meeting: str, item: str) -> Response | Page:
    """Record a decision about an item."""
    form = DecisionForm()
    if not form.validate():
        return _page(_meeting(meeting), decision=form, about=item), 422
    try:
        with transaction() as session:
            meetings.decide(
                session,
                meeting=meetings.get_meeting(session, public_id=meeting),
                item=items.get_item(session, public_id=item),
                verdict=Verdict(form.verdict.data),
                reason=form.reason.data or "",
                actor=actor(form.version.data),
            )
    except RuleError as error:
        problem = wording.message(error)
        return _page(_meeting(meeting), None, problem, decision=form, about=item), 422
    flash("Décision enregistrée.", "success")
    return _back(meeting)


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
    """Save the form of the meeting; return the page again if it is refused."""
    form = MeetingForm()
    if not form.validate():
        return _page(_meeting(meeting), form), 422
    try:
        with transaction() as session:
            found = meetings.get_meeting(session, public_id=meeting)
            who = actor(form.version.data)
            meetings.save_meeting(session, meeting=found, fields=form.fields(), actor=who)
    except RuleError as error:
        return _page(_meeting(meeting), form, wording.message(error)), 409
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
    decision: DecisionForm | None = None,
    about: str = "",
) -> str:
    waiting = meetings.waiting(db.session(), meeting=meeting)
    return render_template(
        "roadmap/meetings/show.html",
        meeting=meeting,
        form=form or MeetingForm.of(meeting),
        point_form=PointForm(formdata=None).offer(waiting),
        decision=decision,
        blank=DecisionForm(formdata=None),
        about=about,
        problem=problem,
        verdicts=VERDICTS,
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
