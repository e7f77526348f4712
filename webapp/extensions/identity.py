"""Who is signed in, as flask-login and the templates see it: the account, and what it may do."""

from flask_login import UserMixin

from webapp.models import User
from webapp.services import permissions


class Identity(UserMixin):  # type: ignore[misc] # flask-login ships no types
    """A signed-in member of staff; models stay free of flask."""

    def __init__(self, user: User) -> None:
        self.user = user
        self.id: int = user.id
        self.display_name = user.display_name
        self.is_facilitator = permissions.may_animate(user)
        self.is_commissioner = permissions.may_steer(user)
        self.is_administrator = permissions.may_administer(user)
        self.is_observer = permissions.may_observe(user)

    def get_id(self) -> str:
        """Return what the session cookie holds: nothing that can be counted or guessed."""
        return self.user.public_id
