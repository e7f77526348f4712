"""Reference lists of the Pacte des solidarités, as the region received them."""

from enum import StrEnum


class Strand(StrEnum):
    """The four axes of the Pacte, by their number."""

    CHILDHOOD = "1"
    WORK = "2"
    RIGHTS = "3"
    ECOLOGY = "4"


class Territory(StrEnum):
    """The region, its five departments and its metropolis, by their code."""

    LOIRE_ATLANTIQUE = "44"
    MAINE_ET_LOIRE = "49"
    MAYENNE = "53"
    SARTHE = "72"
    VENDEE = "85"
    NANTES = "NM"
    REGION = "52"


PUBLICS = (
    "enfants",
    "familles",
    "familles monoparentales",
    "jeunes 16-25",
    "demandeurs d’emploi",
    "travailleurs pauvres",
    "personnes âgées",
    "personnes en situation de handicap",
    "personnes sans abri",
    "personnes étrangères",
    "habitants du rural",
    "tous",
)

# The names are data, not wording: they are the State's own.
STRAND_TITLES = {
    Strand.CHILDHOOD: "Prévenir la pauvreté et lutter contre les inégalités dès l’enfance",
    Strand.WORK: "Amplifier la politique d’accès à l’emploi pour tous",
    Strand.RIGHTS: "Lutter contre la grande exclusion grâce à l’accès aux droits",
    Strand.ECOLOGY: "Construire une transition écologique solidaire",
}
TERRITORY_NAMES = {
    Territory.REGION: "Pays de la Loire",
    Territory.LOIRE_ATLANTIQUE: "Loire-Atlantique",
    Territory.NANTES: "Nantes Métropole",
    Territory.MAINE_ET_LOIRE: "Maine-et-Loire",
    Territory.MAYENNE: "Mayenne",
    Territory.SARTHE: "Sarthe",
    Territory.VENDEE: "Vendée",
}
