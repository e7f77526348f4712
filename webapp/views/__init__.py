"""HTTP: read the request, call one service, choose the page."""

from webapp.views import (
    account,
    alignments,
    board,
    copil,
    desk,
    follow,
    imports,
    mine,
    moderation,
    pages,
    paper,
    printing,
    programme,
    public,
    reactions,
    roadmap,
    steering,
    surveys,
    tables,
    walls,
    workshops,
)

BLUEPRINTS = tuple(
    module.bp
    for module in (
        public,
        mine,
        tables,
        walls,
        surveys,
        follow,
        roadmap,
        reactions,
        account,
        desk,
        workshops,
        paper,
        imports,
        printing,
        moderation,
        board,
        steering,
        programme,
        alignments,
        copil,
        pages,
    )
)
