"""The real processes, as an administrator runs them: ports, rights, restarts under load."""

import contextlib
import http.client
import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import uuid
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests import builders
from tests.e2e import storms
from tests.e2e.conftest import PATIENCE
from tests.functional.browsing import Page
from webapp import create_app
from webapp.config import Config
from webapp.platform import schema
from webapp.platform.extensions import db, transaction

ROOT = Path(__file__).parents[2]
LISTENING = "0A"
# What a connection says when the server it reached is going away.
GONE = (ConnectionError, http.client.HTTPException, TimeoutError)


@pytest.fixture
def server(tmp_path):
    """The real server, two web processes and the worker, with one open workshop."""
    app = create_app(Config(instance_path=tmp_path, secret_key="x" * 40, testing=True))
    with app.app_context():
        schema.upgrade(db.engine)
        with transaction() as session:
            builders.workshop(session)
        db.session.remove()
        db.engine.dispose()
    server = storms.Server(tmp_path, workers=2)
    yield server
    server.kill()


def processes(pid):
    """Return a process and all that came of it."""
    path = Path(f"/proc/{pid}/task/{pid}/children")
    return [pid, *(p for child in path.read_text("ascii").split() for p in processes(int(child)))]


def sockets(pids):
    """Return the inodes of the sockets that these processes hold."""
    links = (link for pid in pids for link in Path(f"/proc/{pid}/fd").iterdir())
    names = (str(link.readlink()) for link in links)
    return {name[8:-1] for name in names if name.startswith("socket:[")}


def listeners(pids):
    """Return the addresses where these processes listen, as the kernel writes them."""
    ours, found = sockets(pids), []
    for table in ("tcp", "tcp6", "udp", "udp6"):
        for line in Path(f"/proc/net/{table}").read_text("ascii").splitlines()[1:]:
            fields = line.split()
            if fields[9] in ours and (fields[3] == LISTENING or table.startswith("udp")):
                found.append((table, fields[1]))
    for line in Path("/proc/net/unix").read_text("utf-8").splitlines()[1:]:
        fields = line.split()
        if fields[6] in ours and fields[3] == "00010000":
            found.append(("unix", fields[-1]))
    return found


def test_check_50_nothing_listens_but_the_web_server_on_this_machine(server):
    server.start()
    pids = processes(server.process.pid)
    assert len(pids) >= 5  # serve, gunicorn and its two processes, the worker
    assert {address for _, address in listeners(pids)} == {f"0100007F:{server.port:04X}"}
    assert {table for table, _ in listeners(pids)} == {"tcp"}


class Room:
    """People who send one idea each, a few at a time, until all have been sent or told to stop."""

    def __init__(self, server, people, mark):
        self.server, self.mark = server, mark
        self.waiting = [(f"{mark} {number}", str(uuid.uuid4())) for number in range(people)]
        self.acknowledged, self.refused, self.lost = [], [], []
        self.lock, self.reached = threading.Lock(), {}

    def when(self, count):
        """Return an event set once so many ideas were acknowledged."""
        return self.reached.setdefault(count, threading.Event())

    def send(self):
        """Send until nothing waits."""
        while True:
            with self.lock:
                if not self.waiting:
                    return
                idea = self.waiting.pop()
            try:
                status = self._one(*idea)
            except GONE:
                with self.lock:
                    self.lost.append(idea)
                continue
            with self.lock:
                (self.acknowledged if status == 303 else self.refused).append(idea)
                for count, event in self.reached.items():
                    if len(self.acknowledged) >= count:
                        event.set()

    def fill(self, meanwhile=lambda: None, hands=6):
        """Send with several hands while something happens."""
        threads = [threading.Thread(target=self.send) for _ in range(hands)]
        for thread in threads:
            thread.start()
        try:
            meanwhile()
        finally:
            for thread in threads:
                thread.join(PATIENCE)
        assert not any(thread.is_alive() for thread in threads)

    def _one(self, words, key):
        """Open the form and send it as a phone does; return the status."""
        with contextlib.closing(self._connection()) as connection:
            connection.request("GET", "/a/ABCDEF", headers={"Connection": "close"})
            answer = connection.getresponse()
            page = Page(answer.read().decode())
            if answer.status != 200:
                return answer.status
            cookie = answer.headers["Set-Cookie"].split(";")[0]
        fields = {"csrf_token": page.value("csrf_token"), "key": key, "body": words}
        headers = {
            "Cookie": cookie,
            "Content-Type": "application/x-www-form-urlencoded",
            "Connection": "close",
        }
        with contextlib.closing(self._connection()) as connection:
            connection.request("POST", "/a/ABCDEF", urlencode(fields), headers)
            return connection.getresponse().status

    def _connection(self):
        return http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=PATIENCE)


def told(server, number):
    """Send a signal to the process that an administrator knows."""
    os.kill(server.process.pid, number)


def test_check_52_a_reload_under_load_disturbs_nobody(server):
    server.start()
    before = set(processes(server.process.pid))
    room = Room(server, 150, "pendant le rechargement")
    events = [room.when(count) for count in (20, 60, 100)]

    def reload():
        for event in events:
            assert event.wait(PATIENCE)
            told(server, signal.SIGHUP)

    room.fill(reload)
    assert (room.refused, room.lost) == ([], [])
    assert len(room.acknowledged) == 150
    assert server.stored(room.mark) == sorted(words for words, _ in room.acknowledged)
    assert server.process.poll() is None
    assert set(processes(server.process.pid)) != before  # other web processes answer now


def test_check_52_what_was_acknowledged_before_an_end_under_load_is_kept(server):
    server.start()
    room = Room(server, 150, "pendant l’arrêt")
    event = room.when(40)

    def end():
        assert event.wait(PATIENCE)
        told(server, signal.SIGTERM)
        assert server.process.wait(PATIENCE) == 0
        server.process = None

    room.fill(end)
    assert room.refused == []
    assert len(room.acknowledged) >= 40
    kept = server.stored(room.mark)
    assert {words for words, _ in room.acknowledged} <= set(kept)
    # A phone sends again, under the same key, what was not acknowledged: nothing is doubled.
    server.start()
    room.waiting, room.lost = room.lost, []
    room.fill()
    assert (room.refused, room.lost) == ([], [])
    assert len(server.stored(room.mark)) == len(set(server.stored(room.mark))) == 150


def asked(server, path):
    """Return what a monitor is told."""
    with contextlib.closing(
        http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
    ) as c:
        c.request("GET", path)
        answer = c.getresponse()
        return answer.status, answer.read()


def full_disk(server, least):
    """Let no file of the running server grow beyond ``least`` bytes, as a full disk would."""
    for pid in processes(server.process.pid):
        _, most = resource.prlimit(pid, resource.RLIMIT_FSIZE)
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (least, most))


def test_check_51_a_disk_that_fills_up_is_said_and_loses_nothing(server):
    server.start()
    assert asked(server, "/healthz") == (200, b"ok\n")
    with contextlib.closing(sqlite3.connect(server.folder / "semailles.sqlite")) as base:
        base.execute("UPDATE heartbeat SET at = '2000-01-01 00:00:00.000000'")
        base.commit()
        # The log of the database is appended to: from here on it cannot be.
        full_disk(server, (server.folder / "semailles.sqlite-wal").stat().st_size)
        assert asked(server, "/healthz") == (503, b"not\n")
        room = Room(server, 1, "pendant que le disque est plein")
        room.fill(hands=1)
        assert (len(room.refused), room.acknowledged) == (1, [])
        full_disk(server, resource.RLIM_INFINITY)
    assert server.stored(room.mark) == []
    assert asked(server, "/healthz") == (200, b"ok\n")
    room.waiting, room.refused = room.refused, []
    room.fill(hands=1)
    assert server.stored(room.mark) == [words for words, _ in room.acknowledged]
    assert len(room.acknowledged) == 1


def test_check_52_several_migrators_at_once_migrate_once(tmp_path):
    server = storms.Server(tmp_path)
    command = [sys.executable, "-m", "webapp", "db", "upgrade"]
    migrators = [
        subprocess.Popen(command, env=server.environment, stdout=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    ends = [
        (migrator.communicate(timeout=PATIENCE)[0], migrator.returncode) for migrator in migrators
    ]
    assert ends == [("Base de données à jour.\n", 0)] * 4
    with contextlib.closing(sqlite3.connect(tmp_path / "semailles.sqlite")) as base:
        assert len(base.execute("SELECT version_num FROM alembic_version").fetchall()) == 1
        assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)


# Everything is read-only but the instance's folder, and no privilege is left.
CONFINED = """
mount --bind "$1" "$1" && mount -o remount,bind,ro / && cd "$2" &&
! touch "$2/written" 2>/dev/null && shift 2 &&
exec setpriv --no-new-privs --bounding-set=-all --inh-caps=-all --ambient-caps=-all "$@"
"""


def confinement():
    """Return how to enter a namespace where mounts may be changed, or None."""
    if shutil.which("unshare") is None or shutil.which("setpriv") is None:
        return None
    for words in (["unshare", "--mount"], ["unshare", "--mount", "--map-root-user"]):
        if not subprocess.run([*words, "true"], check=False, capture_output=True).returncode:
            return words
    return None


def test_check_50_the_service_runs_with_nothing_writable_but_its_data(server):
    enter = confinement()
    if enter is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("no namespaces here (util-linux)")
    server.environment["TMPDIR"] = str(server.folder)
    server.wrapper = [*enter, "sh", "-c", CONFINED, "sh", str(server.folder), str(ROOT)]
    server.start()
    room = Room(server, 5, "sans droit d’écrire ailleurs")
    room.fill()
    assert len(server.stored(room.mark)) == 5
    status = Path(f"/proc/{processes(server.process.pid)[-1]}/status").read_text("ascii")
    assert "CapBnd:\t0000000000000000" in status
    assert "NoNewPrivs:\t1" in status
