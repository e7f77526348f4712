"""Acts in a room, shared by the tests of what happens there."""

from tests import builders
from tests.functional.browsing import key, post, read
from webapp.collection import workshops
from webapp.collection.models import Contribution, DecisionKind
from webapp.platform.extensions import db, transaction

DESK = "/animation/ateliers/ABCDEF"
JSON = {"Accept": "application/json"}


def act(client, address, **fields):
    """Press a button of the workshop's page and return the page that follows."""
    answer = post(client, f"{DESK}/{address}", DESK, **fields)
    assert answer.status_code == 303, answer.status_code
    return read(client.get(answer.location))


def stored(app):
    with app.app_context():
        return [(said.body, said.decision.kind) for said in db.session.query(Contribution)]


def move(app, state):
    with app.app_context(), transaction() as session:
        workshops.get_workshop(session, code="ABCDEF").state = state


def publish(app, words):
    with app.app_context(), transaction() as session:
        said = session.query(Contribution).filter_by(body=words).one()
        builders.decide(session, said, DecisionKind.PUBLISHED, actor=None)
        return said.public_id


def speak(client, words, **fields):
    drawn = read(client.get("/a/ABCDEF")).value("key")
    return post(client, "/a/ABCDEF", body=words, **{"key": drawn, "warned": "y"} | fields)


def table_address(staff, count=2):
    act(staff, "tables", count=str(count))
    return next(link for link in read(staff.get(DESK)).links if link.startswith("/table/"))


def queue(client, **fields):
    """Send as the queue of a browser does, with a new token."""
    token = client.get("/jeton").json["token"]
    fields["key"] = key(fields["key"])
    return client.post("/a/ABCDEF", data={"csrf_token": token, **fields}, headers=JSON)
