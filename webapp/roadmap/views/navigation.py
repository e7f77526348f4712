"""Sections of the commissioner's desk, and the pages of each."""

from dataclasses import dataclass

from flask import request


@dataclass(frozen=True, slots=True)
class DeskLink:
    """A page of the desk: its label, its endpoint, and the blueprints whose pages are under it."""

    label: str
    endpoint: str
    blueprints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """An entry of the navigation; its first page is where it leads."""

    label: str
    links: tuple[DeskLink, ...]


SECTIONS = (
    Section(
        "Fiches",
        (
            DeskLink(
                "Fiches action",
                "steering.home",
                ("steering", "arrangements", "parts", "indicators"),
            ),
        ),
    ),
    Section(
        "Versions",
        (
            DeskLink("Publier, télécharger", "publications.home", ("publications", "reactions")),
            DeskLink("Intitulé et période", "local_roadmaps.edit"),
        ),
    ),
    Section(
        "COPIL",
        (
            DeskLink("Synthèse", "copil.home", ("copil",)),
            DeskLink("Réunions", "meetings.home", ("meetings",)),
        ),
    ),
    Section(
        "Documents",
        (
            DeskLink("Produire les documents", "exports.home", ("exports",)),
            DeskLink("Modèles de documents", "document_models.home", ("document_models",)),
            DeskLink(
                "Reprendre une feuille de route", "roadmap_imports.choose", ("roadmap_imports",)
            ),
        ),
    ),
    Section(
        "Territoire",
        (
            DeskLink("Feuilles de route locales", "local_roadmaps.home", ("local_roadmaps",)),
            DeskLink("Annuaire des organismes", "organisations.home", ("organisations",)),
            DeskLink("Conférences", "conferences.home", ("conferences",)),
            DeskLink("Importer un programme", "programme.choose", ("programme",)),
        ),
    ),
    Section(
        "Réglages",
        (
            DeskLink(
                "Listes de référence",
                "reference_lists.home",
                ("reference_lists", "reference_imports"),
            ),
            DeskLink("Repères du Pacte", "alignments.home", ("alignments",)),
            DeskLink("Accord avec la machine", "agreements.show", ("agreements",)),
        ),
    ),
)
# Pages that everyone reads, in blueprints whose other pages are of the desk.
_PUBLIC = frozenset({"local_roadmaps.read_all"})


def find_place(endpoint: str, *, local: bool) -> tuple[Section, DeskLink] | None:
    """Return the section and the link that a page is under, or None if it is not of the desk.

    Every page about a local roadmap (``local``) is under « Feuilles de route locales ».
    """
    if endpoint in _PUBLIC:
        return None
    places = [(section, link) for section in SECTIONS for link in section.links]
    if local and any(endpoint.partition(".")[0] in link.blueprints for _, link in places):
        endpoint = "local_roadmaps.home"
    exact = (place for place in places if place[1].endpoint == endpoint)
    family = (place for place in places if endpoint.partition(".")[0] in place[1].blueprints)
    return next(exact, None) or next(family, None)


def desk_place() -> tuple[Section, DeskLink] | None:
    """Return where the page of the request is on the desk."""
    local = "roadmap" in (request.view_args or {})
    return find_place(request.endpoint or "", local=local)
