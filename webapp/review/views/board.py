"""Pages of the review board: clusters, map, list of contributions, ledger."""

from collections.abc import Collection

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
    cluster_map,
    clusters,
    endings,
    excerpts,
    history,
    ledger,
    open_clusters,
    take_back,
)
from webapp.review.endings import Ending
from webapp.review.forms.clusters import RenameForm, RunForm, SummaryForm
from webapp.review.forms.searches import CardForm, SearchForm
from webapp.review.ledger import LedgerLine
from webapp.review.models import Cluster
from webapp.review.views.redirects import (
    BOARD_PARAMETERS,
    MAX_TICKS,
    PRESERVED_PARAMETERS,
    kept_query,
)
from webapp.roadmap import items
from webapp.territory.models import WorkingGroup

_STATE = ("q", "tri", "etat")  # the state of the list, in the address of each of its clusters

bp = Blueprint("board", __name__, url_prefix="/revue")


@bp.get("/<group>")
@requires(Action.REVIEW)
def show(group: str) -> str:
    """Show the list of clusters and, beside it, the first one to review."""
    return _board(facilitated_group(group))


@bp.get("/<group>/contributions")
@requires(Action.REVIEW)
def contributions(group: str) -> str:
    """Show the searchable list of contributions."""
    owner = facilitated_group(group)
    session = db.session()
    form = SearchForm(request.args, meta={"csrf": False})
    form.name_workshops(workshops.list_workshops(session, group_ids=[owner.id]))
    number = identifier(request.args.get("page", "")) or 1
    targets = clusters.list_titles(session, group_id=owner.id)
    form.name_clusters(targets)
    return render_template(
        "review/board/contributions.html",
        group=owner,
        search=form,
        page=excerpts.search(session, group_id=owner.id, wanted=form.wanted(), number=number),
        targets=targets,
        query=kept_query(PRESERVED_PARAMETERS),
        ticked=request.args.getlist("coche")[:MAX_TICKS],
    )


@bp.get("/<group>/carte")
@requires(Action.REVIEW)
def show_map(group: str) -> str:
    """Show the map of clusters and the equivalent table."""
    owner = facilitated_group(group)
    cards = boards.list_cards(db.session(), group_id=owner.id)
    return render_template(
        "review/board/map.html", group=owner, cards=cards, markers=cluster_map.map_markers(cards)
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
    """Show one cluster beside the list: members, explanations, history, available actions."""
    return _board(facilitated_group(group), cluster)


def _board(owner: WorkingGroup, public_id: str = "") -> str:
    """Render the board, with the cluster that is asked for, the first to review, or the end."""
    session, form = db.session(), CardForm(request.args, meta={"csrf": False})
    board = boards.read_board(session, group_id=owner.id, wanted=form.wanted())
    asked = _asked(board, owner, public_id) if public_id else None
    found = ledger.read_ledger(session, group_ids=[owner.id])
    by_cluster, drafts = items.read_sources(session, group_id=owner.id)
    over = asked is None and endings.is_over(board, found.total)
    first = None if over else board.first()
    run = analysis.latest_run(session, group_id=owner.id)
    return render_template(
        "review/board/show.html",
        group=owner,
        board=board,
        search=form,
        asked=asked,
        ending=_ending(owner, board, found.total, by_cluster) if over else None,
        query=kept_query(BOARD_PARAMETERS),
        state={name: request.args[name] for name in _STATE if request.args.get(name)},
        run=run,
        ledger=found,
        form=RunForm(),
        last_act=board.last_act,
        history=None if asked is None else history.of_cluster(session, cluster=asked),
        done_run=None if over else take_back.last_run(session, group_id=owner.id, known=run),
        items=by_cluster,
        drafts=drafts,
        **_opened(board, asked or (first.cluster if first else None)),
    )


def read_ending(owner: WorkingGroup) -> dict[str, object]:
    """Return the end of the review and its items, for a page that is not the board."""
    session = db.session()
    board = boards.read_board(session, group_id=owner.id)
    total = ledger.read_ledger(session, group_ids=[owner.id]).total
    if not endings.is_over(board, total):
        return {"ending": None}
    by_cluster = items.items_by_cluster(session, group_id=owner.id)
    return {"ending": _ending(owner, board, total, by_cluster), "items": by_cluster}


def _ending(
    owner: WorkingGroup, board: boards.Board, total: LedgerLine, fed: Collection[int]
) -> Ending:
    return endings.read(db.session(), group_id=owner.id, board=board, total=total, fed=fed)


def _asked(board: boards.Board, owner: WorkingGroup, public_id: str) -> Cluster:
    """Return a cluster of the board, or one that is dissolved and keeps its history."""
    if card := board.card(public_id):
        return card.cluster
    return clusters.get_cluster(db.session(), group_id=owner.id, public_id=public_id)


def _opened(board: boards.Board, cluster: Cluster | None) -> dict[str, object]:
    """Return what the pane of a cluster shows, and its forms."""
    if cluster is None:
        return {"opened": None}
    session, splits = db.session(), "scinder" in request.args
    return {
        "opened": open_clusters.read(
            session,
            board=board,
            cluster=cluster,
            number=identifier(request.args.get("page", "")) or 1,
            ticked=request.args.getlist("coche"),
            partition=clusters.partition(session, cluster=cluster) if splits else None,
        ),
        "alignments": alignments.of_cluster(session, cluster=cluster),
        "title_form": RenameForm.of(cluster),
        "summary_form": SummaryForm(summary=cluster.summary, version=cluster.version),
    }
