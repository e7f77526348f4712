"""« Mes courriels » : what one receives is chosen by oneself, and tried at once."""

from tests.functional.browsing import post, read

PAGE = "/compte/courriels"


def ticked(page):
    return {attrs["name"] for tag, attrs in page.tags if tag == "input" and "checked" in attrs}


def test_choices_are_kept(staff, box):
    assert ticked(read(staff.get(PAGE))) == set()
    assert post(staff, PAGE, digest="y").status_code == 303
    assert ticked(read(staff.get(PAGE))) == {"digest"}
    assert post(staff, PAGE).status_code == 303
    assert ticked(read(staff.get(PAGE))) == set()


def test_a_trial_arrives_and_leads_back(staff, box):
    answer = post(staff, f"{PAGE}/essai", PAGE)
    assert answer.status_code == 303
    assert "message d’essai est parti" in read(staff.get(PAGE)).text
    [message] = box.messages
    assert message["To"] == "animation@example.org"
    assert "http://127.0.0.1:8000/compte/courriels" in message.get_content()


def test_a_trial_that_does_not_leave_says_so(staff, box):
    box.refused.add("animation@example.org")
    answer = post(staff, f"{PAGE}/essai", PAGE)
    assert (answer.status_code, "n’est pas parti" in answer.text) == (503, True)


def test_without_a_server_the_page_says_so_and_the_account_does_not_lead_there(staff):
    page = read(staff.get(PAGE))
    assert "n’envoie pas de messages" in page.text
    assert "Mes courriels" not in read(staff.get("/compte/")).text
