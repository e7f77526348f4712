"""``make messages``: find the messages that pages for participants show, and update the catalogues.

The template (``messages.pot``) lists them; each catalogue keeps its translations, gets the new
messages empty, and loses those that no page shows any more.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

from webapp.platform.languages import FRENCH, LANGUAGES, TEMPLATE, Language

ROOT: Final = Path(__file__).parents[1]
KEYWORDS: Final = {
    **dict.fromkeys(("_", "N_", "gettext", "lazy", "mark")),
    **dict.fromkeys(("mark_plural", "ngettext"), (1, 2)),
}
_SOURCES: Final = (("webapp/**/*.py", "python"), ("templates/**/*.html", "jinja2"))
_OPTIONS: Final = {
    "jinja2": {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"},
    "python": {},
}
_HEADER: Final = """# Semailles: what participants read, in {name}.
# Free software under the licence of Semailles (EUPL-1.2). How to translate: docs/languages.md
#"""


def find_messages() -> Catalog:
    """Return every message of the code and of the templates, in the order of their files."""
    found = _empty()
    for path, message, comments, context in _extracted():
        found.add(message, locations=[(path, 0)], auto_comments=comments, context=context)
    return found


def _extracted() -> Iterator[tuple[str, str | tuple[str, ...], list[str], str | None]]:
    for pattern, method in _SOURCES:
        for path in sorted(ROOT.glob(pattern)):
            name = path.relative_to(ROOT).as_posix()
            for _line, message, comments, context in extract_from_file(
                method, path, KEYWORDS, ("L10N:",), _OPTIONS[method], strip_comment_tags=True
            ):
                yield name, message, comments, context


def _empty(locale: str | None = None) -> Catalog:
    return Catalog(
        locale=locale,
        project="Semailles",
        version="1",
        msgid_bugs_address="see CONTRIBUTING.md",
        last_translator="none yet",
        language_team="none yet",
        fuzzy=False,
    )


def read(language: Language) -> Catalog:
    """Return the catalogue of ``language``, empty if it has no file yet."""
    name = language.catalogue.parents[1].name
    if not language.catalogue.exists():
        return _empty(name)
    with language.catalogue.open("rb") as file:
        return read_po(file, locale=name)


def main() -> None:
    """Write the template, then bring every catalogue in step with it."""
    template = find_messages()
    if TEMPLATE.exists():
        with TEMPLATE.open("rb") as file:
            former = read_po(file)
        if [message.id for message in former] == [message.id for message in template]:
            template.creation_date = former.creation_date  # the same messages give the same files
    _write(template, TEMPLATE, "French")
    for language in LANGUAGES.values():
        if language is not FRENCH:
            catalogue = read(language)
            catalogue.update(template, no_fuzzy_matching=True)
            catalogue.obsolete.clear()
            for message in catalogue:  # Babel doubts a message that has become plural
                message.flags.discard("fuzzy")
            _write(catalogue, language.catalogue, language.locale.english_name or language.code)


def _write(catalogue: Catalog, path: Path, name: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue.header_comment = _HEADER.format(name=name)
    with path.open("wb") as file:
        write_po(file, catalogue, width=100, include_lineno=False, omit_header=False)


if __name__ == "__main__":
    main()
