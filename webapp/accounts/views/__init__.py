"""HTTP: reads the request, calls one service, chooses the page."""

from webapp.accounts.views import accounts, links, my_account, second_factors, sign_in, sso

BLUEPRINTS = (
    accounts.bp,
    links.bp,
    my_account.bp,
    second_factors.bp,
    sign_in.bp,
    sso.bp,
)
