"""Tables of the accounts room."""

from webapp.accounts.models.links import AccountLink, LinkPurpose
from webapp.accounts.models.login_throttle import AttemptCount
from webapp.accounts.models.second_factors import RecoveryCode, SecondFactor
from webapp.accounts.models.sessions import UserSession
from webapp.accounts.models.users import Membership, Role, User

__all__ = [
    "AccountLink",
    "AttemptCount",
    "LinkPurpose",
    "Membership",
    "RecoveryCode",
    "Role",
    "SecondFactor",
    "User",
    "UserSession",
]
