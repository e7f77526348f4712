"""Accounts of the demonstration. Their password is public, as the commands that load it warn."""

from webapp.accounts.models import Role
from webapp.accounts.passwords import DEMONSTRATION as PASSWORD
from webapp.accounts.users import Account

__all__ = ["ACCOUNTS", "COMMISSIONER", "FACILITATOR_OF", "PASSWORD"]


def _account(name: str, email: str, role: Role, *groups: str) -> Account:
    return Account(
        email=f"{email}@semailles.example",
        display_name=name,
        role=role,
        password=PASSWORD,
        groups=groups,
    )


ACCOUNTS = (
    _account("Claire Moreau", "commissaire", Role.COMMISSIONER),
    _account("Yann Le Goff", "transition", Role.FACILITATOR, "transition-ecologique"),
    _account("Amina Diallo", "rural", Role.FACILITATOR, "precarite-rurale"),
    _account("Paul Ménard", "droits", Role.FACILITATOR, "acces-aux-droits"),
    _account("Hélène Roux", "copil", Role.OBSERVER),
    _account("Administration", "admin", Role.ADMINISTRATOR),
)
FACILITATOR_OF = {group: account.email for account in ACCOUNTS for group in account.groups}
COMMISSIONER = ACCOUNTS[0].email
