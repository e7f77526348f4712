"""Who is signed in, as flask-login and the templates see it: the account, and what it may do."""

from flask_login import UserMixin

from webapp.accounts import permissions
from webapp.accounts.models import User
from webapp.accounts.permissions import Action


class Identity(UserMixin):  # type: ignore[misc] # flask-login ships no types
    """A signed-in member of staff, by one of their sessions; models stay free of flask."""

    def __init__(
        self, user: User, *, token: str, session_id: str = "", must_enrol: bool = False
    ) -> None:
        self.user = user
        self.token = token
        self.session_id = session_id
        self.id: int = user.id
        self.display_name = user.display_name
        # Until a second factor is set up where one is required, nothing else is open.
        self.must_enrol = must_enrol
        self.is_facilitator = not must_enrol and permissions.may(user, Action.OPEN_DESK)
        self.is_commissioner = not must_enrol and permissions.may(user, Action.STEER)
        self.is_administrator = not must_enrol and permissions.may(user, Action.ADMINISTER)
        self.is_observer = not must_enrol and permissions.may(user, Action.READ_COMMITTEE)

    def get_id(self) -> str:
        """Return what the session cookie holds: a token that means nothing once it is deleted."""
        return self.token
