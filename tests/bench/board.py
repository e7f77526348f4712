"""A large board: two thousand contributions in forty groups, on the server alone."""

import random
import re
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest import mock

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests import builders
from tests.functional.browsing import groups_on, read, sign_in
from webapp import create_app
from webapp.collection.models import (
    Channel,
    Contribution,
    DecisionKind,
    Excerpt,
    ModerationDecision,
)
from webapp.config import Config
from webapp.platform import schema
from webapp.platform.extensions import db, jobs, transaction
from webapp.review.models import ClusterMember, ExcerptPairs, Placement

CONTRIBUTIONS = 2_000
GROUPS = 40
_TIMES = 9
# pragma: allowlist nextline secret
_SECRET = "bench-only-bench-only-bench-only-bench-only"  # noqa: S105 - of a folder that vanishes
_BOARD = f"/revue/{builders.GROUP}"
_WORDS = "Il faudrait que le bus passe aussi le dimanche pour aller voir sa famille à l’hôpital, "
Call = Callable[[], TestResponse]


def board_table() -> Iterator[str]:
    """Yield how long pages and acts of a large board take."""
    # What the worker does afterwards is not what a person waits for.
    with tempfile.TemporaryDirectory() as folder, mock.patch.object(jobs, "enqueue"):
        url = f"sqlite:///{folder}/board.sqlite"
        app = create_app(
            Config(instance_path=Path(folder), secret_key=_SECRET, database_url=url, testing=True)
        )
        with app.app_context():
            schema.upgrade(db.engine)
            with transaction() as session:
                _fill(session)
        client = app.test_client()
        sign_in(client, "animation@example.org")
        yield "| what | median | worst | queries |"
        yield "|---|---|---|---|"
        for name, call in _calls(client):
            yield _row(app, name, call)
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


def _fill(session: Session) -> None:
    workshop, user = builders.workshop(session), builders.user(session)
    for number in range(GROUPS):
        cluster = builders.cluster(session, title=f"Faire rouler un bus le dimanche, {number}")
        for rank in range(CONTRIBUTIONS // GROUPS):
            body = f"{_WORDS}{number}-{rank}"
            said = Contribution(
                workshop_id=workshop.id,
                body=body,
                length=len(body),
                channel=Channel.PHONE,
                idempotency_key=f"k{number}-{rank}",
                receipt=f"R{number:03d}{rank:03d}",
                submitted_at=builders.NOW,
                excerpts=[Excerpt(start=0, stop=len(body))],
                decisions=[
                    ModerationDecision(
                        kind=DecisionKind.PUBLISHED, actor_id=user.id, decided_at=builders.NOW
                    )
                ],
            )
            session.add(said)
            session.flush()
            session.add(
                ClusterMember(
                    working_group_id=cluster.working_group_id,
                    cluster_id=cluster.id,
                    excerpt_id=said.excerpts[0].id,
                    placed_by=Placement.MACHINE,
                    confidence=0.8,
                    position=rank,
                )
            )

    _compare(session, cluster.working_group_id)


def _compare(session: Session, group_id: int) -> None:
    """Store pairs as the worker would, drawn by chance."""
    ids = session.scalars(select(Excerpt.id).order_by(Excerpt.id)).all()
    chance = random.Random(0)  # noqa: S311 - figures of a bench
    session.add_all(
        ExcerptPairs(
            excerpt_id=excerpt_id,
            working_group_id=group_id,
            position=position,
            probabilities=chance.randbytes(2 * len(ids)),
        )
        for position, excerpt_id in enumerate(ids)
    )


def _calls(client: FlaskClient) -> Iterator[tuple[str, Call]]:
    groups = groups_on(client.get(_BOARD))
    page = client.get(groups[0])
    token = read(page).value("csrf_token")
    boxes = iter(re.findall(r'name="excerpts" value="([^"]+)"', page.text))
    target, others = groups[1].rsplit("/", 1)[1], iter(groups[2:])
    titles = iter(range(_TIMES))

    def act(path: str, **fields: str) -> TestResponse:
        return client.post(path, data={"csrf_token": token, **fields})

    def merge() -> TestResponse:
        return act(f"{groups[0]}/fusionner", clusters=next(others).rsplit("/", 1)[1])

    yield "the board", lambda: client.get(_BOARD)
    yield "one group of 50", lambda: client.get(groups[0])
    yield "the list, searched", lambda: client.get(f"{_BOARD}/contributions?q=dimanche")
    yield "a note to sort", lambda: client.get(f"{_BOARD}/trier?pile=a-relire&note=1000")
    yield "the ledger", lambda: client.get(f"{_BOARD}/registre")
    yield "rename", lambda: act(f"{groups[0]}/titre", title=f"Un titre {next(titles)}")
    yield "move one", lambda: act(f"{_BOARD}/deplacer", excerpts=next(boxes), target=target)
    yield "take the move back", lambda: act(f"{_BOARD}/annuler")
    yield "merge a group of 50", merge
    yield "take the merge back", lambda: act(f"{_BOARD}/annuler")
    yield "the history", lambda: client.get(f"{_BOARD}/historique")


def _row(app: Flask, name: str, call: Call) -> str:
    with app.app_context():
        engine = db.engine
    times, counts = [], []
    for _ in range(_TIMES):
        seen: list[str] = []

        def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
            seen.append(statement)  # noqa: B023 - the listener goes with its turn

        event.listen(engine, "before_cursor_execute", note)
        started = time.perf_counter()
        answer = call()
        times.append(time.perf_counter() - started)
        event.remove(engine, "before_cursor_execute", note)
        assert answer.status_code in {200, 303}, (name, answer.status_code)
        counts.append(sum(statement.lstrip().startswith("SELECT") for statement in seen))
    return (
        f"| {name} | {1000 * statistics.median(times):.0f} ms | {1000 * max(times):.0f} ms "
        f"| {max(counts)} |"
    )


if __name__ == "__main__":
    for line in board_table():
        print(line)
