"""Blueprints of the accounts room."""

from webapp.accounts.views import accounts, links, my_account, second_factors, sign_in, sso

BLUEPRINTS = (
    accounts.bp,
    links.bp,
    my_account.bp,
    second_factors.bp,
    sign_in.bp,
    sso.bp,
)
