"""What people do on the screens: the same gestures with and without JavaScript."""

from playwright.sync_api import expect

# pragma: allowlist nextline secret
PASSWORD = "semailles-angers-2023"  # noqa: S105 - the demonstration's public password


def sign_in(page, name):
    """Sign in as one of the demonstration's people."""
    page.goto("/connexion")
    painted(page)
    page.get_by_label("Adresse électronique").fill(f"{name}@semailles.example")
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Se connecter").click()
    expect(page.get_by_role("button", name="Se déconnecter")).to_be_visible()


def painted(page):
    """Wait until a page that has just come is painted.

    Before that, Chromium drops gestures, and complains of a field filled before its autofocus.
    ``wait_for_function`` would wait for a callback of the page, which never runs without scripts.
    """
    body = page.query_selector("body")
    for _ in range(1_000):
        if page.evaluate("performance.getEntriesByName('first-contentful-paint').length"):
            return
        body.wait_for_element_state("stable")  # two frames
    raise AssertionError("the page was never painted")


def told(page, words):
    """Wait until the page says ``words`` in answer to an act (a live region repeats them)."""
    expect(page.locator("#messages").get_by_text(words)).to_be_visible()


def speak(page, code, idea):
    """Join a workshop by its code and say one idea; return the address that follows it."""
    page.goto("/")
    page.get_by_label("Code de l’atelier").fill(f" {code.lower()} ")
    page.get_by_role("button", name="Participer").click()
    page.get_by_role("textbox").fill(idea)
    page.get_by_role("button", name="Envoyer mon idée").click()
    expect(page.get_by_role("heading", name="Merci, votre idée est bien reçue")).to_be_visible()
    return page.get_by_role("link", name="Suivre mon idée").last.get_attribute("href")


def publish(page):
    """From the desk, read what the next version changes, and confirm it in one's own words."""
    page.get_by_role("link", name="Versions", exact=True).click()
    page.get_by_role("main").get_by_role("link", name="Publier", exact=False).first.click()
    number = page.get_by_role("heading", level=1).inner_text().rsplit(" ", 1)[1]
    page.get_by_label("Pour confirmer").fill(f"Je publie la version {number}")
    page.get_by_role("button", name=f"Publier la version {number}").click()


def open_queue(page, group):
    """Open the moderation queue of a working group from the desk."""
    page.goto("/animation/")
    page.get_by_role("link", name=f"Relire les contributions de {group}").click()
    expect(page.get_by_role("heading", name="Relecture")).to_be_visible()


def publish_all(page):
    """Publish what the guard found nothing in."""
    page.get_by_role("button", name="Publier les contributions cochées").click()
    expect(page.get_by_role("status").filter(has_text="publiées")).to_be_visible()


def launch_analysis(page):
    """Ask for an analysis that groups as the texts say."""
    page.get_by_text("Relancer l’analyse").click()
    page.get_by_role("button", name="Lancer l’analyse").click()


def fill_item(page, title):
    """Fill in the required fields of an item and save it."""
    page.get_by_label("Intitulé").fill(title)
    page.get_by_label("Axe du Pacte").select_option("3")
    page.get_by_label("Constat").fill("Le dimanche, personne ne peut aller à l’hôpital.")
    page.get_by_label("Objectif").fill("Une desserte le dimanche dans chaque canton.")
    page.get_by_label("Pilote").fill("Région Pays de la Loire")
    page.get_by_label("Échéance").fill("2026-12-31")
    page.get_by_role("button", name="Enregistrer la fiche").click()
    told(page, "Fiche enregistrée.")


def count_something(page):
    """From the page of an item, say what will be counted and what is aimed at; come back."""
    page.get_by_role("link", name="Suivi", exact=True).click()
    page.get_by_label("Indicateur").fill("Dessertes du dimanche")
    page.get_by_label("Valeur de départ", exact=False).first.fill("0")
    page.get_by_label("Valeur visée").fill("12,5")
    page.get_by_role("button", name="Ajouter l’indicateur").click()
    told(page, "C’est noté.")
    page.get_by_role("link", name="Fiche", exact=True).click()


def have_the_committee_adopt(page, title):
    """Plan a meeting of the committee, decide there on the item called ``title``."""
    page.goto("/copil/reunions/")
    page.get_by_label("Date et heure").fill("2026-10-01T10:00")
    page.get_by_label("Lieu").fill("Préfecture de région, Nantes")
    page.get_by_role("button", name="Prévoir la réunion").click()
    point = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name=title))
    point.get_by_label("Adopter").check()
    point.get_by_role("button", name="Enregistrer la décision").click()
    told(page, "Réunion enregistrée.")


def reach_the_target(page, title):
    """Begin the item called ``title``, measure its indicator, say that it is done."""
    begin(page, title)
    measure_and_finish(page)


def begin(page, title):
    """Say that the action called ``title`` has begun; stay on its page."""
    page.goto("/pilotage/")
    page.get_by_role("link", name=title).click()
    page.get_by_role("button", name="Commencer l’action").click()
    told(page, "La fiche est maintenant\u00a0: en cours")


def measure_and_finish(page):
    """From the page of an item, measure its indicator past the target, say that it is done."""
    page.get_by_role("link", name="Suivi", exact=True).click()
    fold = page.locator("details", has_text="Ajouter une mesure")
    fold.locator("summary").click()
    fold.get_by_label("Date").fill("2026-11-01")
    fold.get_by_label("Valeur").fill("13")
    fold.get_by_role("button", name="Ajouter la mesure").click()
    expect(page.get_by_text("objectif atteint")).to_be_visible()
    page.get_by_role("link", name="Fiche", exact=True).click()
    page.get_by_role("button", name="Marquer comme réalisée").click()
    told(page, "La fiche est maintenant\u00a0: réalisée")
