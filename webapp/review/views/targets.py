"""Clusters that a person designates by typing words of their title."""

from sqlalchemy.orm import Session

from webapp.review import clusters

_SHOWN = 4  # titles of an ambiguous target that the message quotes


def typed_problem(session: Session, group_id: int, typed: str) -> str:
    """Return why ``typed`` designates no cluster, or more than one; nothing if it is clear."""
    found = clusters.match_targets(session, group_id=group_id, typed=typed) if typed else ()
    if not typed or len(found) == 1:
        return ""
    if not found:
        return (
            f"Aucun regroupement ne porte ces mots : « {typed} ». Écrivez une partie de son titre."
        )
    titles = " ; ".join(f"« {label} »" for _, label in clusters.target_labels(found)[:_SHOWN])
    more = " ; …" if len(found) > _SHOWN else ""
    return f"Plusieurs regroupements portent ces mots, précisez : {titles}{more}."
