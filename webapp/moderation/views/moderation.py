"""Pages of the moderation queue and decisions."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from webapp import wording
from webapp.accounts.views.access import facilitated_group
from webapp.collection.models import Contribution, DecisionKind
from webapp.collection.text_analysis import find_personal_data
from webapp.exceptions import ConflictError
from webapp.moderation import decisions, masking, rate_limits, surges
from webapp.moderation.forms.moderation import DecisionForm, PauseForm, PublishManyForm
from webapp.platform.actions import Action
from webapp.platform.extensions import db, transaction
from webapp.platform.views.current import actor
from webapp.platform.views.requires import requires

bp = Blueprint("moderation", __name__, url_prefix="/animation/moderation")


@bp.get("/<group>")
@requires(Action.MODERATE)
def queue(group: str) -> str:
    """List the contributions in one state, with the personal data highlighted in pending ones."""
    owner = facilitated_group(group)
    kind = DecisionKind(request.args.get("etat", DecisionKind.PENDING, type=DecisionKind))
    return render_template(
        "moderation/queue.html", group=owner, kind=kind, **_listed(db.session(), owner.id, kind)
    )


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
    return redirect(url_for("moderation.queue", group=group), 303)


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
    group_id = facilitated_group(group).id
    form = DecisionForm()
    if not form.validate():
        found = decisions.get_contribution(db.session(), group_id=group_id, public_id=contribution)
        return _detail(group, found, form), 422
    decision = form.decision(actor())
    try:
        with transaction() as session:
            decisions.moderate(
                session, group_id=group_id, public_id=contribution, decision=decision
            )
    except ConflictError as error:
        found = decisions.get_contribution(db.session(), group_id=group_id, public_id=contribution)
        return _detail(group, found, form, wording.message(error)), 409
    _flash_result(decision)
    return redirect(url_for("moderation.queue", group=group), 303)


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
        flash("Décision enregistrée.", "success")
        return
    passages = ", ".join(shown[found.start : found.end] for found in left)
    flash(
        f"Décision enregistrée. Le texte montré laisse peut-être voir quelqu’un : « {passages} ». "
        "Il attend dans les masquages à revoir.",
        "warning",
    )


def masked(contribution: Contribution) -> str:
    """Return the text with the detected personal data replaced, as a suggested masking."""
    text = contribution.body
    for finding in reversed(find_personal_data(text)):
        label = MASKS.get(finding.kind, "passage")
        text = f"{text[: finding.start]}[{label} masqué]{text[finding.end :]}"
    return text


MASKS = {
    "name": "nom",
    "phone": "téléphone",
    "email": "courriel",
    "handle": "compte en ligne",
    "nir": "numéro de sécurité sociale",
    "iban": "compte bancaire",
    "number": "numéro",
    "birth": "date de naissance",
    "address": "lieu",
    "plate": "numéro",
    "health": "détail de santé",
}


def _detail(
    group: str,
    contribution: Contribution,
    form: DecisionForm,
    problem: wording.Message | None = None,
) -> str:
    form.masked_body.data = (
        form.masked_body.data or contribution.decision.masked_body or masked(contribution)
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
    waiting = kind is DecisionKind.PENDING
    found = (
        decisions.queue(session, group_id=group_id)
        if waiting
        else decisions.decided(session, group_id=group_id, kind=kind)
    )
    return {
        "entries": [(c, find_personal_data(c.body) if waiting else ()) for c in found],
        "floods": rate_limits.find_floods(session, found) if waiting else {},
        "counts": decisions.count_by_kind(session, group_id=group_id),
        "held": surges.count(session, group_id=group_id),
        "to_read_again": masking.count_unread(session, group_id=group_id),
    }
