"""Forms of indicators and measurements."""

from flask_wtf.file import FileField, FileRequired
from wtforms import DateField, StringField
from wtforms.validators import DataRequired, InputRequired, Optional

from webapp.platform.forms.base import BaseForm, NumberField, at_most, given, stripped
from webapp.roadmap.indicators import IndicatorFields, Value
from webapp.territory.forms.reference_fields import ListedField
from webapp.territory.models import ReferenceKind, Territory


class IndicatorForm(BaseForm):
    """An indicator: name, unit, baseline, target."""

    name = StringField(
        "Indicateur",
        filters=[stripped],
        validators=[DataRequired("Dites ce qui est compté."), at_most(200, "L’indicateur")],
    )
    unit = StringField("Unité", filters=[stripped], validators=[at_most(60, "L’unité")])
    baseline = NumberField("Valeur de départ", validators=[Optional()])
    baseline_on = DateField("Date de la valeur de départ", validators=[Optional()])
    baseline_source = StringField(
        "Source de la valeur de départ", filters=[stripped], validators=[at_most(200, "La source")]
    )
    target = NumberField("Valeur visée", validators=[Optional()])
    target_on = DateField("Date visée", validators=[Optional()])

    def fields(self) -> IndicatorFields:
        """Return the data for the service."""
        baseline, target = self.baseline.data, self.target.data
        return IndicatorFields(
            name=self.name.data or "",
            unit=self.unit.data or "",
            baseline=None if baseline is None else float(baseline),
            baseline_on=self.baseline_on.data,
            baseline_source=self.baseline_source.data or "",
            target=None if target is None else float(target),
            target_on=self.target_on.data,
        )


class MeasurementForm(BaseForm):
    """A measurement: value, date, territory."""

    on = DateField("Date", validators=[DataRequired("Donnez la date de la mesure.")])
    value = NumberField("Valeur", validators=[InputRequired("Donnez la valeur.")])
    territory = ListedField("Territoire", ReferenceKind.TERRITORY, default=Territory.REGION.value)
    source = StringField("Source", filters=[stripped], validators=[at_most(200, "La source")])

    def fields(self) -> Value:
        """Return the data for the service."""
        return Value(
            on=given(self.on.data),
            value=float(given(self.value.data)),
            territory=self.territory.data or "",
            source=self.source.data or "",
        )


class MeasurementsFileForm(BaseForm):
    """A file of measurements."""

    file = FileField(
        "Fichier CSV, XLSX ou ODS", validators=[FileRequired("Choisissez un fichier.")]
    )
