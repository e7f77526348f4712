"""Actions on indicators and measurements."""

from flask import Blueprint
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from webapp.exceptions import ImportFileError
from webapp.imports.measurements import read_values
from webapp.imports.reading import read_table
from webapp.platform.actions import Action
from webapp.platform.extensions import db
from webapp.platform.forms.base import BaseForm, given, identifier
from webapp.platform.views.current import actor
from webapp.platform.views.requires import requires
from webapp.roadmap import indicators, items
from webapp.roadmap.forms.indicators import IndicatorForm, MeasurementForm, MeasurementsFileForm
from webapp.roadmap.indicators import Value
from webapp.roadmap.models import RoadmapItem
from webapp.roadmap.views.follow_up import Page, apply, page
from webapp.roadmap.views.item_access import facilitated_item
from webapp.territory import references

bp = Blueprint("indicators", __name__, url_prefix="/pilotage/fiches/<item>/indicateurs")


@bp.post("/")
@requires(Action.WRITE_ITEM)
def add(item: str) -> Response | Page:
    """Add an indicator."""
    form = IndicatorForm()

    def write(session: Session, found: RoadmapItem) -> None:
        indicators.add_indicator(session, item=found, fields=form.fields(), actor=actor())

    return apply(item, form, write, "indicateurs")


@bp.post("/<row>")
@requires(Action.WRITE_ITEM)
def save(item: str, row: str) -> Response | Page:
    """Update an indicator."""
    form = IndicatorForm()

    def write(session: Session, found: RoadmapItem) -> None:
        indicator = items.find_part(found.indicators, identifier(row))
        indicators.save_indicator(session, indicator=indicator, fields=form.fields(), actor=actor())

    return apply(item, form, write, f"indicateur-{row}", row)


@bp.post("/<row>/retirer")
@requires(Action.WRITE_ITEM)
def remove(item: str, row: str) -> Response | Page:
    """Remove an indicator without measurements."""

    def write(session: Session, found: RoadmapItem) -> None:
        indicator = items.find_part(found.indicators, identifier(row))
        indicators.remove_indicator(session, indicator=indicator, actor=actor())

    return apply(item, BaseForm(), write, "indicateurs")


@bp.post("/<row>/mesures")
@requires(Action.WRITE_ITEM)
def measure(item: str, row: str) -> Response | Page:
    """Add a measurement."""
    form = MeasurementForm()

    def write(session: Session, found: RoadmapItem) -> None:
        indicator = items.find_part(found.indicators, identifier(row))
        values = [form.fields()]
        indicators.measure(session, indicator=indicator, values=values, actor=actor())

    return apply(item, form, write, f"indicateur-{row}", row)


@bp.post("/<row>/fichier")
@requires(Action.WRITE_ITEM)
def import_file(item: str, row: str) -> Response | Page:
    """Add the measurements of a file, all or none."""
    form = MeasurementsFileForm()
    facilitated_item(item)
    try:  # before the transaction, which holds the write lock
        values = _read(form) if form.validate() else []
    except ImportFileError as error:
        return page(item, form, row, error), 422

    def write(session: Session, found: RoadmapItem) -> None:
        indicator = items.find_part(found.indicators, identifier(row))
        indicators.measure(session, indicator=indicator, values=values, actor=actor())

    return apply(item, form, write, f"indicateur-{row}", row)


@bp.post("/<row>/mesures/<measurement>/retirer")
@requires(Action.WRITE_ITEM)
def forget(item: str, row: str, measurement: str) -> Response | Page:
    """Delete a wrong measurement."""

    def write(session: Session, found: RoadmapItem) -> None:
        indicator = items.find_part(found.indicators, identifier(row))
        wrong = items.find_part(indicator.measurements, identifier(measurement))
        indicators.forget_measurement(session, measurement=wrong, actor=actor())

    return apply(item, BaseForm(), write, f"indicateur-{row}", row)


def _read(form: MeasurementsFileForm) -> list[Value]:
    file = given(form.file.data)
    table = read_table(file.read(), name=file.filename or "")
    return read_values(table, lists=references.read(db.session()))
