"""OpenAPI description of the open data API, derived from the response dataclasses."""

from dataclasses import dataclass
from typing import Final

from webapp.publishing.documents import json_schema, open_data
from webapp.publishing.documents.content import Item, ItemStatus
from webapp.publishing.documents.json_schema import Schema

VERSION: Final = "1.0.0"
PREFIX: Final = "/api/v1"
PAGE_SIZE: Final = 20
LARGEST_PAGE: Final = 100
LARGEST_NUMBER: Final = 2**31 - 1
_JSON: Final = "application/json"
_PROBLEM: Final = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter: name, description, schema."""

    name: str
    description: str
    schema: Schema


@dataclass(frozen=True, slots=True)
class Operation:
    """One endpoint: path after the prefix, description, response type."""

    path: str
    summary: str
    answer: type
    parameters: tuple[Parameter, ...] = ()


_COUNTED: Final = {"minimum": 1, "maximum": LARGEST_NUMBER}


def _number(name: str, description: str, **bounds: int) -> Parameter:
    return Parameter(name, description, {"type": "integer", **_COUNTED, **bounds})


def _text(name: str, description: str) -> Parameter:
    return Parameter(name, description, {"type": "string"})


_ROADMAP: Final = _text(
    "roadmap", "Feuille de route locale, par le nom de son adresse ; par défaut, celle de la région"
)
_WHICH: Final = (
    _ROADMAP,
    _number("version", "Numéro de version ; par défaut, celle en vigueur"),
)
_PAGES: Final = (
    _number("page", "Page demandée", default=1),
    _number("per_page", "Éléments par page", default=PAGE_SIZE, maximum=LARGEST_PAGE),
)
_STATUSES: Final[Schema] = {"type": "string", "enum": [str(status) for status in ItemStatus]}
_FILTERS: Final = (
    _text("q", "Mots à trouver, sans tenir compte des accents ni des majuscules"),
    _text("strand", "Axe : son code ou son intitulé"),
    _text("territory", "Territoire, par son nom"),
    Parameter("status", "État de la fiche", _STATUSES),
    _text("public", "Public concerné"),
    _text("lead", "Pilote"),
)
OPERATIONS: Final = (
    Operation(
        "/roadmap",
        "La feuille de route : intitulé, période, participation, méthode, empreinte",
        open_data.RoadmapAnswer,
        _WHICH,
    ),
    Operation(
        "/versions",
        "Toutes les versions, les retirées comprises",
        open_data.VersionsAnswer,
        (_ROADMAP,),
    ),
    Operation(
        "/items",
        "Les fiches action, filtrées, par pages",
        open_data.ItemsAnswer,
        (*_WHICH, *_FILTERS, *_PAGES),
    ),
    Operation("/items/{reference}", "Une fiche action", Item, _WHICH),
    Operation(
        "/sources",
        "Ce qui a été dit à l’origine des fiches, mots masqués, par pages",
        open_data.SourcesAnswer,
        (*_WHICH, _text("item", "Référence d’une fiche"), *_PAGES),
    ),
    Operation(
        "/ledger",
        "Le registre : ce que sont devenues les contributions de chaque atelier",
        open_data.LedgerAnswer,
        _WHICH,
    ),
    Operation(
        "/indicators",
        "Les indicateurs des fiches et leurs valeurs, par pages",
        open_data.IndicatorsAnswer,
        (*_WHICH, _text("item", "Référence d’une fiche"), *_PAGES),
    ),
)


def describe(server: str) -> Schema:
    """Return the OpenAPI description of the API served at ``server``."""
    answers = [operation.answer for operation in OPERATIONS]
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Données ouvertes de la feuille de route",
            "version": VERSION,
            "description": "En lecture seule, sans compte ni clé. Les décomptes de personnes "
            "concernées inférieurs à 5 n’y figurent pas.",
            "license": {
                "name": open_data.LICENCE["title"],
                "identifier": open_data.LICENCE["name"],
            },
        },
        "servers": [{"url": server}],
        "paths": {
            f"{PREFIX}{operation.path}": {"get": _described(operation)} for operation in OPERATIONS
        },
        "components": {"schemas": json_schema.components(*answers, open_data.Problem)},
    }


def _described(operation: Operation) -> Schema:
    refusals = {
        "400": "Un paramètre n’est pas compris",
        "404": "Rien de tel n’est publié",
        "410": "Cette version a été retirée",
    }
    return {
        "operationId": operation.path.strip("/").replace("/{", "_by_").rstrip("}"),
        "summary": operation.summary,
        "parameters": [*_in_path(operation), *map(_in_query, operation.parameters)],
        "responses": {
            "200": _response("La réponse", _JSON, operation.answer),
            "304": {"description": "Rien n’a changé depuis (ETag, Last-Modified)"},
            **{
                status: _response(words, _PROBLEM, open_data.Problem)
                for status, words in refusals.items()
            },
        },
    }


def _in_path(operation: Operation) -> list[Schema]:
    if "{reference}" not in operation.path:
        return []
    described = {"name": "reference", "description": "Référence de la fiche"}
    return [{**described, "in": "path", "required": True, "schema": {"type": "string"}}]


def _in_query(parameter: Parameter) -> Schema:
    return {
        "name": parameter.name,
        "in": "query",
        "required": False,
        "description": parameter.description,
        "schema": parameter.schema,
    }


def _response(words: str, media_type: str, kind: type) -> Schema:
    return {
        "description": words,
        "content": {media_type: {"schema": json_schema.schema(kind)}},
    }
