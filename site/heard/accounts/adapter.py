"""How allauth behaves in Heard: limits are counted without anybody's address being kept."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from heard.limits import caller


class AccountAdapter(DefaultAccountAdapter):
    def get_client_ip(self, request: HttpRequest) -> str:
        """allauth puts this into its cache keys, so it gets a keyed hash that changes daily."""
        return caller(request)

    def get_http_user_agent(self, request: HttpRequest) -> str:
        return ""
