"""Form of a contribution, for participants."""

from collections.abc import Iterable
from typing import Self

from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, ValidationError

from webapp.collection.contributions import Details
from webapp.collection.models import Concerned, ContributionKind, Prompt
from webapp.collection.text_analysis import find_personal_data
from webapp.platform.formats import number
from webapp.platform.forms.base import (
    BaseForm,
    KeyedForm,
    choices,
    identifier,
    stripped,
    translated_labels,
)
from webapp.platform.languages import gettext
from webapp.platform.languages import lazy as _
from webapp.platform.limits import MAX_BODY_LENGTH
from webapp.territory.forms.reference_fields import ListedField
from webapp.territory.models import ReferenceKind, WorkingGroup


def not_too_long(_form: BaseForm, field: StringField) -> None:
    """Check the length of a text; the message gives it and its limit."""
    length = len(field.data or "")
    if length > MAX_BODY_LENGTH:
        raise ValidationError(
            gettext(
                "Votre texte compte %(length)s caractères, la limite est %(limit)s : "
                "raccourcissez-le ou envoyez-le en deux fois.",
                length=number(length),
                limit=number(MAX_BODY_LENGTH),
            )
        )


class AnswerForm(KeyedForm):
    """An answer to the question that the page shows, even if another is asked meanwhile."""

    question: Field = HiddenField()
    # Set once the personal-data warning was shown; None where the guard holds nothing.
    warned: HiddenField | None = HiddenField()

    @property
    def position(self) -> int | None:
        """The position of the question, or None on pages that show none."""
        return identifier(str(self.question.data or ""))

    def answering(self, prompt: Prompt | None) -> Self:
        """Set the question of a page that is not submitted yet."""
        self.question.data = str(prompt.position) if prompt else ""
        return self

    @property
    def personal_words(self) -> list[str]:
        """The passages of the text in which the guard sees personal data.

        A text over the limit is refused without them: reading a megabyte takes seconds.
        """
        text = str(self["body"].data or "")
        if len(text) > MAX_BODY_LENGTH:
            return []
        return [text[found.start : found.end] for found in find_personal_data(text)]

    def needs_warning(self, *, background: bool) -> bool:
        """Whether to show the personal-data warning; it is shown once, on a page that is open."""
        if background or self.warned is None or self.warned.data or not self.personal_words:
            return False
        self.warned.data = "y"
        return True


class ContributionForm(AnswerForm):
    """A contribution and its optional metadata."""

    body = TextAreaField(
        _("Votre réponse"),
        filters=[stripped],
        validators=[DataRequired(_("Écrivez votre idée avant de l’envoyer.")), not_too_long],
    )
    kind = SelectField(
        _("C’est plutôt"), choices=choices(translated_labels("kind_answer")), default=""
    )
    territory = ListedField(
        _("Cela concerne surtout"),
        ReferenceKind.TERRITORY,
        first={"": _("Toute la région ou je ne sais pas")},
        default="",
    )
    # Only at stands; the service ignores unknown slugs.
    theme = SelectField(_("Pour quel thème"), validate_choice=False, choices=[], default="")
    concerned = RadioField(
        _("Vivez-vous vous-même cette situation ?"),
        choices=choices(translated_labels("concerned_answer")),
        default=Concerned.UNKNOWN,
    )

    queued = BooleanField()  # queued by the browser while offline
    replaces = HiddenField()  # receipt of the contribution to replace

    def at_stand(self, groups: Iterable[WorkingGroup]) -> None:
        """Adapt the labels and choices of territory and theme to a stand."""
        self.territory.label.text = _("Pour quel territoire")
        named = {group.slug: group.name for group in groups}
        self.theme.choices = choices({"": _("Plusieurs ou je ne sais pas")} | named)

    def needs_warning(self, *, background: bool) -> bool:
        """Whether to show the warning; the page of an idea waits for the answer to a script too."""
        return super().needs_warning(background=background and self.queued.data)

    def details(self, token: str) -> Details:
        """Return the submitted metadata and the device token for the service."""
        return Details(
            token=token,
            queued=self.queued.data,
            question=self.position,
            replaces=self.replaces.data or "",
            theme=self.theme.data or "",
            kind=ContributionKind(self.kind.data) if self.kind.data else None,
            territory=self.territory.data or None,
            concerned=Concerned(self.concerned.data),
        )
