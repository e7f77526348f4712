"""Two hundred phones behind one address speak in the same second."""

import concurrent.futures
import http.client
import re
import threading
import urllib.parse
from http.cookies import SimpleCookie

PHONES = 200
CODE = "E6PGW3"


class Phone:
    """A browser reduced to its connection and its cookie."""

    def __init__(self, base_url):
        self.connection = http.client.HTTPConnection(urllib.parse.urlsplit(base_url).netloc)
        self.cookie = ""

    def ask(self, method, path, **fields):
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


def test_all_are_heard_and_none_is_told_to_wait(base_url):
    phones = [Phone(base_url) for _ in range(PHONES)]
    together = threading.Barrier(PHONES)

    def one(number):
        hidden = phones[number].open()
        together.wait(60)
        return phones[number].speak(hidden, f"Idée de la personne {number} sur {PHONES}")

    with concurrent.futures.ThreadPoolExecutor(PHONES) as crowd:
        statuses = list(crowd.map(one, range(PHONES)))
    for phone in phones:
        phone.connection.close()
    assert statuses == [303] * PHONES


def test_a_robot_is_slowed_and_a_person_beside_it_is_not(base_url):
    robot, person = Phone(base_url), Phone(base_url)
    hidden = robot.open()
    statuses = [robot.speak(hidden | {"key": f"robot-{n}"}, f"Rafale {n}") for n in range(60)]
    assert 429 in statuses
    assert set(statuses) <= {303, 429}
    assert person.speak(person.open(), "Une idée posée") == 303
    for phone in (robot, person):
        phone.connection.close()
