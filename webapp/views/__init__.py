"""HTTP: read the request, call one service, choose the page."""

from webapp.views import (
    account,
    board,
    copil,
    desk,
    follow,
    moderation,
    pages,
    public,
    roadmap,
    steering,
)

BLUEPRINTS = tuple(
    module.bp
    for module in (
        public,
        follow,
        roadmap,
        account,
        desk,
        moderation,
        board,
        steering,
        copil,
        pages,
    )
)
