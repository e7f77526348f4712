"""Every main page: accessible in both themes, and never wider than the screen."""

from axe_playwright_python.sync_playwright import Axe

from tests.e2e import people

PUBLIC = (
    "/",
    "/a/H7KQ4M",
    "/a/T3WPX9",
    "/a/H7KQ4M?simple=1",
    "/a/H7KQ4M/gommettes",
    "/a/H7KQ4M/appareil",
    "/a/E6PGW3",
    "/mes-idees",
    "/mur/H7KQ4M",
    "/pages/hors-ligne",
    "/suivi",
    "/connexion",
    "/feuille-de-route/",
    "/feuille-de-route/?q=bus&axe=4",
    "/feuille-de-route/?q=zeppelin",
    "/feuille-de-route/versions",
    "/donnees-ouvertes",
    "/feuille-de-route/version/1",
    "/feuille-de-route/comparer",
    "/feuille-de-route/comparer?de=1&a=1",
    "/pages/methode",
    "/pages/accessibilite",
    "/pages/mentions-legales",
    "/pages/donnees-personnelles",
    "/a/ZZZZZZ",
)
STAFF = {
    "transition": (
        "/compte/",
        "/compte/second-facteur/",
        "/compte/agenda",
        "/compte/courriels",
        "/animation/",
        "/animation/salles",
        "/animation/affiches",
        "/animation/inspirations",
        "/animation/avis",
        "/animation/ateliers/nouveau",
        "/animation/ateliers/H7KQ4M",
        "/animation/ateliers/H7KQ4M/modifier",
        "/animation/ateliers/H7KQ4M/affiche",
        "/animation/ateliers/H7KQ4M/cartons",
        "/animation/ateliers/H7KQ4M/feuilles",
        "/animation/ateliers/H7KQ4M/bulletins",
        "/animation/ateliers/H7KQ4M/saisie",
        "/animation/ateliers/H7KQ4M/saisie/recus",
        "/animation/ateliers/H7KQ4M/seconde-lecture",
        "/animation/ateliers/H7KQ4M/import",
        "/animation/moderation/transition-ecologique",
        "/animation/moderation/transition-ecologique?etat=set_aside",
        "/animation/moderation/transition-ecologique/afflux",
        "/animation/masquages/transition-ecologique",
        "/revue/transition-ecologique",
        "/revue/transition-ecologique/trier",
        "/revue/transition-ecologique/registre",
        "/revue/transition-ecologique/contributions",
        "/revue/transition-ecologique/contributions?place=grouped&territory=49",
        "/revue/transition-ecologique/carte",
        "/revue/transition-ecologique/historique",
        "/revue/transition-ecologique/analyses",
        "/revue/transition-ecologique/synthese",
        "/animation/ateliers/H7KQ4M/restitution",
    ),
    "commissaire": (
        "/pilotage/",
        "/pilotage/versions",
        "/pilotage/programme",
        "/pilotage/reactions/precarite-rurale",
        "/animation/ateliers/E6PGW3/inspirations",
        "/pilotage/conferences",
        "/pilotage/conferences/angers-2023",
        "/pilotage/reperes",
        "/pilotage/listes",
        "/pilotage/listes/import",
        "/pilotage/accord",
        "/pilotage/modeles",
        "/pilotage/documents",
        "/pilotage/reprise",
        "/copil/",
        "/copil/synthese",
        "/copil/reunions/",
        "/pilotage/organismes/",
        "/pilotage/feuilles",
        "/pilotage/intitule",
        "/feuilles-de-route",
        "/feuilles-de-route/sarthe",
        "/feuilles-de-route/sarthe/versions",
        "/feuilles-de-route/sarthe/version/1",
        "/feuilles-de-route/sarthe/comparer",
        "/pilotage/feuilles/sarthe",
        "/feuilles-de-route/sarthe/version/1/fiches/72-AAD-001",
        "/pilotage/?vue=etats",
        "/pilotage/?vue=calendrier",
    ),
    "admin": (
        "/administration/",
        "/administration/droits",
        "/administration/journal",
        "/administration/journal?objet=rien",
        "/administration/journal/verification",
        "/administration/comptes/",
        "/administration/conservation",
        "/administration/mentions",
        "/compte/",
        "/compte/second-facteur/",
    ),
}
COLOURS = ("color-contrast", "link-in-text-block")
WIDTHS = (320, 390, 768, 1280)  # the last is that of axe


def visit_all(new_page):
    """Yield every page, the staff's by somebody who may see them."""
    # Axe would read the colours of a page that is fading in.
    still = {"color_scheme": "light", "reduced_motion": "reduce"}
    page = new_page(viewport={"width": 1280, "height": 900}, **still)
    follow = people.speak(page, "H7KQ4M", "Un atelier de réparation dans chaque quartier")
    own = (follow, f"{follow}/donnees", f"{follow}/effacer")
    for url in (*PUBLIC, page.url, *own, first(page, "/feuille-de-route/", "h3 a")):
        page.goto(url)
        yield page, url
    for name, urls in STAFF.items():
        page = new_page(viewport={"width": 1280, "height": 900}, **still)
        people.sign_in(page, name)
        for url in (*urls, *(first_details(page) if name != "admin" else ())):
            page.goto(url)
            yield page, url


def first_details(page):
    """Return the pages of one group, one contribution and one item that this person can open."""
    found = []
    for listing, pattern in (
        ("/revue/transition-ecologique", "[data-focus]"),
        ("/revue/transition-ecologique/analyses", "tbody a"),
        ("/revue/transition-ecologique/contributions", ".sm-pick p a[href*='/contributions/']"),
        ("/animation/ateliers/H7KQ4M/seconde-lecture", "[data-entry] a[data-key=e]"),
        ("/animation/moderation/transition-ecologique", ".sm-members a.fr-link"),
        ("/pilotage/", "tbody th a"),
    ):
        if page.goto(listing).ok:
            found.append(first(page, listing, pattern))
    if "fiches" in found[-1]:
        found.append(f"{found[-1]}/suivi")
        meeting = first(page, "/copil/reunions/", "h2 a")
        found += [meeting, f"{meeting}/compte-rendu"]
        found.append(first(page, "/pilotage/organismes/", "tbody th a"))
        own = first(page, "/pilotage/feuilles", "tbody th a")
        found += [own, f"{own}/suivi"]
        found.append(first(page, "/pilotage/listes", ".sm-list a"))
    return found


def first(page, listing, pattern):
    """Return where the first link of a list leads."""
    page.goto(listing)
    return page.locator(pattern).first.get_attribute("href")


def too_wide(page):
    """Return the widths of screen that the page overflows, with how wide it is there."""
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            found.append((width, wide))
    return found


def faults(page):
    """Return what axe finds in each theme; the page is left in the light one.

    Only colours differ between the themes: the dark one is tried by the rules that read them.
    """
    found = Axe().run(page).response["violations"]
    page.emulate_media(color_scheme="dark")
    found += page.evaluate("rules => axe.run({runOnly: rules})", COLOURS)["violations"]
    page.emulate_media(color_scheme="light")
    return [(v["id"], [node["html"][:120] for node in v["nodes"]]) for v in found]


def test_check_40_every_page_fits_the_screen_passes_axe_and_asks_nobody_else(new_page, base_url):
    found, asked = {}, set()
    for page, url in visit_all(new_page):
        loaded = "performance.getEntriesByType('resource').map((entry) => entry.name)"
        asked.update(page.evaluate(loaded))
        asking = page.locator("[autofocus]").count()
        if problems := too_wide(page) + faults(page) + [("autofocus", asking)] * (asking > 1):
            found[url] = problems
    assert found == {}
    assert any(address.endswith(".css") for address in asked)
    assert {address for address in asked if not address.startswith(base_url)} == set()
