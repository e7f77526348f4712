"""A short queue read over with the keys of the screen alone, counted."""

from tests import builders
from tests.e2e import sorting
from webapp.platform.extensions import transaction

QUEUE = f"/animation/moderation/{builders.GROUP}"
CLEAN = (
    "Un bus le soir après 20 h",
    "Des bus le dimanche aussi",
    "Un dentiste au village",
    "Un écrivain public",
    "Un jardin partagé",
    "Une crèche qui ouvre à 6 h",
    "Isoler les logements",
    "Rouvrir la piscine",
    "Une fête des voisins",
    "Planter des haies",
)
NAMED = "Demandez à Mme Josiane Quatremarre, elle attend un bus depuis un an"
# The page that follows is there, with its focus in an entry, or nothing is left.
_NEXT = """() => document.readyState === "complete" && !window.left
  && performance.getEntriesByName("first-contentful-paint").length > 0
  && document.activeElement.closest("[data-entry]") !== null"""


class Keys:
    """Presses keys on the list, and counts them."""

    def __init__(self, page):
        self._page, self.count = page, 0

    def open(self):
        """Sign in and open the list."""
        sorting.sign_in(self._page)
        self.show()

    def show(self):
        """Open the list, where the first contribution has the focus."""
        self._page.goto(QUEUE)
        self._page.wait_for_function(_NEXT)

    def press(self, *keys):
        """Press keys on the page, then wait for the page that the last one brings."""
        self._page.evaluate("window.left = true")
        for key in keys:
            self.count += 1
            self._page.keyboard.press(key)
        self._page.wait_for_function(_NEXT)

    def focused(self):
        """Return the words of the contribution that has the focus."""
        entry = self._page.locator("[data-entry]:focus, [data-entry]:focus-within")
        return entry.locator("blockquote").inner_text()


def serving(texts):
    """Serve a working group where ``texts`` wait."""

    def prepare():
        with transaction() as session:
            builders.user(session)
            builders.workshop(session)
            for text in texts:
                builders.contribution(session, text)

    return sorting.serving(prepare)
