"""Pages for participants in the language of who reads them; those of the team in French."""

import re
from urllib.parse import urlsplit

import pytest

from tests import builders
from tests.functional.browsing import key, post, read, sign_in, typed_text
from tests.functional.room import JSON, move, stored, table_address
from tests.nonempty import some
from tools import messages
from webapp.platform import languages
from webapp.platform.languages import LANGUAGES
from webapp.platform.views import reader_language

ENGLISH = {"Accept-Language": "en-US,en;q=0.9,fr;q=0.8"}
QUESTION = "Que faut-il changer ?"
LONG = 12  # characters; a shorter sentence may be the same in two languages
OFFERED_FOR_TESTS = [one.code for one in LANGUAGES.values()]


@pytest.fixture
def all_offered(monkeypatch):
    """Every language, as if each catalogue was filled."""
    monkeypatch.setattr(languages, "offered", lambda: tuple(LANGUAGES.values()))


@pytest.fixture
def pages(app, address):
    """The addresses of the pages for participants that can be read."""
    rules = [rule for rule in app.url_map.iter_rules() if "GET" in rule.methods]
    shown = [
        r for r in rules if reader_language.is_in_readers_language(app.view_functions[r.endpoint])
    ]
    found = [address(rule) for rule in shown]
    return [*found, "/a/ABCDEF?simple=1", "/suivi?code=XXXX", "/nulle-part"]


def language_of(answer):
    html = next(attrs for tag, attrs in read(answer).tags if tag == "html")
    return html["lang"], html.get("dir", "ltr")


def links(answer):
    """Return the address that chooses each language, by its tag."""
    found = [attrs for tag, attrs in read(answer).tags if tag == "a" and "hreflang" in attrs]
    return {attrs["hreflang"]: attrs["href"] for attrs in found}


def french_sentences():
    """Return the longer messages without placeholders that English says otherwise."""
    english = {message.id: message.string for message in messages.read(LANGUAGES["en"])}
    return {
        french
        for french, translation in english.items()
        if isinstance(french, str) and len(french) > LONG
        if "%" not in french and "<" not in french and french != translation
    }


def test_no_french_sentence_is_left_on_an_english_page(app, pages):
    sentences, client, read_pages = french_sentences(), app.test_client(), 0
    assert len(sentences) > 200
    for url in some(pages):
        answer = client.get(url, headers=ENGLISH)
        if answer.status_code in {200, 404} and "<html" in answer.text:
            read_pages += 1
            text = read(answer).text
            assert language_of(answer) == ("en-GB", "ltr"), url
            assert [one for one in sentences if one in text] == [], url
    assert read_pages >= 15


@pytest.mark.parametrize("code", OFFERED_FOR_TESTS)
def test_every_page_says_its_language_and_its_direction(app, pages, all_offered, code):
    language, client = LANGUAGES[code], app.test_client()
    shown = [client.get(url, headers={"Accept-Language": code}) for url in some(pages)]
    # A receipt that no shared device has just sent leads back to the form.
    whole = [answer for answer in shown if "<html" in answer.text and not answer.location]
    assert len(whole) >= 15
    assert {language_of(answer) for answer in whole} == {(language.tag, language.direction)}
    assert {answer.status_code for answer in whole} == {200, 404}
    assert {answer.headers["Content-Language"] for answer in whole} == {code}


def test_a_translation_that_no_native_speaker_has_read_says_so(phone, staff, all_offered):
    answers = {
        code: phone.get("/a/ABCDEF", headers={"Accept-Language": code}) for code in LANGUAGES
    }
    with languages.speaking(LANGUAGES["ar"]):
        said = languages.gettext(
            "Cette traduction n’a pas encore été relue par une personne dont c’est la langue. "
            "En cas de doute, le texte français fait foi."
        )
    assert said in answers["ar"].text
    unread = {code for code, one in LANGUAGES.items() if not one.read_by_native}
    assert unread == LANGUAGES.keys() - {"fr", "en"}
    strong = {
        code for code, answer in answers.items() if 'fr-footer__content"><strong>' in answer.text
    }
    assert strong == unread


def test_the_switch_keeps_its_choice_and_leads_to_the_same_address(phone, staff):
    page = phone.get("/a/ABCDEF?question=1&simple=1&_external=1")
    buttons = [
        attrs for tag, attrs in read(page).tags if tag == "button" and attrs.get("name") == "lang"
    ]
    others = [one.code for one in languages.offered()[1:]]
    assert [one["value"] for one in buttons] == [one["lang"] for one in buttons] == others
    assert {one["form"] for one in buttons} == {"ecrire"}
    pressed = next(attrs for tag, attrs in read(page).tags if tag == "button")
    assert "name" not in pressed  # by Enter: the first of the page, which sends
    switched = phone.get("/suivi?code=&lang=en")
    assert (switched.status_code, switched.location) == (303, "/suivi?code=")
    assert "langue=en" in switched.headers["Set-Cookie"]
    assert "HttpOnly" in switched.headers["Set-Cookie"]
    assert language_of(phone.get("/a/ABCDEF")) == ("en-GB", "ltr")
    assert language_of(phone.get("/a/ABCDEF", headers={"Accept-Language": "fr"}))[0] == "en-GB"
    back = links(phone.get("/suivi"))
    assert list(back) == [one.code for one in languages.offered()]
    phone.get(back["fr"])
    assert language_of(phone.get("/suivi", headers=ENGLISH)) == ("fr", "ltr")


@pytest.mark.parametrize("tag", ["de", "xx", "", "*", "de\x00", "../../en", "e" * 3000])
def test_a_language_that_is_not_offered_changes_nothing(phone, staff, tag):
    for answer in (
        phone.get("/suivi", query_string={"lang": tag}),
        phone.get("/suivi", headers={"Accept-Language": tag.replace("\x00", "-de")}),
    ):
        assert answer.status_code == 200
        assert language_of(answer) == ("fr", "ltr")
        assert "langue=" not in answer.headers.get("Set-Cookie", "")


def test_pages_of_the_team_are_in_french_whatever_the_browser_says(app, staff):
    for url in ("/animation/", "/animation/ateliers/ABCDEF", "/a/ABCDEF", "/suivi"):
        assert language_of(staff.get(url, headers=ENGLISH))[0] == "fr", url
    staff.get("/suivi?lang=en")
    assert language_of(staff.get("/a/ABCDEF"))[0] == "en-GB"
    assert language_of(staff.get("/animation/?lang=en"))[0] == "fr"
    assert language_of(app.test_client().get("/connexion", headers=ENGLISH))[0] == "fr"


def test_a_form_comes_back_in_the_language_with_all_that_was_typed(app, phone, staff):
    typed = {"body": "Un bus <le> soir", "kind": "question", "territory": "49", "concerned": "yes"}
    answer = post(phone, "/a/ABCDEF?simple=1", lang="en", question="1", **typed)
    assert answer.status_code == 200
    assert language_of(answer)[0] == "en-GB"
    assert typed_text(answer) == "Un bus <le> soir"
    assert stored(app) == []
    assert "Full version" in answer.text  # the simplified page stays one
    full = post(phone, "/a/ABCDEF", lang="fr", question="1", **typed)
    chosen = [a["value"] for tag, a in read(full).tags if tag == "option" and "selected" in a]
    assert chosen == ["question", "49"]
    assert language_of(phone.get("/a/ABCDEF", headers=ENGLISH))[0] == "fr"
    stale = phone.post(
        "/a/ABCDEF", data={"lang": "en", "body": "Un banc"}
    )  # no token: nothing is stored
    assert (stale.status_code, typed_text(stale)) == (200, "Un banc")


def test_a_table_and_a_questionnaire_come_back_too(things, phone):
    survey = f"/avis/{things['survey']}"
    answer = post(phone, survey, lang="en", q1="4", q4="Plus de pauses")
    assert language_of(answer)[0] == "en-GB"
    assert "5 – completely" in answer.text
    assert typed_text(answer) == "Plus de pauses"
    assert [a["value"] for tag, a in read(answer).tags if tag == "input" and "checked" in a] == [
        "4"
    ]
    answer = post(phone, f"/table/{things['token']}", lang="en", body="Un banc", people="3")
    assert "Save the note" in answer.text
    assert (read(answer).value("body"), read(answer).value("people")) == ("Un banc", "3")


def test_refusals_are_in_the_language(app, phone, staff):
    phone.get("/suivi?lang=en")
    assert "Write your idea before sending it." in post(phone, "/a/ABCDEF", body=" ", key="k").text
    long = post(phone, "/a/ABCDEF", body="a" * 10_001, key="k")
    assert "10,001 characters and the limit is 10,000" in read(long).text
    guarded = post(phone, "/a/ABCDEF", body="Appelez Mme Durand", key="k", warned="", question="1")
    assert "Read again before sending" in guarded.text
    token = phone.get("/jeton").json["token"]
    sent = {"csrf_token": token, "key": key("k"), "body": "Un bus"}
    move(app, "closed")
    refused = phone.post("/a/ABCDEF", data=sent, headers=JSON).json
    assert refused["title"] == "This workshop is not taking ideas at the moment"
    empty = phone.post("/a/ABCDEF", data=sent | {"body": ""}, headers=JSON).json
    assert empty["text"] == "Write your idea before sending it."
    assert "No workshop has this code" in post(phone, "/rejoindre", "/", code="ZZZZZZ").text
    assert "This page does not exist" in phone.get("/recu/ZZZZZZZZZZZZ").text
    wrong = post(phone, table_address(staff), body="Un banc", people="beaucoup").text
    assert "Not a valid integer value" in wrong


def test_a_part_of_a_page_is_in_the_language_of_its_page(app, phone, staff):
    page = phone.get("/a/ABCDEF", headers=ENGLISH)
    polled = re.search(r'data-poll="([^"]+)"', page.text)[1].replace("&amp;", "&")
    assert "page_lang=en" in polled
    phone.get("/suivi?lang=fr")  # in another tab
    move(app, "closed")
    english = phone.get(polled)
    assert "The workshop is over" in english.text
    assert "Set-Cookie" not in english.headers
    french = phone.get(polled.replace("page_lang=en", "page_lang=fr"))
    assert english.headers["ETag"] != french.headers["ETag"]
    again = phone.get(polled, headers={"If-None-Match": english.headers["ETag"]})
    assert again.status_code == 304
    for answer in (page, english, again):
        assert {"Accept-Language", "Cookie"} <= answer.vary
    with phone.get("/static/js/live.js") as script:
        assert "Accept-Language" not in script.vary


def test_what_the_team_wrote_says_that_it_is_french(phone, staff):
    english = phone.get("/a/ABCDEF", headers=ENGLISH).text
    assert f'<bdi lang="fr">{QUESTION}</bdi>' in english
    assert f'<bdi lang="fr">{QUESTION}</bdi>' not in phone.get("/a/ABCDEF").text


def test_what_is_printed_is_in_the_language_one_chooses(staff):
    desk = "/animation/ateliers/ABCDEF"
    french, english = staff.get(f"{desk}/affiche"), staff.get(f"{desk}/affiche?langue=en")
    assert language_of(english)[0] == "fr"
    assert "Point your phone at this drawing" in english.text
    assert "Visez ce dessin" in french.text
    drawn = [
        re.search(r"<svg[^>]*>.*?</svg>", page.text.split("sm-qr")[1])[0]
        for page in (french, english)
    ]
    assert drawn[0] == drawn[1]
    sheet = staff.get(f"{desk}/feuilles?langue=en&first=7")
    assert "Sheet no.\xa07" in sheet.text or "Sheet no. 7" in sheet.text
    assert read(sheet).value("first") == "7"


def test_slips_and_cards_are_printed_in_the_language_one_chooses(app, staff):
    table = table_address(staff)
    post(app.test_client(), table, body="Un banc", people="1", key="k", warned="y")
    assert "What becomes of your idea" in staff.get(f"{table}/recus?langue=en").text
    cards = staff.get("/animation/ateliers/ABCDEF/cartons?langue=en")
    assert "copy each note here" in cards.text


def test_the_wall_invites_in_a_second_language(phone, staff):
    plain, both = phone.get("/mur/ABCDEF", headers=ENGLISH), phone.get("/mur/ABCDEF?langue=en")
    assert language_of(plain)[0] == language_of(both)[0] == "fr"
    assert "Point your phone" not in plain.text
    assert 'lang="en"' in both.text
    assert "Point your phone" in both.text
    polled = re.search(r'data-poll="([^"]+)"', both.text)[1]
    assert "langue=en" in polled  # a link of what is asked again keeps the invitation


def test_the_cookie_is_told_and_is_the_only_one_of_its_kind(phone, staff):
    assert "un autre cookie la retient six mois" in phone.get("/pages/cookies").text
    answer = phone.get("/suivi?lang=en")
    names = [line.partition("=")[0] for line in answer.headers.getlist("Set-Cookie")]
    assert names == ["langue"]
    assert urlsplit(answer.location).netloc == ""
    assert sign_in(phone, "animation@example.org").status_code == 303
    assert builders.PASSWORD not in answer.text
