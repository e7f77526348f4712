"""French labels by code: states, actions, problems of files, templates and settings."""

STAGES = {
    "queued": "En attente de l’ordinateur qui analyse",
    "reading": "Lecture des contributions",
    "encoding": "Compréhension des phrases",
    "comparing": "Comparaison des idées deux à deux",
    "smoothing": "Rapprochement des idées voisines",
    "clustering": "Formation des regroupements",
    "feedback": "Respect de vos décisions",
    "describing": "Choix des titres et des phrases",
    "done": "Terminée",
}
OUTCOMES = {
    "grouped": "regroupées",
    "isolated": "isolées",
    "set_aside": "écartées",
    "withdrawn": "retirées",
    "pending": "à traiter",
}
ACTS = {
    "accept": "Accepté",
    "reopen": "Rouvert",
    "rename": "Renommé",
    "summarise": "Résumé réécrit",
    "attach": "Rattachement confirmé",
    "promote": "Devenu fiche",
    "merge": "Fusionné",
    "split": "Séparé",
    "move": "Déplacement",
    "isolate": "Idée laissée isolée",
    "dissolve": "Dissous",
    "set_aside": "Contribution écartée",
    "cut": "Contribution découpée",
    "take_back": "Regroupement de la machine repris",
    "undo": "Annulation",
    "redo": "Rétablissement",
}
ANALYSIS_ERRORS = {
    "NothingToAnalyseError": "Aucune contribution publiée : publiez d’abord des contributions.",
    "cancelled": "Une personne l’a arrêtée : rien n’a changé.",
    "interrupted": "L’analyse a été interrompue : relancez-la.",
    "AnalysisOvertakenError": "Des décisions ont été prises sans arrêt : relancez l’analyse.",
}
EXPORT_ERRORS = {
    "interrupted": "La production a été interrompue : redemandez-la.",
    "DocumentModelError": "Le modèle ne convient plus : revenez au modèle d’origine.",
    "UnreadableFileError": "Le modèle ne convient plus : revenez au modèle d’origine.",
}
MODEL_PROBLEMS = {
    "kind": "Ce n’est pas un fichier de ce format, ou il est abîmé : ouvrez-le dans LibreOffice ou "
    "dans Word, puis enregistrez-le sous ce format, sans mot de passe.",
    "large": "Le fichier dépasse 8 Mo : allégez ses images.",
    "bomb": "Une fois décompressé, le fichier serait démesuré : repartez du modèle à télécharger.",
    "macro": "Le fichier contient des macros : enregistrez-le sans macros (ODT ou DOCX ordinaire).",
    "object": "Le fichier contient des objets incorporés (classeur, formule, cadre…) : "
    "remplacez-les par des images PNG ou JPEG.",
    "link": "Le fichier irait chercher un contenu ailleurs (image liée, champ, modèle distant) : "
    "incorporez l’image ou supprimez le champ.",
    "entity": "Le fichier contient des déclarations XML qu’aucune suite bureautique n’écrit : "
    "repartez du modèle à télécharger.",
    "picture": "Une image est démesurée ou d’un autre format : employez des images PNG, JPEG ou "
    "GIF de moins de 40 millions de pixels.",
    "tags": "Une balise est mal écrite, par exemple une accolade ou une fin de boucle qui manque : "
    "comparez avec le modèle à télécharger.",
}
ROADMAP_PROBLEMS = {
    "large": "Le fichier dépasse 16 Mo : ce n’est pas l’export JSON d’une feuille de route.",
    "json": "Ce n’est pas l’export JSON d’une feuille de route : téléchargez-le de nouveau, au "
    "format « Échange et sauvegarde (JSON) », sans l’ouvrir ni l’enregistrer.",
    "altered": "Son contenu ne correspond plus à son empreinte : il a été modifié ou abîmé. "
    "Téléchargez-le de nouveau et ne le modifiez pas.",
    "draft": "C’est l’export d’un projet : seule une version publiée peut être reprise.",
    "values": "Une de ses valeurs n’a pas de place ici (trop longue, ou référence en double) : "
    "prévenez l’administration de l’instance d’où il vient.",
}
REFUSALS = {
    "SignInRefusedError": (
        "Adresse ou mot de passe inconnu",
        "Vérifiez les deux, puis recommencez. En cas d’oubli, demandez un lien à l’administration.",
    ),
    "AccountExistsError": (
        "Un compte existe déjà à cette adresse",
        "Cherchez-le dans la liste : il est peut-être désactivé, ou attend d’être ouvert.",
    ),
    "CodeRefusedError": (
        "Ce code n’est pas le bon",
        (
            "Attendez que le téléphone en affiche un autre (chacun sert une fois) et vérifiez "
            "qu’il est à l’heure, ou servez-vous d’un code de secours."
        ),
    ),
    "ProviderDownError": (
        "ProConnect ne répond pas",
        "Réessayez dans un instant, ou connectez-vous avec votre adresse et votre mot de passe.",
    ),
    "MailNotSentError": (
        "Le message n’est pas parti",
        (
            "Le serveur d’envoi ne répond pas ou le refuse. Réessayez dans un instant, ou remettez "
            "le lien vous-même ; si cela dure, prévenez la personne qui tient le serveur."
        ),
    ),
    "LinkOverError": (
        "Ce lien ne sert plus",
        (
            "Il a déjà servi, il a expiré ou un autre l’a remplacé. Si vous n’avez pas choisi de "
            "mot de passe, demandez un nouveau lien à l’administration."
        ),
    ),
    "LastAdministratorError": (
        "Il faut garder une personne pour administrer",
        (
            "On ne désactive pas son propre compte, on ne s’en retire pas l’administration, et la "
            "dernière personne qui administre le reste : demandez-le à une autre."
        ),
    ),
    "BusyError": (
        "Beaucoup de personnes se connectent en ce moment",
        "Votre mot de passe n’a pas été regardé : recommencez dans quelques secondes.",
    ),
}
PROVIDER_PROBLEMS = {
    "answer": "Sa réponse n’est pas celle attendue : prévenez l’administration.",
    "signature": "Sa réponse n’est pas signée pour nous : prévenez l’administration.",
    "state": "Cette page a expiré, ou vient d’un autre navigateur : recommencez la connexion.",
    "address": "Il n’a pas vérifié votre adresse électronique : voyez avec votre organisme.",
    "account": "Aucun compte ouvert n’a votre adresse ici : demandez une invitation à "
    "l’administration.",
}
PASSWORD_PROBLEMS = {
    "length": "Il lui faut entre 12 et 1 000 caractères : une phrase de quatre mots convient.",
    "common": "C’est un des mots de passe que tout le monde essaie, avec des chiffres autour "
    "ou non : choisissez une phrase de quatre mots sans rapport entre eux.",
    "known": "Il est fait de votre adresse ou du nom du service : choisissez une phrase de quatre "
    "mots sans rapport avec eux.",
    "demonstration": "Ce mot de passe est celui de la démonstration : il est public et n’ouvre "
    "rien ici. Demandez un lien à l’administration.",
}
ROW_PROBLEMS = {
    "empty": "le texte est vide : écrivez-le ou supprimez la ligne",
    "too_long": "le texte a {value} caractères, 10 000 au plus : coupez-le en deux lignes",
    "long_table": "la table dépasse {value} caractères : raccourcissez-la",
    "long_feuille": "la feuille dépasse {value} caractères : raccourcissez-la",
    "people": "nombre de personnes « {value} » : écrivez un entier entre 1 et 200",
    "missing_type": "le type manque (atelier, kiosque, séance, consultation)",
    "missing_titre": "le titre manque",
    "missing_groupe": "le groupe de travail manque",
    "missing_consigne": "la consigne manque",
    "kind": "type inconnu « {value} » : écrivez atelier, kiosque, séance ou consultation",
    "group": "groupe de travail inconnu « {value} »",
    "code": "code « {value} » refusé : six lettres ou chiffres, sans 0, O, 1 ni I",
    "repeated_code": "le code « {value} » est déjà celui d’une autre ligne",
    "long_titre": "le titre dépasse {value} caractères : raccourcissez-le",
    "long_salle": "la salle dépasse {value} caractères : raccourcissez-la",
    "long_organisme": "l’organisme dépasse {value} caractères : raccourcissez-le",
    "long_consigne": "la consigne dépasse {value} caractères : raccourcissez-la",
    "time": "date ou heure illisible « {value} » : écrivez par exemple 2023-11-07T10:45",
    "time_order": "la fin « {value} » ne suit pas le début",
    "date": "date illisible « {value} » : écrivez par exemple 2025-06-30",
    "number": "valeur illisible « {value} » : écrivez un nombre, par exemple 12,5",
    "priority": "priorité inconnue « {value} » : écrivez haute, moyenne ou basse",
    "territory": "territoire inconnu « {value} » : écrivez un nom ou un code, par exemple 49",
    "conference_times": "aucun atelier n’a de début et de fin : la conférence n’aurait pas de date",
    "missing_title": "l’intitulé manque",
    "long_title": "l’intitulé dépasse {value} caractères : raccourcissez-le",
    "long_measure": "la mesure du Pacte dépasse {value} caractères : raccourcissez-la",
    "long_lead": "le pilote dépasse {value} caractères : raccourcissez-le",
    "long_text": "la colonne « {value} » dépasse 5 000 caractères : raccourcissez-la",
    "long_reference": "la référence dépasse {value} caractères : raccourcissez-la",
    "repeated_reference": "la référence « {value} » est déjà celle d’une autre ligne",
    "strand": "axe inconnu « {value} » : écrivez son code ou son intitulé",
    "due_date": "date illisible « {value} » : écrivez par exemple 30/06/2025",
    "public": "public inconnu « {value} » : prenez un de ceux que propose une fiche action",
    "working_group": "groupe de travail inconnu « {value} »",
    "list": "liste inconnue « {value} » : écrivez axe, mesure, territoire ou public",
    "missing_name": "le nom manque",
    "long_name": "le nom dépasse {value} caractères : raccourcissez-le",
    "missing_code": "le code manque : un axe ou un territoire nouveau en a un, par exemple 2A",
    "entry_code": "code « {value} » refusé : une à quatre lettres ou chiffres, par exemple 2A",
    "too_many_entries": "la liste aurait plus de {value} lignes : gardez les plus utiles",
    "order": "ordre illisible « {value} » : écrivez un entier, par exemple 3",
    "retired": "« {value} » n’est ni oui ni non : écrivez oui pour retirer la ligne",
    "region_stays": "« {value} » reste dans la liste : c’est la région elle-même",
    "repeated_entry": "« {value} » est déjà sur une autre ligne",
    "taken_name": "« {value} » est déjà le nom ou le code d’une autre ligne de la liste",
    "long_partner": "un partenaire dépasse 200 caractères (« {value} ») : séparez-les par « | »",
    "bad_byte": "un octet n’est pas de l’UTF-8 ; lu en Windows-1252, il donne « {value} »",
    "null": "un caractère nul coupe le texte : corrigez la ligne dans un tableur",
    "unclosed_quote": "un guillemet s’ouvre et ne se ferme pas : doublez-le ou enlevez-le",
    "stray_quote": "un guillemet est mal placé dans une cellule entre guillemets : doublez-le",
    "extra_cells": "plus de cellules que de colonnes, « {value} » serait perdu",
    "missing_cells": "il manque des cellules (une note coupée en deux ?) : « {value} »",
    "formula": "la formule de {value} n’a pas de résultat : enregistrez le fichier dans un tableur",
}
FILE_ENCODINGS = {
    "utf-8": "UTF-8",
    "utf-8+cp1252": "UTF-8, octets isolés lus en Windows-1252",
    "cp1252": "Windows-1252",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16 (petit-boutiste)",
    "utf-16-be": "UTF-16 (gros-boutiste)",
    "mac-roman": "Mac Roman",
    "cp850": "CP850 (MS-DOS)",
}
FILE_SEPARATORS = {
    ";": "Point-virgule",
    ",": "Virgule",
    "\t": "Tabulation",
    "|": "Barre verticale",
    "none": "Aucun : une seule colonne",
}
FILE_KINDS = {
    "xls": "C’est un ancien classeur Excel (.xls).",
    "pdf": "C’est un PDF.",
    "rtf": "C’est un document de traitement de texte (RTF).",
    "html": "C’est une page web (HTML) sous un nom de tableur.",
    "xml": "C’est un fichier XML.",
}
# What is asked about a file before its import: the question, and the option of the command.
FILE_QUESTIONS = {
    "encoding": "L’encodage semble être {value}",
    "header": "Les titres de colonnes semblent être à la ligne {value}",
    "first_line": "La première ligne est-elle un titre, ou déjà une donnée : « {value} »",
    "separator": "Deux séparateurs conviennent ; celui-ci semble le bon : {value}",
    "sheet": "Plusieurs feuilles ont des lignes ; celle-ci semble la bonne : « {value} »",
    "text": "La colonne du texte est à choisir ; colonnes du fichier : {value}",
}
FILE_OPTIONS = {
    "encoding": "--encoding",
    "header": "--header LIGNE",
    "first_line": "--header 1, ou --header 0 sans titre",
    "separator": "--separator",
    "sheet": "--sheet NOM",
    "text": "--text-column COLONNE",
}
FILE_NOTICES = {
    "hidden_sheet": "Feuille masquée, non lue : « {value} ».",
    "chart_sheet": "Feuille de graphique, non lue : « {value} ».",
    "other_sheet": "Feuille non lue : « {value} ».",
    "merged": "Cellules fusionnées, lues une seule fois : {value}.",
    "hidden_rows": "Lignes masquées, lues comme les autres : {value}.",
}
ENTRY_EFFECTS = {
    "added": "ajoutée",
    "renamed": "renommée",
    "retired": "retirée",
    "restored": "remise",
    "moved": "déplacée",
    "known": "inchangée",
}
REFERENCE_KINDS = {
    "strand": "axes",
    "measure": "mesures",
    "territory": "territoires",
    "public": "publics",
}
REFERENCE_LISTS = {
    "axes": {
        "title": "Axes",
        "one": "un axe",
        "many": "axes",
        "text": "Les chapitres de la feuille de route, dans cet ordre ; le code est leur numéro.",
        "none": "Aucun axe",
        "empty": "Ajoutez ceux du Pacte.",
    },
    "mesures": {
        "title": "Mesures",
        "one": "une mesure",
        "many": "mesures",
        "text": "Ce que les fiches peuvent citer. Les mots qui y conduisent les regroupements se "
        "règlent dans les repères du Pacte.",
        "none": "Aucune mesure",
        "empty": "Ajoutez celles que la région suit.",
    },
    "territoires": {
        "title": "Territoires",
        "one": "un territoire",
        "many": "territoires",
        "text": "Ce que proposent les contributions, les fiches, les indicateurs et l’annuaire.",
        "none": "Aucun territoire",
        "empty": "Ajoutez la région et ses départements.",
    },
    "publics": {
        "title": "Publics",
        "one": "un public",
        "many": "publics",
        "text": "Ceux que les fiches peuvent viser.",
        "none": "Aucun public",
        "empty": "Ajoutez ceux du Pacte.",
    },
}
SETTING_PROBLEMS = {
    "incomplete": "émetteur, identifiant et secret vont ensemble : donnez les trois, ou aucun",
    "not_https": "« {value} » n’est pas en https : un fournisseur d’identité l’est toujours",
    "incomplete_account": "compte et mot de passe vont ensemble : donnez les deux, ou aucun",
    "not_mail_address": (
        "« {value} » n’est pas une adresse : il en faut une avec un serveur d’envoi, par exemple "
        "semailles@exemple.fr"
    ),
    "unknown_security": "« {value} » n’est ni starttls, ni tls, ni none",
    "plain_mail": (
        "les messages et le mot de passe iraient en clair jusqu’à {value} : starttls ou tls"
    ),
    "no_extra": "le complément « sso » n’est pas installé : pip install '.[sso]'",
    "too_short": "il faut au moins {value} caractères",
    "weak": (
        "cette clé se devine (exemple connu, ou caractères qui se répètent) ; ôtez ce réglage pour "
        "qu’une clé soit tirée au hasard"
    ),
    "public_debug": "refusé sur l’adresse publique {value}",
    "not_web_address": "« {value} » doit commencer par http:// ou https://",
    "plain_http": (
        "« {value} » ferait voyager les mots de passe en clair ; mettez https://, ou "
        "SEMAILLES_PLAIN_HTTP=1 pour un essai sur un réseau local"
    ),
    "not_contact": "il faut une adresse qui commence par mailto: ou https://",
    "public_demo": (
        "le mot de passe de la démonstration est public : pas de démonstration à « {value} »"
    ),
    "out_of_range": "il faut un nombre entre {value}",
    "unreadable": "le fichier n’est pas du TOML lisible ({value})",
    "unknown": "ce réglage n’existe pas",
    "not_integer": "il faut un nombre entier, et non « {value} »",
    "not_boolean": "il faut 1 ou 0, et non « {value} »",
    "no_answer": "la base ne répond pas ({value})",
}
PURGED = {
    "words": "Contributions dont les mots sont détruits",
    "answers": "Réponses libres aux questionnaires",
    "accounts": "Comptes désactivés",
    "marks": "Marques d’appareils",
    "imports": "Fichiers envoyés et jamais importés",
    "exports": "Documents produits",
}
PURGE_CAUSES = {
    "night": "la nuit",
    "command": "une commande",
    "restore": "une restauration",
}
WITHHELD = {
    "few": "moins de 5",
    "other": "non donné",
}

# Labels of the confidence in a group, by minimum expected precision; the threshold of « sûr », four
# in five, is measured in docs/benchmarks.md.
PRECISION = (
    (0.8, "sûr"),
    (0.65, "plutôt sûr : deux contributions sur trois y sont à leur place"),
    (0.5, "à vérifier : la moitié des contributions y est à sa place"),
    (0.0, "incertain : moins de la moitié y est à sa place"),
)
# The same floors for one note and one group: the probability is calibrated too.
LIKELIHOOD = tuple((floor, words.partition(" :")[0]) for floor, words in PRECISION)
PRECISION_UNKNOWN = "dont la sûreté n’est pas mesurée"
