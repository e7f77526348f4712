"""Plain functions that build what a test needs; each adds to the session and flushes."""

import itertools
from datetime import UTC, datetime

from webapp.models import (
    Channel,
    DecisionKind,
    Prompt,
    Role,
    WorkingGroup,
    Workshop,
    WorkshopKind,
    WorkshopState,
)
from webapp.services import contributions, moderation, users
from webapp.services.contributions import Details
from webapp.services.regions import ensure_region
from webapp.services.workshops import get_group

NOW = datetime(2024, 1, 10, 9, 0, tzinfo=UTC)
PASSWORD = "une phrase assez longue"  # noqa: S105 - of accounts that live for one test
GROUP = "acces-aux-droits"
OTHER_GROUP = "precarite-rurale"
_KEYS = itertools.count()
IDEAS = (
    "Mettre un bus le dimanche pour aller à l’hôpital",
    "Il faudrait un bus le dimanche vers l’hôpital",
    "Des bus le dimanche, même un seul aller-retour",
    "Un interprète à la CAF une fois par semaine",
    "Avoir un interprète au guichet de la CAF",
    "Des interprètes pour les rendez-vous à la CAF",
    "Ouvrir une laverie solidaire",
)


def group(session, slug=GROUP) -> WorkingGroup:
    """Return a working group of the region, made with it."""
    ensure_region(session)
    return get_group(session, slug=slug)


def workshop(session, *, code="ABCDEF", slug=GROUP, state=WorkshopState.OPEN) -> Workshop:
    """Return a workshop with one current question."""
    built = Workshop(
        code=code,
        kind=WorkshopKind.WORKSHOP,
        title=f"Atelier {code}",
        state=state,
        working_group=group(session, slug),
        prompts=[Prompt(position=1, question="Que faut-il changer ?", is_current=True)],
    )
    session.add(built)
    session.flush()
    return built


def user(session, *, role=Role.FACILITATOR, email="animation@example.org", groups=(GROUP,)):
    """Return an account; facilitators have one group unless told otherwise."""
    ensure_region(session)
    chosen = groups if role is Role.FACILITATOR else ()
    account = users.Account(
        email=email, display_name=email.split("@")[0], role=role, password=PASSWORD, groups=chosen
    )
    return users.add_user(session, account=account, now=NOW)


def contribution(session, body="Un bus le dimanche", *, code="ABCDEF", key=None, **details):
    """Return a received contribution, waiting for moderation."""
    return contributions.submit_contribution(
        session,
        code=code,
        body=body,
        key=key or f"key-{next(_KEYS)}",
        now=NOW,
        details=Details(channel=Channel.PHONE, **details),
    )


def published(session, body="Un bus le dimanche", *, actor, **details):
    """Return a contribution that ``actor`` published."""
    built = contribution(session, body, **details)
    decision = moderation.Decision(kind=DecisionKind.PUBLISHED, now=NOW, actor_id=actor.id)
    moderation.decide(session, built, decision)
    return built
