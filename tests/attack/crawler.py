"""A visitor who opens every page, finds every form and sends each of its fields what it holds."""

import itertools
import re
from collections import Counter
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

WORDS = {"text", "search", "url", "email", "tel", ""}
FOREIGN = {
    *("iframe", "object", "embed", "base", "style", "marquee", "xmp", "template", "math", "frame"),
    *("video", "audio", "applet", "animate", "set", "foreignobject", "image", "img"),
}
# What fields ask for that take no words: refusing words is their work.
CODED = {
    **dict.fromkeys(("website", "url"), "https://semailles.example/?q=<b>"),
    **dict.fromkeys(("baseline", "target", "value", "amount", "people", "minutes", "points"), "12"),
    "year": "2026",
    "email": "a@example.org",
    "code": "ABCDEF",
    "count": "2",
    "axes-code": "9",
    "territoires-code": "98",
    "first": "1",
    "confirmation": "version 2",
}
# Acts that end what the campaign needs: sent once everything else was.
ENDS = (
    *("deconnexion", "retirer", "dissoudre", "supprimer", "clore", "fermer", "rendre", "archiver"),
    *("annuler", "abandonner", "origine", "refaire", "reprendre", "etat"),
)


@dataclass
class Control:
    """What one field of a form is, and what it holds when the page is opened."""

    name: str
    kind: str
    value: str = ""
    options: list[str] = field(default_factory=list)
    longest: int = 0


@dataclass
class Form:
    """A form of a page: where it goes, and its fields."""

    page: str
    action: str
    method: str
    name: str = ""
    files: bool = False
    controls: list[Control] = field(default_factory=list)
    owner: str = ""  # the address of the form itself, when one of its buttons sends it elsewhere

    @property
    def shape(self):
        """Whose fields these are: accepted from one of its buttons, they are accepted."""
        return shape(self.owner or self.action)

    @property
    def words(self):
        """The fields in which somebody types words."""
        return [c for c in self.controls if c.kind in WORDS | {"textarea"}]

    @property
    def ends(self):
        """Whether it may take away what the campaign works on."""
        return any(word in self.action for word in ENDS)


class Reader(HTMLParser):
    """The forms and the links of a page."""

    def __init__(self, page, html):
        super().__init__(convert_charrefs=True)
        self.page, self.forms, self.links, self.strays = page, [], [], []
        self._form = self._control = self._option = None
        self._ways = []  # where a button outside its form sends it: the form, the address
        self.unsafe = []
        self.feed(html)
        named = {form.name: form for form in self.forms if form.name}
        for owner, control in self.strays:
            if owner in named:
                named[owner].controls.append(control)
        self.forms += [
            replace(named[owner], action=action, owner=named[owner].action)
            for owner, action in self._ways
            if owner in named
        ]

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        self.unsafe += _dangers(tag, values)
        if tag == "a" and values.get("href"):
            self.links.append(urljoin(self.page, values["href"]))
        elif tag == "form":
            action = urljoin(self.page, values.get("action") or self.page)
            method = values.get("method", "get").upper()
            self._form = Form(self.page, action, method, values.get("id", ""))
            self.forms.append(self._form)
        elif tag == "button" and values.get("formaction") and values.get("form"):
            self._ways.append((values["form"], urljoin(self.page, values["formaction"])))
        elif tag in {"input", "textarea", "select", "button"} and values.get("name"):
            self._add(tag, values)
        elif tag == "option" and self._control is not None:
            self._option = values.get("value", "")
            self._control.options.append(self._option)
            if "selected" in values:
                self._control.value = self._option

    def _add(self, tag, values):
        kind = values.get("type", "text") if tag == "input" else tag
        value = values.get("value", "")
        control = Control(values["name"], kind, value, longest=int(values.get("maxlength") or 0))
        if kind in {"radio", "checkbox"}:
            control.options = [value or "on"]
        if tag in {"textarea", "select"}:
            self._control = control
        if values.get("form"):
            self.strays.append((values["form"], control))
        elif self._form is not None:
            self._form.files |= kind == "file"
            self._form.controls.append(control)

    def handle_endtag(self, tag):
        if tag == "form":
            self._form = None
        elif tag in {"textarea", "select"}:
            self._control = None

    def handle_data(self, data):
        if self._control is not None and self._control.kind == "textarea":
            self._control.value += data


class Campaign:
    """Sends a corpus through every form that each of several visitors finds."""

    def __init__(self, corpus, longest=1_800):
        self.corpus, self._longest = corpus, longest
        self._turn = itertools.cycle(corpus)
        self.failed, self.unsafe, self.accepted, self.met = [], [], Counter(), set()
        self.sent, self.answers, self.pages = set(), {}, {}

    def crawl(self, client, seeds):
        """Return every form on the pages that links lead to, from ``seeds`` on."""
        waiting, seen, forms = list(seeds), set(), {}
        while waiting:
            url = waiting.pop()
            plain = urlsplit(url)._replace(fragment="").geturl()
            if plain in seen or not plain.startswith("/") or plain.startswith("/static/"):
                continue
            seen.add(plain)
            answer = client.get(plain)
            self._note(answer, f"GET {plain}")
            shown = "Content-Disposition" not in answer.headers
            if answer.mimetype == "text/html" and shown and answer.status_code < 400:
                reader = Reader(plain, answer.get_data(as_text=True))
                self.pages.setdefault(shape(plain), set()).add(plain)
                self.unsafe += [(plain, found) for found in reader.unsafe]
                for form in reader.forms:
                    forms.setdefault((form.action, tuple(c.name for c in form.controls)), form)
                # A search may lead to thousands of pages that differ by a word.
                waiting += [link for link in reader.links if link.count("=") < 2]
            answer.close()
        return list(forms.values())

    def send(self, client, form, token):
        """Send ``form`` once, its words replaced; a field that refuses them gets what it asks."""
        if form.method != "POST" or form.files:
            return None
        form = self._as_now(client, form)
        self.met |= {(form.shape, c.name) for c in form.words}
        fields, typed = self._filled(form, token)
        answer = client.post(form.action, data=fields)
        if answer.status_code == 409:  # these words may name another object already
            answer.close()
            fields, typed = self._filled(form, token)
            answer = client.post(form.action, data=fields)
        if answer.status_code in {400, 422}:
            refused = _refused(answer.get_data(as_text=True))
            coded = refused or {control.name for control in form.words if control.name in CODED}
            for control in form.words:
                named = {
                    r
                    for r in refused | coded
                    if r == control.name or r.startswith(f"{control.name}-")
                }
                if named or not (refused or coded):
                    typed.pop(control.name, None)
                    fields[control.name] = _asked(control)
            self._note(answer, f"POST {form.action}")
            answer.close()
            answer = client.post(form.action, data=fields)
        self._note(answer, f"POST {form.action}")
        self.answers[shape(form.action)] = (
            answer.status_code,
            _refused(answer.get_data(as_text=True)),
        )
        if answer.status_code < 400:
            self.accepted.update((form.shape, name) for name in typed)
            self.sent.update(itertools.chain.from_iterable(typed.values()))
        answer.close()
        return answer

    def _as_now(self, client, form):
        """The form as its page shows it now: what somebody else changed meanwhile is in it."""
        answer = client.get(form.page)
        again = Reader(form.page, answer.get_data(as_text=True)).forms
        answer.close()
        names = [control.name for control in form.controls]
        same = (
            f for f in again if (f.action, [c.name for c in f.controls]) == (form.action, names)
        )
        return next(same, form)

    def _note(self, answer, what):
        if answer.status_code >= 500:
            self.failed.append((what, answer.status_code))

    def _filled(self, form, token):
        fields, typed = {}, {}
        for control in form.controls:
            if control.kind in WORDS | {"textarea"}:
                typed[control.name] = self._words(control)
                fields[control.name] = "\n".join(typed[control.name])
            elif control.kind == "checkbox":
                fields[control.name] = [*fields.get(control.name, []), *control.options]
            else:
                fields.setdefault(control.name, _chosen(control))
        return fields | {"csrf_token": token}, typed

    def _words(self, control):
        room = min(control.longest or self._longest, self._longest)
        if control.kind != "textarea":
            room = min(room, 110)
        parts, used = [], 0
        for _ in range(len(self.corpus)):
            part = next(self._turn)
            if used + len(part) + 1 <= room:
                parts.append(part)
                used += len(part) + 1
            elif parts:
                break
        return parts or ["<b>"]


def _dangers(tag, values):
    """What no page of ours holds, and an injected payload would."""
    if (tag in FOREIGN and "data-note" not in values) or (
        tag == "script" and not values.get("src", "").startswith("/static/")
    ):
        yield f"<{tag}>"
    yield from (name for name in values if name.startswith("on") or name in {"style", "srcdoc"})
    for name in ("href", "src", "action", "formaction", "data", "xlink:href"):
        target = "".join((values.get(name) or "").split()).lower()
        if target.startswith(("javascript:", "data:", "vbscript:", "//", "blob:", "file:")):
            yield f"{name}={target}"
    if tag == "meta" and values.get("content") != "3" and "http-equiv" in values:
        yield "<meta http-equiv>"


def _chosen(control):
    """What a field that takes no words is given: what it holds, or the first thing it offers."""
    later = "end" in control.name or "target" in control.name
    if control.kind == "date":
        past = control.name.endswith("on") and not later  # what was measured or done was before
        return "2024-01-02" if past else "2031-06-01" if later else "2030-06-01"
    if control.kind == "datetime-local":
        return "2030-06-01T12:00" if later else "2030-06-01T10:00"
    if control.kind == "number":
        return control.value or CODED.get(control.name, "2")
    return control.value or next((option for option in control.options if option), "")


def _refused(html):
    """The names of the fields under which the page shows an error."""
    return set(re.findall(r'id="([\w-]+)-erreur"', html))


def _asked(control):
    """What a field that refuses scripts wants: an address, a number, an e-mail, what it held."""
    return control.value or CODED.get(control.name, "12")


def shape(url):
    """The address of a form without what names one object."""
    parts = urlsplit(url).path.split("/")
    return "/".join(
        "·" if any(c.isdigit() or c.isupper() for c in part) else part for part in parts
    )
