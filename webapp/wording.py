"""French words for states and for errors: what happened, and what to do about it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from webapp import exceptions as errors
from webapp.documents.formats import FORMATS
from webapp.vocabulary import MODEL_PROBLEMS, ROADMAP_PROBLEMS, ROW_PROBLEMS


@dataclass(frozen=True, slots=True)
class Message:
    """A title, and a sentence that says what to do."""

    title: str
    text: str


GUARD = Message(
    "Relisez avant d’envoyer",
    "On dirait un nom, un numéro ou une adresse. Enlevez ce qui permet de reconnaître quelqu’un et "
    "renvoyez, ou renvoyez tel quel : une personne le masquera.",
)
FIELDS = {
    "title": "intitulé",
    "strand": "axe",
    "finding": "constat",
    "objective": "objectif",
    "lead": "pilote",
    "due_date": "échéance",
    "sources": "sources",
}
STATES = {
    "draft": "brouillon",
    "open": "ouvert",
    "paused": "en pause",
    "closed": "fermé",
    "archived": "archivé",
    "pending": "à relire",
    "published": "publiée",
    "masked": "masquée",
    "set_aside": "écartée",
    "withdrawn": "retirée",
    "proposed": "proposé",
    "accepted": "accepté",
    "dissolved": "dissous",
    "submitted": "soumise au COPIL",
    "adopted": "adoptée",
    "in_progress": "en cours",
    "done": "réalisée",
    "abandoned": "abandonnée",
}
SETTING_PROBLEMS = {
    "too_short": "il faut au moins {value} caractères",
    "public_debug": "refusé sur l’adresse publique {value}",
    "not_web_address": "« {value} » doit commencer par http:// ou https://",
    "out_of_range": "il faut un nombre entre {value}",
    "unreadable": "le fichier n’est pas du TOML lisible ({value})",
    "unknown": "ce réglage n’existe pas",
    "not_integer": "il faut un nombre entier, et non « {value} »",
    "not_boolean": "il faut 1 ou 0, et non « {value} »",
    "no_answer": "la base ne répond pas ({value})",
}


def number(value: float) -> str:
    """Return a number as French people read it: narrow spaces, decimal comma."""
    return f"{value:,}".replace(",", "\u202f").replace(".", ",")


def missing(names: tuple[str, ...]) -> str:
    """Return the French names of the fields that are empty."""
    return ", ".join(FIELDS.get(name, name) for name in names)


def row_problem(problem: errors.RowProblem) -> str:
    """Return one line of an import's report."""
    text = ROW_PROBLEMS.get(problem.problem, problem.problem).format(value=problem.value)
    return f"Ligne {problem.line} : {text}."


def message(error: errors.SemaillesError) -> Message:
    """Return what to tell the person whose request ended in ``error``."""
    for kind in type(error).__mro__:
        if kind in _MESSAGES:
            return _MESSAGES[kind](error)
    raise error


def _transition(error: errors.TransitionError) -> Message:
    source, target = STATES.get(error.source, error.source), STATES.get(error.target, error.target)
    return Message(
        "Ce changement n’est pas possible",
        f"L’état actuel est « {source} » ; il ne peut pas devenir « {target} ». "
        "Rechargez la page : quelqu’un l’a peut-être déjà changé.",
    )


def _closed(error: errors.WorkshopClosedError) -> Message:
    text = {
        "paused": "L’atelier est en pause. Gardez votre texte et renvoyez-le bientôt.",
        "draft": "L’atelier n’a pas encore commencé. Gardez votre texte et renvoyez-le bientôt.",
    }
    default = "L’atelier est terminé. Copiez votre texte et donnez-le à un animateur."
    return Message("Cet atelier ne reçoit pas d’idées en ce moment", text.get(error.state, default))


def _conflict(error: errors.ConflictError) -> Message:
    who = error.author or "Quelqu’un"
    now = f" Version actuelle : « {error.current} »." if error.current else ""
    return Message(
        "Une autre personne a modifié cette page",
        f"{who} a enregistré un changement pendant que vous écriviez ; "
        f"le vôtre n’a pas été enregistré.{now} Rechargez la page, puis recommencez.",
    )


def _too_long(error: errors.TextTooLongError) -> Message:
    return Message(
        "Votre texte est trop long",
        f"Il compte {number(error.length)} caractères, la limite est {number(error.limit)} : "
        "raccourcissez-le ou envoyez-le en deux fois.",
    )


def _no_point(error: errors.NoPointLeftError) -> Message:
    return Message(
        "Vous avez donné toutes vos gommettes",
        f"Chacun en a {error.points} : reprenez-en une pour la donner à une autre idée.",
    )


def _missing_column(error: errors.MissingColumnError) -> Message:
    columns = ", ".join(f"« {name} »" for name in error.present if name)
    return Message(
        f"La colonne « {error.column} » n’est pas dans le fichier",
        f"Colonnes du fichier : {columns}. Choisissez la bonne "
        "(--text-column en ligne de commande). "
        "Rien n’a été importé.",
    )


def _rows(error: errors.InvalidRowsError) -> Message:
    lines = "\n".join(row_problem(problem) for problem in error.problems)
    count = len(error.problems)
    title = "1 ligne est à corriger" if count == 1 else f"{number(count)} lignes sont à corriger"
    return Message(title, f"{lines}\nRien n’a été importé : corrigez le fichier et recommencez.")


def _incomplete(error: errors.IncompleteItemError) -> Message:
    return Message(
        "La fiche n’est pas complète",
        f"Remplissez d’abord : {missing(error.missing)}.",
    )


def _format(error: errors.UnknownFormatError) -> Message:
    names = ", ".join(FORMATS)
    return Message(
        "Ce format n’existe pas", f"Formats possibles : {names} (et non « {error.name} »)."
    )


def _model(error: errors.DocumentModelError) -> Message:
    return Message(
        "Le modèle est à corriger",
        "Il emploie ce que la feuille de route n’a pas, ou ce qu’un modèle n’a pas le droit de "
        f"faire : {', '.join(error.unknown)}. Corrigez ces balises ; le modèle en service n’a pas "
        "changé.",
    )


def _unusable_model(error: errors.UnusableModelError) -> Message:
    return Message(
        "Ce fichier ne peut pas servir de modèle",
        f"{MODEL_PROBLEMS[error.problem]} Le modèle en service n’a pas changé.",
    )


def _configuration(error: errors.ConfigurationError) -> Message:
    text = SETTING_PROBLEMS[error.problem].format(value=error.value)
    return Message("Réglage à corriger", f"{error.setting} : {text}.")


def _said(title: str, text: str) -> Callable[[Any], Message]:
    return lambda _: Message(title, text)


_MESSAGES: dict[type, Callable[[Any], Message]] = {
    errors.ConfigurationError: _configuration,
    errors.NotFoundError: _said(
        "Cette page n’existe pas", "Vérifiez l’adresse ou le code : il a pu être mal recopié."
    ),
    errors.ForbiddenError: _said(
        "Cette page ne vous est pas ouverte", "Demandez l’accès à l’administration de Semailles."
    ),
    errors.SchemaError: _said(
        "La base de données n’est pas à jour",
        "Lancez « semailles db upgrade », puis recommencez. Aucune donnée n’est perdue.",
    ),
    errors.EmptyTextError: _said("Le texte est vide", "Écrivez quelques mots avant d’envoyer."),
    errors.TextTooLongError: _too_long,
    errors.IdempotencyError: _said(
        "Cette page a déjà servi à envoyer une autre idée",
        "Votre premier texte est bien reçu. Ouvrez une page neuve pour en envoyer un second.",
    ),
    errors.WorkshopClosedError: _closed,
    errors.TransitionError: _transition,
    errors.SelectionError: _said(
        "Rien à faire de cette sélection",
        "Cochez au moins une contribution ou deux regroupements ; pour séparer, laissez-en aussi "
        "au moins une.",
    ),
    errors.FeedsItemError: _said(
        "Une fiche action répond à ce regroupement",
        "Tant que la fiche existe, il ne peut être ni rouvert, ni dissous, ni fondu dans un autre. "
        "Pour fusionner, faites-le depuis sa page : c’est lui qui recevra les autres.",
    ),
    errors.ReasonRequiredError: _said(
        "Il manque une raison", "Dites en quelques mots pourquoi : l’auteur pourra la lire."
    ),
    errors.IncompleteItemError: _incomplete,
    errors.NothingToAnalyseError: _said(
        "Rien à analyser", "Publiez d’abord des contributions de ce groupe de travail."
    ),
    errors.AnalysisRunningError: _said(
        "Une analyse est déjà en cours",
        "Attendez qu’elle se termine : sa progression est affichée.",
    ),
    errors.AnalysisOvertakenError: _said(
        "L’analyse a été dépassée", "Des décisions ont été prises sans arrêt : relancez-la."
    ),
    errors.NothingToPublishError: _said(
        "Rien à publier", "Toutes les fiches sont en brouillon : soumettez-en une d’abord."
    ),
    errors.ConflictError: _conflict,
    errors.DuplicateError: _said("Ce nom existe déjà", "Choisissez-en un autre."),
    errors.WeakPasswordError: _said(
        "Mot de passe refusé", "Il lui faut entre 12 et 1 000 caractères."
    ),
    errors.NotOpenError: _said(
        "Ce n’est pas ouvert en ce moment",
        "L’animateur n’a pas encore ouvert, ou a déjà fermé : rechargez cette page plus tard.",
    ),
    errors.NoPointLeftError: _no_point,
    errors.TooFastError: _said(
        "Beaucoup d’envois depuis cet appareil", "Attendez quelques secondes, puis renvoyez."
    ),
    errors.EncodingError: _said(
        "Le fichier n’est pas du texte lisible",
        "Enregistrez-le en CSV UTF-8 (ou en XLSX), puis recommencez. Rien n’a été importé.",
    ),
    errors.MissingColumnError: _missing_column,
    errors.InvalidRowsError: _rows,
    errors.UnreadableFileError: _said(
        "Le fichier ne peut pas être lu",
        "Il est vide, trop gros, ou n’est pas un vrai classeur : ouvrez-le dans un tableur et "
        "enregistrez-le en CSV UTF-8 ou en XLSX. Rien n’a été importé.",
    ),
    errors.UnknownSchemaError: _said(
        "Ce fichier suit un autre schéma",
        "Une version plus récente de Semailles l’a écrit : mettez celle-ci à jour, puis "
        "recommencez. Rien n’a été importé.",
    ),
    errors.RefusedRoadmapError: lambda error: Message(
        "Cette feuille de route ne peut pas être reprise",
        f"{ROADMAP_PROBLEMS[error.problem]} Rien n’a été importé.",
    ),
    errors.NotEmptyError: _said(
        "Cette instance n’est pas vide",
        "Une feuille de route ne se mêle pas à une autre : reprenez-la dans une instance neuve.",
    ),
    errors.UnknownFormatError: _format,
    errors.DocumentModelError: _model,
    errors.UnusableModelError: _unusable_model,
}
