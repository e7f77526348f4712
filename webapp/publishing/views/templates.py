"""Pages of document templates: download, upload, trial, adoption, restore."""

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as Redirect

from webapp import wording
from webapp.exceptions import DocumentError, NotFoundError, UnknownFormatError
from webapp.platform.actions import Action
from webapp.platform.extensions import db, transaction
from webapp.platform.forms.base import given, identifier
from webapp.platform.views.current import actor, now
from webapp.platform.views.requires import requires
from webapp.platform.views.responses import Page, attachment
from webapp.publishing import publication, templates
from webapp.publishing.documents.formats import FORMATS
from webapp.publishing.documents.templates import names, template_format
from webapp.publishing.forms.templates import ModelForm
from webapp.territory import roadmaps

bp = Blueprint("document_models", __name__, url_prefix="/pilotage/modeles")


@bp.get("")
@requires(Action.SET_MODELS)
def home() -> str:
    """Show the templates in use and on trial of each format."""
    return _page({})


@bp.get("/<model>")
@requires(Action.SET_MODELS)
def download(model: str) -> Response:
    """Download the template in use."""
    content = templates.current(db.session(), name=_known(model))
    return attachment(content, FORMATS[model].media_type, f"modele.{FORMATS[model].extension}")


@bp.post("/<model>")
@requires(Action.SET_MODELS)
def propose(model: str) -> Redirect | Page:
    """Check an uploaded template and store it on trial."""
    form = ModelForm(prefix=_known(model))
    if not form.validate():
        return _page({model: form}), 422
    file = given(form.file.data)
    try:
        candidate = templates.examine(name=model, content=file.read(), filename=file.filename or "")
        with transaction() as session:
            templates.propose(session, candidate=candidate, actor=actor())
    except DocumentError as error:
        return _page({model: form}, model, wording.message(error)), 422
    flash("Modèle vérifié : essayez-le sur le projet avant de l’employer.", "success")
    return _back(model)


@bp.get("/<model>/essai")
@requires(Action.SET_MODELS)
def preview(model: str) -> Response:
    """Download the draft rendered with the template on trial."""
    session = db.session()
    tried = templates.get_trial(session, name=_known(model))
    document = publication.preview(session, roadmap=roadmaps.main_roadmap(session), now=now())
    content = template_format(model).render(document, tried.content)
    return attachment(content, FORMATS[model].media_type, f"essai.{FORMATS[model].extension}")


@bp.post("/<model>/employer")
@requires(Action.SET_MODELS)
def adopt(model: str) -> Redirect:
    """Put the template on trial in use."""
    with transaction() as session:
        templates.adopt(session, name=_known(model), actor=actor())
    flash("Modèle employé : tous les documents de ce format le suivent.", "success")
    return _back(model)


@bp.post("/<model>/ecarter")
@requires(Action.SET_MODELS)
def discard(model: str) -> Redirect:
    """Discard the template on trial."""
    with transaction() as session:
        templates.discard(session, name=_known(model), actor=actor())
    flash("Essai écarté : rien n’a changé.", "success")
    return _back(model)


@bp.post("/<model>/retablir")
@requires(Action.SET_MODELS)
def reset(model: str) -> Redirect:
    """Return to the default template."""
    with transaction() as session:
        templates.reset(session, name=_known(model), actor=actor())
    flash("Modèle d’origine rétabli.", "success")
    return _back(model)


@bp.get("/<model>/anciens/<former>")
@requires(Action.SET_MODELS)
def download_former(model: str, former: str) -> Response:
    """Download an archived template."""
    row = identifier(former)
    found = templates.get_archived(db.session(), name=_known(model), row=row)
    return attachment(found.content, FORMATS[model].media_type, f"modele-{row}.{model}")


@bp.post("/<model>/anciens/<former>/employer")
@requires(Action.SET_MODELS)
def put_back(model: str, former: str) -> Redirect | Page:
    """Check an archived template and put it in use again."""
    row = identifier(former)
    found = templates.get_archived(db.session(), name=_known(model), row=row)
    try:
        templates.examine(name=model, content=found.content, filename=found.name)
        with transaction() as session:
            found = templates.get_archived(session, name=model, row=row)
            templates.restore(session, archived=found, actor=actor())
    except DocumentError as error:
        return _page({}, model, wording.message(error)), 422
    flash("Modèle remis en service : tous les documents de ce format le suivent.", "success")
    return _back(model)


def _known(name: str) -> str:
    """Return the name of a format with a template, or raise :class:`NotFoundError`."""
    try:
        template_format(name)
    except UnknownFormatError:
        raise NotFoundError(name) from None
    return name


def _back(name: str) -> Redirect:
    return redirect(url_for("document_models.home", _anchor=name), 303)


def _page(
    forms: dict[str, ModelForm], refused: str = "", problem: wording.Message | None = None
) -> str:
    models = templates.list_templates(db.session())
    return render_template(
        "publishing/templates/home.html",
        models=models,
        formers=templates.list_archived(db.session()),
        formats=FORMATS,
        names=names(),
        file_forms={name: forms.get(name) or ModelForm(prefix=name) for name in models},
        refused=refused,
        problem=problem,
    )
