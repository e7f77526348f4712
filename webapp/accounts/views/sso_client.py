"""OpenID Connect client (authorization code flow), for ProConnect or another provider.

The signature, issuer, audience, expiry and nonce of the ID token are verified, and the userinfo
response must be a signed token too. ProConnect does not support PKCE.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from webapp.config import Config
from webapp.exceptions import ProviderDownError, ProviderRefusedError

if TYPE_CHECKING:
    from joserfc.jwk import KeySet

_SCOPE = "openid email"
_ACR_VALUES = "eidas1"  # lowest acr_values accepted by ProConnect
_ALGORITHMS = ["RS256", "ES256"]
_TIMEOUT = 5.0
_LEEWAY = 30  # accepted clock skew, in seconds


@dataclass(frozen=True, slots=True)
class Person:
    """Email address given by the provider, and the id_token_hint for its logout."""

    email: str
    hint: str


class Provider:
    """Client of the configured provider."""

    def __init__(self, config: Config, return_url: str) -> None:
        self._issuer = config.sso_issuer
        self._client_id = config.sso_client_id
        self._secret = config.sso_client_secret
        self._return_url = return_url

    def authorization_url(self, *, state: str, nonce: str) -> str:
        """Return the authorization URL.

        Raises
        ------
        ProviderDownError, ProviderRefusedError
            If the provider's metadata are unavailable or name another issuer.
        """
        endpoint = self._metadata()["authorization_endpoint"]
        url, _ = self._client().create_authorization_url(
            endpoint, state=state, nonce=nonce, acr_values=_ACR_VALUES
        )
        return str(url)

    def exchange_code(self, *, code: str, nonce: str) -> Person:
        """Exchange ``code`` and return the verified identity.

        Raises
        ------
        ProviderDownError
            If the provider does not answer.
        ProviderRefusedError
            If a token is invalid or expired, has another audience, or has no verified address.
        """
        found = self._metadata()
        keys = self._keys(found["jwks_uri"])
        tokens = self._exchange(found["token_endpoint"], code)
        id_claims = self._read(
            tokens["id_token"], keys, exp={"essential": True}, nonce=_required(nonce)
        )
        info = self._read(
            self._user_info(found["userinfo_endpoint"], tokens["access_token"]),
            keys,
            sub=_required(id_claims["sub"]),
        )
        email = info.get("email")
        if not isinstance(email, str) or info.get("email_verified", True) is not True:
            raise ProviderRefusedError("address")
        return Person(email=email, hint=tokens["id_token"])

    def logout_url(self, *, hint: str, state: str, home: str) -> str:
        """Return the provider's logout URL, or ``home`` if it has none.

        Raises
        ------
        ProviderDownError, ProviderRefusedError
            As for ``authorization_url``.
        """
        from authlib.common.urls import add_params_to_uri  # noqa: PLC0415 - only where configured

        endpoint = self._metadata().get("end_session_endpoint")
        parameters = [("id_token_hint", hint), ("state", state), ("post_logout_redirect_uri", home)]
        return str(add_params_to_uri(endpoint, parameters)) if endpoint else home

    def _client(self) -> Any:  # noqa: ANN401 - authlib ships no types
        from authlib.integrations.requests_client import OAuth2Session  # noqa: PLC0415 - idem

        return OAuth2Session(
            self._client_id,
            self._secret,
            scope=_SCOPE,
            redirect_uri=self._return_url,
            token_endpoint_auth_method="client_secret_post",  # noqa: S106 - a method's name
        )

    def _metadata(self) -> dict[str, Any]:
        answer = self._get(f"{self._issuer.rstrip('/')}/.well-known/openid-configuration")
        found = _json(answer)
        names = ("authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri")
        if found.get("issuer") != self._issuer or not all(name in found for name in names):
            raise ProviderRefusedError("answer")
        return found

    def _keys(self, address: str) -> "KeySet":
        from joserfc.errors import JoseError  # noqa: PLC0415 - idem
        from joserfc.jwk import KeySet  # noqa: PLC0415 - idem

        try:
            return KeySet.import_key_set(_json(self._get(address)))  # type: ignore[arg-type] # checked there
        except (JoseError, ValueError, KeyError) as error:
            raise ProviderRefusedError("answer") from error

    def _exchange(self, endpoint: str, code: str) -> dict[str, Any]:
        from authlib.integrations.base_client import OAuthError  # noqa: PLC0415 - idem
        from requests import RequestException  # noqa: PLC0415 - idem

        try:
            found = dict(self._client().fetch_token(endpoint, code=code, timeout=_TIMEOUT))
        except RequestException as error:
            raise ProviderDownError from error
        except (OAuthError, ValueError) as error:
            raise ProviderRefusedError("answer") from error
        if not {"id_token", "access_token"} <= set(found):
            raise ProviderRefusedError("answer")
        return found

    def _user_info(self, endpoint: str, token: str) -> str:
        answer = self._get(endpoint, {"Authorization": f"Bearer {token}"})
        return str(answer.text).strip()

    def _read(self, token: str, keys: "KeySet", **claims: Any) -> dict[str, Any]:  # noqa: ANN401 - idem
        """Return the claims of a token, after verifying signature, issuer, audience and expiry."""
        from joserfc import jwt  # noqa: PLC0415 - idem
        from joserfc.errors import JoseError  # noqa: PLC0415 - idem

        wanted = {
            "iss": _required(self._issuer),
            "aud": _required(self._client_id),
            "sub": {"essential": True},
        }
        try:
            found = jwt.decode(token, keys, algorithms=_ALGORITHMS).claims
            jwt.JWTClaimsRegistry(leeway=_LEEWAY, **wanted | claims).validate(found)
        except (JoseError, ValueError) as error:
            raise ProviderRefusedError("signature") from error
        return found

    def _get(self, address: str, headers: dict[str, str] | None = None) -> Any:  # noqa: ANN401 - idem
        import requests  # noqa: PLC0415 - idem
        from authlib.common.security import is_secure_transport  # noqa: PLC0415 - idem

        if not is_secure_transport(address):
            raise ProviderRefusedError("answer")
        try:
            answer = requests.get(address, headers=headers, timeout=_TIMEOUT, allow_redirects=False)
        except requests.RequestException as error:
            raise ProviderDownError from error
        if answer.status_code >= 500:  # noqa: PLR2004 - a status
            raise ProviderDownError
        if answer.status_code != 200:  # noqa: PLR2004 - idem
            raise ProviderRefusedError("answer")
        return answer


def _required(value: str) -> dict[str, Any]:
    return {"essential": True, "value": value}


def _json(answer: Any) -> dict[str, Any]:  # noqa: ANN401 - idem
    try:
        found = answer.json()
    except ValueError as error:
        raise ProviderRefusedError("answer") from error
    if not isinstance(found, dict):
        raise ProviderRefusedError("answer")
    return found
