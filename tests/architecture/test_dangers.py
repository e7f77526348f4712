"""What this code never does: each rule bites on a planted line, and nothing here breaks it."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted(p for folder in ("webapp", "nlp", "tools") for p in (ROOT / folder).rglob("*.py"))
# What runs code when it reads, clients of the network, and what draws guessable numbers.
MODULES = {
    *("pickle", "cPickle", "dill", "marshal", "shelve", "cloudpickle", "joblib"),
    *("requests", "httpx", "aiohttp", "urllib.request", "http.client", "urllib3", "ftplib"),
    *("smtplib", "telnetlib", "socket", "random", "code", "pty", "ctypes"),
    *("xml.dom", "xml.sax.expatreader", "xml.etree.cElementTree"),
}
CALLS = {
    *("os.system", "os.popen", "tempfile.mktemp"),
    *("yaml.load", "yaml.unsafe_load", "yaml.full_load", "urlopen", "hashlib.md5", "hashlib.sha1"),
    "render_template_string",
}
BUILTINS = {"eval", "exec", "compile", "__import__"}
SQL = {"text", "execute", "exec_driver_sql"}
# Where a danger is the work itself, and why it may be.
KNOWN = {
    ("webapp/platform/mail.py", "smtplib"),  # sends to the server of the settings alone
    ("webapp/publishing/documents/docx.py", "Markup"),  # what it wraps is escaped on the same line
    ("webapp/publishing/documents/odt_tags.py", "Markup"),  # escaped two lines above
    ("webapp/publishing/documents/html_file.py", "Markup"),  # a style sheet of this package
    ("webapp/presentation.py", "Markup"),  # a code to scan, drawn as squares
    ("webapp/platform/schema.py", "SQL"),  # the names of our own locks and settings
    ("webapp/privacy/erasure_ops.py", "SQL"),  # the names of our own tables
    ("webapp/cli/web_process.py", "socket"),  # the type of what gunicorn hands over
    # The provider of identities that the settings name, and no other address.
    ("webapp/accounts/views/sso_client.py", "requests"),
    ("webapp/accounts/views/sso_client.py", "requests.RequestException"),
}


def dotted(node):
    """Return the name of what is called or imported, as it is written."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def modules_of(node):
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
    return []


def is_built(node):
    """Whether a text is put together from values rather than written once."""
    if isinstance(node, ast.JoinedStr):
        return any(isinstance(part, ast.FormattedValue) for part in node.values)
    if isinstance(node, ast.Call):
        return dotted(node.func).endswith(".format")
    return isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod | ast.Add)


def called(node):
    name = dotted(node.func)
    last = name.rsplit(".", 1)[-1]
    if name in CALLS | BUILTINS or last in CALLS:
        yield last
    if last == "Markup":
        yield "Markup"
    if last in SQL and node.args and is_built(node.args[0]):
        yield "SQL"
    for keyword in node.keywords:
        given = getattr(keyword.value, "value", None)
        if (keyword.arg, given) in {("shell", True), ("allow_pickle", True), ("autoescape", False)}:
            yield keyword.arg


def dangers(source):
    """Return the words for what is dangerous in some Python."""
    for node in ast.walk(ast.parse(source)):
        for module in modules_of(node):
            if any(module == banned or module.startswith(f"{banned}.") for banned in MODULES):
                yield module
        if isinstance(node, ast.Call):
            yield from called(node)


@pytest.mark.parametrize(
    "line",
    [
        "import pickle",
        "from urllib.request import urlopen",
        "import requests.sessions",
        "from http import client",
        "import random",
        "eval(words)",
        "yaml.load(words)",
        "os.system(words)",
        "Markup(words)",
        "markupsafe.Markup(words)",
        "render_template_string(words)",
        "hashlib.md5(words)",
        "subprocess.run(words, shell=True)",
        "numpy.load(path, allow_pickle=True)",
        "Environment(autoescape=False)",
        'session.execute(text(f"SELECT {words}"))',
        'session.execute("SELECT %s" % words)',
        'connection.exec_driver_sql("SELECT " + words)',
        'text("SELECT {}".format(words))',
    ],
)
def test_check_49_a_danger_is_seen(line):
    assert list(dangers(line))


@pytest.mark.parametrize(
    "line", ['re.compile("a")', 'text("SELECT 1")', 'text(f"SELECT 1")', "run([program])"]
)
def test_check_49_what_is_harmless_is_left_alone(line):
    assert list(dangers(line)) == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_check_49_no_source_holds_a_danger(path):
    name = str(path.relative_to(ROOT))
    found = {(name, danger) for danger in dangers(path.read_text("utf-8"))}
    if "migrations" in path.parts:
        found -= {(name, "SQL")}  # the names of our own tables, run once
    assert found <= KNOWN


def test_check_49_every_exception_is_still_needed():
    found = {
        (str(path.relative_to(ROOT)), danger)
        for path in SOURCES
        for danger in dangers(path.read_text("utf-8"))
    }
    assert found >= KNOWN


UNESCAPED = re.compile(r"\|\s*safe\b|autoescape\s+false|Markup\(")


def test_check_49_no_template_lets_words_through_unescaped():
    assert UNESCAPED.search("{{ words | safe }}")
    assert UNESCAPED.search("{% autoescape false %}")
    pages = sorted((ROOT / "templates").rglob("*.html"))
    assert pages
    assert [path.name for path in pages if UNESCAPED.search(path.read_text("utf-8"))] == []
