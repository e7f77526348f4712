"""Languages of the participants' pages: catalogues, current language, translation of messages.

The French sentence is the key of a message, so French needs no catalogue. A catalogue is a ``.po``
file, read when its language is first used. A message without translation is shown in French.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, Final, Self

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from markupsafe import Markup, escape

CATALOGUES: Final = Path(__file__).parents[1] / "translations"
TEMPLATE: Final = CATALOGUES / "messages.pot"
Messages = NullTranslations


@dataclass(frozen=True, slots=True)
class Language:
    """A language: its BCP 47 tag, its name in itself, and the region whose formats it follows."""

    code: str
    name: str
    region: str = ""
    read_by_native: bool = False

    @property
    def tag(self) -> str:
        """The tag of its pages, by which a script finds the same plural rules."""
        return self.region or self.code

    @property
    def locale(self) -> Locale:
        """Plural rules and formats of dates and numbers."""
        return Locale.parse(self.tag, sep="-")

    @property
    def direction(self) -> str:
        """``rtl`` or ``ltr``, as the attribute ``dir`` takes it."""
        return str(self.locale.text_direction)

    @property
    def catalogue(self) -> Path:
        """The file of its messages; French has none."""
        return CATALOGUES / self.code.replace("-", "_") / "LC_MESSAGES" / "messages.po"


FRENCH: Final = Language("fr", "Français", read_by_native=True)
LANGUAGES: Final = {
    language.code: language
    for language in (
        FRENCH,
        Language("en", "English", "en-GB", read_by_native=True),
        Language("ar", "العربية"),
        Language("tr", "Türkçe"),
        Language("es", "Español"),
        Language("pt", "Português", "pt-PT"),
        Language("ro", "Română"),
        Language("uk", "Українська"),
        Language("ru", "Русский"),
        Language("ps", "پښتو"),
        Language("fa-AF", "دری"),
    )
}
# Tags of browsers and operating systems for languages that have another one here.
_ALIASES: Final = {"prs": "fa-AF", "fa": "fa-AF", "pus": "ps", "mo": "ro"}
_CURRENT: ContextVar[Language] = ContextVar("language", default=FRENCH)


def current() -> Language:
    """Return the language in which messages are shown now."""
    return _CURRENT.get()


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Show messages in ``language`` inside the block."""
    token = _CURRENT.set(language)
    try:
        yield
    finally:
        _CURRENT.reset(token)


def find(tag: str) -> Language | None:
    """Return the language of a BCP 47 tag among those offered, if any.

    Examples
    --------
    >>> find("fr-CH").name, find("prs-AF").code, find("xx")
    ('Français', 'fa-AF', None)
    """
    primary = tag.lower().replace("_", "-").partition("-")[0]
    language = LANGUAGES.get(_ALIASES.get(primary, primary))
    return language if language in offered() else None


@cache
def offered() -> tuple[Language, ...]:
    """Return the languages that have a catalogue with translations, French first."""
    return tuple(one for one in LANGUAGES.values() if one is FRENCH or has_translations(one))


def has_translations(language: Language) -> bool:
    """Whether the catalogue of ``language`` holds any."""
    if not language.catalogue.exists():
        return False
    return any(message.id and any(message.string or ()) for message in _read(language))


def _read(language: Language) -> Catalog:
    with language.catalogue.open("rb") as file:
        return read_po(file, locale=language.catalogue.parents[1].name)


class _French(NullTranslations):
    """The messages themselves; in French zero and one are singular."""

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return msgid2 if abs(n) > 1 else msgid1


@cache
def _messages(language: Language) -> Messages:
    if language is FRENCH:
        return _French()
    compiled = BytesIO()
    write_mo(compiled, _read(language))
    compiled.seek(0)
    messages = Translations(compiled)
    messages.add_fallback(_French())
    return messages


def translated(message: str) -> str:
    """Return ``message`` in the current language, without filling its placeholders."""
    return _messages(current()).gettext(message)


def translated_plural(singular: str, plural: str, count: int) -> str:
    """Return the form of a message for ``count``, without filling its placeholders."""
    return _messages(current()).ngettext(singular, plural, count)


def gettext(message: str, **values: object) -> str:
    """Return ``message`` in the current language, with ``values`` in its ``%(name)s``."""
    return translated(message) % values if values else translated(message)


def ngettext(singular: str, plural: str, count: int, **values: object) -> str:
    """Return the form of a message for ``count``, which is ``%(num)s``."""
    return translated_plural(singular, plural, count) % {"num": count, **values}


def mark_plural(singular: str, plural: str) -> tuple[str, str]:
    """Return both forms of a message; names them for the catalogues."""
    return singular, plural


class Lazy(str):
    """A message of a form, written once in French and translated whenever it is shown.

    It is a string for WTForms, which asks for one; what shows it (``str``, a template, a format)
    gets the current language.
    """

    __slots__ = ()

    def __str__(self) -> str:
        """Return the translation."""
        return translated(str.__str__(self))

    def __html__(self) -> Markup:
        """Return the translation, escaped."""
        return escape(str(self))

    def __format__(self, spec: str) -> str:
        """Format the translation."""
        return format(str(self), spec)

    def __mod__(self, values: Any) -> str:  # noqa: ANN401 - as str.__mod__
        """Fill the placeholders of the translation."""
        return str(str(self) % values)

    @classmethod
    def of(cls, message: str) -> Self:
        """Return ``message``, which the catalogues hold."""
        return cls(message)


lazy = Lazy.of
