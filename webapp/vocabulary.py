"""French words for what the review shows: stages, fates, acts, ends of an analysis."""

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
