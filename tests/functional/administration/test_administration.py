"""What administrators alone read: the table of permissions, the journal, its chain."""

import pytest
from sqlalchemy import text

from tests import builders
from tests.functional.browsing import read
from webapp.accounts.permissions import PERMISSIONS, Principal
from webapp.administration.views import administration
from webapp.platform import audit
from webapp.platform.actions import Action
from webapp.platform.extensions import db, transaction
from webapp.platform.models import AuditEntry
from webapp.vocabulary.permissions import PERMISSION_WORDS, PRINCIPALS

HOME = "/administration/"
JOURNAL = "/administration/journal"


@pytest.fixture
def admin(things, browser_of):
    return browser_of("admin")


def record(app, action="test.act", subject="item:T-01", **more):
    with app.app_context(), transaction() as session:
        at = more.pop("at", builders.NOW)
        line = audit.Line(action=action, subject=subject, at=at, **more)
        return audit.record(session, line).id


def test_the_home_of_administrators_leads_to_what_they_read(admin):
    page = read(admin.get(HOME))
    assert {"/administration/droits", JOURNAL} <= set(page.links)
    assert HOME in read(admin.get("/")).links


def test_the_menu_says_where_one_is(admin):
    assert 'aria-current="page">Administration<' in admin.get(HOME).text
    for path in ("/administration/comptes/", JOURNAL, "/administration/conservation"):
        assert 'aria-current="true">Administration<' in admin.get(path).text
    assert 'aria-current="true">Animation<' in admin.get("/animation/ateliers/ABCDEF").text
    elsewhere = admin.get("/pages/cookies").text
    assert elsewhere.count("aria-current") == elsewhere.count('aria-current="true">Français<') == 1


def test_others_are_not_shown_the_way(things, browser_of):
    for name in ("commissaire", "copil", "animation"):
        assert HOME not in read(browser_of(name).get("/")).links


def test_every_action_and_every_holder_has_its_words(admin):
    assert set(PERMISSION_WORDS) == set(Action)
    assert set(PRINCIPALS) == set(Principal)
    page = read(admin.get("/administration/droits"))
    for words in (*PERMISSION_WORDS.values(), *PRINCIPALS.values()):
        assert words in page.text


def test_the_page_says_what_the_table_says(admin):
    html = admin.get("/administration/droits").text
    rows = dict(_rows(html))
    # Administration, commissioner, facilitator in their groups and in others, observer.
    assert rows[PERMISSION_WORDS[Action.MODERATE]] == ["oui", "oui", "oui", "—", "—"]
    assert rows[PERMISSION_WORDS[Action.ADMINISTER]] == ["oui", "—", "—", "—", "—"]
    assert rows[PERMISSION_WORDS[Action.READ_COMMITTEE]] == ["oui", "oui", "—", "—", "oui"]
    assert rows[PERMISSION_WORDS[Action.MAKE_DOCUMENTS]] == ["les siens"] * 2 + ["—"] * 3
    assert rows[PERMISSION_WORDS[Action.WRITE_NOTES]] == ["oui", "—", "—", "—", "—"]
    assert len(rows) == len(PERMISSIONS)


def _rows(html):
    for row in html.split("<tbody>")[1:]:
        for line in row.split("</tbody>")[0].split("</tr>"):
            words = [part.split("<")[0] for part in line.split(">") if part.split("<")[0].strip()]
            if words:
                yield words[0].replace("&#39;", "'"), [word.strip() for word in words[1:]]


def test_the_journal_is_read_in_french_newest_first(app, admin):
    page = read(admin.get(JOURNAL))
    assert "Version publiée" in page.text
    assert "feuille de route" in page.text
    assert "commissaire" in page.text
    last = record(app, "item.save", "item:AAD-07")
    assert page.text.count("Fiche modifiée") < read(admin.get(JOURNAL)).text.count("Fiche modifiée")
    assert last > 1


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("acte=workshop.wall", 1),
        ("acte=workshop.wall&personne=-", 0),
        ("objet=UNIQUE", 2),
        ("objet=%25", 0),
        ("personne=-&objet=UNIQUE", 1),
        ("du=2031-01-01", 1),
        ("du=2031-01-02", 0),
        ("au=2020-01-01&objet=UNIQUE", 0),
        ("du=hier&objet=UNIQUE", 2),
        ("au=9999-12-31&objet=UNIQUE", 2),
        ("du=0001-01-01&objet=UNIQUE", 2),
        ("personne=personne", 0),
    ],
)
def test_the_journal_is_searched(app, admin, query, expected):
    with app.app_context():
        me = builders.find_user(db.session, "admin@example.org").id
    record(app, "workshop.wall", "workshop:UNIQUE", actor_id=me)
    late = builders.NOW.replace(year=2030, month=12, day=31, hour=23, minute=30)  # 2031 in Paris
    record(app, "item.save", "item:UNIQUE", at=late)
    page = read(admin.get(f"{JOURNAL}?{query}")).text
    assert ("Aucune ligne ne correspond" in page) == (expected == 0)
    assert f"{expected}\u00a0ligne" in page or expected == 0


def test_somebodys_lines_are_found_by_their_name(app, admin):
    with app.app_context():
        chosen = builders.find_user(db.session, "voisin@example.org")
        record(app, "workshop.wall", "workshop:ABCDEF", actor_id=chosen.id)
        name = chosen.public_id
    page = read(admin.get(f"{JOURNAL}?personne={name}"))
    assert "1\u00a0ligne" in page.text
    assert "Mur montré ou caché" in page.text.split("Précisions")[1]


def test_the_journal_has_pages_and_keeps_what_was_asked(app, admin):
    for number in range(60):
        record(app, "item.save", f"item:PAGE-{number}")
    first = read(admin.get(f"{JOURNAL}?objet=PAGE-"))
    assert "page 1 sur 2" in first.text
    following = next(link for link in first.links if "page=2" in link)
    assert "objet=PAGE-" in following
    assert "PAGE-0" in read(admin.get(following)).text
    assert "page 2 sur 2" in read(admin.get(f"{JOURNAL}?objet=PAGE-&page=99999")).text


def test_the_lines_go_out_as_a_table_without_formulas(app, admin):
    record(app, "item.save", "item:=1+1", details="=HYPERLINK(1)")
    answer = admin.get(f"{JOURNAL}.csv?objet=%3D1")
    rows = answer.get_data().decode("utf-8-sig").splitlines()
    assert len(rows) == 2
    assert rows[0].startswith('"Ligne";"Date";"Personne";"Acte"')
    assert "Fiche modifiée" in rows[1]
    assert ';"=' not in rows[1]
    assert answer.mimetype == "text/csv"


def test_an_intact_chain_is_said_to_be_whole(admin):
    page = read(admin.get(f"{JOURNAL}/verification"))
    assert "Le journal est intact" in page.text


def test_a_long_chain_is_read_by_parts_which_follow_each_other(app, admin, monkeypatch):
    monkeypatch.setattr(administration, "PART", 10)
    address, parts = f"{JOURNAL}/verification", 0
    while True:
        parts += 1
        page = read(admin.get(address))
        refresh = [a["content"] for tag, a in page.tags if a.get("http-equiv") == "refresh"]
        if not refresh:
            break
        assert "Le journal est intact" not in page.text
        address = refresh[0].split("url=")[1]
    with app.app_context():
        count = db.session.query(AuditEntry).count()
    assert parts == -(-count // 10)
    assert "Le journal est intact" in page.text
    assert admin.get(f"{JOURNAL}/verification?apres=987654").status_code == 404


@pytest.mark.both_databases("triggers")
def test_check_11_a_broken_line_is_named_on_screen(app, admin, monkeypatch):
    monkeypatch.setattr(administration, "PART", 10)
    with app.app_context(), transaction() as session:
        _spoil(
            session,
            "UPDATE audit_entry SET details = 'autre' WHERE id = 14",
            "DELETE FROM audit_entry WHERE id = 16",
        )
    first = read(admin.get(f"{JOURNAL}/verification"))
    assert "altérées" not in first.text
    second = read(admin.get(f"{JOURNAL}/verification?apres=10"))
    assert "Lignes 14, 16, 17" in second.text
    assert "refresh" not in second.html  # it waits for somebody to read it
    assert "Vérifier la suite" in second.text


def _spoil(session, *commands):
    """Do what triggers refuse, as who holds the database could."""
    lite = session.get_bind().dialect.name == "sqlite"
    off = [f"DROP TRIGGER audit_entry_no_{name}" for name in ("update", "delete")]
    switch = "ALTER TABLE audit_entry {} TRIGGER USER"
    before, after = (off, []) if lite else ([switch.format("DISABLE")], [switch.format("ENABLE")])
    for command in (*before, *commands, *after):
        session.execute(text(command))
