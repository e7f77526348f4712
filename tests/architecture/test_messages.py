"""Every word of a participant's page goes through the catalogues, and the catalogues are whole."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from jinja2 import Environment, nodes

from tests.nonempty import some
from tools import messages
from webapp.platform import languages
from webapp.platform.languages import FRENCH, LANGUAGES, TEMPLATE

ROOT = Path(__file__).parents[2]
# What participants read; what the team reads is in French.
FOLDERS = (
    "collection/my_ideas",
    "collection/participant_pages",
    "collection/tables",
    "privacy/access_requests",
    "privacy/pages",
    "publishing/receipts",
)
FILES = (
    "base.html",
    "collection/print/slips.html",
    "collection/surveys/ask.html",
    "collection/surveys/thanks.html",
    "errors/error.html",
    "macros/carried.html",
    "macros/chrome.html",
    "macros/forms.html",
)
# The names of the team's own places, which only the team sees.
TEAM = frozenset(
    {"Administration", "Animation", "COPIL", "Pilotage", "Reçus", "Saisir des feuilles"}
)
TRANSLATING = frozenset({"N_", "_", "gettext", "ngettext"})
# The name of the service; the states of a step, which choose a class and an icon.
NAMES = frozenset({"Semailles", "current", "done", "stopped", "todo"})
FRENCH_ONLY = re.compile(r"\b(?:date|datetime|number|time|percent|shown)_fr\b|\bcounted\(")
CATALOGUES = [language for language in LANGUAGES.values() if language is not FRENCH]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")
TAG = re.compile(r"</?[a-z][^>]*>")
COUNTS = range(1_000)
EXPRESSION = re.compile(r"{#.*?#}|{% trans.*?{% endtrans %}|{%.*?%}|{{.*?}}", re.DOTALL)


def templates():
    folders = [path for one in FOLDERS for path in (ROOT / "templates" / one).glob("*.html")]
    return sorted([*folders, *(ROOT / "templates" / name for name in FILES)])


def is_french(text):
    """Whether a constant reads like a sentence: no class, address or name of a field does."""
    sentence = re.search(r"[À-ÿœ’]|^[A-Z][a-z]+\b", text) and re.search(r"[a-zà-ÿ]{2}", text)
    return bool(sentence) and text.strip() not in TEAM


def shown_strings(node, *, translated=False):
    """Yield the words that a template shows without asking for their translation."""
    if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name):
        translated = translated or node.node.name in TRANSLATING
    if isinstance(node, nodes.Const) and isinstance(node.value, str) and not translated:
        yield node.value
    for child in node.iter_child_nodes():
        yield from shown_strings(child, translated=translated)


def bare_words(source):
    """Return the words between tags, or in attributes that are read aloud, without expressions."""
    bare = re.sub(r"{% block body_class %}.*?{% endblock %}", "", source)
    bare = re.sub(
        r"{#.*?#}|{% trans.*?{% endtrans %}|{%.*?%}|{{.*?}}", "\x00", bare, flags=re.DOTALL
    )
    aloud = re.findall(r'(?:aria-label|placeholder|title|alt)="([^"]*)"', bare)
    between = re.sub(r"<[^>]*>", "\x00", bare).split("\x00")
    return [word.strip(" –\n") for word in (*aloud, *between) if re.search(r"[^\W\d_]{2}", word)]


@pytest.mark.parametrize("path", templates(), ids=lambda p: str(p.relative_to(ROOT / "templates")))
def test_every_word_of_a_participants_template_is_translated(path):
    source = path.read_text("utf-8")
    tree = Environment(extensions=["jinja2.ext.i18n"], autoescape=True).parse(source)
    words = [word for word in bare_words(source) if word not in NAMES]
    assert words == []
    assert [text for text in shown_strings(tree) if is_french(text)] == []
    assert FRENCH_ONLY.findall(source) == []


@pytest.fixture(scope="module")
def found():
    """The messages of the code and of the templates, by French sentence."""
    return {key_of(message): message for message in messages.find_messages() if message.id}


def key_of(message):
    return message.id if isinstance(message.id, str) else message.id[0]


def read(path):
    with path.open("rb") as file:
        return {key_of(message): message for message in read_po(file) if message.id}


def test_the_template_lists_the_messages_that_pages_show(found):
    assert len(found) > 400
    assert read(TEMPLATE).keys() == found.keys(), "run « make messages »"


@pytest.mark.parametrize("language", CATALOGUES, ids=lambda one: one.code)
def test_a_catalogue_is_whole_or_empty(language, found):
    catalogue = messages.read(language)
    entries = {key_of(message): message for message in catalogue if message.id}
    assert entries.keys() == found.keys(), "run « make messages »"
    assert [
        key for key, one in found.items() if one.pluralizable != entries[key].pluralizable
    ] == []
    forms = {key: forms_of(message) for key, message in entries.items()}
    filled = [key for key, strings in forms.items() if all(strings)]
    assert len(filled) in {0, len(forms)}, sorted(forms.keys() - set(filled))[:5]
    assert [key for key, one in entries.items() if one.fuzzy] == []
    if filled:
        assert language in languages.offered()
        assert [key for key, one in entries.items() if problems(one, catalogue)] == []


def forms_of(message):
    return message.string if message.pluralizable else (message.string,)


def problems(message, catalogue):
    """Return what would break or mislead in the forms of a translated message."""
    french = message.id if message.pluralizable else (message.id,)
    strings = forms_of(message)
    expected = catalogue.num_plurals if message.pluralizable else 1
    found = ["forms"] if len(strings) != expected else []
    for form, text in enumerate(strings):
        missing = names_in(french[-1]) - names_in(text)
        if message.pluralizable and is_of_one_number(catalogue, form):
            missing -= {"%(num)s"}
        if missing or names_in(text) - names_in(french[-1]):
            found.append(f"placeholders of {text}")
        if sorted(TAG.findall(text)) != sorted(TAG.findall(french[-1])):
            found.append(f"tags of {text}")
        if text != text.strip() or "%" in PLACEHOLDER.sub("", text):
            found.append(f"blanks or percent of {text}")
    return found


def names_in(text):
    return set(PLACEHOLDER.findall(text))


def is_of_one_number(catalogue, form):
    """Whether a plural form is for one number only: its words may then say the number."""
    plural = compiled_plural(catalogue.plural_expr)
    return sum(plural(count) == form for count in COUNTS) == 1


def compiled_plural(expression):
    from gettext import c2py  # noqa: PLC0415 - what gettext itself reads the header with

    return c2py(expression)


def test_a_translation_that_would_break_a_page_is_seen():
    catalogue = messages.read(LANGUAGES["ar"])
    message = catalogue.add(
        ("%(num)s a <b>", "%(num)s b <b>"), ("0 <b>", "1 <b>", "2 <b>", *["%(num)s <b>"] * 3)
    )
    assert problems(message, catalogue) == []
    message.string = ("0", "1 <b>", "2 <b>", "trois <b>", "%(num)s %(n)s <b>", "%(num)s % <b>")
    assert len(problems(message, catalogue)) == 4
    message.string = ("%(num)s <b>",)
    assert problems(message, catalogue) == ["forms"]


def test_what_is_written_outside_the_catalogues_is_seen():
    for source in (
        "<p>Bonjour</p>",
        '<p aria-label="Chemin">{{ x }}</p>',
        "<p>{{ x }} à venir</p>",
    ):
        assert bare_words(source), source
    tree = Environment(autoescape=True).parse('{{ ui.alert("À venir") }}{{ _("Déjà lu") }}')
    assert [text for text in some(shown_strings(tree)) if is_french(text)] == ["À venir"]
