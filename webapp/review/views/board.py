"""Pages of the review board: clusters, map, list of contributions, ledger."""

from flask import Blueprint, render_template, request

from webapp.accounts.views.access import facilitated_group
from webapp.collection import workshops
from webapp.platform.actions import Action
from webapp.platform.extensions import db
from webapp.platform.forms.base import identifier
from webapp.platform.views.requires import requires
from webapp.review import (
    alignments,
    analysis,
    boards,
    clusters,
    excerpts,
    history,
    ledger,
    take_back,
    tensions,
)
from webapp.review.forms.clusters import RenameForm, RunForm, SummaryForm
from webapp.review.forms.searches import SearchForm
from webapp.review.views.redirects import PRESERVED_PARAMETERS
from webapp.roadmap import items

bp = Blueprint("board", __name__, url_prefix="/revue")


@bp.get("/<group>")
@requires(Action.REVIEW)
def show(group: str) -> str:
    """Show the clusters by family, and the state of the analysis."""
    owner = facilitated_group(group)
    session = db.session()
    cards = boards.list_cards(session, group_id=owner.id)
    run = analysis.latest_run(session, group_id=owner.id)
    return render_template(
        "review/board/show.html",
        group=owner,
        run=run,
        cards=cards,
        chapters=boards.chapters(cards),
        items=items.items_by_cluster(session, group_id=owner.id),
        ledger=ledger.read_ledger(session, group_ids=[owner.id]),
        form=RunForm(),
        last_act=history.last_id(session, group_id=owner.id),
        done_run=take_back.last_run(session, group_id=owner.id, known=run),
    )


@bp.get("/<group>/contributions")
@requires(Action.REVIEW)
def contributions(group: str) -> str:
    """Show the searchable list of contributions."""
    owner = facilitated_group(group)
    session = db.session()
    form = SearchForm(request.args, meta={"csrf": False})
    form.name_workshops(workshops.list_workshops(session, group_ids=[owner.id]))
    number = identifier(request.args.get("page", "")) or 1
    return render_template(
        "review/board/contributions.html",
        group=owner,
        search=form,
        page=excerpts.search(session, group_id=owner.id, wanted=form.wanted(), number=number),
        targets=clusters.list_titles(session, group_id=owner.id),
        asked={
            name: request.args[name]
            for name in PRESERVED_PARAMETERS
            if name in request.args and name != "page"
        },
    )


@bp.get("/<group>/carte")
@requires(Action.REVIEW)
def show_map(group: str) -> str:
    """Show the map of clusters and the equivalent table."""
    owner = facilitated_group(group)
    cards = boards.list_cards(db.session(), group_id=owner.id)
    return render_template(
        "review/board/map.html", group=owner, cards=cards, markers=boards.map_markers(cards)
    )


@bp.get("/<group>/registre")
@requires(Action.REVIEW)
def show_ledger(group: str) -> str:
    """Show the ledger."""
    owner = facilitated_group(group)
    found = ledger.read_ledger(db.session(), group_ids=[owner.id])
    return render_template("review/board/ledger.html", group=owner, ledger=found)


@bp.get("/<group>/<cluster>")
@requires(Action.REVIEW)
def show_cluster(group: str, cluster: str) -> str:
    """Show one cluster: members, explanations, history, available actions."""
    owner = facilitated_group(group)
    session = db.session()
    found = clusters.get_cluster(session, group_id=owner.id, public_id=cluster)
    return render_template(
        "review/board/cluster.html",
        group=owner,
        cluster=found,
        last_act=history.last_id(session, group_id=owner.id),
        history=history.of_cluster(session, cluster=found),
        alignments=alignments.of_cluster(session, cluster=found),
        item=items.items_by_cluster(session, group_id=owner.id).get(found.id),
        drafts=items.list_drafts(session, group_id=owner.id),
        oppositions=tensions.of_cluster(session, cluster=found),
        partition=clusters.partition(session, cluster=found) if "scinder" in request.args else None,
        targets=clusters.list_titles(session, group_id=owner.id, without=found),
        title_form=RenameForm.of(found),
        summary_form=SummaryForm(summary=found.summary, version=found.version),
    )
