"""HTTP: reads the request, calls one service, chooses the page."""

from webapp.review.views import (
    agreements,
    alignments,
    analyses,
    board,
    clusters,
    contributions,
    dashboard,
    history,
    moves,
    triage,
)

BLUEPRINTS = (
    agreements.bp,
    alignments.bp,
    analyses.bp,
    board.bp,
    clusters.bp,
    contributions.bp,
    dashboard.bp,
    history.bp,
    moves.bp,
    triage.bp,
)
