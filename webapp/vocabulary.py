"""French words for what screens show of work: stages, fates, acts, what is wrong with a file."""

STAGES = {
    "queued": "En attente de l’ordinateur qui analyse",
    "reading": "Lecture des contributions",
    "encoding": "Compréhension des phrases",
    "smoothing": "Rapprochement des idées voisines",
    "clustering": "Formation des regroupements",
    "feedback": "Respect de vos décisions",
    "describing": "Choix des titres et des phrases",
    "done": "Terminée",
}
FATES = {
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
