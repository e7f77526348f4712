"""Phones reduced to their connection and their cookie, to open many at once."""

import http.client
import re
import urllib.parse
from http.cookies import SimpleCookie

CODE = "E6PGW3"


class Phone:
    """A browser reduced to its connection and its cookie."""

    def __init__(self, base_url):
        self.connection = http.client.HTTPConnection(urllib.parse.urlsplit(base_url).netloc)
        self.cookie = ""

    def ask(self, method, path, **fields):
        self.connection.close()  # a phone that was read for a minute has lost its connection
        headers = {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        self.connection.request(method, path, urllib.parse.urlencode(fields), headers)
        answer = self.connection.getresponse()
        words = answer.read().decode()
        for name, morsel in SimpleCookie(answer.getheader("Set-Cookie") or "").items():
            self.cookie = f"{name}={morsel.value}"
        return answer.status, words

    def open(self):
        """Load the form and return its hidden fields."""
        _, page = self.ask("GET", f"/a/{CODE}")
        names = ("csrf_token", "key")
        return {name: re.search(rf'name="{name}"[^>]*value="([^"]*)"', page)[1] for name in names}

    def speak(self, hidden, words):
        status, _ = self.ask("POST", f"/a/{CODE}", body=words, **hidden)
        return status
