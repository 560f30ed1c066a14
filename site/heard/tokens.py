"""Tokens for the API: knox's, which are kept only as hashes, with nonsense refused instead of crashing."""

from django.utils.translation import gettext_lazy as _
from drf_spectacular.contrib.knox_auth_token import KnoxTokenScheme
from knox import auth
from rest_framework.exceptions import AuthenticationFailed


class TokenAuthentication(auth.TokenAuthentication):
    """`Authorization: Token ...`; bytes that are no text are a wrong token like any other."""

    def authenticate_credentials(self, token: bytes):
        try:
            token.decode()
        except UnicodeDecodeError:
            raise AuthenticationFailed(_("Invalid token.")) from None
        return super().authenticate_credentials(token)


class TokenScheme(KnoxTokenScheme):
    """How the schema names these tokens."""

    target_class = "heard.tokens.TokenAuthentication"
