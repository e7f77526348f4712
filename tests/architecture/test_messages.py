"""Every word of a participant's page goes through the catalogues, and the catalogues are whole."""

import re
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from webapp.platform.languages import FRENCH, LANGUAGES

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
TAG = re.compile(r"</?[a-z]+")
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
