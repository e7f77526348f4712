"""Documents as plain functions: a rich one, an empty one, and words made to break things."""

import hashlib
from datetime import UTC, date, datetime
from decimal import Decimal

from webapp.publishing.documents.content import (
    AnalysisFigures,
    BudgetLine,
    Channel,
    Chapter,
    Decision,
    Indicator,
    Item,
    ItemStatus,
    Ledger,
    LedgerLine,
    Link,
    Method,
    Milestone,
    Participation,
    Provenance,
    Reading,
    RoadmapDocument,
    Source,
)
from webapp.publishing.documents.json_file import sealed
from webapp.publishing.documents.priorities import Priority

AS_OF = datetime(2023, 11, 7, 22, 30, tzinfo=UTC)
MARKUP = (
    '#eval("1/0") $x$ *gras* _ital_ <label> @ref \\ // `code` [c] {{ 7*7 }} {% raw %} </w:t> & "q"'
)
EMOJI = "Bus 🚌🧑🏽‍🌾"
ARABIC = "نحن نريد حافلة للذهاب إلى العمل"
INVISIBLE = "a\x00b\u202ec\u2066d\x1be\ud800f"
VISIBLE = "abcde\ufffdf"
FORMULA = '=HYPERLINK("http://x";"y")'


def source(rank, **changes):
    fields = {
        "reference": f"TES-03-{rank:04d}",
        "workshop_code": "TES-03",
        "workshop_title": "Se déplacer sans voiture",
        "words": f"Créer un transport à la demande dans le canton n° {rank}, même le dimanche.",
        "table": str(rank % 5 + 1),
        "channel": tuple(Channel)[rank % 4],
        "cluster": "Transport à la demande",
    }
    return Source(**(fields | changes))


def item(rank, *, n_sources=3, **changes):
    fields = {
        "reference": f"52-T-{rank:03d}",
        "title": f"Transport solidaire à la demande, phase {rank}",
        "strand": "Construire une transition écologique solidaire",
        "status": ItemStatus.ADOPTED,
        "finding": "Sans voiture, l’emploi et les droits sont hors d’atteinte.",
        "objective": "Qu’aucun habitant ne renonce à un rendez-vous faute de transport.",
        "description": "Un service porté par les communautés de communes.\nRéservé par téléphone.",
        "lead": "Conseil régional",
        "partners": ("CAF de Maine-et-Loire", "MSA"),
        "publics": ("Allocataires du RSA", "Jeunes"),
        "territories": ("Maine-et-Loire", "Sarthe"),
        "due_date": date(2025, 6, 1),
        "resources": "120 000 € par an",
        "milestones": (
            Milestone(title="Étude", due_date=date(2024, 3, 1), done_on=date(2024, 2, 27)),
            Milestone(title="Ouverture", due_date=date(2025, 1, 1)),
        ),
        "indicators": (indicator(),),
        "measure": "Mobilité solidaire",
        "priority": Priority.HIGH,
        "budget": (
            BudgetLine(year=2024, funder="État", amount=120_000, purpose="Démarrage"),
            BudgetLine(year=2025, funder="Région", amount=80_000),
        ),
        "links": (
            Link(kind="pacte local", title="Pacte de la Sarthe", url="https://example.org/pacte"),
            Link(kind="démarche inspirante", title="Garage solidaire"),
        ),
        "decisions": (Decision(on=date(2024, 1, 15), body="COPIL", text="Adoptée à l’unanimité."),),
        "sources": tuple(source(rank * 100 + place) for place in range(n_sources)),
        "provenance": Provenance(
            contributions=12, tables=5, workshops=3, territories=2, concerned=7
        ),
    }
    return Item(**(fields | changes))


def indicator(**changes):
    fields = {
        "title": "Trajets réalisés",
        "unit": "%",
        "baseline": Reading(value=Decimal("12.5"), on=date(2023, 1, 1), source="INSEE"),
        "target": Reading(value=Decimal(40), on=date(2027, 12, 31)),
        "measurements": (
            Reading(value=Decimal("1234.5"), on=date(2024, 6, 1), territory="Sarthe"),
        ),
    }
    return Indicator(**(fields | changes))


def hostile_item():
    return item(
        666,
        title=MARKUP,
        finding=f"{EMOJI}\n{ARABIC}\n{INVISIBLE}",
        objective=FORMULA,
        lead="@SUM(A1)",
        resources="-1+1",
        partners=("+33", "\t=1"),
        sources=(source(9001, words=MARKUP), source(9002, words=ARABIC), source(9003, words=EMOJI)),
    )


def ledger():
    return Ledger(
        lines=(
            LedgerLine(
                workshop_code="TES-03",
                workshop_title="Se déplacer sans voiture",
                received=1200,
                grouped=1100,
                isolated=60,
                set_aside=30,
                withdrawn=10,
            ),
            LedgerLine(
                workshop_code="PR-01",
                workshop_title="Territoires zéro non-recours",
                received=40,
                grouped=30,
                isolated=6,
                set_aside=2,
                withdrawn=1,
                pending=1,
            ),
        )
    )


def method():
    run = AnalysisFigures(
        working_group="Transition écologique et solidaire",
        run="A-0012",
        fingerprint=hashlib.sha256(b"test").hexdigest(),
        encoder="fast-use 0.2.1",
        seed=20231107,
        texts=1240,
        groups=15,
    )
    return Method(sentences=("Les animateurs ont relu chaque groupe.",), runs=(run,))


def document(*items, **changes):
    items = items or (item(1), item(2, n_sources=1), hostile_item())
    fields = {
        "title": "Feuille de route régionale du Pacte des solidarités",
        "region": "Pays de la Loire",
        "period": "2024–2027",
        "version": 3,
        "as_of": AS_OF,
        "signatory": "Le commissaire à la lutte contre la pauvreté",
        "participation": Participation(
            provenance=Provenance(
                contributions=1240, tables=40, workshops=20, territories=7, concerned=35
            ),
            people=200,
            started_on=date(2023, 11, 7),
            ended_on=date(2023, 11, 7),
        ),
        "method": method(),
        "ledger": ledger(),
        "chapters": (
            Chapter(
                title="Construire une transition écologique solidaire",
                introduction="Ce que les ateliers ont dit.",
                items=tuple(items),
            ),
            Chapter(title="Lutter contre la grande exclusion grâce à l’accès aux droits"),
        ),
    }
    return sealed(RoadmapDocument(**(fields | changes)))


def empty():
    return RoadmapDocument(title="Vide", region="", period="", version=1, as_of=AS_OF, draft=True)
