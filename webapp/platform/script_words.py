"""Messages that the scripts of a page show, in the language of the page.

The page carries them; a script takes the plural form that ``Intl.PluralRules`` names.
"""

import json
from functools import cache
from itertools import chain

from webapp.platform.languages import Language, current, gettext, mark_plural, translated_plural
from webapp.vocabulary.labels import mark as _

_MESSAGES = {
    "listen": _("Écouter la question"),
    "refused": _("non reçue : %(reason)s"),
    "erase": _("Effacer"),
    "sure": _("Cette idée n’est pas encore envoyée. Voulez-vous vraiment l’effacer ?"),
    "sent": _("Idée envoyée."),
    "receipt": _("Voir son reçu %(code)s"),
    "lost": _("Connexion perdue : nouvel essai dans un instant."),
    "timer": _("%(minutes)s min %(seconds)s s"),
    "timeUp": _("Temps écoulé"),
}
_COUNTED = {
    "over": mark_plural(
        "%(num)s caractère de trop : raccourcissez votre texte",
        "%(num)s caractères de trop : raccourcissez votre texte",
    ),
    "left": mark_plural("%(num)s caractère restant", "%(num)s caractères restants"),
    "most": mark_plural("%(num)s caractère au plus", "%(num)s caractères au plus"),
    "going": mark_plural("%(num)s idée attend le réseau", "%(num)s idées attendent le réseau"),
    "waiting": mark_plural(
        "%(num)s idée en attente d’envoi. Gardez ce téléphone : elle partira dès que le réseau "
        "revient.",
        "%(num)s idées en attente d’envoi. Gardez ce téléphone : elles partiront dès que le réseau "
        "revient.",
    ),
}
# Counts among which each plural category of each language is found.
_SAMPLES = tuple(chain(range(200), (1_000, 1_000_000)))


def as_json() -> str:
    """Return the messages by name; those with a count by plural category."""
    return _in(current())


@cache
def _in(language: Language) -> str:
    """Return the messages in ``language``, which is the current one: every page shows them."""
    rule = language.locale.plural_form
    samples = {rule(count): count for count in reversed(_SAMPLES)}
    words: dict[str, str | dict[str, str]] = {
        name: gettext(message) for name, message in _MESSAGES.items()
    }
    for name, (one, many) in _COUNTED.items():
        words[name] = {kind: translated_plural(one, many, n) for kind, n in samples.items()}
    return json.dumps(words, ensure_ascii=False, separators=(",", ":"))
