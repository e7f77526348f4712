"""French error messages: what happened, and what to do."""

from collections.abc import Callable
from typing import Any

from webapp import exceptions as errors
from webapp import vocabulary
from webapp.platform.french import duration
from webapp.platform.languages import lazy, translated
from webapp.vocabulary.labels import mark as _
from webapp.wording import details
from webapp.wording.base import (
    FIELDS,
    Message,
    file_remark,
    missing,
    number,
    row_problem,
    row_problems,
)

__all__ = [
    "FIELDS",
    "GUARD",
    "MERGED",
    "Message",
    "file_remark",
    "message",
    "missing",
    "number",
    "row_problem",
    "row_problems",
]
GUARD = Message(
    lazy("Relisez avant d’envoyer"),
    lazy(
        "On dirait un nom, un numéro ou une adresse. Enlevez ce qui permet de reconnaître "
        "quelqu’un et renvoyez, ou renvoyez tel quel : une personne le masquera."
    ),
)
MERGED = "Réunie à la fiche {reference}."


def message(error: errors.SemaillesError) -> Message:
    """Return the message of ``error``, looked up along its class hierarchy."""
    for kind in type(error).__mro__:
        if kind in _MESSAGES:
            return _MESSAGES[kind](error)
    raise error


def _fixed(title: str, text: str) -> Callable[[Any], Message]:
    return lambda _: Message(translated(title), translated(text))


_MESSAGES: dict[type, Callable[[Any], Message]] = {
    errors.ConfigurationError: details.configuration,
    errors.NotFoundError: _fixed(
        _("Cette page n’existe pas"), _("Vérifiez l’adresse ou le code : il a pu être mal recopié.")
    ),
    errors.AmbiguousCodeError: _fixed(
        _("Plusieurs ateliers ont un code presque pareil"),
        _(
            "Plusieurs codes ressemblent à celui-ci : relisez l’affiche, ou choisissez votre "
            "atelier dans la liste de la page d’accueil."
        ),
    ),
    errors.SlipNotKeyedError: _fixed(
        _("Votre bulletin n’est pas encore saisi"),
        _(
            "Ce code est imprimé sur un bulletin qui n’a pas encore été recopié. Gardez-le et "
            "revenez plus tard : il montrera alors ce que devient votre idée."
        ),
    ),
    errors.EmptyInstanceError: _fixed(
        "Rien n’est encore prévu", "Le ou la commissaire importe d’abord un programme."
    ),
    errors.ParameterError: details.parameter,
    errors.ForbiddenError: _fixed(
        "Cette page ne vous est pas ouverte", "Demandez l’accès à l’administration de Semailles."
    ),
    errors.UndeclaredRouteError: lambda error: Message(
        "Une page n’a pas de droits déclarés",
        f"Déclarez ses droits par @requires sur la vue : {', '.join(error.endpoints)}.",
    ),
    errors.SchemaError: _fixed(
        "La base de données n’est pas à jour",
        "Lancez « semailles db upgrade », puis recommencez. Aucune donnée n’est perdue.",
    ),
    errors.EmptySheetError: _fixed(
        _("Votre feuille est vide"), _("Répondez à une question au moins, puis envoyez.")
    ),
    errors.EmptyTextError: _fixed(
        _("Le texte est vide"), _("Écrivez quelques mots avant d’envoyer.")
    ),
    errors.TextTooLongError: details.too_long,
    errors.IdempotencyError: _fixed(
        _("Cette page a déjà servi à envoyer une autre idée"),
        _("Votre premier texte est bien reçu. Ouvrez une page neuve pour en envoyer un second."),
    ),
    errors.SlipUnknownError: _fixed(
        _("Aucun bulletin n’a ce numéro"),
        _("Relisez-le en haut du bulletin, avec ses deux derniers signes, ou laissez-le vide."),
    ),
    errors.SlipUsedError: _fixed(
        _("Ce bulletin est déjà saisi"),
        _("Une note porte déjà ce numéro : vérifiez-le, ou reprenez d’abord cette note."),
    ),
    errors.SlipElsewhereError: details.slip_elsewhere,
    errors.WorkshopClosedError: details.closed,
    errors.WorkshopHeardError: _fixed(
        "Cet atelier a déjà reçu des idées",
        "Elles sont rangées dans son groupe de travail, qui ne change plus. Pour nourrir un autre "
        "groupe, créez un nouvel atelier.",
    ),
    errors.TransitionError: details.transition,
    errors.WithdrawnError: _fixed(
        _("Cette idée a été retirée"),
        _(
            "Son auteur l’a reprise : elle n’est plus montrée ni utilisée, et cela ne se change "
            "plus."
        ),
    ),
    errors.ErasedError: _fixed(
        _("Les mots de cette idée ont été effacés"),
        _("Elle reste comptée, mais il n’y a plus rien à publier."),
    ),
    errors.ArchivedError: _fixed(
        _("Cet atelier est archivé"),
        _("Ses idées ne changent plus. Pour faire effacer vos mots, ouvrez la page de votre reçu."),
    ),
    errors.AlreadyModeratedError: _fixed(
        _("Cette note a déjà été relue"),
        _("Seule une personne qui anime peut maintenant la retirer : demandez-lui."),
    ),
    errors.NotPublishedError: _fixed(
        "Cette contribution ne peut pas être découpée",
        "Elle est masquée, ou n’est pas montrée : publiez-la d’abord telle quelle.",
    ),
    errors.ModeratedSinceError: _fixed(
        "Cette contribution a été relue depuis",
        "L’annulation effacerait cette décision plus récente : ouvrez la contribution et décidez.",
    ),
    errors.SurveyOpenedError: _fixed(
        "Ce questionnaire n’est plus un brouillon",
        "Ses questions ne changent plus une fois ouvert : créez un autre questionnaire.",
    ),
    errors.NoQuestionError: _fixed(
        "Ce questionnaire ne demande rien", "Ajoutez au moins une question, puis ouvrez-le."
    ),
    errors.ClusterDissolvedError: _fixed(
        "Ce regroupement a été dissous",
        "Rechargez la page pour voir les regroupements qui existent ; l’historique permet "
        "d’annuler la dissolution.",
    ),
    errors.ClusterNotAcceptedError: _fixed(
        "Ce regroupement n’est pas accepté", "Acceptez-le d’abord, puis faites-en une fiche."
    ),
    errors.IrreversibleActError: _fixed(
        "Cet acte ne s’annule pas", "Il n’a rien déplacé, ou une fiche en est née : voyez la fiche."
    ),
    errors.AlreadyUndoneError: _fixed(
        "Cet acte est déjà annulé", "Rechargez la page : l’historique dit par qui, et quand."
    ),
    errors.ItemSubmittedError: lambda error: Message(
        f"Les sources de la fiche {error.reference} ne changent plus",
        "Elle est soumise au comité, ou déjà adoptée. Tant qu’il n’a pas décidé, elle peut revenir "
        "en brouillon ; ensuite, créez une autre fiche.",
    ),
    errors.DecidedItemError: lambda error: Message(
        f"Ce qui est décidé dans la fiche {error.reference} ne change plus ici",
        "Elle est adoptée, ou abandonnée. Le ou la commissaire peut encore la changer, avec une "
        "raison que dira la prochaine version : transmettez-lui ce que vous vouliez écrire. "
        "Le suivi reste ouvert.",
    ),
    errors.ItemNotSubmittedError: lambda error: Message(
        f"La fiche {error.reference} n’est pas soumise au comité",
        "Il ne décide que des fiches soumises : rechargez la page, son état a pu changer.",
    ),
    errors.MeetingAheadError: _fixed(
        "Cette réunion n’a pas encore eu lieu",
        "Son compte rendu s’arrête après la réunion : corrigez sa date, ou attendez. Ce que vous "
        "avez écrit est enregistré.",
    ),
    errors.PointDecidedError: _fixed(
        "Le comité a décidé sur ce point", "Il reste à l’ordre du jour, avec sa décision."
    ),
    errors.LocalItemError: _fixed(
        "Cette fiche appartient à une feuille de route locale",
        "Choisissez une fiche de la feuille de route régionale.",
    ),
    errors.RetirementError: _fixed(
        "Cette entrée ne peut pas être retirée d’ici",
        "La région elle-même reste toujours proposée ; axes et publics se retirent dans "
        "« Listes de référence ».",
    ),
    errors.RunOverError: _fixed(
        "Il ne reste rien à reprendre de cette analyse",
        "Elle l’a déjà été, une autre l’a remplacée, ou des personnes ont touché tous ses "
        "regroupements : revenez au tableau, à jour.",
    ),
    errors.SelectionError: _fixed(
        "Rien à faire de cette sélection",
        "Cochez au moins une contribution ou deux regroupements ; pour séparer, laissez-en aussi "
        "au moins une.",
    ),
    errors.TitleRequiredError: _fixed(
        "Il manque un titre de votre main",
        "Celui-ci est de la machine : choisissez-le dans la liste, ou écrivez le vôtre, puis "
        "acceptez.",
    ),
    errors.FeedsItemError: _fixed(
        "Une fiche action répond à ce regroupement",
        "Tant que la fiche existe, il ne peut être ni rouvert, ni dissous, ni fondu dans un autre. "
        "Pour fusionner, faites-le depuis sa page : c’est lui qui recevra les autres.",
    ),
    errors.LastSourceError: details.last_source,
    errors.ReasonRequiredError: _fixed(
        "Il manque une raison", "Dites en quelques mots pourquoi : l’auteur pourra la lire."
    ),
    errors.NothingMaskedError: details.nothing_masked,
    errors.RulingError: lambda error: Message(
        f"Rien n’est enregistré\u00a0: la décision sur la fiche {error.reference} est à revoir",
        f"{message(error.cause).title}. {message(error.cause).text}",
    ),
    errors.IncompleteItemError: details.incomplete,
    errors.NothingToAnalyseError: _fixed(
        "Rien à analyser", "Publiez d’abord des contributions de ce groupe de travail."
    ),
    errors.AnalysisRunningError: _fixed(
        "Une analyse est déjà en cours",
        "Attendez qu’elle se termine : sa progression est affichée.",
    ),
    errors.AnalysisOvertakenError: _fixed(
        "L’analyse a été dépassée", "Des décisions ont été prises sans arrêt : relancez-la."
    ),
    errors.ConfirmationError: lambda error: Message(
        "Rien n’est publié",
        f"Écrivez « version {error.number} » pour publier ce que vous venez de relire.",
    ),
    errors.PublicationChangedError: _fixed(
        "Rien n’est publié\u00a0: le contenu a changé depuis votre lecture",
        "Relisez ce qui suit, puis confirmez de nouveau.",
    ),
    errors.NothingToPublishError: _fixed(
        "Rien à publier", "Toutes les fiches sont en brouillon : soumettez-en une d’abord."
    ),
    errors.ConflictError: details.conflict,
    errors.DateOrderError: _fixed(
        "Ces dates ne se suivent pas",
        "La fin doit suivre le début, et n’être pas déjà passée ; un jalon précède l’échéance de "
        "la fiche, et rien de mesuré ni de franchi n’est dans l’avenir. Corrigez la date.",
    ),
    errors.MeasuredError: _fixed(
        "Cet indicateur a des mesures",
        "Un indicateur mesuré ne disparaît pas : retirez d’abord les mesures saisies par erreur.",
    ),
    errors.MeetingClosedError: _fixed(
        "Le compte rendu de cette réunion est arrêté",
        "Il ne change plus : prévoyez une autre réunion pour décider autrement.",
    ),
    errors.DelayError: lambda error: Message(
        "Ce délai n’est pas possible",
        f"Choisissez un nombre entre {number(error.least)} et {number(error.most)}.",
    ),
    errors.CodeFormError: _fixed(
        "Ce code n’est pas possible",
        "Écrivez un à quatre lettres ou chiffres, par exemple 5, 2A ou NM.",
    ),
    errors.UnlistedError: lambda error: Message(
        "Cette valeur n’est plus proposée",
        f"« {error.code} » n’est pas dans la liste : {vocabulary.REFERENCE_KINDS[error.kind]}. "
        "Rechargez la page et choisissez-en une autre.",
    ),
    errors.DuplicateError: _fixed("Ce nom existe déjà", "Choisissez-en un autre."),
    errors.WeakPasswordError: lambda error: Message(
        "Mot de passe refusé", vocabulary.PASSWORD_PROBLEMS[error.problem]
    ),
    errors.ProviderRefusedError: lambda error: Message(
        "ProConnect ne vous ouvre pas cette porte", vocabulary.PROVIDER_PROBLEMS[error.problem]
    ),
    errors.TooManyAttemptsError: lambda error: Message(
        "Trop d’essais sur ce compte", f"Attendez {duration(error.wait)}, puis recommencez."
    ),
    **{getattr(errors, name): _fixed(*words) for name, words in vocabulary.REFUSALS.items()},
    errors.NotOpenError: _fixed(
        _("Ce n’est pas ouvert en ce moment"),
        _("L’animateur n’a pas encore ouvert, ou a déjà fermé : rechargez cette page plus tard."),
    ),
    errors.NoPointLeftError: details.no_point,
    errors.TooFastError: _fixed(
        _("Beaucoup d’envois depuis cet appareil"), _("Attendez quelques secondes, puis renvoyez.")
    ),
    errors.EncodingError: _fixed(
        "Le fichier n’est pas du texte lisible",
        "Enregistrez-le en CSV UTF-8 (ou en XLSX), puis recommencez. Rien n’a été importé.",
    ),
    errors.MissingColumnError: details.missing_column,
    errors.InvalidRowsError: details.rows,
    errors.UnreadableFileError: _fixed(
        "Le fichier ne peut pas être lu",
        "Il n’a aucune ligne, est trop gros (20 000 lignes au plus), ou n’est pas un vrai "
        "classeur : ouvrez-le dans un tableur et enregistrez-le en CSV UTF-8, XLSX ou ODS. "
        "Rien n’a été importé.",
    ),
    errors.EmptyTableError: _fixed(
        "Le fichier n’a aucune ligne",
        "Il n’y a rien sous les titres de colonnes. Rien n’a été importé.",
    ),
    errors.ForeignFileError: details.foreign_file,
    errors.UncertainLayoutError: details.uncertain_layout,
    errors.UnknownSchemaError: _fixed(
        "Ce fichier suit un autre schéma",
        "Une version plus récente de Semailles l’a écrit : mettez celle-ci à jour, puis "
        "recommencez. Rien n’a été importé.",
    ),
    errors.RefusedRoadmapError: lambda error: Message(
        "Cette feuille de route ne peut pas être reprise",
        f"{vocabulary.ROADMAP_PROBLEMS[error.problem]} Rien n’a été importé.",
    ),
    errors.NotEmptyError: _fixed(
        "Cette instance n’est pas vide",
        "Une feuille de route ne se mêle pas à une autre : reprenez-la dans une instance neuve.",
    ),
    errors.UnknownFormatError: details.unknown_format,
    errors.VersionWithdrawnError: details.version,
    errors.DocumentModelError: details.model,
    errors.UnusableModelError: details.unusable_model,
}
