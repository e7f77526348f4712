"""Messages that quote what happened: a date, a name, a number, the lines of a file."""

from webapp import exceptions as errors
from webapp import vocabulary
from webapp.platform.french import long_date, paris_date
from webapp.wording.base import Message, missing, number, row_problem


def transition(error: errors.TransitionError) -> Message:
    """Say from which state to which there is no way."""
    source, target = (
        vocabulary.STATES.get(error.source, error.source),
        vocabulary.STATES.get(error.target, error.target),
    )
    return Message(
        "Ce changement n’est pas possible",
        f"L’état actuel est « {source} » ; il ne peut pas devenir « {target} ». "
        "Rechargez la page : quelqu’un l’a peut-être déjà changé.",
    )


def closed(error: errors.WorkshopClosedError) -> Message:
    """Say why a workshop hears nothing now, and what to do with the words."""
    text = {
        "paused": "L’atelier est en pause. Gardez votre texte et renvoyez-le bientôt.",
        "draft": "L’atelier n’a pas encore commencé. Gardez votre texte et renvoyez-le bientôt.",
    }
    default = "L’atelier est terminé. Copiez votre texte et donnez-le à un animateur."
    return Message("Cet atelier ne reçoit pas d’idées en ce moment", text.get(error.state, default))


def conflict(error: errors.ConflictError) -> Message:
    """Say who changed the page meanwhile, and what it holds now."""
    who = error.author or "Quelqu’un"
    now = f" Version actuelle : « {error.current} »." if error.current else ""
    return Message(
        "Une autre personne a modifié cette page",
        f"{who} a enregistré un changement pendant que vous écriviez ; "
        f"le vôtre n’a pas été enregistré.{now} Relisez la page à jour, puis recommencez.",
    )


def too_long(error: errors.TextTooLongError) -> Message:
    """Say by how much a text is too long."""
    return Message(
        "Votre texte est trop long",
        f"Il compte {number(error.length)} caractères, la limite est {number(error.limit)} : "
        "raccourcissez-le ou envoyez-le en deux fois.",
    )


def no_point(error: errors.NoPointLeftError) -> Message:
    """Say how many support points everyone has."""
    return Message(
        "Vous avez donné toutes vos gommettes",
        f"Chacun en a {error.points} : reprenez-en une pour la donner à une autre idée.",
    )


def missing_column(error: errors.MissingColumnError) -> Message:
    """Say which columns the file has."""
    columns = ", ".join(f"« {name} »" for name in error.present if name)
    return Message(
        f"La colonne « {error.column} » n’est pas dans le fichier",
        f"Colonnes du fichier : {columns}. Choisissez la bonne "
        "(--text-column en ligne de commande). "
        "Rien n’a été importé.",
    )


def rows(error: errors.InvalidRowsError) -> Message:
    """Say line by line what is to be corrected."""
    lines = "\n".join(row_problem(problem) for problem in error.problems)
    count = len(error.problems)
    title = "1 ligne est à corriger" if count == 1 else f"{number(count)} lignes sont à corriger"
    return Message(title, f"{lines}\nRien n’a été importé : corrigez le fichier et recommencez.")


def incomplete(error: errors.IncompleteItemError) -> Message:
    """Say which fields are to be filled in."""
    return Message(
        "La fiche n’est pas complète",
        f"Remplissez d’abord : {missing(error.missing)}.",
    )


def last_source(error: errors.LastSourceError) -> Message:
    """Say which item would have no source left."""
    return Message(
        "Une fiche adoptée n’aurait plus de source",
        f"La fiche {error.reference} ne répond plus qu’à cette contribution. Masquez le passage"
        " qui pose problème, ou rattachez d’abord une autre contribution à son regroupement.",
    )


def unknown_format(error: errors.UnknownFormatError) -> Message:
    """Say which formats there are."""
    names = ", ".join(error.known)
    return Message(
        "Ce format n’existe pas", f"Formats possibles : {names} (et non « {error.name} »)."
    )


def parameter(error: errors.ParameterError) -> Message:
    """Say which parameter of the open interface was not understood."""
    return Message(
        "Paramètre incompris",
        f"« {error.name} » ne peut pas valoir « {error.value} ». Les valeurs possibles sont "
        "décrites à la page des données ouvertes.",
    )


def version(error: errors.VersionWithdrawnError) -> Message:
    """Say when and why a version was withdrawn."""
    return Message(
        f"La version {error.number} a été retirée",
        f"Le {long_date(paris_date(error.withdrawn_at))}, pour cette raison : « {error.reason} ». "
        "La page des versions mène à celle qui est en vigueur.",
    )


def model(error: errors.DocumentModelError) -> Message:
    """Say which tags of a model are to be corrected."""
    return Message(
        "Le modèle est à corriger",
        "Il emploie ce que la feuille de route n’a pas, ou ce qu’un modèle n’a pas le droit de "
        f"faire : {', '.join(error.unknown)}. Corrigez ces balises ; le modèle en service n’a pas "
        "changé.",
    )


def unusable_model(error: errors.UnusableModelError) -> Message:
    """Say why a file cannot be a model."""
    return Message(
        "Ce fichier ne peut pas servir de modèle",
        f"{vocabulary.MODEL_PROBLEMS[error.problem]} Le modèle en service n’a pas changé.",
    )


def configuration(error: errors.ConfigurationError) -> Message:
    """Say which setting is wrong."""
    text = vocabulary.SETTING_PROBLEMS[error.problem].format(value=error.value)
    return Message("Réglage à corriger", f"{error.setting} : {text}.")
