from collections.abc import Collection

from werkzeug.datastructures import FileStorage
from wtforms import FileField as _FileField
from wtforms.validators import DataRequired

class FileField(_FileField):
    data: FileStorage | None

class FileRequired(DataRequired): ...

class FileAllowed:
    def __init__(self, upload_set: Collection[str], message: str | None = None) -> None: ...
