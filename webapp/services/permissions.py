"""Who may do what: pure predicates, the only place that knows it."""

from webapp.models import ItemStatus, Role, Survey, User, WorkingGroup

_STEERING = frozenset({Role.COMMISSIONER, Role.ADMINISTRATOR})


def may_facilitate(user: User, group: WorkingGroup) -> bool:
    """Whether ``user`` moderates, reviews and analyses in ``group``."""
    if user.role in _STEERING:
        return True
    member_of = {membership.working_group_id for membership in user.memberships}
    return user.role is Role.FACILITATOR and group.id in member_of


def may_run_survey(user: User, survey: Survey) -> bool:
    """Whether ``user`` writes and reads a questionnaire: its workshop's people, or who steers."""
    if survey.workshop is None:
        return may_steer(user)
    return may_facilitate(user, survey.workshop.working_group)


def may_animate(user: User) -> bool:
    """Whether ``user`` has workshops to run."""
    return user.role in _STEERING or user.role is Role.FACILITATOR


def may_steer(user: User) -> bool:
    """Whether ``user`` arranges and publishes the roadmap."""
    return user.role in _STEERING


def may_administer(user: User) -> bool:
    """Whether ``user`` decides how long things are kept and what the legal pages say."""
    return user.role is Role.ADMINISTRATOR


def may_observe(user: User) -> bool:
    """Whether ``user`` reads the synthesis of the steering committee."""
    return user.role in _STEERING or user.role is Role.OBSERVER


def may_set_status(user: User, status: ItemStatus) -> bool:
    """Whether ``user`` may move an item to ``status``: a facilitator submits, or takes it back."""
    return may_steer(user) or status in {ItemStatus.SUBMITTED, ItemStatus.DRAFT}
