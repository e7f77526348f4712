"""What every answer says to a browser: each route and each way to fail, on http and on https."""

import re
from dataclasses import replace

import pytest

from tests.functional.browsing import key, read, sign_in
from tests.functional.region import PEOPLE
from webapp import create_app
from webapp.platform.extensions import db

NOTHING = {"default-src", "object-src", "base-uri", "frame-ancestors"}
OURS = {
    *("script-src", "style-src", "img-src", "connect-src", "font-src"),
    *("manifest-src", "worker-src", "form-action"),
}
YEAR = 31_536_000
SECRETS = re.compile(
    r"Traceback|SELECT secret|site-packages|webapp/|sqlalchemy|werkzeug|gunicorn|flask/|"
    r"python/|/home/|\.py\b",
    re.IGNORECASE,
)
PUBLIC = {"http": "http://127.0.0.1:8000", "https": "https://semailles.example"}


@pytest.fixture(params=sorted(PUBLIC))
def scheme(request):
    return request.param


@pytest.fixture
def served(config, scheme, things):
    """The application of the region, at a public address of each scheme."""
    app = create_app(replace(config, public_url=PUBLIC[scheme]))
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.view_functions["signals.readyz"] = failure
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def failure():
    raise RuntimeError("SELECT secret FROM /home/somebody")


def visitor(app, scheme, name="anonymous"):
    client = app.test_client()
    client.environ_base["wsgi.url_scheme"] = scheme
    client.environ_base["HTTP_REFERER"] = f"{scheme}://localhost/"  # CSRF asks for it on https
    if name != "anonymous":
        assert sign_in(client, f"{name}@example.org").status_code == 303
    return client


def answers(app, address, scheme):
    """Every route as somebody and as nobody, and one answer of each other kind."""
    chief, nobody = visitor(app, scheme, "admin"), visitor(app, scheme)
    for rule in app.url_map.iter_rules():
        if rule.endpoint in {"signals.readyz", "account.sign_out"}:
            continue
        for client, method in ((chief, "GET"), (nobody, "HEAD"), (nobody, "POST")):
            if (rule.endpoint, method) == ("static", "HEAD"):
                continue  # werkzeug leaves the file of such an answer to the collector
            yield f"{method} {rule.endpoint}", client.open(address(rule), method=method)
    yield "404", nobody.get("/nulle-part")
    yield "405", nobody.delete("/")
    yield "TRACE", nobody.open("/", method="TRACE")
    yield "OPTIONS", nobody.options("/")
    yield "308", nobody.get("/feuille-de-route")
    yield "413", nobody.post("/a/ABCDEF", data={"body": "x" * (1024 * 1024 + 1)})
    yield "500", nobody.get("/readyz")
    yield "400", nobody.get("/api/v1/items?page=0")
    tag = nobody.get("/api/v1/ledger").headers["ETag"]
    yield "304", nobody.get("/api/v1/ledger", headers={"If-None-Match": tag})
    yield "416", nobody.get("/static/css/base.css", headers={"Range": "bytes=9999999-"})
    page = read(nobody.get("/a/ABCDEF"))
    for number in range(30):
        fields = {
            "csrf_token": page.value("csrf_token"),
            "key": key(f"k{number}"),
            "body": "Un bus",
        }
        answer = nobody.post("/a/ABCDEF", data=fields)
        if answer.status_code == 429:
            yield "429", answer
            break
        answer.close()


def test_check_37_38_every_answer_passes_the_criteria_and_tells_nothing(served, address, scheme):
    seen, wrong = {}, {}
    for name, answer in answers(served, address, scheme):
        seen[name] = answer.status_code
        if faults := [*criteria(answer, scheme), *told(answer)]:
            wrong[name] = faults
        answer.close()
    assert wrong == {}
    assert {200, 303, 304, 308, 400, 404, 405, 413, 416, 422, 429, 500} <= set(seen.values())


def criteria(answer, scheme):  # noqa: C901, PLR0912 - twelve criteria, read from top to bottom
    """The twelve of the HTTP Observatory, one by one, then what we add."""
    yield from policy_faults(answer.headers.get("Content-Security-Policy", ""))  # 1. CSP
    for cookie in answer.headers.getlist("Set-Cookie"):  # 2. cookies
        asked = {"HttpOnly", "SameSite=Lax", *({"Secure"} if scheme == "https" else ())}
        if not asked <= set(cookie.split("; ")):
            yield cookie
    shared = "Access-Control-Allow-Origin" in answer.headers
    if shared and {"access-control-allow-credentials", "set-cookie"} & {
        name.lower()
        for name in answer.headers.keys()  # noqa: SIM118 - iterating gives pairs
    }:
        yield "shared with somebody's session"  # 3. sharing between origins
    if answer.location and not answer.location.startswith("/"):  # 4. redirections stay here
        yield answer.location
    if answer.headers.get("Referrer-Policy") != "no-referrer":  # 5. Referrer-Policy
        yield "Referrer-Policy"
    lasting = answer.headers.get("Strict-Transport-Security", "")  # 6. HSTS
    age = re.fullmatch(r"max-age=(\d+); includeSubDomains", lasting)
    if (scheme == "https") is not bool(age and int(age[1]) >= YEAR):
        yield f"Strict-Transport-Security {lasting}"
    if answer.mimetype == "text/html" and answer.status_code != 304:  # 7. scripts of ours alone
        loaded = (a.get("src") or a.get("href") for tag, a in read(answer).tags if loads(tag, a))
        yield from (source for source in loaded if not source.startswith("/static/"))
    if answer.headers.get("X-Content-Type-Options") != "nosniff":  # 8. nosniff
        yield "X-Content-Type-Options"
    if answer.headers.get("X-Frame-Options") != "DENY":  # 9. frames
        yield "X-Frame-Options"
    if answer.headers.get("Cross-Origin-Resource-Policy") not in (  # 10. CORP
        {"same-origin", "cross-origin"} if shared else {"same-origin"}
    ):
        yield "Cross-Origin-Resource-Policy"
    for dead in ("X-XSS-Protection", "Public-Key-Pins"):  # 11 and 12. given up by browsers
        if dead in answer.headers:
            yield dead
    if answer.headers.get("Cross-Origin-Opener-Policy") != "same-origin":
        yield "Cross-Origin-Opener-Policy"
    allowed = answer.headers.get("Permissions-Policy", "")
    if not re.fullmatch(r"(?:[a-z-]+=\(\)(?:, |$)){25,}", allowed):
        yield f"Permissions-Policy {allowed}"
    for telling in ("Server", "X-Powered-By"):
        if telling in answer.headers:
            yield telling


def told(answer):
    """What a failure says of how we are made."""
    if answer.status_code >= 400:
        words = f"{answer.headers} {answer.get_data(as_text=True)}"
        yield from SECRETS.findall(words)


def loads(tag, attrs):
    return (tag == "script" and "src" in attrs) or attrs.get("rel") in {"stylesheet", "icon"}


def policy_faults(policy):
    directives = {}
    for directive in policy.split(";"):
        name, *values = directive.split() or [""]
        directives.setdefault(name, []).extend(values)
    expected = {key: ["'none'"] for key in NOTHING} | {key: ["'self'"] for key in OURS}
    expected |= {
        "require-trusted-types-for": ["'script'"],
        "trusted-types": ["semailles", "semailles-worker"],
    }
    if directives != expected:
        yield f"Content-Security-Policy: {policy}"


def test_a_fault_is_seen(served, scheme):
    answer = visitor(served, scheme).get("/")
    assert list(criteria(answer, scheme)) == []
    for name in ("Content-Security-Policy", "X-Frame-Options", "Permissions-Policy"):
        kept = answer.headers.pop(name)
        assert list(criteria(answer, scheme)) != []
        answer.headers[name] = kept
    answer.headers["Content-Security-Policy"] += "; script-src 'unsafe-inline'"
    assert list(criteria(answer, scheme)) != []


SCANNED = (
    *("/console", "/.git/config", "/.env", "/static/", "/static/css/", "/static", "/admin"),
    *("/static/../webapp/config.py", "/static/%2e%2e/config.py", "/static/..%2fconfig.py"),
    *("/phpinfo.php", "/wp-login.php", "/server-status", "/debug", "/metrics", "/actuator/env"),
    *("/instance/secret_key", "/.well-known/../.git/HEAD", "//etc/passwd", "/%00", "/%2e%2e/"),
)


def test_check_36_what_a_scanner_asks_for_is_not_there(served, scheme):
    client, given = visitor(served, scheme), {}
    for path in SCANNED:
        for method in ("GET", "POST", "PUT", "DELETE", "TRACE", "PROPFIND"):
            answer = client.open(path, method=method)
            given[method, path] = answer.status_code
            answer.close()
    assert {asked: s for asked, s in given.items() if s not in {400, 404, 405}} == {}


def test_check_38_people_see_the_same_headers_whatever_their_role(served, scheme):
    for name in PEOPLE:
        answer = visitor(served, scheme, name).get("/")
        assert list(criteria(answer, scheme)) == []
        assert answer.headers["Cache-Control"] == "no-store"
