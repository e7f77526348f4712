"""Pages of the moderation queue and decisions."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from webapp import wording
from webapp.accounts.views.access import facilitated_group
from webapp.collection.models import Contribution, DecisionKind
from webapp.collection.text_analysis import find_personal_data
from webapp.exceptions import ConflictError, NothingMaskedError, WithdrawnError
from webapp.moderation import decisions, masking, passages, rate_limits, surges, waiting
from webapp.moderation.forms.moderation import DecisionForm, PauseForm, PublishManyForm
from webapp.platform.actions import Action
from webapp.platform.extensions import db, transaction
from webapp.platform.forms.base import identifier
from webapp.platform.views.current import actor, now
from webapp.platform.views.requires import requires
from webapp.platform.views.responses import polled

bp = Blueprint("moderation", __name__, url_prefix="/animation/moderation")
_NEWEST = "recentes"
_UNDONE = frozenset({DecisionKind.PUBLISHED, DecisionKind.MASKED, DecisionKind.SET_ASIDE})


@bp.get("/<group>")
@requires(Action.MODERATE)
def queue(group: str) -> str:
    """List the contributions in one state, with the personal data highlighted in pending ones."""
    owner = facilitated_group(group)
    kind = DecisionKind(request.args.get("etat", DecisionKind.PENDING, type=DecisionKind))
    return render_template(
        "moderation/queue.html",
        group=owner,
        kind=kind,
        last=_last_decided(db.session(), owner.id),
        **_listed(db.session(), owner.id, kind),
    )


@bp.get("/<group>/nouvelles")
@requires(Action.MODERATE)
def news(group: str) -> Response:
    """Say how many contributions came since the list was opened, for polling.

    An empty list (``vide``) opens again by itself; one that is being read is left as it is: a key
    pressed at that moment would decide about a contribution that nobody has read.
    """
    count = waiting.count_since(
        db.session(),
        group_id=facilitated_group(group).id,
        after=identifier(request.args.get("depuis", "")) or 0,
        workshop=_workshop(),
    )
    if count and "vide" in request.args:
        return _to_queue(group)
    return polled(render_template("moderation/news.html", count=count))


@bp.post("/<group>/publier")
@requires(Action.MODERATE)
def publish_many(group: str) -> Response:
    """Publish the selected contributions."""
    owner = facilitated_group(group)
    form = PublishManyForm()
    if not form.validate():
        abort(400)
    group_id, chosen = owner.id, form.contributions.data or []
    with transaction() as session:
        count = decisions.publish_waiting(
            session, group_id=group_id, public_ids=chosen, actor=actor()
        )
    flash(f"Contributions publiées : {count}.", "success" if count else "warning")
    if left := len(chosen) - count:
        flash(f"Décidées entre-temps par quelqu’un d’autre, laissées ainsi : {left}.", "warning")
    return _to_queue(group)


@bp.get("/<group>/<contribution>")
@requires(Action.MODERATE)
def show(group: str, contribution: str) -> str:
    """Show one contribution and its decision form."""
    owner = facilitated_group(group)
    found = decisions.get_contribution(db.session(), group_id=owner.id, public_id=contribution)
    return _detail(group, found, DecisionForm())


@bp.post("/<group>/<contribution>")
@requires(Action.MODERATE)
def decide(group: str, contribution: str) -> Response | tuple[str, int]:
    """Record a decision."""
    group_id, form = facilitated_group(group).id, DecisionForm()
    found = decisions.get_contribution(db.session(), group_id=group_id, public_id=contribution)
    if not form.validate():
        return _detail(group, found, form), 422
    try:
        decision = form.decision(actor(), found.body)
        with transaction() as session:
            decisions.moderate(
                session, group_id=group_id, public_id=contribution, decision=decision
            )
    except (ConflictError, NothingMaskedError, WithdrawnError) as error:
        return _refused(group, contribution, form, error)
    _flash_result(decision)
    return _to_queue(group, done=contribution if decision.kind in _UNDONE else None)


@bp.post("/<group>/<contribution>/appareil")
@requires(Action.MODERATE)
def pause_device(group: str, contribution: str) -> Response:
    """Pause the device of a contribution."""
    group_id, form = facilitated_group(group).id, PauseForm()
    with transaction() as session:
        found = decisions.get_contribution(session, group_id=group_id, public_id=contribution)
        reason = form.reason.data or ""
        count = rate_limits.pause(session, contribution=found, reason=reason, actor=actor())
    flash(f"Appareil mis de côté, avec {count} contributions à relire.", "success")
    return redirect(url_for("moderation.queue", group=group), 303)


@bp.post("/<group>/<contribution>/appareil/reprendre")
@requires(Action.MODERATE)
def resume_device(group: str, contribution: str) -> Response:
    """Resume a paused device."""
    group_id = facilitated_group(group).id
    with transaction() as session:
        found = decisions.get_contribution(session, group_id=group_id, public_id=contribution)
        count = rate_limits.resume(session, contribution=found, actor=actor())
    flash(f"Appareil repris : {count} contributions sont de nouveau à relire.", "success")
    return redirect(url_for("moderation.queue", group=group), 303)


def _flash_result(decision: decisions.Decision) -> None:
    """Flash a confirmation, with the personal data still detected in a masked text."""
    shown = decision.masked_body or ""
    left = find_personal_data(shown) if decision.kind is DecisionKind.MASKED else ()
    if not left:
        wall = " Le mur montre les idées." if decision.reveal else ""
        flash(f"Décision enregistrée.{wall}", "success")
        return
    passages = ", ".join(shown[found.start : found.end] for found in left)
    flash(
        f"Décision enregistrée. Le texte montré laisse peut-être voir quelqu’un : « {passages} ». "
        "Il attend dans les masquages à revoir.",
        "warning",
    )


def _workshop() -> str:
    """Return the code of the workshop whose contributions are listed, or an empty string."""
    return request.args.get("atelier", "")


def _listing() -> dict[str, str]:
    """Return the arguments of the list that the address keeps: its workshop and its order."""
    kept = {name: request.args.get(name, "") for name in ("atelier", "ordre")}
    return {name: value for name, value in kept.items() if value}


def _to_queue(group: str, done: str | None = None) -> Response:
    """Go back to the list, at the contribution that follows; ``done`` may be taken back there."""
    following = request.args.get("suite") or None
    url = url_for(
        "moderation.queue",
        group=group,
        atelier=_workshop() or None,
        ordre=request.args.get("ordre") or None,
        fait=done,
        ici=following,
    )
    return redirect(url, 303)


def _refused(
    group: str,
    contribution: str,
    form: DecisionForm,
    error: ConflictError | NothingMaskedError | WithdrawnError,
) -> Response | tuple[str, int]:
    """Say why nothing was recorded.

    Whoever publishes from the list goes on with the next contribution: nothing is lost, nor shown
    that should not be. Whoever hides words first sees what a colleague decided.
    """
    publishes = form.kind.data == DecisionKind.PUBLISHED and isinstance(error, ConflictError)
    if "suite" in request.args and (publishes or isinstance(error, WithdrawnError)):
        who = getattr(error, "author", "") or "L’auteur"
        flash(f"{who} a déjà décidé de cette contribution : rien n’a changé.", "warning")
        return _to_queue(group)
    if isinstance(error, WithdrawnError):
        raise error
    group_id = facilitated_group(group).id
    found = decisions.get_contribution(db.session(), group_id=group_id, public_id=contribution)
    status = 409 if isinstance(error, ConflictError) else 422
    return _detail(group, found, form, wording.message(error)), status


def _last_decided(session: Session, group_id: int) -> Contribution | None:
    """Return the contribution that the person has just decided, unless it was decided again."""
    public_id = request.args.get("fait", "")
    if not public_id:
        return None
    found = decisions.get_contribution(session, group_id=group_id, public_id=public_id)
    decision = found.decision
    own = decision.actor_id == current_user.id and decision.kind in _UNDONE
    return found if own and found.erased_at is None else None


def _detail(
    group: str,
    contribution: Contribution,
    form: DecisionForm,
    problem: wording.Message | None = None,
) -> str:
    form.masked_body.data = (
        form.masked_body.data
        or contribution.decision.masked_body
        or passages.mask_found(contribution.body)
    )
    return render_template(
        "moderation/show.html",
        group=facilitated_group(group),
        contribution=contribution,
        form=form,
        problem=problem,
        findings=find_personal_data(contribution.body),
        flood=rate_limits.find_floods(db.session(), [contribution])[contribution.id],
    )


def _listed(session: Session, group_id: int, kind: DecisionKind) -> dict[str, object]:
    """Return the template variables of a list: entries, findings, floods, counts."""
    if kind is DecisionKind.PENDING:
        listed = _waiting(session, group_id)
    else:
        found = decisions.decided(session, group_id=group_id, kind=kind)
        listed = {"entries": [(contribution, ()) for contribution in found]}
    return listed | {
        "counts": decisions.count_by_kind(session, group_id=group_id),
        "held": surges.count(session, group_id=group_id),
        "to_read_again": masking.count_unread(session, group_id=group_id),
    }


def _waiting(session: Session, group_id: int) -> dict[str, object]:
    """Return what the list of pending contributions shows, or what was done once it is empty."""
    newest = request.args.get("ordre") == _NEWEST
    found = decisions.queue(session, group_id=group_id, workshop=_workshop(), newest=newest)
    ids = [contribution.public_id for contribution in found]
    here = request.args.get("ici", "")
    done = {} if found else waiting.decided_today(session, group_id=group_id, now=now())
    return {
        "entries": [(c, find_personal_data(c.body)) for c in found],
        "floods": rate_limits.find_floods(session, found),
        "workshops": waiting.by_workshop(session, group_id=group_id),
        "workshop": _workshop(),
        "newest": newest,
        "listing": _listing(),
        "focused": here if here in ids else next(iter(ids), ""),
        "done": done,
    }
