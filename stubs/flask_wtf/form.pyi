from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup
from werkzeug.datastructures import MultiDict
from wtforms import Form
from wtforms.fields.core import Field
from wtforms.form import BaseForm
from wtforms.meta import DefaultMeta

class FlaskForm(Form):
    class Meta(DefaultMeta):
        def wrap_formdata(self, form: BaseForm, formdata: Any) -> Any: ...
        def get_translations(self, form: BaseForm) -> Any: ...

    def __init__(
        self,
        formdata: MultiDict[str, Any] | None = ...,
        *,
        obj: object | None = None,
        prefix: str = "",
        data: Mapping[str, Any] | None = None,
        meta: Mapping[str, Any] | None = None,
        **kwargs: Any,
    ) -> None: ...
    def is_submitted(self) -> bool: ...
    def validate_on_submit(
        self, extra_validators: Mapping[str, Sequence[Any]] | None = None
    ) -> bool: ...
    def hidden_tag(self, *fields: Field | str) -> Markup: ...
