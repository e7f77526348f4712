"""A browser without JavaScript: pages read as a person does, forms sent with their token."""

import re
import uuid
from html import unescape
from html.parser import HTMLParser

from tests import builders

_VOID = frozenset({"br", "hr", "img", "input", "link", "meta"})


class Page(HTMLParser):
    """What a page says: its text, its forms' hidden values, its links, its identifiers."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.html, self.words, self.links, self.tags, self.ids = html, [], [], [], []
        self._silent = 0
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        self.tags.append((tag, values))
        self._silent += tag in {"script", "style"}
        if values.get("id"):
            self.ids.append(values["id"])
        if tag == "a" and values.get("href"):
            self.links.append(values["href"])

    def handle_endtag(self, tag):
        self._silent -= tag in {"script", "style"}

    def handle_data(self, data):
        if not self._silent:
            self.words.append(data)

    @property
    def text(self):
        """The visible words; blanks are folded, but for the unbreakable ones of French."""
        return re.sub(r"[ \t\r\n]+", " ", "".join(self.words)).strip()

    def value(self, name):
        """The value of the first field called ``name``."""
        for tag, attrs in self.tags:
            if tag == "input" and attrs.get("name") == name:
                return attrs.get("value", "")
        raise AssertionError(f"no field {name} on the page")

    def count(self, tag):
        """How many elements of this kind."""
        return sum(found == tag for found, _ in self.tags)


def read(response):
    """Return the page of a response."""
    return Page(response.get_data(as_text=True))


def typed_text(response):
    """Return what the page's text field holds."""
    match = re.search(r"<textarea[^>]*>\r?\n?(.*?)</textarea>", response.text, re.DOTALL)
    return unescape(match.group(1)) if match else None


def key(name):
    """Return the key that a page would have drawn, the same for the same name."""
    try:
        return str(uuid.UUID(name))
    except ValueError:
        return str(uuid.uuid5(uuid.NAMESPACE_OID, name))


def post(client, url, page_url=None, **fields):
    """Send a form with the token of the page it stands on, under a key as pages draw them."""
    if "key" in fields:
        fields["key"] = key(fields["key"])
    token = read(client.get(page_url or url)).value("csrf_token")
    return client.post(url, data={"csrf_token": token, **fields})


def publish(client, desk="/pilotage/"):
    """Publish the next version as its page asks; return the answer."""
    url = f"{desk.rstrip('/')}/publier"
    page = client.get(url)
    told = re.search(r"Publier la version (\d+)", page.text)
    return confirm(client, page, f"version {told[1]}", desk) if told else page


def confirm(client, page, words, desk="/pilotage/"):
    """Send the words that confirm a publication from ``page``; return the answer."""
    url, shown = f"{desk.rstrip('/')}/publier", read(page)
    names = ("csrf_token", "seen")
    data = {name: shown.value(name) for name in names} | {"confirmation": words}
    return client.post(url, data=data)


def sign_in(client, email, password=builders.PASSWORD):
    """Sign in and return the answer."""
    return post(client, "/connexion", email=email, password=password)


def groups_on(response):
    """Return the addresses of the groups that a board shows, in its order."""
    return re.findall(r'href="([^"#]+)#groupe" data-focus', response.text)
