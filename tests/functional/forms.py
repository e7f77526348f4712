"""The forms of rendered pages: where each button sends, and the fields that it sends."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

_TYPED = frozenset({"text", "email", "password", "search", "number", "url", "tel", "date"})


@dataclass
class Form:
    """A form of a page: its addresses, and its fields with their kind and value."""

    action: str
    method: str
    targets: set = field(default_factory=set)
    fields: list = field(default_factory=list)

    def values(self, **more):
        """Return what a browser sends when nothing is changed, ticks and buttons left out."""
        found = {n: v for n, kind, v in self.fields if kind not in {"checkbox", "radio", "file"}}
        return found | more

    def names(self, *kinds):
        """Return the names of the fields of these kinds."""
        return [name for name, kind, _ in self.fields if kind in kinds]

    @property
    def typed(self):
        """Return the names of the fields in which a person writes."""
        return self.names("textarea", *_TYPED)


class Forms(HTMLParser):
    """Reads the forms of a page, with the controls that name theirs by ``form=``."""

    def __init__(self, url, html):
        super().__init__(convert_charrefs=True)
        self.url, self.found, self.named, self.late = url, [], {}, []
        self._form = self._text = None
        self.feed(html)
        for name, values, tag in self.late:
            self._add(self.named.get(name), values, tag)

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        if tag == "form":
            self._form = Form(values.get("action") or self.url, values.get("method", "get"))
            self._form.targets.add(self._form.action)
            self.found.append(self._form)
            self.named[values.get("id")] = self._form
        elif tag in {"input", "textarea", "select", "button"} and "form" in values:
            self.late.append((values["form"], values, tag))
        elif tag in {"input", "textarea", "select", "button"}:
            self._add(self._form, values, tag)

    def handle_endtag(self, tag):
        if tag == "form":
            self._form = None
        if tag == "textarea" and self._text:
            form, name, parts = self._text
            # A parser of HTML leaves out the first line break of a text.
            form.fields.append((name, tag, re.sub(r"\A\r?\n", "", "".join(parts))))
            self._text = None

    def handle_data(self, data):
        if self._text:
            self._text[2].append(data)

    def _add(self, form, values, tag):
        if form is None:
            return
        if values.get("formaction"):
            form.targets.add(values["formaction"])
        name, kind = values.get("name"), values.get("type", "text") if tag == "input" else tag
        if tag == "textarea" and name:
            self._text = (form, name, [])
        elif name and tag != "button":
            form.fields.append((name, kind, values.get("value", "")))


def forms_of(url, response):
    """Return the forms of a page that post."""
    return [one for one in Forms(url, response.text).found if one.method == "post"]
