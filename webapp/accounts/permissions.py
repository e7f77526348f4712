"""Permission table (actions x principals -> scope) and the predicates that read it."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from webapp.accounts.models import Role, User
from webapp.platform.actions import Action
from webapp.territory.models import WorkingGroup


class Principal(StrEnum):
    """Principals: the roles of accounts, then holders of links or tokens, then anyone."""

    ADMINISTRATOR = "administrator"
    COMMISSIONER = "commissioner"
    FACILITATOR = "facilitator"
    OBSERVER = "observer"
    RAPPORTEUR = "rapporteur"  # bearer of the link of a table
    STAND = "stand"  # bearer of the link of a stand
    CALENDAR = "calendar"  # bearer of the address of a calendar feed
    PARTICIPANT = "participant"  # the signed token of a browser, or a receipt
    ANYONE = "anyone"


class Scope(StrEnum):
    """Extent of a permission."""

    NEVER = "never"
    SENT = "sent"  # objects that the principal created or requested
    OWN = "own"  # the principal's working groups, or the object of their link
    EVERYWHERE = "everywhere"


STAFF = tuple(Principal(role.value) for role in Role)
_EVERYONE = dict.fromkeys(Principal, Scope.EVERYWHERE)
_STEERING = {
    Principal.ADMINISTRATOR: Scope.EVERYWHERE,
    Principal.COMMISSIONER: Scope.EVERYWHERE,
}
_TEAM = _STEERING | {Principal.FACILITATOR: Scope.OWN}
_COMMITTEE = _STEERING | {Principal.OBSERVER: Scope.EVERYWHERE}
_OWN_ACCOUNT = dict.fromkeys(STAFF, Scope.SENT)
_ADMINISTRATOR = {Principal.ADMINISTRATOR: Scope.EVERYWHERE}


def _sent(among: Mapping[Principal, Scope]) -> dict[Principal, Scope]:
    """Return the same principals with the scope ``SENT``."""
    return dict.fromkeys(among, Scope.SENT)


def _link(principal: Principal) -> dict[Principal, Scope]:
    """Return the permission of the bearer of a link."""
    return {principal: Scope.OWN}


_TABLE: dict[Action, dict[Principal, Scope]] = {
    Action.READ: _EVERYONE,
    Action.SIGN_IN: _EVERYONE,
    Action.SPEAK: _EVERYONE,
    Action.SUPPORT: _link(Principal.PARTICIPANT),
    Action.FOLLOW: _link(Principal.PARTICIPANT),
    Action.WRITE_NOTES: _link(Principal.RAPPORTEUR),
    Action.READ_STAND: _link(Principal.STAND),
    Action.READ_CALENDAR: _link(Principal.CALENDAR),
    Action.OPEN_DESK: _TEAM,
    Action.RUN_WORKSHOP: _TEAM,
    Action.PRINT: _TEAM,
    Action.KEY_PAPER: _TEAM,
    Action.IMPORT_TEXTS: _TEAM,
    Action.RUN_SURVEY: _TEAM,
    Action.MODERATE: _TEAM,
    Action.REVIEW: _TEAM,
    Action.ANALYSE: _TEAM,
    Action.WRITE_ITEM: _TEAM,
    Action.ADOPT_ITEM: _STEERING,
    Action.READ_COMMITTEE: _COMMITTEE,
    Action.HOLD_MEETING: _STEERING,
    Action.STEER: _STEERING,
    Action.PUBLISH: _STEERING,
    Action.MAKE_DOCUMENTS: _sent(_STEERING),
    Action.SET_MODELS: _STEERING,
    Action.SET_LISTS: _STEERING,
    Action.SET_PROGRAMME: _STEERING,
    Action.OPEN_REACTIONS: _STEERING,
    Action.TAKE_UP: _STEERING,
    Action.RESTORE: _STEERING,
    Action.ADMINISTER: _ADMINISTRATOR,
    Action.KEEP_ACCOUNT: _OWN_ACCOUNT,
    Action.ENROL: _OWN_ACCOUNT,
}
# Complete matrix: missing entries are NEVER.
PERMISSIONS: Mapping[Action, Mapping[Principal, Scope]] = MappingProxyType(
    {
        action: MappingProxyType(
            {principal: _TABLE[action].get(principal, Scope.NEVER) for principal in Principal}
        )
        for action in Action
    }
)


def scope_of(user: User, action: Action) -> Scope:
    """Return the scope of ``user`` for ``action``."""
    return PERMISSIONS[action][Principal(user.role.value)]


def is_open(action: Action) -> bool:
    """Whether ``action`` requires no account: open to anyone, or to bearers of a link."""
    return any(
        PERMISSIONS[action][principal] is not Scope.NEVER
        for principal in Principal
        if principal not in STAFF
    )


def may(user: User, action: Action) -> bool:
    """Whether ``user`` may do ``action`` in some scope."""
    return is_open(action) or scope_of(user, action) is not Scope.NEVER


def may_in(user: User, action: Action, group: WorkingGroup | None) -> bool:
    """Whether ``user`` may do ``action`` in ``group``, or for the whole region."""
    scope = scope_of(user, action)
    if group is None or scope is not Scope.OWN:
        return scope is Scope.EVERYWHERE
    return group.id in {membership.working_group_id for membership in user.memberships}


def must_have_second_factor(user: User, *, public: bool) -> bool:
    """Whether ``user`` must set up a second factor, on a public instance."""
    return public and Principal(user.role.value) in _STEERING
