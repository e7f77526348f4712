"""HTTP: reads the request, calls one service, chooses the page."""

from webapp.roadmap.views import (
    batch_edits,
    follow_up,
    indicators,
    local_roadmaps,
    meetings,
    organisations,
    steering,
)

BLUEPRINTS = (
    batch_edits.bp,
    follow_up.bp,
    indicators.bp,
    local_roadmaps.bp,
    meetings.bp,
    organisations.bp,
    steering.bp,
)
