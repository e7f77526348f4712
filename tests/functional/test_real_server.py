"""The real gunicorn, spoken to by hand: what no client would send, and what it answers."""

import contextlib
import gzip
import re
import secrets
import shutil
import socket
import subprocess
import time

import pytest

from webapp.cli.server import _web
from webapp.config import Config

FORM = b"application/x-www-form-urlencoded"
HOST = b"Host: 127.0.0.1\r\n"
LAST = b"Connection: close\r\n"
PATIENCE = 60
pytestmark = pytest.mark.xdist_group("real_server")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("real")


@pytest.fixture(scope="module")
def port(folder, sqlite_template):
    """The port of a server with one process, on an empty database."""
    shutil.copyfile(sqlite_template, folder / "semailles.sqlite")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number = probe.getsockname()[1]
    config = Config(
        instance_path=folder, secret_key=secrets.token_urlsafe(32), port=number, workers=1
    )
    environment = {"SEMAILLES_INSTANCE_PATH": str(folder), "PATH": "/usr/bin:/bin"}
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(_web(config), env=environment, stdout=log, stderr=log)
        try:
            _wait(number, server)
            yield number
        finally:
            server.terminate()
            server.wait(PATIENCE)


def _wait(port, server):
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and server.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 5):
            return
    pytest.fail("the server did not answer")


def say(port, *sent):
    """Send bytes, close our side, and return all that came back."""
    with socket.create_connection(("127.0.0.1", port), PATIENCE) as wire:
        with contextlib.suppress(ConnectionError):
            for part in sent:
                wire.sendall(part)
            wire.shutdown(socket.SHUT_WR)
        return b"".join(_received(wire))


def _received(wire):
    with contextlib.suppress(ConnectionError):
        while part := wire.recv(65_536):
            yield part


def statuses(answer):
    return [int(code) for code in re.findall(rb"HTTP/1\.[01] (\d{3})", answer)]


def request(line=b"GET / HTTP/1.1", headers=b"", body=b""):
    return line + b"\r\n" + HOST + LAST + headers + b"\r\n" + body


def post(headers, body=b""):
    return request(b"POST /rejoindre HTTP/1.1", headers, body)


def test_check_36_an_honest_request_is_answered_without_the_name_of_the_server(port):
    answer = say(port, request())
    head = answer.split(b"\r\n\r\n")[0].lower()
    assert statuses(answer) == [200]
    assert b"content-security-policy" in head
    assert b"server:" not in head


SMUGGLED = b"GET /connexion HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n"
SMUGGLING = {
    "two lengths": post(b"Content-Length: 0\r\nContent-Length: 60\r\n", SMUGGLED),
    "two equal lengths in a list": post(b"Content-Length: 5, 5\r\n", b"12345"),
    "length and chunks": post(b"Content-Length: 4\r\n" + CHUNKED, b"0\r\n\r\n" + SMUGGLED),
    "chunks twice": post(CHUNKED + CHUNKED, b"0\r\n\r\n"),
    "chunks not last": post(b"Transfer-Encoding: chunked, identity\r\n", b"0\r\n\r\n" + SMUGGLED),
    "unknown coding": post(b"Transfer-Encoding: xchunked\r\n", b"0\r\n\r\n" + SMUGGLED),
    "blank before the colon": post(b"Transfer-Encoding : chunked\r\n", b"0\r\n\r\n" + SMUGGLED),
    "folded": post(b"Transfer-Encoding:\r\n chunked\r\n", b"0\r\n\r\n" + SMUGGLED),
    "vertical tab": post(b"Transfer-Encoding: \x0bchunked\r\n", b"0\r\n\r\n" + SMUGGLED),
    "negative length": post(b"Content-Length: -1\r\n", SMUGGLED),
    "plus length": post(b"Content-Length: +5\r\n", b"12345"),
    "hexadecimal length": post(b"Content-Length: 0x5\r\n", b"12345"),
    "underscored length": post(b"Content-Length: 1_0\r\n", b"1234567890"),
    "bare line feed in a header": request(headers=b"X: a\nTransfer-Encoding: chunked\r\n"),
    "null in a header": request(headers=b"X: a\x00b\r\n"),
    "null in a name": request(headers=b"X\x00: a\r\n"),
    "chunk size with a sign": post(CHUNKED, b"+5\r\n12345\r\n0\r\n\r\n"),
    "chunk size in prefix": post(CHUNKED, b"0x5\r\n12345\r\n0\r\n\r\n"),
    "chunk without end": post(CHUNKED, b"5\r\n1234567\r\n0\r\n\r\n"),
    "no version": b"GET /\r\n\r\n",
    "other version": request(b"GET / HTTP/9.9"),
    "method with blanks": request(b"GE T / HTTP/1.1"),
    "lower-case method": request(b"get / HTTP/1.1"),
}


@pytest.mark.parametrize("name", sorted(SMUGGLING))
def test_check_41_what_two_servers_could_read_differently_is_refused(port, name):
    answer = say(port, SMUGGLING[name])
    assert len(statuses(answer)) <= 1, "a second request was read out of the first"
    assert all(400 <= code <= 505 and code != 500 for code in statuses(answer))
    assert b"Traceback" not in answer
    assert b"gunicorn" not in answer.lower()
    assert not answer or b"\r\nContent-Security-Policy: default-src 'none'" in answer


MANY_PARTS = b"".join(
    b'--x\r\nContent-Disposition: form-data; name="a%d"\r\n\r\n1\r\n' % number
    for number in range(1_500)
)
MULTIPART = b"Content-Type: multipart/form-data; boundary=x\r\n"
HEAVY = {
    "a header of 64 kB": (request(headers=b"X: " + b"a" * 65_536 + b"\r\n"), {400, 431}),
    "a thousand headers": (request(headers=b"X: a\r\n" * 1_000), {400, 431}),
    "an address of 64 kB": (request(b"GET /" + b"a" * 65_536 + b" HTTP/1.1"), {400, 414}),
    "a cookie of 16 kB": (request(headers=b"Cookie: a=" + b"b" * 16_384 + b"\r\n"), {400, 431}),
    "fifteen hundred parts": (
        post(MULTIPART + b"Content-Length: %d\r\n" % len(MANY_PARTS), MANY_PARTS),
        {400, 413},
    ),
    "a megabyte of returns": (
        post(MULTIPART + b"Content-Length: 1000000\r\n", b"\r" * 1_000_000),
        {400, 413, 422},
    ),
    "a part that never ends": (
        post(
            MULTIPART + b"Content-Length: 2000000\r\n",
            b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n' + b"a" * 1_999_000,
        ),
        {400, 413, 422},
    ),
    "a length without end": (post(b"Content-Length: 99999999999\r\n"), {400, 413}),
    "a deep JSON": (
        post(b"Content-Type: application/json\r\nContent-Length: 200000\r\n", b"[" * 200_000),
        {400, 413, 422},
    ),
    "a compressed body": (
        post(
            b"Content-Encoding: gzip\r\nContent-Type: "
            + FORM
            + b"\r\nContent-Length: %d\r\n" % len(gzip.compress(b"code=" + b"a" * 10_000_000)),
            gzip.compress(b"code=" + b"a" * 10_000_000),
        ),
        {400, 413, 415, 422},
    ),
    "half a million fields": (
        post(b"Content-Type: " + FORM + b"\r\nContent-Length: 1000000\r\n", b"a&" * 500_000),
        {400, 413, 422},
    ),
    "a form in chunks without a length": (
        post(
            b"Content-Type: " + FORM + b"\r\n" + CHUNKED,
            (b"10000\r\n" + b"a" * 0x10000 + b"\r\n") * 40 + b"0\r\n\r\n",
        ),
        {400, 413, 422},
    ),
}


@pytest.mark.parametrize("name", sorted(HEAVY))
def test_check_32_what_is_too_heavy_is_refused(port, name):
    sent, expected = HEAVY[name]
    answer = say(port, sent)
    # A server may close before all was said: the rest is then lost with the answer.
    assert set(statuses(answer)) <= expected
    assert statuses(say(port, request())) == [200]


def test_check_21_an_absolute_or_forged_host_leads_nowhere_else(port):
    for line in (
        b"GET http://evil.invalid/feuille-de-route HTTP/1.1",
        b"GET //evil.invalid/ HTTP/1.1",
    ):
        answer = say(port, request(line))
        assert b"evil.invalid" not in answer.split(b"\r\n\r\n")[0]
    sent = b"GET /feuille-de-route HTTP/1.1\r\nHost: evil.invalid\r\nConnection: close\r\n\r\n"
    answer = say(port, sent)
    assert statuses(answer) == [308]
    assert b"\r\nLocation: /feuille-de-route/\r\n" in answer
    assert b"evil.invalid" not in answer.split(b"\r\n\r\n")[0]


def test_check_46_what_is_no_request_leaves_no_address_and_no_line(folder, port):
    for line in (b"GET /suivi/U7HPRSJGR8FG", b"\x00\xff /suivi/U7HPRSJGR8FG HTTP/1.1", b"GET\r\n"):
        assert statuses(say(port, request(line)))[:1] in ([], [400])
    assert statuses(say(port, request()))[0] == 200  # what came before was dealt with
    log = (folder / "log").read_bytes()
    for trace in (b"U7HPRSJGR8FG", b"127.0.0.1", b"Invalid request"):
        assert trace not in log
