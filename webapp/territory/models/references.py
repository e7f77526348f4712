"""Table of the reference lists (axes, measures, territories, publics), and their defaults."""

from enum import StrEnum

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webapp.platform.models.base import Base, HasPublicId, enum_column

MAX_CODE_LENGTH = 24
MAX_NAME_LENGTH = 200


class Strand(StrEnum):
    """Codes of the four default axes; the list may hold others."""

    CHILDHOOD = "1"
    WORK = "2"
    RIGHTS = "3"
    ECOLOGY = "4"


class Territory(StrEnum):
    """Codes of the default territories; the list may hold others."""

    LOIRE_ATLANTIQUE = "44"
    MAINE_ET_LOIRE = "49"
    MAYENNE = "53"
    SARTHE = "72"
    VENDEE = "85"
    NANTES = "NM"
    REGION = "52"


class ReferenceKind(StrEnum):
    """Axe, mesure, territoire, public."""

    STRAND = "strand"
    MEASURE = "measure"
    TERRITORY = "territory"
    PUBLIC = "public"


class Reference(HasPublicId, Base):
    """One entry of a list: rows store its code, pages show its name.

    ``seeds`` are the seed words used by alignment; ``strand`` is the code of the axis of a measure.
    """

    __tablename__ = "reference"
    __table_args__ = (
        UniqueConstraint("kind", "code"),
        UniqueConstraint("kind", "name"),
        CheckConstraint("length(code) > 0 AND length(name) > 0", name="named"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[ReferenceKind] = mapped_column(enum_column(ReferenceKind))
    code: Mapped[str] = mapped_column(String(MAX_NAME_LENGTH))
    name: Mapped[str] = mapped_column(String(MAX_NAME_LENGTH))
    position: Mapped[int] = mapped_column(default=0)
    retired: Mapped[bool] = mapped_column(default=False)
    strand: Mapped[str] = mapped_column(String(MAX_CODE_LENGTH), default="")
    seeds: Mapped[tuple[str, ...]] = mapped_column(default=())


_PUBLICS = (
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

# Default lists. The names are official ones, hence data rather than wording.
SHIPPED: dict[ReferenceKind, dict[str, str]] = {
    ReferenceKind.STRAND: {
        Strand.CHILDHOOD: "Prévenir la pauvreté et lutter contre les inégalités dès l’enfance",
        Strand.WORK: "Amplifier la politique d’accès à l’emploi pour tous",
        Strand.RIGHTS: "Lutter contre la grande exclusion grâce à l’accès aux droits",
        Strand.ECOLOGY: "Construire une transition écologique solidaire",
    },
    ReferenceKind.MEASURE: {},
    ReferenceKind.TERRITORY: {
        Territory.REGION: "Pays de la Loire",
        Territory.LOIRE_ATLANTIQUE: "Loire-Atlantique",
        Territory.NANTES: "Nantes Métropole",
        Territory.MAINE_ET_LOIRE: "Maine-et-Loire",
        Territory.MAYENNE: "Mayenne",
        Territory.SARTHE: "Sarthe",
        Territory.VENDEE: "Vendée",
    },
    ReferenceKind.PUBLIC: {name: name for name in _PUBLICS},
}
