"""Error messages that depend on the data of the error."""

from webapp import exceptions as errors
from webapp import vocabulary
from webapp.platform import formats
from webapp.platform.french import long_date, paris_date
from webapp.platform.languages import gettext as _
from webapp.platform.languages import ngettext
from webapp.vocabulary.labels import label
from webapp.wording.base import Message, file_remark, missing, number, row_problem


def transition(error: errors.TransitionError) -> Message:
    """Name the current state and the requested one."""
    source, target = label(error.noun, error.source), label(error.noun, error.target)
    return Message(
        "Ce changement n’est pas possible",
        f"L’état actuel est « {source} » ; il ne peut pas devenir « {target} ». "
        "Rechargez la page : quelqu’un l’a peut-être déjà changé.",
    )


def closed(error: errors.WorkshopClosedError) -> Message:
    """Say why a workshop does not accept contributions, and what to do with the text."""
    text = {
        "paused": _("L’atelier est en pause. Gardez votre texte et renvoyez-le bientôt."),
        "draft": _("L’atelier n’a pas encore commencé. Gardez votre texte et renvoyez-le bientôt."),
    }
    default = _("L’atelier est terminé. Copiez votre texte et donnez-le à un animateur.")
    return Message(
        _("Cet atelier ne reçoit pas d’idées en ce moment"), text.get(error.state, default)
    )


def slip_elsewhere(error: errors.SlipElsewhereError) -> Message:
    """Name the workshop that the slip was printed for."""
    return Message(
        _("Ce bulletin est d’un autre atelier"),
        _("Il a été imprimé pour « %(title)s » : saisissez-le là-bas.", title=error.workshop),
    )


def conflict(error: errors.ConflictError) -> Message:
    """Say who changed the object, and its current value."""
    who = error.author or "Quelqu’un"
    now = f" Version actuelle : « {error.current} »." if error.current else ""
    return Message(
        "Une autre personne a modifié cette page",
        f"{who} a enregistré un changement pendant que vous écriviez ; "
        f"le vôtre n’a pas été enregistré.{now} Relisez la page à jour, puis recommencez.",
    )


def nothing_masked(error: errors.NothingMaskedError) -> Message:
    """Quote the words that are not in the text, or say how to choose what is masked."""
    what = (
        f"« {error.words} » n’est pas dans le texte : recopiez les mots comme ils y sont écrits."
        if error.words
        else "Cochez un passage, ou écrivez les mots à masquer comme ils sont dans le texte."
    )
    return Message("Rien n’est masqué ni publié", what)


def too_long(error: errors.TextTooLongError) -> Message:
    """Give the length of a text and its limit."""
    return Message(
        _("Votre texte est trop long"),
        _(
            "Il compte %(length)s caractères, la limite est %(limit)s : raccourcissez-le ou "
            "envoyez-le en deux fois.",
            length=formats.number(error.length),
            limit=formats.number(error.limit),
        ),
    )


def no_point(error: errors.NoPointLeftError) -> Message:
    """Give the number of support points of each device."""
    return Message(
        _("Vous avez donné toutes vos gommettes"),
        ngettext(
            "Chacun en a %(num)s : reprenez-la pour la donner à une autre idée.",
            "Chacun en a %(num)s : reprenez-en une pour la donner à une autre idée.",
            error.points,
        ),
    )


def missing_column(error: errors.MissingColumnError) -> Message:
    """List the columns of the file."""
    columns = ", ".join(f"« {name} »" for name in error.present if name)
    return Message(
        f"La colonne « {error.column} » n’est pas dans le fichier",
        f"Colonnes du fichier : {columns}. Choisissez la bonne "
        "(--text-column en ligne de commande). "
        "Rien n’a été importé.",
    )


def foreign_file(error: errors.ForeignFileError) -> Message:
    """Name the kind of a file that is not read."""
    return Message(
        "Le fichier n’est pas un tableau",
        f"{vocabulary.FILE_KINDS[error.kind]} Ouvrez-le dans un tableur et enregistrez-le en XLSX, "
        "ODS ou CSV. Rien n’a été importé.",
    )


def uncertain_layout(error: errors.UncertainLayoutError) -> Message:
    """List what is to be chosen, with the options of the command."""
    lines = [
        f"{file_remark(vocabulary.FILE_QUESTIONS, code, value)} "
        f"({vocabulary.FILE_OPTIONS[code]} en ligne de commande)."
        for code, value in error.questions
    ]
    return Message("Dites comment lire le fichier", "\n".join([*lines, "Rien n’a été importé."]))


def rows(error: errors.InvalidRowsError) -> Message:
    """List the rows to correct."""
    lines = "\n".join(row_problem(problem) for problem in error.problems)
    count = len(error.problems)
    title = "1 ligne est à corriger" if count == 1 else f"{number(count)} lignes sont à corriger"
    return Message(title, f"{lines}\nRien n’a été importé : corrigez le fichier et recommencez.")


def incomplete(error: errors.IncompleteItemError) -> Message:
    """List the fields to fill in."""
    return Message(
        "La fiche n’est pas complète",
        f"Remplissez d’abord : {missing(error.missing)}.",
    )


def last_source(error: errors.LastSourceError) -> Message:
    """Name the item that would have no source left."""
    return Message(
        "Une fiche adoptée n’aurait plus de source",
        f"La fiche {error.reference} ne répond plus qu’à cette contribution. Masquez le passage"
        " qui pose problème, ou rattachez d’abord une autre contribution à son regroupement.",
    )


def unknown_format(error: errors.UnknownFormatError) -> Message:
    """List the available formats."""
    names = ", ".join(error.known)
    return Message(
        "Ce format n’existe pas", f"Formats possibles : {names} (et non « {error.name} »)."
    )


def parameter(error: errors.ParameterError) -> Message:
    """Name the invalid parameter of the open data API."""
    return Message(
        "Paramètre incompris",
        f"« {error.name} » ne peut pas valoir « {error.value} ». Les valeurs possibles sont "
        "décrites à la page des données ouvertes.",
    )


def version(error: errors.VersionWithdrawnError) -> Message:
    """Give the date and the reason of a withdrawal."""
    return Message(
        f"La version {error.number} a été retirée",
        f"Le {long_date(paris_date(error.withdrawn_at))}, pour cette raison : « {error.reason} ». "
        "La page des versions mène à celle qui est en vigueur.",
    )


def model(error: errors.DocumentModelError) -> Message:
    """List the invalid tags of a document template."""
    return Message(
        "Le modèle est à corriger",
        "Il emploie ce que la feuille de route n’a pas, ou ce qu’un modèle n’a pas le droit de "
        f"faire : {', '.join(error.unknown)}. Corrigez ces balises ; le modèle en service n’a pas "
        "changé.",
    )


def unusable_model(error: errors.UnusableModelError) -> Message:
    """Say why a file cannot be a document template."""
    return Message(
        "Ce fichier ne peut pas servir de modèle",
        f"{vocabulary.MODEL_PROBLEMS[error.problem]} Le modèle en service n’a pas changé.",
    )


def configuration(error: errors.ConfigurationError) -> Message:
    """Name the invalid setting and its problem."""
    text = vocabulary.SETTING_PROBLEMS[error.problem].format(value=error.value)
    return Message("Réglage à corriger", f"{error.setting} : {text}.")
