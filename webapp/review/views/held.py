"""What the page of a cluster holds: each of its acts first saves the title and the summary."""

from flask import abort, request
from sqlalchemy.orm import Session

from webapp.platform.audit import Actor
from webapp.platform.views.current import actor
from webapp.review import clusters
from webapp.review.forms.clusters import KeptForm
from webapp.review.models import Cluster


def keep(session: Session, cluster: Cluster, *, title: bool = True, summary: bool = True) -> Actor:
    """Save the title and the summary that the page holds; return who does the act that follows."""
    form = KeptForm()
    if not form.validate():
        abort(400)
    who, typed = actor(form.version.data), form.title.data or ""
    if title and typed and typed != cluster.title:
        clusters.rename(session, cluster=cluster, title=typed, actor=who)
        who = actor()  # the version that the page showed is checked
    words = form.new_summary() if summary else None
    if words is not None:
        clusters.summarise(session, cluster=cluster, summary=words, actor=who)
        who = actor()
    return who


def keep_page(session: Session, group_id: int) -> Cluster | None:
    """Save what the page holds, if it is that of a cluster, and return this cluster."""
    if "shown" not in request.form:  # a list, or an act alone
        return None
    public_id = request.form.get("back", "")
    cluster = clusters.get_cluster(session, group_id=group_id, public_id=public_id)
    keep(session, cluster)
    return cluster
