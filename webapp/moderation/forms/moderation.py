"""Forms of moderation decisions, device pauses, surges and mask readings."""

from wtforms import IntegerField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from webapp.collection.models import MAX_REASON_LENGTH, DecisionKind
from webapp.moderation.decisions import Decision
from webapp.platform.audit import Actor
from webapp.platform.forms.base import BaseForm, choices, stripped

CHOICES = {
    DecisionKind.PUBLISHED: "Publier",
    DecisionKind.MASKED: "Masquer un passage",
    DecisionKind.SET_ASIDE: "Écarter",
    DecisionKind.PENDING: "Remettre à relire",
}


class DecisionForm(BaseForm):
    """A decision, its reason and the masked text."""

    kind = SelectField("Décision", choices=choices(CHOICES))
    reason = StringField(
        "Raison",
        filters=[stripped],
        validators=[Length(max=MAX_REASON_LENGTH, message="La raison dépasse 300 caractères.")],
    )
    masked_body = TextAreaField("Texte masqué", filters=[stripped], validators=[Optional()])
    seen = IntegerField(widget=HiddenInput(), validators=[Optional()])

    def decision(self, actor: Actor) -> Decision:
        """Return the submitted values for the service."""
        return Decision(
            kind=DecisionKind(self.kind.data),
            now=actor.now,
            actor_id=actor.id,
            reason=self.reason.data or "",
            masked_body=self.masked_body.data,
            seen=self.seen.data,
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
