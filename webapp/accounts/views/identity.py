"""The signed-in user for flask-login and the templates, with their permissions."""

from flask_login import UserMixin

from webapp.accounts import permissions
from webapp.accounts.models import User
from webapp.platform.actions import Action


class Identity(UserMixin):  # type: ignore[misc] # flask-login ships no types
    """A signed-in account and its session; keeps flask-login out of the models."""

    def __init__(
        self, user: User, *, token: str, session_id: str = "", must_enrol: bool = False
    ) -> None:
        self.user = user
        self.token = token
        self.session_id = session_id
        self.id: int = user.id
        self.display_name = user.display_name
        # While a required second factor is missing, every other page is closed.
        self.must_enrol = must_enrol
        self.is_facilitator = not must_enrol and permissions.may(user, Action.OPEN_DESK)
        self.is_commissioner = not must_enrol and permissions.may(user, Action.STEER)
        self.is_administrator = not must_enrol and permissions.may(user, Action.ADMINISTER)
        self.is_observer = not must_enrol and permissions.may(user, Action.READ_COMMITTEE)

    def get_id(self) -> str:
        """Return the session token, which is stored in the cookie."""
        return self.token
