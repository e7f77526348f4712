"""Axes, measures and publics of the Pacte: their seed words, and which groups speak of them.

The worker reads the words (``services.analysis``); here is what people edit and what a page shows.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, joinedload

from webapp.exceptions import DuplicateError, EmptyTextError, NotFoundError, TransitionError
from webapp.models import (
    PUBLICS,
    AlignmentTarget,
    Cluster,
    ClusterAlignment,
    Strand,
    TargetKind,
)
from webapp.services import audit, words
from webapp.services.audit import Actor

_MAX_NAME = 200
# Where a commissioner starts from: the words of the axes' own titles and of what they cover.
SEEDS = {
    Strand.CHILDHOOD: (
        *("enfant", "petite enfance", "crèche", "cantine", "école", "collège"),
        *("parents", "garde d’enfants"),
    ),
    Strand.WORK: (
        *("emploi", "formation", "insertion", "apprentissage", "chômage"),
        *("employeur", "entreprise"),
    ),
    Strand.RIGHTS: (
        *("droits", "démarches", "guichet", "accueil", "dossier", "non-recours"),
        *("hébergement", "sans abri", "domiciliation", "aide alimentaire"),
    ),
    Strand.ECOLOGY: (
        *("écologique", "énergie", "chauffage", "isolation", "rénovation", "transport"),
        *("vélo", "bus", "réparation", "réemploi", "alimentation"),
    ),
}
PUBLIC_SEEDS = {
    "enfants": ("enfant",),
    "familles": ("famille", "parents"),
    "familles monoparentales": ("monoparentale", "mère seule", "parent isolé"),
    "jeunes 16-25": ("jeune", "étudiant", "mission locale"),
    "demandeurs d’emploi": ("demandeur d’emploi", "chômage", "chômeur"),
    "travailleurs pauvres": ("temps partiel", "petit salaire", "smic"),
    "personnes âgées": ("personne âgée", "retraité", "senior", "vieux"),
    "personnes en situation de handicap": ("handicap", "handicapé", "fauteuil"),
    "personnes sans abri": ("sans abri", "hébergement d’urgence", "vivre dehors"),
    "personnes étrangères": ("étranger", "migrant", "réfugié", "titre de séjour", "interprète"),
    "habitants du rural": ("rural", "campagne", "village"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Prefill:
    """What a draft item takes from the groups it answers; empty where nothing is sure enough."""

    strand: Strand | None = None
    measure: str = ""
    publics: tuple[str, ...] = ()


def ensure_targets(session: Session) -> None:
    """Make the axes and publics that are missing; what was edited stays as it is."""
    known = {(t.kind, t.name) for t in session.scalars(select(AlignmentTarget))}
    wanted = [(TargetKind.STRAND, str(strand), SEEDS[strand]) for strand in Strand]
    wanted += [(TargetKind.PUBLIC, name, PUBLIC_SEEDS.get(name, ())) for name in PUBLICS]
    session.add_all(
        AlignmentTarget(kind=kind, name=name, seeds=seeds)
        for kind, name, seeds in wanted
        if (kind, name) not in known
    )
    session.flush()


def list_targets(session: Session) -> Sequence[AlignmentTarget]:
    """Return every axis, measure and public, in the order they were made."""
    return session.scalars(select(AlignmentTarget).order_by(AlignmentTarget.id)).all()


def get_target(session: Session, *, public_id: str) -> AlignmentTarget:
    """Return one of them.

    Raises
    ------
    NotFoundError
        If there is none.
    """
    target = session.scalar(select(AlignmentTarget).where(AlignmentTarget.public_id == public_id))
    if target is None:
        raise NotFoundError(public_id)
    return target


def save_seeds(
    session: Session, *, target: AlignmentTarget, seeds: Iterable[str], actor: Actor
) -> None:
    """Change the words that name ``target``; the next analysis reads them."""
    target.seeds = tuple(dict.fromkeys(seed for line in seeds if (seed := words.clean(line))))
    session.flush()
    audit.record_act(session, actor, "target.save", f"target:{target.public_id}")


def add_measure(
    session: Session, *, name: str, seeds: Iterable[str], actor: Actor
) -> AlignmentTarget:
    """Add a measure of the Pacte.

    Raises
    ------
    EmptyTextError
        If it has no name.
    DuplicateError
        If it is there already.
    """
    named = " ".join(words.clean(name).split())[:_MAX_NAME]
    if not named:
        raise EmptyTextError
    measures = select(AlignmentTarget.id).where(
        AlignmentTarget.kind == TargetKind.MEASURE, AlignmentTarget.name == named
    )
    if session.scalar(measures) is not None:
        raise DuplicateError(named)
    target = AlignmentTarget(kind=TargetKind.MEASURE, name=named)
    session.add(target)
    save_seeds(session, target=target, seeds=seeds, actor=actor)
    return target


def remove_measure(session: Session, *, target: AlignmentTarget, actor: Actor) -> None:
    """Take a measure out of the list; items that name it keep its name.

    Raises
    ------
    TransitionError
        If it is an axis or a public: those are the Pacte's own.
    """
    if target.kind is not TargetKind.MEASURE:
        raise TransitionError(target.kind, "removed")
    session.execute(delete(ClusterAlignment).where(ClusterAlignment.target_id == target.id))
    audit.record_act(session, actor, "target.remove", f"target:{target.public_id}")
    session.delete(target)
    session.flush()


def of_cluster(session: Session, *, cluster: Cluster) -> Sequence[ClusterAlignment]:
    """Return what ``cluster`` speaks of, surest first; often nothing."""
    return session.scalars(
        select(ClusterAlignment)
        .options(joinedload(ClusterAlignment.target))
        .where(ClusterAlignment.cluster_id == cluster.id)
        .order_by(ClusterAlignment.confidence.desc(), ClusterAlignment.target_id)
    ).all()


def prefill(session: Session, *, cluster: Cluster) -> Prefill:
    """Return what a draft item made of ``cluster`` begins with; a person decides."""
    found = of_cluster(session, cluster=cluster)
    names: dict[TargetKind, list[str]] = {kind: [] for kind in TargetKind}
    for alignment in found:
        names[alignment.target.kind].append(alignment.target.name)
    strands, measures = names[TargetKind.STRAND], names[TargetKind.MEASURE]
    return Prefill(
        strand=Strand(strands[0]) if strands else None,
        measure=measures[0] if measures else "",
        publics=tuple(name for name in PUBLICS if name in names[TargetKind.PUBLIC]),
    )
