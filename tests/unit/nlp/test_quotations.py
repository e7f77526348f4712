"""A quotation is a title only where a demand stands, and where it means what it meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.asking import Ask, way_of_asking
from nlp.clauses import clauses
from nlp.grammar import plain_words, tokens_of
from nlp.noun_phrases import is_explained, is_judged, is_lack, is_plan, is_wanted, tells_facts
from nlp.quotations import quality_of_quoting, way_of_quoting
from nlp.standalone import is_quotable, loses_its_subject
from nlp.titles import titles
from tests.nonempty import some

UNNAMED = "À nommer"


def quoted(*texts):
    return [title.text for title in titles(texts, range(len(texts)))]


@pytest.mark.parametrize(
    "said",
    [
        # who speaks, what happened, how things are
        "Gardienne de nuit depuis douze ans à Vierzon",
        "Une vingtaine de conducteurs",
        "Une heure debout dans le couloir pour dix minutes de guichet",
        "Le bureau de poste a fermé en mars",
        "L'argent est là, ce sont les bras qui manquent",
        "Un voisin réparait les vélos de toute la rue",
        "Vélo volé deux fois dans la cave",
        "Le courrier : 14 pages, trois annexes",
        "Location 520 €, chauffage en plus",
        # offers, opinions, judgements
        "Je veux bien prêter mon garage",
        "Pas de chèque pour tout le monde, désolé",
        "Une borne de plus, c'est une file de plus",
        "Payer deux loyers, c'était couler la boutique",
        "Faire rouler un car vide revient à neuf euros par tête",
        "Distribuer des colis, non",
        "Autant rester au lit",
        # irony, reported words, questions
        "Montez un concurrent en face et je ferme à Pâques",
        "Cherchez un autre responsable",
        "Vous pouvez en installer autant que vous voulez",
        "La propriétaire dit qu'il faut ouvrir les fenêtres",
        "Qui a pensé à ça ?",
        "On pourrait vendre les champignons du mur mdr",
        # nothing says what it is about
        "Coupez-les en deux",
        "Gardez ça",
        "Le rallonger aux adultes du canton",
        "Jamais avant septembre, et à la main",
        "À étendre aux communes d'à côté",
        "Il faudrait pouvoir passer avant",
        "Qu'on le rouvre",
    ],
)
def test_testimony_irony_and_lost_words_are_not_quoted(said):
    assert quoted(said, "Merci à la table") == [UNNAMED]


@pytest.mark.parametrize(
    "said",
    [
        "Un bibliobus dans chaque vallée",
        "Moins de papiers, plus de bancs",
        "Un local fermé, et les vélos ne rouillent plus",
        "Il manque une rampe devant la mairie",
        "La région devrait payer le trajet",
        "Le bailleur doit répondre sous dix jours",
        "Prêtez-nous le gymnase en août",
        "Il nous faut une salle chauffée",
        "Si quelqu'un pouvait garder les petits le mercredi",
        "Que chacun choisisse son panier, et qu'on arrête les colis",
        "après les travaux, bloquer le loyer trois ans",
        "Atelier couture chaque samedi",
        "Stages rémunérés pour les jeunes du canton",
        "La table demande un arrêt devant le lycée",
        "Des pistes larges, pas de la peinture",
    ],
)
def test_a_demand_is_offered(said):
    assert UNNAMED not in quoted(said, "Bonjour à tous et à toutes")


def test_a_lack_is_quoted_where_nobody_asks():
    lack = "Trop de papiers, plus aucun guichet"
    assert quoted(lack, "Mon mari est parti en mai") == [lack]
    assert quoted(lack, "Un guichet le samedi matin") == ["Un guichet le samedi matin"]


def test_a_wish_without_its_subject_is_no_title():
    wish = "Qu'elle réponde sous un mois"
    assert quoted(wish, "La caisse a nos papiers") == [UNNAMED]
    assert quoted(wish, "Une réponse sous un mois, par lettre")[0].startswith("Une réponse")
    assert loses_its_subject("qu'elle réponde")
    assert not loses_its_subject("qu'elles soient affichées, ces listes")


def test_who_refuses_what_the_others_ask_for_comes_after_them():
    texts = ["Ne rouvrez pas des guichets par nostalgie", "Rouvrir un guichet", "un guichet ici"]
    assert titles(texts, [0, 1, 2])[0].source != 0


@pytest.mark.parametrize(
    ("said", "way"),
    [
        ("trop de gîtes", Ask.LACK),
        ("pourquoi la piscine est fermée en août ?", Ask.LACK),
        ("où boire en ville ?", Ask.LACK),
        ("je préfère un vrai guichet", Ask.LACK),
        ("pourquoi pas en février ?", Ask.NOTHING),
        ("il faut aller vers les gens", Ask.WORD),
        ("il faut réserver la veille", Ask.NOTHING),
        ("on veut nous déloger", Ask.NOTHING),
        ("il faut que ça tourne", Ask.NOTHING),
        ("je voudrais rappeler que je ne sais rien", Ask.NOTHING),
        ("non à la fermeture", Ask.THING),
        ("moi qu'on n'écoute jamais j'ai parlé", Ask.NOTHING),
        ("récolter de nuit, j'ai testé", Ask.NOTHING),
        ("demander aux lycéens de bâtir un abri", Ask.WORD),
    ],
)
def test_ways_of_asking(said, way):
    assert way_of_asking(said) is way


def test_a_pronoun_is_understood_where_its_noun_is_near():
    assert is_quotable("récupérer des pneus, les stocker au dépôt")
    assert is_quotable("une carte pour tous, la même carte pour chacun")
    assert is_quotable("un guichet chez nous")
    assert not is_quotable("un guichet chez nous et la même chose ailleurs")
    assert is_quotable("il manque un banc")
    assert not is_quotable("il passe trop vite")


@given(st.text(max_size=200))
def test_any_text_is_read_without_an_error(text):
    plain = plain_words(text)
    for tokens in some(filter(None, (tokens_of(plain), tokens_of(f"un {text}")))):
        said = {is_judged(tokens), is_lack(tokens), tells_facts(tokens), is_explained(tokens)}
        assert (said | {is_wanted(tokens)}) <= {True, False}
        assert is_plan(" ".join(tokens)) in (True, False)
    for clause in clauses(text):
        way = way_of_quoting(clause, len(text))
        if way is not Ask.NOTHING:
            assert isinstance(quality_of_quoting(clause, way), float)
