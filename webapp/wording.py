"""French words for states and for errors: what happened, and what to do about it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from webapp import exceptions as errors
from webapp import vocabulary
from webapp.documents.formats import FORMATS
from webapp.documents.french import duration, long_date, paris_date


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
MERGED = "Réunie à la fiche {reference}."


def number(value: float) -> str:
    """Return a number as French people read it: narrow spaces, decimal comma."""
    plain = int(value) if value == int(value) else value
    return f"{plain:,}".replace(",", "\u202f").replace(".", ",")


def missing(names: tuple[str, ...]) -> str:
    """Return the French names of the fields that are empty."""
    return ", ".join(FIELDS.get(name, name) for name in names)


def row_problems(error: errors.SemaillesError) -> list[str]:
    """Return what to correct in a file, line by line."""
    problems = error.problems if isinstance(error, errors.InvalidRowsError) else ()
    return [row_problem(problem) for problem in problems]


def row_problem(problem: errors.RowProblem) -> str:
    """Return one line of an import's report."""
    text = vocabulary.ROW_PROBLEMS.get(problem.problem, problem.problem).format(value=problem.value)
    return f"Ligne {problem.line} : {text}."


def message(error: errors.SemaillesError) -> Message:
    """Return what to tell the person whose request ended in ``error``."""
    for kind in type(error).__mro__:
        if kind in _MESSAGES:
            return _MESSAGES[kind](error)
    raise error


def _transition(error: errors.TransitionError) -> Message:
    source, target = (
        vocabulary.STATES.get(error.source, error.source),
        vocabulary.STATES.get(error.target, error.target),
    )
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


def _last_source(error: errors.LastSourceError) -> Message:
    return Message(
        "Une fiche adoptée n’aurait plus de source",
        f"La fiche {error.reference} ne répond plus qu’à cette contribution. Masquez le passage"
        " qui pose problème, ou rattachez d’abord une autre contribution à son regroupement.",
    )


def _format(error: errors.UnknownFormatError) -> Message:
    names = ", ".join(FORMATS)
    return Message(
        "Ce format n’existe pas", f"Formats possibles : {names} (et non « {error.name} »)."
    )


def _parameter(error: errors.ParameterError) -> Message:
    return Message(
        "Paramètre incompris",
        f"« {error.name} » ne peut pas valoir « {error.value} ». Les valeurs possibles sont "
        "décrites à la page des données ouvertes.",
    )


def _version(error: errors.VersionWithdrawnError) -> Message:
    return Message(
        f"La version {error.number} a été retirée",
        f"Le {long_date(paris_date(error.withdrawn_at))}, pour cette raison : « {error.reason} ». "
        "La page des versions mène à celle qui est en vigueur.",
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
        f"{vocabulary.MODEL_PROBLEMS[error.problem]} Le modèle en service n’a pas changé.",
    )


def _configuration(error: errors.ConfigurationError) -> Message:
    text = vocabulary.SETTING_PROBLEMS[error.problem].format(value=error.value)
    return Message("Réglage à corriger", f"{error.setting} : {text}.")


def _said(title: str, text: str) -> Callable[[Any], Message]:
    return lambda _: Message(title, text)


_MESSAGES: dict[type, Callable[[Any], Message]] = {
    errors.ConfigurationError: _configuration,
    errors.NotFoundError: _said(
        "Cette page n’existe pas", "Vérifiez l’adresse ou le code : il a pu être mal recopié."
    ),
    errors.EmptyInstanceError: _said(
        "Rien n’est encore prévu", "Le ou la commissaire importe d’abord un programme."
    ),
    errors.ParameterError: _parameter,
    errors.ForbiddenError: _said(
        "Cette page ne vous est pas ouverte", "Demandez l’accès à l’administration de Semailles."
    ),
    errors.UndeclaredRouteError: lambda error: Message(
        "Une page n’a pas de droits déclarés",
        f"Déclarez ses droits dans views/routes.py : {', '.join(error.endpoints)}.",
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
    errors.LastSourceError: _last_source,
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
    errors.DateOrderError: _said(
        "Ces dates ne se suivent pas",
        "La fin doit suivre le début, et n’être pas déjà passée ; un jalon précède l’échéance de "
        "la fiche, et rien de mesuré ni de franchi n’est dans l’avenir. Corrigez la date.",
    ),
    errors.MeasuredError: _said(
        "Cet indicateur a des mesures",
        "Un indicateur mesuré ne disparaît pas : retirez d’abord les mesures saisies par erreur.",
    ),
    errors.MeetingClosedError: _said(
        "Le compte rendu de cette réunion est arrêté",
        "Il ne change plus : prévoyez une autre réunion pour décider autrement.",
    ),
    errors.DelayError: lambda error: Message(
        "Ce délai n’est pas possible",
        f"Choisissez un nombre entre {number(error.least)} et {number(error.most)}.",
    ),
    errors.DuplicateError: _said("Ce nom existe déjà", "Choisissez-en un autre."),
    errors.WeakPasswordError: lambda error: Message(
        "Mot de passe refusé", vocabulary.PASSWORD_PROBLEMS[error.problem]
    ),
    errors.ProviderRefusedError: lambda error: Message(
        "ProConnect ne vous ouvre pas cette porte", vocabulary.PROVIDER_PROBLEMS[error.problem]
    ),
    errors.TooManyAttemptsError: lambda error: Message(
        "Trop d’essais sur ce compte", f"Attendez {duration(error.wait)}, puis recommencez."
    ),
    **{getattr(errors, name): _said(*words) for name, words in vocabulary.REFUSALS.items()},
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
        f"{vocabulary.ROADMAP_PROBLEMS[error.problem]} Rien n’a été importé.",
    ),
    errors.NotEmptyError: _said(
        "Cette instance n’est pas vide",
        "Une feuille de route ne se mêle pas à une autre : reprenez-la dans une instance neuve.",
    ),
    errors.UnknownFormatError: _format,
    errors.VersionWithdrawnError: _version,
    errors.DocumentModelError: _model,
    errors.UnusableModelError: _unusable_model,
}
