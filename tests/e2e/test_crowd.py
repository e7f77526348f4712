"""Two hundred phones behind one address speak in the same second."""

import concurrent.futures
import threading

import pytest

from tests.e2e.crowd import Phone
from tests.e2e.storms import Server
from tests.functional.browsing import key

PHONES = 200


@pytest.fixture(scope="module")
def address(demonstration):
    """A server of its own: two hundred ideas would bury those of the other tests."""
    server = Server(demonstration("crowd"), workers=2)
    server.start()
    yield server.address
    server.kill()


def test_check_42_all_are_heard_and_none_is_told_to_wait(address):
    phones = [Phone(address) for _ in range(PHONES)]
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


def test_check_43_a_robot_is_slowed_and_a_person_beside_it_is_not(address):
    robot, person = Phone(address), Phone(address)
    hidden = robot.open()
    statuses = [robot.speak(hidden | {"key": key(f"robot-{n}")}, f"Rafale {n}") for n in range(60)]
    assert 429 in statuses
    assert set(statuses) <= {303, 429}
    assert person.speak(person.open(), "Une idée posée") == 303
    for phone in (robot, person):
        phone.connection.close()
