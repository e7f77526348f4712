"""Titles say what a member said: whole, with its negation, or letter for letter."""

import json
import random
import re
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp import Options, Title, analyse
from nlp.personal_data import find_personal_data
from nlp.text import is_stop_word, lemma, tokenise
from nlp.title_candidates import Tier, wordings
from nlp.titles import titles
from nlp.word_lists import pairs, words
from tests.nonempty import some

NOTES = sorted((Path(__file__).parents[3].parent / "shared/data/notes").glob("*.json"))
OPENERS = sorted((opener for _, opener in pairs("openers")), key=len, reverse=True)
NEGATIVE = frozenset(
    ("ne", "n'", "pas", "plus", "jamais", "non", "sans", "ni", "aucun", "aucune", "rien",
     "personne", "sauf")
)  # fmt: skip
# Where a clause may begin and end: a mark, a number of a list, a reason, a last polite word.
BEFORE = re.compile(
    r"(?:^|[.!?…;:,\n/–—•*·▪►✓→()«»“”\"-]|\b[a-h\d]{1,2}[.)°/]|\bet|\bpuis|\balors)\s*$",
    re.IGNORECASE,
)
AFTER = re.compile(
    r"^[\s,]*(?:$|\(?\w[.)/]|[.!?…;:,\n/–—•*·▪►✓→()«»“”\"-]|sinon|parce|puisqu|vu que|svp|"
    r"s['’]il|merci|voilà|point|et basta|(?:et )?c['’]est|tant qu|quoi)",
    re.IGNORECASE,
)
FOLDED = str.maketrans({"’": "'", "\u00a0": " ", "\u202f": " "})


def plain(text):
    return " ".join(text.translate(FOLDED).lower().split())


def tokens(text):
    return re.findall(r"[^\W_]+(?:-[^\W_]+)*'?", plain(text))


def without_openers(prefix):
    """What is left of the beginning of a clause once what announces its request is taken off."""
    left = prefix.strip(" ,:")
    while True:
        for opener in OPENERS:
            if (
                left == opener
                or left.startswith((opener + " ", opener + ","))
                or (opener.endswith("'") and left.startswith(opener))
            ):
                left = left[len(opener) :].strip(" ,")
                break
        else:
            return left


def is_form_of(said, verb):
    """Whether « mettez », « ouvrait », « création » is how somebody said the infinitive."""
    nouns = dict(pairs("nominalisations"))
    irregular = {"faites": "faire", "fasse": "faire", "ouvrez": "ouvrir", "offrez": "offrir"}
    return verb in (said, lemma(said), said + "r", nouns.get(said), irregular.get(said))


def is_faithful(title, texts):
    """Whether a title is one whole clause of its source, its opener and its verb's form apart."""
    source = texts[title.source]
    clause = source[title.start : title.end]
    if title.quoted:
        return title.text == clause
    assert BEFORE.search(source[: title.start]), (source[: title.start][-20:], title)
    assert AFTER.match(source[title.end :]), (title, source[title.end :][:20])
    said, made = tokens(clause), tokens(title.text)
    kept = 0
    while kept < min(len(said), len(made)) and said[-1 - kept] == made[-1 - kept]:
        kept += 1
    new, gone = made[: len(made) - kept], said[: len(said) - kept]
    left = without_openers(" ".join(gone).replace("' ", "'"))
    return is_documented(new, tokens(left)) and same_negation(
        [*tokens(left), *said[len(gone) :]], made
    )


def is_documented(new, left):
    """Whether the words that differ are those of a documented opener."""
    articles = {"le", "la", "les", "l'", "un", "une", "du", "des", "de", "d'", "à", "au", "aux"}
    words_of = [word for word in new if word not in articles]
    before = [word for word in left if word not in articles | {"ne", "n'", "pas", "plus", "jamais"}]
    words_of = [word for word in words_of if word not in {"ne", "pas", "plus", "jamais"}]
    if words_of in ([], ["prévoir"], ["refuser"], ["arrêter"], ["que"], ["qu'"]):
        return before == []
    return len(words_of) == len(before) == 1 and is_form_of(before[0], words_of[0])


def same_negation(said, made):
    ours = sorted(w.replace("n'", "ne") for w in made if w in NEGATIVE)
    return ours == sorted(w.replace("n'", "ne") for w in said if w in NEGATIVE)


def check(found, texts):
    assert 1 <= len(found) <= 5
    for title in found:
        if title.start == title.end:
            assert title.text.startswith("À nommer")
            continue
        assert is_faithful(title, texts), title
        assert not find_personal_data(title.text)
        assert not words("insults").intersection(tokenise(title.text))
        assert title.text.isprintable()
        if not title.quoted:
            said = tokens(title.text)
            assert not words("persons").intersection(said), title
            assert not {"cette", "ces", "cet", "ça", "ici", "idem"}.intersection(said), title
            assert not title.text.startswith(("Prendre en compte", "Agir sur"))


@pytest.mark.skipif(not NOTES, reason="the workshop notes of ../shared/data are absent")
@pytest.mark.parametrize("path", NOTES, ids=lambda path: path.stem)
def test_every_title_of_a_group_of_notes_is_one_clause_of_one_member(path):
    notes = json.loads(path.read_text(encoding="utf-8"))["notes"]
    texts = [note["text"] for note in notes]
    groups = defaultdict(list)
    for i, note in enumerate(notes):
        groups[note["label"]].append(i)
    draw = random.Random(17)  # noqa: S311 - only draws groups
    for _ in range(60):
        groups[draw.random()] = draw.sample(range(len(texts)), draw.randint(1, 8))
    for members in some(groups.values()):
        check(titles(texts, members), texts)


OPENED = st.sampled_from(
    ["", "Il faudrait ", "il faut ", "je propose de ", "Pourquoi ne pas ", "Ne pas ",
     "On pourrait ", "Proposition : ", "surtout ne plus ", "je ne veux pas ", "Qu'on ",
     "non à ", "stop aux "]
)  # fmt: skip
ACTS = st.sampled_from(
    ["ouvrir une crèche", "fermez la gare", "interdire l'usage de l'informatique", "des bus",
     "la télémédecine", "attendre six mois", "création d'un guichet", "payer le loyer", "les aider"]
)  # fmt: skip
ENDS = st.sampled_from(
    ["", " avec des logiciels privateurs", " sauf le dimanche", ", sinon rien", ", sinon amende",
     " tant que rien n'est réparé", ", on n'en veut pas", " ? Non merci", ", pas ailleurs", " svp",
     " chez nous", " à condition d'aider", ". Surtout pas", " et on viendra", " (sauf la nuit)"]
)  # fmt: skip
CONDITIONS = ("logiciels", "tant que", "sauf", "condition")
SAID = st.builds("".join, st.tuples(OPENED, ACTS, ENDS, st.sampled_from(["", ".", " !", "?"])))


@settings(max_examples=300)
@given(st.lists(st.one_of(SAID, st.text(max_size=80)), min_size=1, max_size=6))
def test_any_text_gives_faithful_titles(texts):
    check(titles(texts, range(len(texts))), texts)


@given(SAID)
def test_what_is_refused_or_conditional_is_never_cut(said):
    found = [title.text for title in some(titles([said], [0])) if title.text != "À nommer"]
    if any(word in said for word in CONDITIONS):
        assert [text for text in found if not any(word in text for word in CONDITIONS)] == []
    refused = said.startswith(("Ne pas", "surtout ne plus", "je ne veux pas"))
    assert [t for t in found if refused and not {"ne", "non"}.intersection(tokens(t))] == []


@pytest.mark.parametrize(
    "said",
    [
        "Isoler les murs ? Non merci.",
        "Fermer la gare, on n'en veut pas",
        "Attendre six mois pour un rendez-vous",
        "Payer le loyer ou manger",
        "« rappelez en janvier »",
        "Il faut réserver la veille avant midi",
        "Salarier un médecin ? Je suis contre",
        "S'agrandir n'est pas un crime",
        "Cherchez l'erreur",
        "Les aider à financer",
        "Garder cette solidarité chez nous",
        "Remplir un dossier prend trois heures",
        "forcez personne au CDI",
        "On doit dire merci tout le temps",
        "Merci d'avoir écouté les habitants",
        "Consigne : refouler les fourgons sans carte d'habitant",
        "Récolter de nuit à la frontale, j'ai testé : deux entorses",
        "Là où il y en a trop : interdire d'ouvrir un cabinet",
        "Pourquoi payer le foot à des gens qui ont un téléphone ?",
        "On voudrait rappeler qu'on ne sait pas qui",
        "Réserver sur internet pour dire qu'on n'a pas internet. Bravo",
    ],
)
def test_what_asks_for_nothing_is_turned_into_no_act(said):
    assert all(title.quoted or title.start == title.end for title in titles([said], [0]))


@pytest.mark.parametrize(
    ("said", "never"),
    [
        (
            "quelqu'un qui vient pour toi et pas parce qu'il est payé",
            "quelqu'un qui vient pour toi et pas",
        ),
        (
            "Là où il y en a déjà trop : interdit d'ouvrir un cabinet",
            "interdit d'ouvrir un cabinet",
        ),
        ("Mon père disait : on ne tend pas la main. Il avait tort", "on ne tend pas la main"),
        ("Des cours, toujours des cours ! Assez", "Des cours, toujours des cours"),
        (
            "Le règlement du bailleur : « tout dépôt est proscrit ». À changer",
            "« tout dépôt est proscrit »",
        ),
        ("la moitié… sur présentation de la taxe", "sur présentation de la taxe"),
        ("Grenier nu ? Interdit de louer", "Interdit de louer"),
        ("12° dans la chambre de la petite", "dans la chambre de la petite"),
        ("Récolter de nuit, j'ai testé : deux entorses", "Récolter de nuit, j'ai testé"),
        ("je ne demande pas un tramway. Un bus", "je ne demande pas un tramway"),
    ],
)
def test_what_means_something_else_in_its_place_is_not_quoted(said, never):
    assert never not in [title.text for title in titles([said], [0])]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Interdire l’usage des logiciels privateurs.",) * 2,
        ("mettez des bancs dans la rue", "Mettre des bancs dans la rue"),
        ("Il faudrait des bus le soir", "Prévoir des bus le soir"),
        ("Pourquoi ne pas ouvrir le gymnase ?", "Ouvrir le gymnase"),
        ("ouvrir le car scolaire aux adultes svp", "Ouvrir le car scolaire aux adultes"),
        ("Proposition : une carte valable au marché", "Prévoir une carte valable au marché"),
        ("La table demande que la mairie prête des salles", "Que la mairie prête des salles"),
        ("Qu'on réunisse les locataires", "Réunir les locataires"),
        ("Non à la télémédecine", "Refuser la télémédecine"),
        (
            "Ne rouvrez pas des comptoirs par nostalgie",
            "Ne pas rouvrir des comptoirs par nostalgie",
        ),
        ("Et si on ouvrait une laverie ?", "Ouvrir une laverie"),
        ("ouvrez le city le soir, sinon on traîne", "Ouvrir le city le soir"),
    ],
)
def test_a_request_is_turned_into_an_act_whole(said, expected):
    (first, *_) = titles([said], [0])
    assert (first.text, first.quoted) == (expected.rstrip("."), False)


@pytest.mark.parametrize(
    "said", ["Plus de bus le dimanche", "Un van dans chaque canton", "la santé"]
)
def test_what_is_ambiguous_is_quoted(said):
    assert titles([said], [0]) == (Title(said, 0, 0, len(said), quoted=True),)


def test_a_clause_in_standard_spelling_comes_first():
    texts = ["ouvrir une creche pr les petit", "Ouvrir une crèche pour les petits"]
    assert titles(texts, [0, 1])[0].source == 1


def test_a_group_that_says_nothing_to_show_is_left_to_name():
    for texts in (["🌱🌱", "🌱"], ["Mme Josiane Ferrandeau, Segré"] * 2, ["", " "]):
        assert [title.text for title in titles(texts, [0, 1])] == ["À nommer"]


def test_first_titles_are_unique_in_an_analysis():
    texts = ["Rouvrir le café du bourg"] * 4
    result = analyse(texts, options=Options(granularity=2, min_cluster_size=1))
    said = [cluster.title for cluster in result.clusters]
    assert len({title.lower() for title in said}) == len(said)
    for cluster in result.clusters:
        assert cluster.title == cluster.titles[0].text
        assert {title.source for title in cluster.titles} <= {*cluster.members}


def test_proposals_do_not_repeat_each_other():
    texts = ["Rouvrir le café du bourg", "rouvrir un café au bourg !", "Prêter une salle le soir"]
    found = titles(texts, [0, 1, 2])
    assert len({title.text.lower() for title in found}) == len(found)
    assert found[1].source == 2


def test_a_title_needs_content_words():
    for text in ("Le faire", "C'est ça", "Et puis voilà"):
        assert all(
            any(not is_stop_word(word) for word in tokenise(title.text)) or title.start == title.end
            for title in titles([text], [0])
        )


@pytest.mark.parametrize(
    "said",
    [
        "Proposition : acheter des jeux d'occasion et les garder à la mairie",
        "Il faudrait une paire d'occasion pour chaque famille",
        "Commencez par soutenir celles qui tiennent encore.",
        "Il faudrait rouvrir celle du bourg",
        "Commencer par les derniers",
        "Une vraie, avec du chauffage et des chaises",
        "Payer des étudiants pour le faire",
        "Imitez-nous dans les autres quartiers.",
        "Derrière, un potager où les élèves pourraient planter",
        "Un atelier juste à côté pour réparer les vélos",
        "Avec une grande table à l'entrée où chacun poserait ses livres",
    ],
)
def test_a_title_names_what_it_speaks_of(said: str):
    """What the rest of the note names (des pneus, des boutiques) is lost in a title."""
    assert [w.text for w in wordings(said) if w.tier is not Tier.TESTIMONY] == []


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("Il faudrait des jeux de pneus d'occasion", "Prévoir des jeux de pneus d’occasion"),
        ("Des jeux de société d'occasion au village", "Des jeux de société d'occasion au village"),
        ("Pensez aussi à ceux qui gardent gratis !", "Penser aussi à ceux qui gardent gratis"),
        (
            "Aider les commerces qui ferment et ceux qui restent encore ouverts",
            "Aider les commerces qui ferment et ceux qui restent encore ouverts",
        ),
        ("Un atelier juste à côté de la gare", "Un atelier juste à côté de la gare"),
        ("Aider les premiers arrivés à s'inscrire", "Aider les premiers arrivés à s’inscrire"),
    ],
)
def test_what_names_its_object_is_a_title(said: str, title: str):
    assert title in [w.text for w in wordings(said) if w.tier is Tier.DEMAND]


@pytest.mark.parametrize(
    "said",
    [
        "Pourquoi une école doit elle héberger ses élèves dans le gymnase ?",
        "Peur de l'hiver, route verglacée, trois semaines sans voir personne",
        "Des mamies avec chambre vide à Luçon, des apprentis sans chambre à Luçon",
        "Qu'elle réponde sous un mois",
    ],
)
def test_what_nobody_would_sign_names_no_group(said: str):
    assert all(w.tier is Tier.TESTIMONY for w in wordings(said))
