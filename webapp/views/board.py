"""The review board: what a working group's groups hold, its list of contributions, its ledger."""

from flask import Blueprint, render_template, request

from webapp.extensions import db
from webapp.forms.base import identifier
from webapp.forms.clusters import RenameForm, RunForm, SummaryForm
from webapp.forms.searches import SearchForm
from webapp.services import (
    alignments,
    analysis,
    boards,
    clusters,
    excerpts,
    histories,
    items,
    ledger,
    tensions,
    workshops,
)
from webapp.views.access import facilitated_group
from webapp.views.returns import KEPT

bp = Blueprint("board", __name__, url_prefix="/revue")


@bp.get("/<group>")
def show(group: str) -> str:
    """Show the groups to review, family by family, and the state of the analysis."""
    owner = facilitated_group(group)
    session = db.session()
    cards = boards.list_cards(session, group_id=owner.id)
    return render_template(
        "board/show.html",
        group=owner,
        run=analysis.latest_run(session, group_id=owner.id),
        cards=cards,
        chapters=boards.chapters(cards),
        items=items.items_by_cluster(session, group_id=owner.id),
        ledger=ledger.read_ledger(session, group_ids=[owner.id]),
        form=RunForm(),
        last_act=histories.last_id(session, group_id=owner.id),
    )


@bp.get("/<group>/contributions")
def contributions(group: str) -> str:
    """Show the contributions as a list: searched, filtered, picked."""
    owner = facilitated_group(group)
    session = db.session()
    form = SearchForm(request.args, meta={"csrf": False})
    form.name_workshops(workshops.list_workshops(session, group_ids=[owner.id]))
    number = identifier(request.args.get("page", "")) or 1
    return render_template(
        "board/contributions.html",
        group=owner,
        search=form,
        page=excerpts.search(session, group_id=owner.id, wanted=form.wanted(), number=number),
        targets=clusters.list_titles(session, group_id=owner.id),
        asked={
            name: request.args[name] for name in KEPT if name in request.args and name != "page"
        },
    )


@bp.get("/<group>/carte")
def show_map(group: str) -> str:
    """Show the groups as a map, with its table."""
    owner = facilitated_group(group)
    cards = boards.list_cards(db.session(), group_id=owner.id)
    return render_template("board/map.html", group=owner, cards=cards, spots=boards.spots(cards))


@bp.get("/<group>/registre")
def show_ledger(group: str) -> str:
    """Show that every contribution is accounted for."""
    owner = facilitated_group(group)
    found = ledger.read_ledger(db.session(), group_ids=[owner.id])
    return render_template("board/ledger.html", group=owner, ledger=found)


@bp.get("/<group>/<cluster>")
def show_cluster(group: str, cluster: str) -> str:
    """Show one group: every member, why it is there, the acts, what may be done."""
    owner = facilitated_group(group)
    session = db.session()
    found = clusters.get_cluster(session, group_id=owner.id, public_id=cluster)
    return render_template(
        "board/cluster.html",
        group=owner,
        cluster=found,
        last_act=histories.last_id(session, group_id=owner.id),
        history=histories.of_cluster(session, cluster=found),
        alignments=alignments.of_cluster(session, cluster=found),
        item=items.items_by_cluster(session, group_id=owner.id).get(found.id),
        drafts=items.list_drafts(session, group_id=owner.id),
        oppositions=tensions.of_cluster(session, cluster=found),
        partition=clusters.partition(session, cluster=found) if "scinder" in request.args else None,
        targets=clusters.list_titles(session, group_id=owner.id, without=found),
        title_form=RenameForm(title=found.title, version=found.version),
        summary_form=SummaryForm(summary=found.summary, version=found.version),
    )
