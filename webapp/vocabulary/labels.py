"""French labels of coded values: states, kinds, roles, verdicts, and the buttons that set them.

A coded value (a member of an enumeration, a column of a list) is shown by the label of its family
here, on pages, in forms, documents and commands alike. Keys are the values themselves, so that this
package depends on no feature. Labels between ``mark(…)`` are also read by participants: the message
catalogues translate them.
"""

from collections.abc import Mapping
from typing import Final


def mark(message: str) -> str:
    """Return ``message`` itself; names it for the catalogues, which are asked for it later."""
    return message


_MODERATION: Final = {
    "pending": mark("en attente de relecture"),
    "published": mark("publiée"),
    "masked": mark("publiée, mots masqués"),
    "set_aside": mark("écartée"),
    "withdrawn": mark("retirée par son auteur"),
}
_OVER: Final = mark(
    "Il est terminé. Vous pouvez encore suivre votre idée avec votre reçu, ou en parler à "
    "un animateur."
)
_CONCERNED: Final = {"yes": mark("oui"), "no": mark("non"), "unknown": mark("non précisé")}

LABELS: Final[Mapping[str, dict[str, str]]] = {
    # Contributions
    "moderation": _MODERATION,
    "contribution": _MODERATION,  # as the audit log names it
    "moderation_act": {
        "published": "Publier",
        "masked": "Masquer un passage",
        "set_aside": "Écarter",
        "pending": "Remettre à relire",
    },
    "moderation_list": {
        "pending": "À relire",
        "published": "Publiées",
        "masked": "Masquées",
        "set_aside": "Écartées",
        "withdrawn": "Retirées",
    },
    "personal_data": {
        "name": "nom",
        "phone": "téléphone",
        "email": "courriel",
        "handle": "compte en ligne",
        "number": "numéro de dossier",
        "birth": "date de naissance",
        "nir": "numéro de sécurité sociale",
        "iban": "compte bancaire",
        "address": "adresse",
        "plate": "plaque d’immatriculation",
        "health": "détail de santé",
    },
    # What stands in a text instead of the passage: less precise, since everybody reads it.
    "mask": {
        "name": "nom",
        "phone": "téléphone",
        "email": "courriel",
        "handle": "compte en ligne",
        "nir": "numéro de sécurité sociale",
        "iban": "compte bancaire",
        "number": "numéro",
        "birth": "date de naissance",
        "address": "lieu",
        "plate": "numéro",
        "health": "détail de santé",
        "": "passage",
    },
    "kind": {
        "finding": mark("constat"),
        "proposal": mark("proposition"),
        "question": mark("question"),
        "initiative": mark("démarche inspirante"),
    },
    "kind_answer": {
        "": mark("Je ne sais pas"),
        "proposal": mark("Une proposition"),
        "finding": mark("Un constat, une difficulté"),
        "question": mark("Une question"),
        "initiative": mark("Une action qui existe déjà"),
    },
    "kind_list": {
        "proposal": "propositions",
        "finding": "constats",
        "question": "questions",
        "initiative": "démarches inspirantes",
    },
    "channel": {
        "phone": mark("téléphone"),
        "rapporteur": mark("rapporteur de table"),
        "paper": mark("papier"),
        "import": mark("import"),
    },
    "concerned": _CONCERNED,
    "concerned_answer": {
        "yes": mark("Oui"),
        "no": mark("Non"),
        "unknown": mark("Je préfère ne pas le dire"),
    },
    "concerned_note": {
        "unknown": mark("Non précisé"),
        "yes": mark("Oui"),
        "no": mark("Non"),
    },
    # Workshops and surveys
    "workshop": {
        "draft": mark("en préparation"),
        "open": mark("ouvert"),
        "paused": mark("en pause"),
        "closed": mark("clos"),
        "archived": mark("archivé"),
    },
    "workshop_advice": {
        "draft": mark(
            "Il n’a pas encore commencé\u00a0: gardez cette page et rechargez-la quand "
            "l’animateur l’ouvrira."
        ),
        "paused": mark("L’animateur l’a mis en pause\u00a0: rechargez cette page dans un instant."),
        "closed": _OVER,
        "archived": _OVER,
    },
    "workshop_kind": {
        "workshop": mark("atelier"),
        "stand": mark("kiosque"),
        "sitting": mark("séance de groupe"),
        "consultation": mark("consultation en ligne"),
    },
    # From one state to another.
    "workshop_act": {
        "draft-open": "Ouvrir",
        "open-paused": "Mettre en pause",
        "open-closed": "Fermer",
        "paused-open": "Reprendre",
        "paused-closed": "Fermer",
        "closed-open": "Rouvrir",
        "closed-archived": "Archiver",
    },
    "survey_act": {
        "draft-open": "Ouvrir le questionnaire",
        "open-closed": "Fermer le questionnaire",
        "closed-open": "Rouvrir le questionnaire",
    },
    "survey": {"draft": "en préparation", "open": "ouvert", "closed": "clos"},
    "question_kind": {"scale": "échelle de 1 à 5", "choice": "choix", "text": "texte libre"},
    # Review
    "ledger": {
        "grouped": "dans un groupe",
        "isolated": "isolée",
        "set_aside": "écartée",
        "withdrawn": "retirée",
        "unaccounted": "à traiter",
    },
    "place": {
        "grouped": "dans un regroupement",
        "isolated": "isolées",
        "pending": "à traiter",
        "set_aside": "écartées",
        "withdrawn": "retirées",
    },
    "cluster": {
        "proposed": "proposé, à relire",
        "accepted": "accepté",
        "dissolved": "dissous",
    },
    "card_state": {
        "a-relire": "proposés, à relire",
        "acceptes": "acceptés",
        "rattachements": "avec des rattachements à confirmer",
        "avis-divergents": "où des avis s’opposent",
        "peu-sures": "avec des notes peu sûres",
    },
    "card_order": {
        "famille": "par famille",
        "taille": "les plus gros d’abord",
        "doute": "les plus douteux d’abord",
        "titre": "par titre",
    },
    "placement": {
        "machine": "placée par la machine",
        "human": "placée par une personne",
        "suggested": "rattachement proposé",
    },
    "isolation": {
        "decided": "une personne l’a laissée seule",
        "distant": "elle ne ressemble à rien de ce qui a été dit",
        "separated": "une personne l’a séparée de celles qui lui ressemblent",
        "few": "trop peu lui ressemblent",
        "noise": "elle semble un essai, une annonce, une insulte ou une plaisanterie",
    },
    "act_before": {
        **dict.fromkeys(("rename", "summarise", "attach", "promote", "cut", "take_back"), "avant"),
        "merge": "avec",
        "split": "depuis",
        "move": "depuis",
        "isolate": "depuis",
        "set_aside": "depuis",
        "dissolve": "intitulé",
    },
    "run": {
        "queued": "en file d’attente",
        "running": "en cours",
        "done": "terminée",
        "failed": "échouée",
        "discarded": "non retenue",
    },
    "granularity": {
        "auto": "comme les textes le disent",
        "finer": "plus fins que la dernière fois",
        "broader": "plus larges que la dernière fois",
    },
    "pile": {
        "sans-groupe": "celles qui n’ont pas de regroupement",
        "a-relire": "celles que la machine a placées et que personne n’a relues",
    },
    "triage_order": {
        "doute": "les opposées et les moins sûres d’abord",
        "atelier": "atelier par atelier",
    },
    # Roadmap
    "item": {
        "draft": mark("brouillon"),
        "submitted": mark("soumise au COPIL"),
        "adopted": mark("adoptée"),
        "in_progress": mark("en cours"),
        "done": mark("réalisée"),
        "abandoned": mark("abandonnée"),
    },
    "waiting": {
        "late": "en retard",
        "to_decide": "à décider en COPIL",
        "incomplete": "incomplète",
        "proposed": "proposée par un groupe",
    },
    "item_act": {
        "draft": "Remettre en brouillon",
        "submitted": "Soumettre au COPIL",
        "adopted": "Adopter",
        "in_progress": "Commencer l’action",
        "done": "Marquer comme réalisée",
        "abandoned": "Abandonner",
    },
    "item_in_document": {
        "draft": "Projet",
        "submitted": "Soumise au comité de pilotage",
        "adopted": "Adoptée",
        "in_progress": "En cours",
        "done": "Réalisée",
        "abandoned": "Abandonnée",
    },
    "priority": {"high": "haute", "medium": "moyenne", "low": "basse"},
    "priority_choice": {"9": "Sans priorité", "1": "Haute", "2": "Moyenne", "3": "Basse"},  # ranks
    "chapter_basis": {"axis": "axe", "group": "groupe de travail"},
    "link": {"pact": "pacte local", "initiative": "démarche inspirante"},
    "change": {"added": "ajoutée", "removed": "retirée", "changed": "changée"},
    "coming_change": {"added": "entre", "removed": "sort", "changed": "change"},
    "step": {
        "done": mark("fait"),
        "current": mark("en cours"),
        "stopped": mark("arrêté"),
        "todo": mark("à venir"),
    },
    # The way of an idea, as its receipt tells it.
    "decided_step": {
        "pending": mark("Relecture par une personne"),
        "published": mark("Relue et publiée"),
        "masked": mark("Relue et publiée, un passage masqué"),
        "set_aside": mark("Écartée"),
        "withdrawn": mark("Retirée par vous"),
        "taken_back": mark("Retirée par l’équipe, qui l’avait saisie"),
    },
    "promoted_step": {
        "": mark("Traduite en action"),
        "draft": mark("Une fiche action est en préparation"),
        "submitted": mark("Une fiche action est soumise au COPIL"),
        "adopted": mark("L’action est adoptée"),
        "in_progress": mark("L’action est en cours"),
        "done": mark("L’action est réalisée"),
        "abandoned": mark("L’action est abandonnée"),
    },
    "milestone": {"due": "à venir", "late": "en retard", "done": "tenue"},
    "meeting": {"planned": "prévue", "closed": "compte rendu arrêté"},
    "verdict": {
        "adopt": "Adoptée",
        "amend": "À reprendre",
        "postpone": "Reportée",
        "refuse": "Refusée",
    },
    "verdict_act": {
        "adopt": "Adopter",
        "amend": "Demander une reprise",
        "postpone": "Reporter",
        "refuse": "Refuser",
    },
    "organisation": {
        "state": "Service de l’État",
        "authority": "Collectivité",
        "operator": "Opérateur (CAF, MSA, France Travail…)",
        "association": "Association",
        "business": "Entreprise",
        "other": "Autre",
    },
    # Accounts and administration
    "role": {
        "administrator": "administration",
        "commissioner": "commissaire",
        "facilitator": "animation",
        "observer": "COPIL",
    },
    "role_choice": {
        "facilitator": "Animation d’un ou plusieurs groupes de travail",
        "commissioner": "Commissaire\u00a0: arrange et publie la feuille de route",
        "observer": "COPIL\u00a0: lit la synthèse et les réunions",
        "administrator": "Administration\u00a0: ce que fait la commissaire, et les comptes",
    },
    "permission_scope": {"everywhere": "oui", "sent": "les siens", "own": "oui", "never": "—"},
    "conformity": {
        "none": mark("non conforme"),
        "partial": mark("partiellement conforme"),
        "full": mark("totalement conforme"),
    },
}


def label(family: str, value: object) -> str:
    """Return the label of ``value`` in ``family``; ``value`` itself when it has none there.

    Raises
    ------
    KeyError
        If there is no such family.
    """
    return LABELS[family].get(str(value), str(value))


def capitalised(family: str) -> dict[str, str]:
    """Return the labels of ``family`` with a capital, for the options of a form."""
    return {value: text[:1].upper() + text[1:] for value, text in LABELS[family].items()}
