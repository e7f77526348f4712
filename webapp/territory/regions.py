"""First-run setup: the regional roadmap and its three working groups."""

from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.territory.models import Roadmap, WorkingGroup

PARIS = ZoneInfo("Europe/Paris")
ROADMAP = "pays-de-la-loire"
GROUPS = (
    ("transition-ecologique", "Transition écologique et solidaire", "TES"),
    ("precarite-rurale", "Précarité en milieu rural", "PMR"),
    ("acces-aux-droits", "Accès aux droits", "AAD"),
)


def ensure_region(session: Session) -> Roadmap:
    """Return the regional roadmap; create it with its working groups on an empty instance."""
    roadmap = session.scalar(select(Roadmap).where(Roadmap.slug == ROADMAP))
    if roadmap is None:
        roadmap = Roadmap(
            slug=ROADMAP,
            title="Feuille de route régionale du Pacte des solidarités",
            region="Pays de la Loire",
            code="52",
            starts_on=date(2024, 1, 1),
            ends_on=date(2027, 12, 31),
        )
        session.add(roadmap)
        session.flush()
        session.add_all(
            WorkingGroup(slug=slug, name=name, initial=initial, roadmap_id=roadmap.id)
            for slug, name, initial in GROUPS
        )
        session.flush()
    return roadmap
