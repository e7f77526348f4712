"""Finds the header of a table among its first lines."""

import re
from collections.abc import Sequence

from webapp.imports.layouts import Line
from webapp.platform import text_cleaning

SEARCHED = 20  # a header is looked for in the first lines
_NUMBER = re.compile(r"[\d\s.,:/%€+-]{1,60}")
# Usual headers, folded: those of each import, of survey tools and of our own exports.
_KNOWN = frozenset(
    """
    texte|text|contribution|proposition|idee|body|table|feuille|personnes|horodateur|timestamp|id
    date|valeur|territoire|source|value|territory|liste|nature|type|kind|code|numero|nom|intitule
    libelle|name|ordre|rang|position|order|retiree|retire|retired|axe|strand|titre|groupe|consigne
    salle|organisme|debut|fin|aide|action|fiche action|fiche|reference|ref|n°|groupe de travail
    axe du pacte|mesure du pacte|mesure|constat|contexte|objectif|objectifs|description|contenu
    description de l'action|pilote|porteur|responsable|partenaires|partenaire|publics|public
    public vise|publics vises|territoires|echeance|date limite|moyens|ressources|priorite
    commentaire|commentaires|reponse|reponses|title|status|finding|objective|lead|partners
    due_date|resources|priority|measure|territories
    """.strip()
    .replace("\n", "|")
    .replace("|    ", "|")
    .split("|")
)


def is_known(cell: str) -> bool:
    """Tell whether a cell is a usual header.

    Examples
    --------
    >>> is_known(" Échéance : "), is_known("Un bus")
    (True, False)
    """
    return text_cleaning.folded(cell).strip(" *:?\n\t\u00a0") in _KNOWN


def find_header(lines: Sequence[Line]) -> Line | None:
    """Return the first line that holds a usual header, or else the first line that is not blank."""
    filled = [line for line in lines[:SEARCHED] if any(cell.strip() for cell in line.cells)]
    known = (line for line in filled if any(map(is_known, line.cells)))
    return next(known, next(iter(filled), None))


def is_doubtful(header: Line) -> bool:
    """Tell whether a header may be data: no usual word, and one column or a number."""
    named = [cell for cell in header.cells if cell.strip()]
    if any(map(is_known, named)):
        return False
    return len(named) == 1 or any(_is_number(cell.strip()) for cell in named)


def unique_names(cells: Sequence[str]) -> tuple[str, ...]:
    """Name each column once: « texte », « texte (2) »; an untitled one after its rank.

    Examples
    --------
    >>> unique_names(["texte", "", "texte"])
    ('texte', 'Colonne 2', 'texte (2)')
    """
    given = set(cells)
    names: list[str] = []
    for rank, cell in enumerate(cells, start=1):
        base = cell or f"Colonne {rank}"
        name, count = base, 1
        while name in names or (name in given and name != cell):
            count += 1
            name = f"{base} ({count})"
        names.append(name)
    return tuple(names)


def _is_number(cell: str) -> bool:
    return bool(_NUMBER.fullmatch(cell)) and any(map(str.isdigit, cell))
