"""Forms of moderation decisions, device pauses, surges and mask readings."""

import re

from wtforms import (
    BooleanField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError
from wtforms.widgets import HiddenInput

from webapp.collection.models import MAX_REASON_LENGTH, DecisionKind
from webapp.moderation import passages
from webapp.moderation.decisions import Decision
from webapp.platform.audit import Actor
from webapp.platform.forms.base import BaseForm, choices, stripped
from webapp.vocabulary.labels import LABELS

_SPAN = re.compile(r"[0-9]{1,6}-[0-9]{1,6}")


class DecisionForm(BaseForm):
    """A decision, its reason, and the masked text or the passages to mask."""

    kind = SelectField("Décision", choices=choices(LABELS["moderation_act"]))
    reason = StringField(
        "Raison",
        filters=[stripped],
        validators=[Length(max=MAX_REASON_LENGTH, message="La raison dépasse 300 caractères.")],
    )
    masked_body = TextAreaField("Texte masqué", filters=[stripped], validators=[Optional()])
    spans = SelectMultipleField("Passages à masquer", validate_choice=False)
    words = StringField("Autres mots à masquer", filters=[stripped])
    seen = IntegerField(widget=HiddenInput(), validators=[Optional()])
    show = BooleanField("Montrer au mur")

    def validate_spans(self, field: SelectMultipleField) -> None:
        """Refuse what is not a start and a stop in the text."""
        if not all(_SPAN.fullmatch(span) for span in field.data or ()):
            raise ValidationError

    def decision(self, actor: Actor, body: str) -> Decision:
        """Return the submitted values for the service; ``body`` is the text to mask.

        Raises
        ------
        NothingMaskedError
            If the list asks for a masking without a passage.
        """
        kind = DecisionKind(self.kind.data)
        if kind is DecisionKind.MASKED and not self.masked_body.raw_data:
            pairs = (span.split("-") for span in self.spans.data or ())
            spans = [(int(start), int(stop)) for start, stop in pairs]
            self.masked_body.data = passages.mask(body, spans=spans, words=self.words.data or "")
        return Decision(
            kind=kind,
            now=actor.now,
            actor_id=actor.id,
            reason=self.reason.data or "",
            masked_body=self.masked_body.data,
            seen=self.seen.data,
            reveal=kind is DecisionKind.PUBLISHED and self.show.data,
        )


class PublishManyForm(BaseForm):
    """Contributions to publish together; the service checks their identifiers."""

    contributions = SelectMultipleField("Contributions", validate_choice=False)


class PauseForm(BaseForm):
    """Reason for pausing a device, shown on the receipts."""

    reason = StringField("Raison", filters=[stripped])


class SurgeForm(BaseForm):
    """Reason for setting a surge aside, shown on the receipts."""

    reason = StringField(
        "Raison",
        filters=[stripped],
        validators=[
            DataRequired("Écrivez la raison : elle est montrée sur les reçus."),
            Length(max=MAX_REASON_LENGTH, message="La raison dépasse 300 caractères."),
        ],
    )


class MaskReadingForm(BaseForm):
    """Id of the masking decision that was read (optimistic locking)."""

    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
